"""Reads `case:` elements into the dataclasses of `engine.model`, with a finding for everything that does not fit.

`read_settings(element, host, notes)` gives what stands on one element, by local name; a setting with a mistake is
left out and its findings stand in the notes. Nothing here raises.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.model import (
    Assignment,
    CaseType,
    Choice,
    DeadlineAction,
    DocumentRequest,
    DocumentType,
    DrawnDeadline,
    DrawnForm,
    Finding,
    KeptMessage,
    Mail,
    Mapped,
    OnDemand,
    PartyRole,
    Result,
    ResultType,
    Retention,
    Service,
    SessionPlan,
    StandardPoint,
    Status,
    Translation,
    Value,
    WantedDocument,
    Withdrawal,
)
from engine.vocabulary import CASE, SHAPES, Shape
from engine.vocabulary.kinds import LONGEST
from engine.words import Severity, ValueType

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
LONGEST_ID = 200  # a page shows it; no tool makes longer ones
MOST_FINDINGS = 500  # enough to mend a drawing by; a hostile one must not fill the page

Settings = Mapping[str, list[Any]]
Fields = dict[str, Any]
Inside = Mapping[str, list[Any]]


@dataclass(slots=True)
class Notes:
    """Findings as they come up."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, element: str, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(element[:LONGEST_ID], severity, code, message))


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or ""


def inner_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def read_settings(element: etree._Element, host: str, owner: str, notes: Notes) -> Settings:
    """Everything that the extension elements of `element` say; `host` is its local name, `owner` its id."""
    found: dict[str, list[Any]] = defaultdict(list)
    for extension in element.findall(f"{{{BPMN}}}extensionElements"):
        for child in extension.iterchildren(f"{{{CASE}}}*"):
            name = local(child)
            shape = SHAPES.get(name)
            if shape is None:
                known = ", ".join(sorted(key for key, value in SHAPES.items() if host in value.hosts))
                notes.add(owner, "unknown-setting", f"`case:{name}` bestaat niet. Gebruik hier: {known or 'niets'}.")
            elif host not in shape.hosts:
                notes.add(owner, "setting-misplaced", _misplaced(name, shape))
            else:
                _keep(found, child, owner, notes)
    return found


def read_one(element: etree._Element, owner: str, notes: Notes) -> Any:
    """One setting as its dataclass, or None when something is missing or wrong."""
    name = local(element)
    shape = SHAPES[name]
    if shape.text:
        return _sentence(element, owner, notes)
    fields = _attributes(element, name, shape, owner, notes)
    inside = _children(element, name, shape, owner, notes)
    note_translations(inside["translation"], shape.translated, owner, notes)
    return None if fields is None else MAKERS[name](fields, inside, owner, notes)


def note_translations(found: list[Translation], known: tuple[str, ...], owner: str, notes: Notes) -> None:
    """Translations of nothing that people read, and of one text twice."""
    seen = set()
    for one in found:
        if one.of not in known:
            sentence = f"`case:translation` vertaalt `{one.of[:60]}`, dat niemand leest. Kies uit: {', '.join(known)}."
            notes.add(owner, "unknown-translation", sentence)
        if (one.lang, one.of) in seen:
            sentence = f"`case:translation` staat er twee keer voor `{one.of[:60]}` in één taal. Laat er één staan."
            notes.add(owner, "duplicate-translation", sentence)
        seen.add((one.lang, one.of))


def _misplaced(name: str, shape: Shape) -> str:
    places = ", ".join(sorted(shape.hosts)) or "een ander onderdeel"
    return f"`case:{name}` hoort hier niet. Zet het op: {places}."


def _keep(found: dict[str, list[Any]], element: etree._Element, owner: str, notes: Notes) -> None:
    name, made = local(element), read_one(element, owner, notes)
    if made is None:
        return
    if found[name] and not SHAPES[name].many:
        notes.add(owner, "duplicate-setting", f"`case:{name}` staat hier twee keer. Laat er één staan.")
        return
    found[name].append(made)


def _sentence(element: etree._Element, owner: str, notes: Notes) -> str:
    words = " ".join(inner_text(element).split())
    if len(words) > LONGEST:
        notes.add(owner, "bad-value", f"De tekst van `case:{local(element)}` is te lang. Kort haar in.")
    return words[:LONGEST]


def _attributes(element: etree._Element, name: str, shape: Shape, owner: str, notes: Notes) -> Fields | None:
    fields: Fields = {}
    fine = True
    for key, raw in ((str(key), str(raw)) for key, raw in element.attrib.items()):
        attribute = shape.attributes.get(key)
        if attribute is None:
            if not key.startswith("{"):  # attributes of other tools are named elsewhere
                known = ", ".join(shape.attributes)
                notes.add(owner, "unknown-attribute", f"`case:{name}` kent geen `{key[:40]}`. Gebruik: {known}.")
            continue
        try:
            fields[attribute.field] = attribute.kind(raw)
        except ValueError as error:
            fine = False
            notes.add(owner, "bad-value", f"`{key}` van `case:{name}` is `{raw[:60]}`. {error}")
    for key, attribute in shape.attributes.items():
        if attribute.required and key not in element.attrib:
            fine = False
            notes.add(owner, "missing-attribute", f"`case:{name}` mist `{key}`. Vul dit in.")
    return fields if fine else None


def _children(element: etree._Element, name: str, shape: Shape, owner: str, notes: Notes) -> Inside:
    inside: dict[str, list[Any]] = defaultdict(list)
    for child in element.iterchildren("*"):
        if namespace(child) != CASE:
            continue
        if local(child) not in shape.children:
            sentence = f"In `case:{name}` mag geen `case:{local(child)}` staan. Haal het weg."
            notes.add(owner, "unknown-setting", sentence)
            continue
        _keep(inside, child, owner, notes)
    return inside


def _value(fields: Fields, inside: Inside, owner: str, notes: Notes) -> Value | None:
    choices: dict[str, Choice] = {}
    for choice in inside["choice"]:
        if choice.value in choices:
            notes.add(owner, "duplicate-code", f"Keuze `{choice.value}` staat er twee keer. Geef elk een eigen waarde.")
        choices.setdefault(choice.value, choice)
    if choices and fields["type"] != ValueType.CHOICE:
        notes.add(owner, "bad-value", f'`{fields["code"]}` heeft keuzes maar is geen keuze. Schrijf type="choice".')
    if fields["type"] == ValueType.CHOICE and not choices:
        notes.add(owner, "choice-without-options", f"Keuze `{fields['code']}` heeft geen opties. Voeg case:choice toe.")
    return Value(**fields, choices=tuple(choices.values()), **_translated(inside))


def _deadline(fields: Fields, inside: Inside, owner: str, notes: Notes) -> DrawnDeadline | None:
    if ("rule" in fields) is ("duration" in fields):
        sentence = (
            f"Termijn `{fields['code']}` heeft een wettelijke regel of een duur nodig. Vul precies één van twee in."
        )
        notes.add(owner, "deadline-without-length", sentence)
        return None
    return DrawnDeadline(**fields, **_translated(inside))


def _on_demand(fields: Fields, inside: Inside, owner: str, notes: Notes) -> OnDemand | None:
    if ("process" in fields) is ("message" in fields):
        sentence = f"Knop `{fields['code']}` start een proces of stuurt een bericht. Vul precies één van twee in."
        notes.add(owner, "on-demand-without-target", sentence)
        return None
    return OnDemand(**fields, request=_first(inside["documentRequest"]))


def _result(fields: Fields, _inside: Inside, owner: str, notes: Notes) -> Result | None:
    if ("type" in fields) is ("value" in fields):
        notes.add(owner, "bad-value", "`case:result` heeft `type` of `value` nodig. Vul precies één van twee in.")
        return None
    return Result(**fields)


def _result_type(fields: Fields, inside: Inside, _owner: str, _notes: Notes) -> ResultType:
    return ResultType(**fields, retentions=tuple(inside["retention"]), maps=tuple(inside["map"]), **_translated(inside))


def _status(fields: Fields, inside: Inside, _owner: str, _notes: Notes) -> Status:
    texts: Fields = {name: _first(inside[name]) or "" for name in ("explanation", "next")}
    return Status(**fields, **texts, **_translated(inside))


def _request(fields: Fields, inside: Inside, _owner: str, _notes: Notes) -> DocumentRequest:
    return DocumentRequest(**fields, documents=tuple(inside["document"]))


def _withdrawal(fields: Fields, inside: Inside, _owner: str, _notes: Notes) -> Withdrawal:
    return Withdrawal(**fields, status=_first(inside["status"]))


def _service(fields: Fields, inside: Inside, _owner: str, _notes: Notes) -> Service:
    return Service(fields["operation"], dict(inside["parameter"]))


def _first(items: list[Any]) -> Any:
    return items[0] if items else None


def _plain(make: Callable[..., Any]) -> Callable[[Fields, Inside, str, Notes], Any]:
    return lambda fields, inside, _owner, _notes: make(**fields, **_translated(inside))


def _translated(inside: Inside) -> Fields:
    return {"translations": tuple(inside["translation"])} if inside["translation"] else {}


MAKERS: Mapping[str, Callable[[Fields, Inside, str, Notes], Any]] = {
    "caseType": _plain(CaseType),
    "party": _plain(PartyRole),
    "value": _value,
    "input": _value,
    "output": _value,
    "choice": _plain(Choice),
    "deadline": _deadline,
    "documentType": _plain(DocumentType),
    "resultType": _result_type,
    "retention": _plain(Retention),
    "map": _plain(Mapped),
    "onDemand": _on_demand,
    "withdrawal": _withdrawal,
    "checklistPoint": _plain(StandardPoint),
    "role": _plain(dict),  # the lane adds its id and name
    "status": _status,
    "deadlineAction": _plain(DeadlineAction),
    "documentRequest": _request,
    "document": _plain(WantedDocument),
    "mail": _plain(Mail),
    "keep": _plain(KeptMessage),
    "service": _service,
    "parameter": _plain(lambda name, value: (name, value)),
    "form": _plain(DrawnForm),
    "assignment": _plain(Assignment),
    "session": _plain(SessionPlan),
    "result": _result,
    "translation": _plain(Translation),
}
