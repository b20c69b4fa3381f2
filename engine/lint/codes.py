"""Codes in settings that must exist: mails, document types, results, deadlines, rules, elements."""

from collections.abc import Iterator

from engine.expressions import given_texts
from engine.lint.subject import ITEM, Findings, Subject, error
from engine.model import (
    ARCHIVED,
    LARGEST_FILE,
    LONGEST_POINT,
    MOST_STANDARD,
    DeadlineAction,
    DocumentRequest,
    Element,
    Finding,
    Result,
    Service,
)
from engine.words import ElementKind, FixedRole, Recipient, ValueType

FIXED = frozenset(set(Recipient) - {Recipient.ITEM})
PARTIES = frozenset({FixedRole.OBJECTOR, FixedRole.THIRD_PARTY})  # of a case type that declares no parties
PARAMETERS = {  # of each operation: what it needs
    "publish": frozenset({"documentType"}),
    "publish_newest": frozenset({"documentType"}),
    "add_organisation": frozenset({"role", "name", "address"}),
    "open_inspection": frozenset({"documentType"}),
    "note": frozenset({"text"}),
    "list_parties": frozenset({"role", "into"}),
    "list_new_parties": frozenset({"role", "into", "asked"}),
    "list_changed_parties": frozenset({"role", "into"}),
    "give_to_department": frozenset({"documentType", "department"}),
    "tell_related": frozenset({"kind", "text"}),
    "file_inventory": frozenset({"documentType"}),
    "release": frozenset(),
    "record_publication": frozenset({"documentType", "inventoryType", "title", "into", "link"}),
    "begin_part": frozenset(),
    "decide_part": frozenset({"title", "outcome"}),
    "end_part": frozenset(),
    "share": frozenset({"party", "documentType"}),
    "withdraw_parties": frozenset({"value", "choice", "into"}),
    "begin_next_case": frozenset({"result"}),
    "record_default_notice": frozenset({"deadline"}),
}
RELATIONS = ("hoofdzaak", "nevenzaak", "vervolg", "voorganger", "onderwerp", "gevoegd")


def mails(subject: Subject) -> Findings:
    """Templates, recipients, and tasks that must have a mail."""
    recipients = _recipients(subject)
    for element in subject.elements():
        if element.kind == ElementKind.SEND_TASK and element.mail is None:
            yield error(element.id, "mail-missing", "Deze verzendtaak heeft geen mail. Voeg case:mail toe.")
        if element.mail is None:
            continue
        yield from _template(element.id, element.mail.template, subject)
        yield from _document_type(element.id, element.mail.document_type, subject)
        for enclosed in element.mail.enclose:
            yield from _document_type(element.id, enclosed, subject)
        if element.mail.enclose and not element.mail.formal:
            message = "Bijlagen gaan alleen mee met een formele brief. Zet formal aan of haal `enclose` weg."
            yield error(element.id, "enclosure-not-formal", message)
        if (element.mail.drafted or element.mail.four_eyes) and not element.mail.formal:
            message = "Alleen een formele brief wordt eerst nagekeken. Zet formal aan of haal `edit`, `approve` en `fourEyes` weg."
            yield error(element.id, "draft-not-formal", message)
        if element.mail.four_eyes and not element.mail.approve:
            message = "Vier ogen vraagt om iemand die akkoord geeft. Zet bij `approve` wie dat is."
            yield error(element.id, "four-eyes-without-approver", message)
        if element.mail.to not in recipients:
            message = f"`{element.mail.to}` krijgt nooit mail. Kies uit: {', '.join(sorted(recipients))}."
            yield error(element.id, "unknown-recipient", message)


def _recipients(subject: Subject) -> frozenset[str]:
    """The recipients that a mail may have: fixed ones, and the party roles declared, or else those drawn."""
    item = {ITEM} & set(subject.model.inputs)
    if subject.model.parties:
        return FIXED | set(subject.model.parties) | item
    return FIXED | PARTIES | {role.party for role in subject.model.roles.values() if role.party} | item


def services(subject: Subject) -> Findings:
    for element in subject.elements():
        if element.kind != ElementKind.SERVICE_TASK:
            continue
        if element.service is None:
            yield error(element.id, "service-missing", "Deze servicetaak doet niets. Voeg case:service toe.")
        elif element.service.operation not in PARAMETERS:
            message = f"`{element.service.operation}` bestaat niet. Kies uit: {', '.join(PARAMETERS)}."
            yield error(element.id, "unknown-operation", message)
        else:
            yield from _parameters(element.id, element.service.operation, set(element.service.parameters))
            yield from _published(element.id, element.service.parameters.get("documentType", ""), subject)
            if element.service.operation == "tell_related":
                yield from _relation(element.id, element.service.parameters.get("kind", ""))
            if element.service.operation == "share":
                yield from _shared(element.id, element.service.parameters.get("party", ""), subject)
            yield from _listed(element.id, element.service, subject)
            yield from _next(element.id, element.service, subject)


def formats(subject: Subject) -> Findings:
    """Each document type that names a file format which the program does not take."""
    if subject.formats is None:
        return
    for kind in subject.model.document_types.values():
        unknown = [code for code in kind.formats if code not in subject.formats]
        if unknown:
            named = ", ".join(f"`{code[:20]}`" for code in unknown[:20])
            message = f"Documenttype '{kind.name[:60]}' noemt een soort bestand die er niet is: {named}."
            advice = f"Kies uit: {', '.join(sorted(subject.formats))}."
            yield error(subject.model.process, "unknown-format", f"{message} {advice}")


def sizes(subject: Subject) -> Findings:
    """Each document type that takes no file at all, or larger ones than the program does."""
    for kind in subject.model.document_types.values():
        if not 0 < kind.max_megabytes <= LARGEST_FILE:
            message = f"Documenttype '{kind.name[:60]}' neemt bestanden tot {kind.max_megabytes} MB aan. Dat kan niet."
            yield error(
                subject.model.process, "file-size", f"{message} Kies een getal van 1 tot en met {LARGEST_FILE}."
            )


def archived(subject: Subject) -> Findings:
    """Each document type for the archive that says it takes another file than a PDF."""
    for kind in subject.model.document_types.values():
        if kind.archive and (others := [code for code in kind.formats if code not in ARCHIVED]):
            named = ", ".join(f"`{code[:20]}`" for code in others[:20])
            message = (
                f"Documenttype '{kind.name[:60]}' is voor het archief en neemt alleen PDF aan, maar noemt ook: {named}."
            )
            yield error(subject.model.process, "archive-format", f"{message} Laat alleen pdf staan.")


def checklist(subject: Subject) -> Findings:
    """A point that is too long for its place, more points than somebody looks through, and points of a process without cases."""
    points, process = subject.model.checklist.values(), subject.model.process
    for point in points:
        if len(point.title) > LONGEST_POINT:
            message = f"Het punt '{point.title[:60]}...' van de controlelijst is te lang."
            yield error(process, "checklist-point", f"{message} Maak het hoogstens {LONGEST_POINT} tekens.")
    if len(points) > MOST_STANDARD:
        message = f"De controlelijst heeft {len(points)} punten."
        yield error(process, "checklist-long", f"{message} Laat er hoogstens {MOST_STANDARD} staan.")
    if points and subject.model.case_type is None:
        message = "Dit proces is geen zaaktype, dus geen zaak krijgt deze controlelijst."
        yield error(process, "checklist-without-case", f"{message} Zet de punten bij het zaaktype.")


def requests(subject: Subject) -> Findings:
    for place, request in _requests(subject):
        yield from _template(place, request.mail, subject)
        for document in request.documents:
            yield from _document_type(place, document.type, subject)


def filed_forms(subject: Subject) -> Findings:
    """The document type of what is filed with a form."""
    for element in subject.elements():
        if element.filed_type:
            yield from _document_type(element.id, element.filed_type, subject)


def deadlines(subject: Subject) -> Findings:
    for element, action in _actions(subject):
        if action.deadline not in subject.model.deadlines:
            message = f"Termijn `{action.deadline}` bestaat niet. Voeg case:deadline toe of verbeter de code."
            yield error(element.id, "unknown-deadline", message)
    for deadline in subject.model.deadlines.values():
        if deadline.rule and subject.law_rules is not None and deadline.rule not in subject.law_rules:
            message = f"Termijn `{deadline.code}` noemt `{deadline.rule[:60]}`, dat geen wettelijke regel is."
            yield error(subject.model.process, "unknown-law-rule", f"{message} Kies een regel uit de tabel.")


def results(subject: Subject) -> Findings:
    model = subject.model
    for element in subject.elements():
        if element.result:
            yield from _result(element, element.result, subject)
    for kind in model.result_types.values():
        for rule in (kind.retention, *(other.rule for other in kind.retentions)):
            if subject.retention_rules is not None and rule not in subject.retention_rules:
                message = f"Resultaat `{kind.code}` noemt bewaarregel `{rule[:40]}`, die er niet is."
                yield error(model.process, "unknown-retention-rule", f"{message} Kies een regel uit de selectielijst.")
    if model.withdrawal and model.withdrawal.result not in model.result_types:
        yield _unknown_result(model.process, model.withdrawal.result)


def places(subject: Subject) -> Findings:
    """Elements that settings of the process name."""
    model = subject.model
    named = [("publishedFrom", model.case_type.published_from if model.case_type else None)]
    named.append(("until", model.withdrawal.until if model.withdrawal else None))
    for setting, element in named:
        if element and element not in subject.nodes:
            message = f"`{setting}` noemt `{element[:60]}`, dat niet in de tekening staat. Vul een bestaand id in."
            yield error(model.process, "unknown-element", message)
    if model.withdrawal and model.withdrawal.mail:
        yield from _template(model.process, model.withdrawal.mail, subject)


def statuses(subject: Subject) -> Findings:
    """One code is one status: the same name and place in the order everywhere."""
    first: dict[str, tuple[str, int]] = {}
    found = [(element.id, element.status) for element in subject.elements() if element.status]
    withdrawal = subject.model.withdrawal
    if withdrawal and withdrawal.status:
        found.append((subject.model.process, withdrawal.status))
    for place, status in found:
        if first.setdefault(status.code, (status.name, status.order)) != (status.name, status.order):
            message = f"Status `{status.code}` heeft elders een andere naam of volgorde. Maak ze gelijk."
            yield error(place, "status-conflict", message)


def _template(place: str, template: str, subject: Subject) -> Findings:
    if f"{template}.txt" not in subject.folder.mails:
        message = f"De mail `{template[:60]}` staat niet in de map mails. Voeg `{template[:60]}.txt` toe."
        yield error(place, "unknown-mail", message)


def _document_type(place: str, code: str, subject: Subject) -> Findings:
    # a called process has no document types of its own: it works with those of the case
    if subject.model.case_type and code not in subject.model.document_types:
        message = f"`{code}` is geen documenttype van dit zaaktype. Voeg case:documentType toe."
        yield error(place, "unknown-document-type", message)


def _parameters(place: str, operation: str, given: set[str]) -> Findings:
    for name in sorted(PARAMETERS[operation] ^ given):
        advice = "Vul hem in." if name in PARAMETERS[operation] else "Haal hem weg."
        yield error(place, "service-parameter", f"Parameter `{name[:60]}` van `{operation}` klopt niet. {advice}")


def _published(place: str, text: str, subject: Subject) -> Findings:
    """A document type that stands there as a fixed text can be checked now."""
    for given in given_texts(text) if text else ():
        for code in given.split() or [given]:
            yield from _document_type(place, code, subject)


def _relation(place: str, text: str) -> Findings:
    for fixed in given_texts(text or "none") - set(RELATIONS):
        message = f"`{fixed[:60]}` is geen verband tussen zaken. Kies uit: {', '.join(RELATIONS)}."
        yield error(place, "unknown-relation", message)


def _shared(place: str, text: str, subject: Subject) -> Findings:
    """Findings as those of `_published`, for a party that must have a link of its own."""
    for fixed in given_texts(text or "none") - subject.model.personal_roles():
        message = f"`{fixed[:60]}` heeft geen eigen link. Noem een rol van een baan met `link=person`."
        yield error(place, "unknown-party", message)


def _next(place: str, service: Service, subject: Subject) -> Findings:
    """A case that begins while this one goes on is one that follows on a result; a notice of default has a deadline."""
    model = subject.model
    if service.operation == "begin_next_case" and not any(kind.follow for kind in model.result_types.values()):
        message = "Hier begint een volgende zaak, maar op geen enkel resultaat volgt er een."
        yield error(place, "unknown-result-type", f"{message} Vul `follow` in bij case:resultType.")
    if service.operation == "record_default_notice":
        for code in given_texts(service.parameters.get("deadline", "none")) - set(model.deadlines):
            message = f"Termijn `{code[:60]}` bestaat niet. Voeg case:deadline toe of verbeter de code."
            yield error(place, "unknown-deadline", message)


def _listed(place: str, service: Service, subject: Subject) -> Findings:
    """Parties are listed of a role that is declared, in a list of parties; an organisation joins in one."""
    if service.operation not in {"list_parties", "list_new_parties", "list_changed_parties", "add_organisation"}:
        return
    known = {*subject.model.parties} or PARTIES | {role.party for role in subject.model.roles.values()}
    for role in given_texts(service.parameters.get("role", "none")) - known:
        message = f"`{role[:60]}` is geen rol van een betrokkene. Voeg case:party toe of verbeter de code."
        yield error(place, "unknown-party", message)
    lists = (service.parameters.get(name, "none") for name in ("into", "asked"))
    for code in sorted({code for text in lists for code in given_texts(text)}):
        value = subject.values.get(code)
        if value is None or value.type != ValueType.PARTY or not value.list:
            message = f'`{code[:60]}` is geen lijst van betrokkenen. Declareer een waarde type="party" list="true".'
            yield error(place, "unknown-value", message)


def _requests(subject: Subject) -> Iterator[tuple[str, DocumentRequest]]:
    for element in subject.elements():
        if element.request:
            yield element.id, element.request
    for button in subject.model.on_demand.values():
        if button.request:
            yield subject.model.process, button.request


def _actions(subject: Subject) -> Iterator[tuple[Element, DeadlineAction]]:
    return ((element, action) for element in subject.elements() for action in element.deadline_actions)


def _result(element: Element, result: Result, subject: Subject) -> Findings:
    if result.type and result.type not in subject.model.result_types:
        yield _unknown_result(element.id, result.type)
    if result.value is None:
        return
    value = subject.values.get(result.value)
    if value is None or value.type != ValueType.CHOICE:
        message = f"`{result.value}` is geen keuze van dit zaaktype. Kies een waarde van het soort choice."
        yield error(element.id, "unknown-value", message)
        return
    for choice in value.choices:
        if choice.value not in subject.model.result_types:
            yield _unknown_result(element.id, choice.value)


def _unknown_result(place: str, code: str) -> Finding:
    message = f"`{code}` is geen resultaat van dit zaaktype. Voeg case:resultType toe of verbeter de code."
    return error(place, "unknown-result-type", message)
