"""Elements of a drawing as BPMN itself has them: the name of a step, its timer, the process that it calls. Read for pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.edits import ElementSettings
from engine.sentences import KnownName
from engine.vocabulary import PageGroup
from engine.words import ElementKind, TimerKind
from processes.base.actor import Actor
from processes.law.errors import BadDuration
from processes.law.term import length_in_words
from processes.reads.admin.uploading import ShownFinding
from processes.reads.studio.draft_check import DraftCheck, PartOfDraft
from processes.reads.studio.open_draft import LANE, found_element, opened_draft, part_of, place_of
from processes.reads.studio.sentence_words import timer_text
from processes.reads.studio.setting_fields import AskedBy, DrawnField, fields_of_texts
from processes.reads.studio.settings import SettingsPage
from processes.storage.services import Services

TIMERS: Final[Mapping[str, str]] = {
    TimerKind.DURATION: "na een duur",
    TimerKind.DATE: "op een dag",
    TimerKind.CYCLE: "steeds opnieuw",
}
# the steps whose names people read, in their inbox or on a list of the case
NAMED: Final = frozenset({ElementKind.USER_TASK, ElementKind.SEND_TASK, ElementKind.CALL_ACTIVITY, LANE})
TIMER_KIND, TIMER_TEXT, CALLED = "timer", "when", "called"


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One element on a list; `words` says when its timer fires or what it calls."""

    id: str
    name: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class ElementToEdit:
    checked: DraftCheck
    part: PartOfDraft
    id: str
    title: str
    place: str
    fields: tuple[DrawnField, ...]
    findings: tuple[ShownFinding, ...]


def element_lines(page: SettingsPage) -> tuple[ElementLine, ...]:
    """The elements that stand on the page of a part: timers at the requests, names of steps and lanes at the roles."""
    if page.part.title == PageGroup.REQUESTS:
        return tuple(_line(one, page.names, page.processes) for one in page.elements if one.timer)
    return (
        tuple(_line(one, page.names, page.processes) for one in page.elements if one.kind in NAMED)
        if page.part.title == PageGroup.PEOPLE
        else ()
    )


def read_step(services: Services, actor: Actor, name: str, slug: str, element: str) -> ElementToEdit:
    """One element to change. Raises NotFound."""
    draft = opened_draft(services, actor, name)
    found = found_element(draft.elements, element)
    findings = tuple(one for one in draft.checked.check.findings if one.element == element)
    return ElementToEdit(
        draft.checked, draft.checked.of_part(part_of(slug)), element, found.name or found.said, place_of(found),
        _fields(found, draft.offers.processes), findings,
    )  # fmt: skip


def _fields(element: ElementSettings, processes: Mapping[str, str]) -> tuple[DrawnField, ...]:
    fields = list(fields_of_texts(element))
    if element.timer:
        kind, text = element.timer
        help_ = "Een duur (P14D is 14 dagen, P2W 2 weken), een dag, of een expressie met een termijn."
        fields += [
            DrawnField(
                TIMER_KIND, "Wanneer", "Hoe het moment is bepaald.", AskedBy.SELECT, kind, True, tuple(TIMERS.items())
            ),
            DrawnField(TIMER_TEXT, "Moment", f"{help_}{_now(text)}", AskedBy.TEXT, text, True),
        ]
    if element.kind == ElementKind.CALL_ACTIVITY:
        known = tuple(processes.items())
        others = () if element.called in processes or not element.called else ((element.called, element.called),)
        fields.append(
            DrawnField(
                CALLED,
                "Proces dat begint",
                "Het proces dat deze stap begint.",
                AskedBy.SELECT,
                element.called,
                True,
                (*known, *others),
            )
        )
    return tuple(fields)


def _line(element: ElementSettings, names: Mapping[str, KnownName], processes: Mapping[str, str]) -> ElementLine:
    words = ""
    if element.timer:
        words, plain = timer_text(*element.timer, names)
        words = f"{TIMERS.get(element.timer[0], element.timer[0])}: {words}" if plain else words
    elif element.called:
        words = f"begint '{processes.get(element.called, element.called)}'"
    return ElementLine(element.id, element.name or element.said, place_of(element), words)


def _now(text: str) -> str:
    words = _length(text)
    return f" Nu: {words}." if words else ""


def _length(text: str) -> str:
    try:
        return length_in_words(text, working=False)
    except (BadDuration, ValueError):
        return ""
