"""The changes between two versions of a process, in plain Dutch. Two read folders in, groups of lines out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from engine import DrawnDeadline, Element, Folder, Model
from engine.drawing import Drawing, DrawnNode
from engine.kernel.reading import Reading
from engine.words import Counting
from processes.law import LawRule
from processes.reads.admin.outline import term_of
from processes.reads.admin.words import Names, node_name

LABELS: Final[Mapping[str, str]] = {
    "kind": "de soort",
    "name": "de naam",
    "documentation": "de uitleg",
    "lane": "de baan",
    "called": "het aangeroepen proces",
    "status": "de status",
    "deadline_actions": "wat er met een termijn gebeurt",
    "request": "het verzoek om stukken",
    "mail": "de mail",
    "service": "de automatische stap",
    "form": "het formulier",
    "filed_as": "hoe het document van het formulier heet",
    "filed_type": "de soort van het document van het formulier",
    "assignment": "wie de taak doet",
    "translations": "de naam in een andere taal",
    "filed_translations": "hoe dat document in een andere taal heet",
    "result": "het resultaat",
    "keep": "of het bericht bewaard blijft",
    "events": "de timer of de gebeurtenis",
    "attached_to": "de stap waar het aan vastzit",
    "interrupting": "of het de stap onderbreekt",
    "multi": "hoe vaak de stap wordt gedaan",
    "default": "de standaardpijl",
}


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    lines: tuple[str, ...]


def differences(
    old: Folder, old_reading: Reading, new: Folder, new_reading: Reading, law: Sequence[LawRule]
) -> tuple[Group, ...]:
    """Only groups with a difference; nothing when both say the same (a moved box is no difference).

    `law`: the rules that hold today, which say how long a term is.
    """
    before, after = old_reading.model, new_reading.model
    if before is None or after is None or old_reading.drawing is None or new_reading.drawing is None:
        return ()
    groups = (
        Group("Het zaaktype", tuple(_settings(before, after))),
        Group("Stappen in de tekening", tuple(_nodes(old_reading, new_reading, before, after))),
        Group("Pijlen en voorwaarden", tuple(_flows(old_reading, new_reading))),
        Group("Statussen", tuple(_statuses(before, after))),
        Group("Termijnen", tuple(_deadlines(before, after, law))),
        Group("Banen", tuple(_coded("Baan", before.roles, after.roles, _name))),
        Group("Gegevens", tuple(_coded("Gegeven", before.values, after.values, _title))),
        Group("Documenttypen", tuple(_coded("Documenttype", before.document_types, after.document_types, _name))),
        Group("Resultaten", tuple(_coded("Resultaat", before.result_types, after.result_types, _description))),
        Group("Knoppen van de behandelaar", tuple(_coded("Knop", before.on_demand, after.on_demand, _label))),
        Group("Formulieren", tuple(_files("Formulier", old.forms, new.forms))),
        Group("Mails en brieven", tuple(_files("Mail", old.mails, new.mails))),
        Group("Repetities", tuple(_files("Repetitie", old.rehearsals, new.rehearsals))),
    )
    return tuple(group for group in groups if group.lines)


def _settings(old: Model, new: Model) -> Iterator[str]:
    if old.name != new.name:
        yield f"De naam van het proces was '{old.name}' en wordt '{new.name}'."
    if old.case_type != new.case_type:
        yield "De instellingen van het zaaktype zijn veranderd."
    if old.withdrawal != new.withdrawal:
        yield "De regels voor intrekken zijn veranderd."
    if (old.inputs, old.outputs) != (new.inputs, new.outputs):
        yield "Wat dit proces krijgt of teruggeeft is veranderd."


def _nodes(old: Reading, new: Reading, before: Model, after: Model) -> Iterator[str]:
    was, now = _drawn(old), _drawn(new)
    for element in _only_in(now.nodes, was.nodes):
        yield f"Erbij: {node_name(now.nodes[element])}."
    for element in _only_in(was.nodes, now.nodes):
        yield f"Weg: {node_name(was.nodes[element])}."
    for element, node in now.nodes.items():
        if element in was.nodes:
            changed = [
                *_changed(_bare(before.elements[element]), _bare(after.elements[element])),
                *_changed(_plain_node(was.nodes[element]), _plain_node(node)),
            ]
            if changed:
                yield f"Anders: {node_name(node)}. Veranderd: {', '.join(dict.fromkeys(changed))}."


def _drawn(reading: Reading) -> Drawing:
    assert reading.drawing is not None  # noqa: S101 - `differences` looked first
    return reading.drawing


def _bare(element: Element) -> Element:
    """Names compare without line ends, which a modelling tool moves about."""
    return replace(element, name=" ".join(element.name.split()))


def _plain_node(node: DrawnNode) -> DrawnNode:
    return replace(node, name="", kind="", called=None)  # these three the element says as well


def _changed(old: Any, new: Any) -> list[str]:
    return [words for field, words in LABELS.items() if getattr(old, field, None) != getattr(new, field, None)]


def _flows(old: Reading, new: Reading) -> Iterator[str]:
    was, now = _drawn(old).flows, _drawn(new).flows
    names_before, names = Names(old), Names(new)
    for key in _only_in(now, was):
        yield f"Erbij: {names.flow(now[key])}."
    for key in _only_in(was, now):
        yield f"Weg: {names_before.flow(was[key])}."
    for key, flow in now.items():
        before = was.get(key)
        if before is None:
            continue
        if (before.source, before.target) != (flow.source, flow.target):
            yield f"Verlegd: {names_before.flow(before)} is nu {names.flow(flow)}."
        if before.condition != flow.condition:
            yield f"Voorwaarde: {names.flow(flow)} had {_condition(before.condition)} en krijgt {_condition(flow.condition)}."


def _condition(text: str | None) -> str:
    return f"'{text.strip()}'" if text else "geen voorwaarde"


def _statuses(old: Model, new: Model) -> Iterator[str]:
    was = {status.code: status for status in old.statuses()}
    now = {status.code: status for status in new.statuses()}
    words = {"name": "de naam", "order": "de volgorde", "visible": "of de inwoner hem ziet",
             "notify": "of er bericht over gaat", "explanation": "de uitleg", "next": "wat er hierna gebeurt"}  # fmt: skip
    yield from _coded("Status", was, now, _name, words)


def _deadlines(old: Model, new: Model, law: Sequence[LawRule]) -> Iterator[str]:
    words = {"title": "de titel", "rule": "de wettelijke regel", "variant": "welke variant geldt",
             "start_from": "vanaf wanneer hij telt",
             "warnings": "wanneer er wordt gewaarschuwd"}  # fmt: skip
    yield from _coded("Termijn", _without_term(old), _without_term(new), _title, words)
    for code, deadline in new.deadlines.items():
        before = old.deadlines.get(code)
        if before is not None and term_of(before, law) != term_of(deadline, law):
            yield f"Termijn '{deadline.title}' was {term_of(before, law)} en wordt {term_of(deadline, law)}."


def _without_term(model: Model) -> dict[str, DrawnDeadline]:
    """How long a term is gets a sentence of its own."""
    return {code: replace(one, duration=None, calendar=Counting.CALENDAR) for code, one in model.deadlines.items()}


def _coded(
    kind: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    name: Callable[[Any], str],
    words: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Added, removed and changed things of one kind that carry a code."""
    for code in _only_in(new, old):
        yield f"Erbij: {kind.lower()} '{name(new[code])}'."
    for code in _only_in(old, new):
        yield f"Weg: {kind.lower()} '{name(old[code])}'."
    for code, item in new.items():
        before = old.get(code)
        if before is None or before == item:
            continue
        parts = [said for field, said in (words or {}).items() if getattr(before, field) != getattr(item, field)]
        was = f" (eerst '{name(before)}')" if name(before) != name(item) else ""
        yield f"Anders: {kind.lower()} '{name(item)}'{was}{'. Veranderd: ' + ', '.join(parts) if parts else ''}."


def _files(kind: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted(new.keys() - old.keys()):
        yield f"Erbij: {kind.lower()} '{name}'."
    for name in sorted(old.keys() - new.keys()):
        yield f"Weg: {kind.lower()} '{name}'."
    for name in sorted(new.keys() & old.keys()):
        if old[name] != new[name]:
            yield f"Anders: {kind.lower()} '{name}'."


def _name(item: Any) -> str:
    return str(item.name)


def _title(item: Any) -> str:
    return str(item.title)


def _description(item: Any) -> str:
    return str(item.description)


def _label(item: Any) -> str:
    return str(item.label)


def _only_in(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """In the order of the drawing, so that the same change always reads the same."""
    return [key for key in one if key not in other]
