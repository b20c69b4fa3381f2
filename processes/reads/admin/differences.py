"""The changes between two versions of a process, in plain Dutch. Two read folders in, groups of changes out.

Each change names what it is about in a drawing, so that the drawing can show it (processes.reads.admin.drawn_difference).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import Any, Final

from engine import DrawnDeadline, Folder, Model, Value
from engine.kernel.reading import Reading
from engine.sentences import known_names
from engine.words import Counting
from processes.law import LawRule
from processes.reads.admin.changed_steps import changed_arrows, changed_steps
from processes.reads.admin.changed_words import lines_changed, part_changed
from processes.reads.admin.drawn_places import (
    Places,
    has_deadline,
    has_form,
    has_result,
    has_status,
    nowhere,
    sends,
)
from processes.reads.admin.form_difference import form_changes
from processes.reads.admin.one_change import Added, Change, Removed, only_in
from processes.reads.admin.outline import term_of

CASE_TYPE: Final = {
    "identification": "het kenmerk", "title": "de naam", "prefix": "het begin van het zaaknummer", "synonyms": "andere woorden om op te zoeken",
    "confidentiality": "de vertrouwelijkheid", "portal": "of de inwoner het op het portaal ziet", "calls": "of wij beloven te bellen",
    "without_sign_in": "of iemand zonder inloggen mag indienen", "filed_together": "of mensen samen kunnen indienen", "sign_in_level": "hoe sterk iemand moet inloggen",
    "published_from": "vanaf wanneer stukken te zien zijn", "department_closes_after": "hoelang de pagina van een afdeling open blijft",
    "selectielijst": "de selectielijst", "procedure": "de procedure", "main_case": "of het bij een andere zaak hoort",
    "supplement": "wat er met een nazending gebeurt", "translations": "de naam in een andere taal",
}  # fmt: skip
LANE: Final = {
    "name": "de naam", "side": "wie de taken doet", "party": "welke betrokkene de taken doet", "link": "wie de link krijgt",
    "generic": "de algemene rol",
}  # fmt: skip
VALUE: Final = {
    "title": "de naam", "type": "de soort", "list": "of er meer dan één mag zijn", "confidential": "of alleen behandelaars het zien",
    "optional": "of het leeg mag blijven", "translations": "de naam in een andere taal",
}  # fmt: skip
DOCUMENT_TYPE: Final = {
    "name": "de naam", "confidentiality": "de vertrouwelijkheid", "seen_by": "wie het ziet", "formats": "welke bestanden mogen",
    "max_megabytes": "hoe groot het mag zijn",
}  # fmt: skip
RESULT: Final = {
    "description": "de naam", "retention": "de bewaartermijn", "follow": "de zaak die volgt",
    "retentions": "de bewaartermijn met een voorwaarde", "maps": "wat naar de zaak die volgt meegaat",
    "translations": "de naam in een andere taal",
}  # fmt: skip
BUTTON: Final = {
    "label": "de tekst", "when": "wanneer hij er is", "process": "wat hij begint", "message": "wat hij in gang zet",
    "request": "het verzoek om stukken",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    changes: tuple[Change, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.changes)


def differences(
    old: Folder, old_reading: Reading, new: Folder, new_reading: Reading, law: Sequence[LawRule]
) -> tuple[Group, ...]:
    """Only groups with a difference; nothing when both say the same (a moved box is no difference).

    `law`: the rules that hold today, which say how long a term is.
    """
    before, after = old_reading.model, new_reading.model
    if before is None or after is None or old_reading.drawing is None or new_reading.drawing is None:
        return ()
    at = partial(Places, before, after)
    groups = (
        Group("Het zaaktype", tuple(_settings(before, after))),
        Group("Stappen in de tekening", tuple(changed_steps(old_reading, new_reading, before, after))),
        Group("Pijlen en voorwaarden", tuple(changed_arrows(old_reading, new_reading))),
        Group("Statussen", tuple(_statuses(before, after, at(has_status)))),
        Group("Termijnen", tuple(_deadlines(before, after, law, at(has_deadline)))),
        Group("Banen", tuple(_lanes(before, after))),
        Group(
            "Gegevens",
            tuple(_coded("Gegeven", before.values, after.values, _title, at(nowhere), VALUE, _choices_changed)),
        ),
        Group(
            "Documenttypen",
            tuple(
                _coded("Documenttype", before.document_types, after.document_types, _name, at(nowhere), DOCUMENT_TYPE)
            ),
        ),
        Group(
            "Resultaten",
            tuple(_coded("Resultaat", before.result_types, after.result_types, _description, at(has_result), RESULT)),
        ),
        Group(
            "Knoppen van de behandelaar",
            tuple(_coded("Knop", before.on_demand, after.on_demand, _label, at(nowhere), BUTTON)),
        ),
        Group(
            "Controlelijst",
            tuple(_coded("Punt", before.checklist, after.checklist, _title, at(nowhere), {"title": "de tekst"})),
        ),
        Group("Formulieren", tuple(_forms(old.forms, new.forms, after, at(has_form)))),
        Group("Mails en brieven", tuple(_files("Mail", old.mails, new.mails, at(sends)))),
        Group("Repetities", tuple(_files("Repetitie", old.rehearsals, new.rehearsals, at(nowhere)))),
    )
    return tuple(group for group in groups if group.changes)


def _settings(old: Model, new: Model) -> Iterator[Change]:
    if old.name != new.name:
        yield Change(f"De naam van het proces was '{old.name}' en wordt '{new.name}'.")
    if old.case_type != new.case_type:
        parts = [
            said
            for field, said in CASE_TYPE.items()
            if getattr(old.case_type, field, None) != getattr(new.case_type, field, None)
        ]
        yield Change(f"De instellingen van het zaaktype zijn veranderd{': ' if parts else ''}{', '.join(parts)}.")
    if old.withdrawal != new.withdrawal:
        yield Change("De regels voor intrekken zijn veranderd.")
    if (old.inputs, old.outputs) != (new.inputs, new.outputs):
        yield Change("Wat dit proces krijgt of teruggeeft is veranderd.")


def _statuses(old: Model, new: Model, places: Places) -> Iterator[Change]:
    was = {status.code: status for status in old.statuses()}
    now = {status.code: status for status in new.statuses()}
    words = {"name": "de naam", "order": "de volgorde", "visible": "of de inwoner hem ziet",
             "notify": "of er bericht over gaat", "explanation": "de uitleg", "next": "wat er hierna gebeurt"}  # fmt: skip
    yield from _coded("Status", was, now, _name, places, words)


def _deadlines(old: Model, new: Model, law: Sequence[LawRule], places: Places) -> Iterator[Change]:
    words = {"title": "de titel", "rule": "de wettelijke regel", "variant": "welke variant geldt",
             "start_from": "vanaf wanneer hij telt",
             "warnings": "wanneer er wordt gewaarschuwd"}  # fmt: skip
    yield from _coded("Termijn", _without_term(old), _without_term(new), _title, places, words)
    for code, deadline in new.deadlines.items():
        before = old.deadlines.get(code)
        if before is not None and term_of(before, law) != term_of(deadline, law):
            said = f"was {term_of(before, law)} en wordt {term_of(deadline, law)}"
            yield Change(f"Termijn '{deadline.title}' {said}.", elements=places.now(code))


def _without_term(model: Model) -> dict[str, DrawnDeadline]:
    """How long a term is gets a sentence of its own."""
    return {code: replace(one, duration=None, calendar=Counting.CALENDAR) for code, one in model.deadlines.items()}


def _lanes(old: Model, new: Model) -> Iterator[Change]:
    """A lane is drawn itself."""
    for change, lane in _by_code("Baan", old.roles, new.roles, _name, LANE):
        yield replace(change, elements=(lane,))


def _coded(
    kind: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    name: Callable[[Any], str],
    places: Places,
    words: Mapping[str, str] | None = None,
    more: Callable[[Any, Any], list[str]] = lambda _old, _new: [],
) -> Iterator[Change]:
    """Added, removed and changed things of one kind that carry a code, with the elements that say or use them."""
    for change, code in _by_code(kind, old, new, name, words, more):
        yield replace(change, elements=places.now(code), itself=False)


def _by_code(
    kind: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    name: Callable[[Any], str],
    words: Mapping[str, str] | None = None,
    more: Callable[[Any, Any], list[str]] = lambda _old, _new: [],
) -> Iterator[tuple[Change, str]]:
    """`more`: parts that changed, in words, beside the fields in `words`."""
    for code in only_in(new, old):
        yield Added(f"Erbij: {kind.lower()} '{name(new[code])}'."), code
    for code in only_in(old, new):
        yield Removed(f"Weg: {kind.lower()} '{name(old[code])}'."), code
    for code, item in new.items():
        before = old.get(code)
        if before is None or before == item:
            continue
        parts = [
            part_changed(field, said, getattr(before, field), getattr(item, field))
            for field, said in (words or {}).items()
            if getattr(before, field) != getattr(item, field)
        ]
        parts += more(before, item)
        was = f" (eerst '{name(before)}')" if name(before) != name(item) else ""
        said = ". Veranderd: " + ", ".join(parts) if parts else ""
        yield Change(f"Anders: {kind.lower()} '{name(item)}'{was}{said}."), code


def _choices_changed(old: Value, new: Value) -> list[str]:
    """The choices of a value that came, went or have another text."""
    was, now = ({one.value: one.title for one in value.choices} for value in (old, new))
    came, went = ([f"'{some[code]}'" for code in some if code not in other] for some, other in ((now, was), (was, now)))
    texts = [f"'{was[code]}' wordt '{now[code]}'" for code in now if code in was and was[code] != now[code]]
    said = (("keuze erbij", came), ("keuze weg", went), ("keuze anders", texts))
    return [f"{word}: {', '.join(some)}" for word, some in said if some]


def _forms(old: Mapping[str, bytes], new: Mapping[str, bytes], model: Model, places: Places) -> Iterator[Change]:
    """Changes of forms as of files, and of a form that changed a sentence for each of its questions that did."""
    values = {**model.inputs, **model.outputs, **model.values}
    yield from _files("Formulier", old, new, places, told_apart=True)
    for file in sorted(new.keys() & old.keys()):
        if old[file] != new[file]:
            said = form_changes(old[file], new[file], values, known_names(model)) or (
                "anders, maar niet wat mensen zien",
            )
            for one in said:
                yield Change(f"Formulier '{PurePath(file).stem}', {one}.", elements=places.now(file))


def _files(
    kind: str, old: Mapping[str, bytes], new: Mapping[str, bytes], places: Places, *, told_apart: bool = False
) -> Iterator[Change]:
    """Added, removed and changed files, by their names without an ending, as the menu of a draft has them. `told_apart`: not the changed."""
    for file in sorted(new.keys() - old.keys()):
        yield Added(f"Erbij: {kind.lower()} '{PurePath(file).stem}'.", elements=places.now(file), itself=False)
    for file in sorted(old.keys() - new.keys()):
        yield Removed(f"Weg: {kind.lower()} '{PurePath(file).stem}'.", elements=places.now(file), itself=False)
    for file in sorted(new.keys() & old.keys()):
        if old[file] != new[file] and not told_apart:
            said = lines_changed(old[file], new[file]) if file.endswith(".txt") else ""
            yield Change(f"Anders: {kind.lower()} '{PurePath(file).stem}'.{said}", elements=places.now(file))


def _name(item: Any) -> str:
    return str(item.name)


def _title(item: Any) -> str:
    return str(item.title)


def _description(item: Any) -> str:
    return str(item.description)


def _label(item: Any) -> str:
    return str(item.label)
