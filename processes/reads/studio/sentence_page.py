"""One condition or timer of a draft as a sentence: a form over the facts that exist at that place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from engine import Model
from engine.drawing import Drawing, SequenceFlow
from engine.edits import Files, SettingPath, folder_of, path_text
from engine.lint.filling import not_yet_filled
from engine.lint.subject import Subject, build_subject
from engine.sentences import (
    TODAY,
    KnownName,
    NameKind,
    condition_in_words,
    first_dates,
    known_names,
    not_in_example,
    read_condition,
    read_timer,
    timer_in_words,
)
from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM, local_date
from processes.base.errors import NotFound
from processes.reads.admin.uploading import ShownFinding, reading_of
from processes.reads.admin.words import Names, node_name
from processes.reads.opening import reading
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check, elements_of
from processes.reads.studio.open_draft import found_element, setting_at
from processes.reads.studio.sentence_forms import ConditionForm, TimerForm, condition_form, timer_form
from processes.reads.studio.sentences import (
    CHOOSE,
    condition_of,
    condition_words,
    findings_of,
    setting_place,
    timer_of,
)
from processes.storage.services import Services

GONE: Final = "Dit onderdeel heeft geen voorwaarde en geen timer, of staat niet (meer) in de tekening."
TERMS: Final = "deadline."
LATER: Final = " (hier nog niet ingevuld)"
GROUPS: Final = ("Gegevens van de zaak", "Antwoorden van allen", "Termijnen", "Van elke zaak")
NINE: Final = time(9)


class SentenceKind(StrEnum):
    """The kinds of sentences: about a flow, about an event, or about a setting."""

    CONDITION = "condition"
    TIMER = "timer"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class OtherWay:
    """Another flow out of the same gateway."""

    element: str
    words: str
    default: bool


@dataclass(frozen=True, slots=True)
class SentencePage:
    """One condition or timer. `timer`: its kind, empty at a condition. `said`: its sentence, empty when no sentence can say it.
    `offered`: the facts to choose from, in groups; `days` those that are a day. `gateway`: where the flow comes from, which it may be
    the `default` of. `path` and `attribute`: where it stands in a setting on the element, else empty.
    """

    checked: DraftCheck
    kind: SentenceKind
    element: str
    place: str
    expression: str
    timer: str
    said: str
    names: Mapping[str, KnownName]
    offered: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    days: tuple[tuple[str, str], ...]
    condition: ConditionForm
    moment: TimerForm
    others: tuple[OtherWay, ...]
    gateway: str
    default: bool
    today: date
    findings: tuple[ShownFinding, ...]
    path: SettingPath = ()
    attribute: str = ""

    @property
    def address(self) -> str:
        """Its page, behind that of the list."""
        return f"{self.element}/instelling/{path_text(self.path)}" if self.path else self.element


@dataclass(frozen=True, slots=True)
class _Ground:
    """The draft in which a sentence stands, as it is read for one page."""

    checked: DraftCheck
    files: Files
    drawing: Drawing
    model: Model
    names: Mapping[str, KnownName]
    subject: Subject
    today: date


def read_sentence(services: Services, actor: Actor, name: str, element: str) -> SentencePage:
    """The condition of a flow, or the timer of an event, with all that its form offers. Raises NotFound."""
    ground = _ground(services, actor, name)
    drawing = ground.drawing
    flow, node = drawing.flows.get(element), drawing.nodes.get(element)
    timer = timer_of(node) if node else None
    source = drawing.nodes.get(flow.source) if flow else None
    if not timer and not (flow and source and source.kind in CHOOSE):
        raise NotFound(GONE)
    later = not_yet_filled(ground.subject, flow.source if flow else element)
    kind = SentenceKind.TIMER if timer else SentenceKind.CONDITION
    shown = Names(reading_of(ground.checked.check.folder.drawing)).of(element)
    page = replace(
        _page(ground, kind, element, shown, later), others=_others(drawing, flow, ground.names),
        gateway=flow.source if flow else "", default=bool(source and source.default == element),
        findings=findings_of(ground.checked, element),
    )  # fmt: skip
    return _with_timer(page, timer) if timer else _with_condition(page, flow.condition or "" if flow else "")


def read_sentence_of_setting(
    services: Services, actor: Actor, name: str, element: str, path: SettingPath
) -> SentencePage:
    """The condition of a setting, with all that its form offers. Raises NotFound."""
    ground = _ground(services, actor, name)
    found = found_element(elements_of(ground.files), element)
    setting = setting_at(found, path)
    attribute = condition_of(setting)
    if not attribute:
        raise NotFound(GONE)
    outer = f" bij {setting_place(setting_at(found, path[:-1]))}" if path[:-1] else ""
    page = _page(ground, SentenceKind.SETTING, element, f"{setting_place(setting)}{outer}", frozenset())
    page = replace(page, path=path, attribute=attribute)
    return _with_condition(page, setting.values.get(attribute, ""))


def _ground(services: Services, actor: Actor, name: str) -> _Ground:
    head, files = read_draft_files(services, actor, name)
    checked = draft_check(services, actor, head, files)
    read = reading_of(checked.check.folder.drawing) if checked.check.readable else None
    if read is None or read.model is None or read.drawing is None:
        raise NotFound(GONE)
    with reading(services) as (session, now):
        library = {one: item.model for one, item in services.models.all_current(session).items()}
    subject = build_subject(folder_of(files), read.model, read.drawing, library)
    return _Ground(checked, files, read.drawing, read.model, known_names(read.model), subject, local_date(now))


def _page(ground: _Ground, kind: SentenceKind, element: str, place: str, later: frozenset[str]) -> SentencePage:
    """The page without the sentence itself. `later`: the values that are empty at this place."""
    here = {one: known for one, known in ground.names.items() if one in ground.subject.facts or one == TODAY}
    return SentencePage(
        ground.checked, kind, element, place, "", "", "", ground.names, _offered(here, later), _days(here, later),
        condition_form(None, ground.names), timer_form(None), (), "", default=False, today=ground.today, findings=(),
    )  # fmt: skip


def example_dates(page: SentencePage, kind: str, text: str, day: date) -> tuple[datetime, ...]:
    """The first three times that this timer would fire, for a step that is reached on this day at nine."""
    found = first_dates(kind, text, page.names, datetime.combine(day, NINE, AMSTERDAM))
    return tuple(one.astimezone(AMSTERDAM) for one in found)


def why_no_dates(page: SentencePage, kind: str, text: str) -> str:
    """The sentence that says why a timer has no example dates: what it reads that an example leaves empty, or that it never fires."""
    empty = [f"'{page.names[one].words}'" for one in not_in_example(kind, text, page.names)]
    if empty:
        return f"Dit voorbeeld is niet uit te rekenen: het hangt af van {' en '.join(empty)}, en dat is hier niet ingevuld."
    return "Met deze dag komt dit moment nooit. Kijk de expressie na."


def _with_condition(page: SentencePage, text: str) -> SentencePage:
    sentence = read_condition(text, page.names) if text else None
    said = condition_in_words(sentence, page.names) if sentence else ""
    return replace(page, expression=text, said=said, condition=condition_form(sentence, page.names))


def _with_timer(page: SentencePage, timer: tuple[str, str]) -> SentencePage:
    kind, text = timer
    sentence = read_timer(kind, text, page.names) if text else None
    said = timer_in_words(sentence, page.names) if sentence else ""
    return replace(
        page, expression=text, timer=kind, said=said, moment=timer_form(sentence),
        condition=condition_form(sentence.condition if sentence else None, page.names),
    )  # fmt: skip


def _others(drawing: Drawing, flow: SequenceFlow | None, names: Mapping[str, KnownName]) -> tuple[OtherWay, ...]:
    if flow is None:
        return ()
    same = [one for one in drawing.flows.values() if one.source == flow.source and one.id != flow.id]
    default = drawing.nodes[flow.source].default
    found = []
    for one in same:
        target = drawing.nodes.get(one.target)
        words, _ = condition_words(one, names)
        found.append(
            OtherWay(one.id, f"naar {node_name(drawing, target) if target else one.target}: {words}", one.id == default)
        )
    return tuple(found)


def _offered(
    names: Mapping[str, KnownName], later: frozenset[str]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The facts in groups; what is empty at this place comes last in its group, and says so."""
    groups: dict[str, list[KnownName]] = {group: [] for group in GROUPS}
    for one in names.values():
        groups[_group(one)].append(one)
    return tuple((group, tuple(_choices(found, later))) for group, found in groups.items() if found)


def _days(names: Mapping[str, KnownName], later: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple(_choices([one for one in names.values() if one.kind == NameKind.DAY], later))


def _choices(found: list[KnownName], later: frozenset[str]) -> Iterator[tuple[str, str]]:
    for one in sorted(found, key=lambda one: one.name.removeprefix("answers.") in later):
        note = LATER if one.name.removeprefix("answers.") in later else ""
        yield one.name, f"{one.words}{note}"


def _group(one: KnownName) -> str:
    if one.kind == NameKind.ANSWERS:
        return GROUPS[1]
    if one.name.startswith(TERMS):
        return GROUPS[2]
    return GROUPS[3] if "." in one.name or one.name == TODAY else GROUPS[0]
