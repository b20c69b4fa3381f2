"""Law rules in a drawing: one that fits the case type, in a variant that it has, and used as the article allows."""

from collections.abc import Iterator

from engine.drawing import DrawnNode
from engine.expressions import given_texts
from engine.lint.forms import offers_no_decision
from engine.lint.subject import Findings, Subject, error, reach, warning
from engine.model import DeadlineAction, DrawnDeadline, Element, LegalTerm
from engine.words import DeadlineVerb, ElementKind, EventKind, Procedure, Side

COMMITTEE = "committee"  # this word in the name of a variant: it holds only where a committee advises


def rules(subject: Subject) -> Findings:
    """A rule of another procedure gives a term that the law does not give this case."""
    case_type, process = subject.model.case_type, subject.model.process
    known = list(_known_rules(subject))
    if case_type and case_type.procedure is None and known:
        message = "Er staat niet welke procedure dit is, dus de wettelijke termijnen zijn niet te controleren."
        yield warning(process, "procedure-missing", f"{message} Vul `procedure` van case:caseType in.")
    for deadline, term in known:
        if case_type and case_type.procedure and term.procedures and case_type.procedure not in term.procedures:
            message = f"Termijn `{deadline.code}` noemt `{deadline.rule}`, maar die regel is voor: {_list(term)}."
            advice = f"Dit zaaktype is `{case_type.procedure}`. Kies een regel die daarbij past."
            yield error(process, "law-rule-misfit", f"{message} {advice}")


def variants(subject: Subject) -> Findings:
    for deadline, term in _known_rules(subject):
        for variant in sorted(_variants(deadline) - set(term.variants)):
            message = f"Termijn `{deadline.code}` kan variant `{variant[:60]}` geven, die `{deadline.rule}` niet heeft."
            advice = f"Kies uit: {', '.join(term.variants)}."
            yield error(subject.model.process, "unknown-variant", f"{message} {advice}")


def retired(subject: Subject) -> Findings:
    """A variant that only running cases still have: what it was for, the law does not know."""
    for deadline, term in _known_rules(subject):
        for variant in sorted(_variants(deadline) & set(term.retired)):
            message = f"Termijn `{deadline.code}` noemt variant `{variant}`. Die is alleen nog voor zaken die al lopen."
            advice = "Tegen het uitblijven van een besluit staat geen bezwaar open (Awb 7:1, lid 1, onder f)."
            advice += " Haal de variant weg; wie op een besluit wacht, stelt de gemeente in gebreke."
            yield error(subject.model.process, "retired-variant", f"{message} {advice}")


def no_decision(subject: Subject) -> Findings:
    """A form of a bezwaar that still offers 'there is no decision yet': no bezwaar lies against that."""
    case_type = subject.model.case_type
    if case_type is None or case_type.procedure != Procedure.BEZWAAR:
        return
    for name, data in subject.folder.forms.items():
        if offers_no_decision(data):
            message = "Dit formulier biedt aan dat er nog geen besluit is. Daartegen staat geen bezwaar open"
            advice = '(Awb 7:1, lid 1, onder f). Zet "missing": false bij het onderdeel `decisions`.'
            yield error(f"forms/{name}", "no-decision-offered", f"{message} {advice}")


def committee(subject: Subject) -> Findings:
    """A longer term because a committee advises (Awb 7:10 and 9:11) is for cases in which one does."""
    if any(role.side == Side.COMMITTEE for role in subject.model.roles.values()):
        return
    for deadline in subject.model.deadlines.values():
        if any(COMMITTEE in variant.split("-") for variant in _variants(deadline)):
            message = f"Termijn `{deadline.code}` rekent met een commissie, maar er is geen baan voor een commissie."
            advice = "Teken die baan of haal de variant weg."
            yield error(subject.model.process, "committee-without-lane", f"{message} {advice}")


def extensions(subject: Subject) -> Findings:
    """An extension or consent that the article does not know is refused when it is tried."""
    terms = {deadline.code: (deadline, term) for deadline, term in _known_rules(subject)}
    for element, action in _actions(subject):
        if action.action == DeadlineVerb.CONSENT and action.until is None:
            message = "Bij uitstel met instemming hoort een datum. Vul `until` van case:deadlineAction in."
            yield error(element.id, "consent-without-date", message)
        if action.deadline not in terms:
            continue
        deadline, term = terms[action.deadline]
        if action.action == DeadlineVerb.EXTEND and not term.extends:
            message = f"`{deadline.rule}` kent geen verlenging. Haal deze actie weg of kies een andere regel."
            yield error(element.id, "extension-unknown", message)
        if action.action == DeadlineVerb.CONSENT and not term.consents:
            message = (
                f"`{deadline.rule}` kent geen uitstel met instemming. Haal deze actie weg of kies een andere regel."
            )
            yield error(element.id, "consent-unknown", message)


def suspensions(subject: Subject) -> Findings:
    """After a suspension every way to an end starts the term again, meets it, or ends the case."""
    for element, action in _actions(subject):
        if action.action == DeadlineVerb.SUSPEND and _runs_out(subject, element.id, action.deadline):
            message = (
                f"Termijn `{action.deadline}` staat hier stil, maar loopt niet op elke weg naar het einde weer door."
            )
            advice = 'Zet op elke weg een stap met action="resume".'
            yield error(element.id, "suspension-without-resume", f"{message} {advice}")


def met(subject: Subject) -> Findings:
    """A deadline that starts and is never met stays open; one that is used but never starts has no date."""
    for code in subject.model.deadlines:
        actions = list(_actions(subject, code))
        first = {action.action: element.id for element, action in reversed(actions)}
        if DeadlineVerb.START in first and DeadlineVerb.MEET not in first:
            message = f'Termijn `{code}` begint hier, maar wordt nergens gehaald. Zet bij de juiste stap action="meet".'
            yield warning(first[DeadlineVerb.START], "deadline-never-met", message)
        if actions and DeadlineVerb.START not in first:
            message = f'Termijn `{code}` wordt hier gebruikt, maar begint nergens. Zet bij een stap action="start".'
            yield warning(actions[0][0].id, "deadline-never-started", message)


def _runs_out(subject: Subject, start: str, code: str) -> bool:
    """Whether an end of a branch can be reached with this term still standing still."""
    ending = {
        element.id
        for element, action in _actions(subject, code)
        if action.action in (DeadlineVerb.RESUME, DeadlineVerb.MEET)
    }
    beside = {node.id for node in subject.of_kind(ElementKind.BOUNDARY_EVENT) if not node.interrupting}
    stops = ending | beside
    reached = reach([start], subject.onward, stop=lambda node: node in stops)
    return any(
        _stays(node, subject, ending) for node in subject.of_kind(ElementKind.END_EVENT) if node.id in reached - stops
    )


def _stays(end: DrawnNode, subject: Subject, ending: set[str]) -> bool:
    """The case goes on after this end, and no other branch of a split starts the term again."""
    if subject.model.elements[end.id].result or any(event.kind == EventKind.ERROR for event in end.events):
        return False
    for split in subject.splits():
        branches = [reach([flow.target], subject.onward) for flow in subject.outgoing[split.id]]
        if any(end.id in branch for branch in branches) and any(branch & ending for branch in branches):
            return False
    return True


def _known_rules(subject: Subject) -> Iterator[tuple[DrawnDeadline, LegalTerm]]:
    """Deadlines with a rule of the law book."""
    for deadline in subject.model.deadlines.values():
        term = (subject.law_rules or {}).get(deadline.rule or "")
        if term is not None:
            yield deadline, term


def _variants(deadline: DrawnDeadline) -> frozenset[str]:
    """Every variant that the expression can give; without one it is `standard`."""
    return given_texts(deadline.variant) if deadline.variant else frozenset({"standard"})


def _actions(subject: Subject, code: str | None = None) -> Iterator[tuple[Element, DeadlineAction]]:
    for element in subject.elements():
        for action in element.deadline_actions:
            if code in (None, action.deadline):
                yield element, action


def _list(term: LegalTerm) -> str:
    return ", ".join(term.procedures)
