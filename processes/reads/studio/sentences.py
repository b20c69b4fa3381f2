"""Conditions and timers of a draft as sentences, as lists: those of flows, of events, and of what is kept longer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.drawing import Drawing, DrawnNode, SequenceFlow
from engine.edits import DrawnSetting, ElementSettings, path_text
from engine.edits.reading_order import reading_order
from engine.sentences import KnownName, known_names
from engine.vocabulary import KindName
from engine.words import ElementKind, EventKind, TimerKind
from processes.base.actor import Actor
from processes.reads.admin.uploading import ShownFinding, reading_of
from processes.reads.admin.words import node_name
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check, elements_of
from processes.reads.studio.sentence_words import condition_text, timer_text
from processes.storage.services import Services

CHOOSE: Final = frozenset({ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY})


@dataclass(frozen=True, slots=True)
class SentenceLine:
    """One condition or timer on a list. `place` is the choice, the event or the setting, `way` where the flow goes. `words`: the
    sentence, or the expression when no sentence can say it (`plain`). `path`: of a setting on the element, else empty.
    """

    element: str
    place: str
    way: str
    words: str
    plain: bool
    findings: tuple[ShownFinding, ...]
    path: str = ""

    @property
    def address(self) -> str:
        """The page of the sentence, behind that of the list."""
        return f"{self.element}/instelling/{self.path}" if self.path else self.element


@dataclass(frozen=True, slots=True)
class SentencesPage:
    checked: DraftCheck
    conditions: tuple[SentenceLine, ...]
    timers: tuple[SentenceLine, ...]
    kept: tuple[SentenceLine, ...]


def read_sentences(services: Services, actor: Actor, name: str) -> SentencesPage:
    """Every condition and timer of a draft, in reading order. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    checked = draft_check(services, actor, head, files)
    read = reading_of(checked.check.folder.drawing) if checked.check.readable else None
    if read is None or read.model is None or read.drawing is None:
        return SentencesPage(checked, (), (), ())
    names = known_names(read.model)
    conditions, timers = [], []
    kept = tuple(_of_settings(elements_of(files), names))
    for node in (read.drawing.nodes[one] for one in reading_order(read.drawing)):
        for flow in _ways(read.drawing, node):
            words, plain = condition_words(flow, names)
            conditions.append(
                SentenceLine(
                    flow.id,
                    node_name(read.drawing, node),
                    target_words(read.drawing, flow),
                    words,
                    plain,
                    findings_of(checked, flow.id),
                )
            )
        if timer := timer_of(node):
            words, plain = timer_text(*timer, names)
            timers.append(
                SentenceLine(node.id, node_name(read.drawing, node), "", words, plain, findings_of(checked, node.id))
            )
    return SentencesPage(checked, tuple(conditions), tuple(timers), kept)


def _ways(drawing: Drawing, node: DrawnNode) -> list[SequenceFlow]:
    """The flows out of a gateway that chooses among several."""
    found = [flow for flow in drawing.flows.values() if flow.source == node.id]
    return found if node.kind in CHOOSE and len(found) > 1 else []


def timer_of(node: DrawnNode) -> tuple[str, str] | None:
    """The kind and text of its timer; the text may be empty."""
    event = next((one for one in node.events if one.kind == EventKind.TIMER), None)
    return (event.timer or TimerKind.DURATION, event.text) if event else None


def condition_words(flow: SequenceFlow, names: Mapping[str, KnownName]) -> tuple[str, bool]:
    if flow.default:
        return "als geen andere weg past", False
    return condition_text(flow.condition or "", names)


def target_words(drawing: Drawing, flow: SequenceFlow) -> str:
    """`naar taak 'Hoor de indiener'`."""
    target = drawing.nodes.get(flow.target)
    return f"naar {node_name(drawing, target) if target else flow.target[:60]}"


def findings_of(checked: DraftCheck, element: str) -> tuple[ShownFinding, ...]:
    return tuple(one for one in checked.check.findings if one.element == element)


def _of_settings(elements: Sequence[ElementSettings], names: Mapping[str, KnownName]) -> Iterator[SentenceLine]:
    """The settings that hold when a condition does: another class of retention."""
    for element in elements:
        for outer in element.settings:
            for setting in outer.inside:
                if attribute := condition_of(setting):
                    words, plain = condition_text(setting.values.get(attribute, ""), names)
                    place, way = setting_place(outer), setting_place(setting)
                    yield SentenceLine(element.id, place, way, words, plain, (), path_text(setting.path))


def condition_of(setting: DrawnSetting) -> str:
    """The attribute of a setting that holds a condition; empty when it has none."""
    kinds = setting.shape.attributes
    return next((name for name, one in kinds.items() if one.kind.name == KindName.CONDITION), "")


def setting_place(setting: DrawnSetting) -> str:
    """`resultaat 'Gegrond'`."""
    label = setting.shape.label
    return f"{label[:1].lower()}{label[1:]} '{setting.title}'"
