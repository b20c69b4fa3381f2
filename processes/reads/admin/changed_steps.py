"""The changes between two drawings of a process: its steps and its arrows, in plain Dutch."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from engine import Element, Model
from engine.drawing import Drawing, DrawnNode
from engine.kernel.reading import Reading
from engine.sentences import KnownName, condition_in_words, known_names, read_condition
from processes.reads.admin.one_change import Added, Change, Removed, only_in
from processes.reads.admin.words import Names, node_name

LABELS: Final[Mapping[str, str]] = {
    "kind": "de soort",
    "name": "de naam",
    "documentation": "de uitleg",
    "lane": "de baan",
    "scope": "het deelproces waar het in staat",
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
    "session": "hoe een zitting de hoorzitting plant",
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


def changed_steps(old: Reading, new: Reading, before: Model, after: Model) -> Iterator[Change]:
    """Steps that came, went, or say something else. Both readings have a drawing."""
    was, now = _drawn(old), _drawn(new)
    for element in only_in(now.nodes, was.nodes):
        yield Added(f"Erbij: {node_name(now, now.nodes[element])}.", elements=(element,))
    for element in only_in(was.nodes, now.nodes):
        yield Removed(f"Weg: {node_name(was, was.nodes[element])}.", elements=(element,))
    for element, node in now.nodes.items():
        if element in was.nodes and (before.elements[element], was.nodes[element]) != (after.elements[element], node):
            changed = [
                *_changed(_bare(before.elements[element]), _bare(after.elements[element])),
                *_changed(_plain_node(was.nodes[element]), _plain_node(node)),
            ]
            if changed:
                said = ", ".join(dict.fromkeys(changed))
                yield Change(f"Anders: {node_name(now, node)}. Veranderd: {said}.", elements=(element,))


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


def changed_arrows(old: Reading, new: Reading) -> Iterator[Change]:
    """Arrows that came, went, were laid elsewhere, or got another condition."""
    was, now = _drawn(old).flows, _drawn(new).flows
    names_before, names = Names(old), Names(new)
    known = [known_names(one.model) if one.model else {} for one in (old, new)]
    for key in only_in(now, was):
        yield Added(f"Erbij: {names.flow(now[key])}.", elements=(key,))
    for key in only_in(was, now):
        yield Removed(f"Weg: {names_before.flow(was[key])}.", elements=(key,))
    for key, flow in now.items():
        before = was.get(key)
        if before is None:
            continue
        if (before.source, before.target) != (flow.source, flow.target):
            yield Change(f"Verlegd: {names_before.flow(before)} is nu {names.flow(flow)}.", elements=(key,))
        if before.condition != flow.condition:
            said = f"had {_condition(before.condition, known[0])} en krijgt {_condition(flow.condition, known[1])}"
            yield Change(f"Voorwaarde: {names.flow(flow)} {said}.", elements=(key,))


def _condition(text: str | None, names: Mapping[str, KnownName]) -> str:
    """In words where a sentence can say it, else as the expression."""
    if not text:
        return "geen voorwaarde"
    sentence = read_condition(text.strip(), names)
    return f"'als {condition_in_words(sentence, names)}'" if sentence else f"'{text.strip()}'"
