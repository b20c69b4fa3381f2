"""The requested documents on the form of a department: of each it says whether it comes along, does not exist or comes later (P1).

Fields of the document at place N of the request: `stuk-N` (a word of CHOICES), `waarom-N` and `wanneer-N`.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from portal.received import Received
from processes.base.checklist import EXPLAINED, SaidAnswer, SaidAt
from processes.base.typed_values import read_date
from processes.reads.department import OpenRequest, Wanted

CHOICES: Final = {"mee": SaidAnswer.DELIVERED, "niet": SaidAnswer.ABSENT, "later": SaidAnswer.LATER}
FIELD: Final = re.compile(r"stuk-(\d{1,3})")
NAMES: Final = {answer: choice for choice, answer in CHOICES.items()}


@dataclass(frozen=True, slots=True)
class ShownWant:
    """One requested document as the form shows it: what was chosen, and `done` when nothing is left to say of it."""

    at: int
    wanted: Wanted
    chosen: str
    reason: str
    expected: str
    done: bool


def shown_wants(
    asked: OpenRequest | None, typed: Received | None, files: Collection[str] = ()
) -> tuple[ShownWant, ...]:
    """The list for the form. `files`: the types of the files that were chosen."""
    if asked is None:
        return ()
    return tuple(_shown(at, one, typed, files) for at, one in enumerate(asked.wanted))


def _shown(at: int, one: Wanted, typed: Received | None, files: Collection[str]) -> ShownWant:
    before = one.said
    chosen = NAMES.get(before.answer, "") if before else ""
    reason = before.reason if before else ""
    expected = before.expected.isoformat() if before and before.expected else ""
    if typed is not None:
        why = f"waarom-{at}"
        chosen, reason, expected = typed.one(f"stuk-{at}"), typed.text(why), typed.one(f"wanneer-{at}")
    if not chosen and one.type in files:
        chosen = "mee"
    return ShownWant(at, one, chosen, reason, expected, one.here or chosen in {"niet", "later"} or one.type in files)


def read_said(form: Received, wrong: dict[str, str]) -> tuple[SaidAt, ...]:
    """The form's words on each document; a date that is none goes into `wrong`. The same when the request was answered meanwhile,
    so that a second press is known as one.
    """
    places = sorted(int(found[1]) for name in form.fields if (found := FIELD.fullmatch(name)))
    return tuple(_said(at, form, wrong) for at in places if form.one(f"stuk-{at}") in CHOICES)


def _said(at: int, form: Received, wrong: dict[str, str]) -> SaidAt:
    answer, why = CHOICES[form.one(f"stuk-{at}")], f"waarom-{at}"
    if answer == SaidAnswer.ABSENT:
        return SaidAt(at, answer, reason=form.text(why))
    if answer != SaidAnswer.LATER:
        return SaidAt(at, answer)
    typed = form.one(f"wanneer-{at}")
    try:
        return SaidAt(at, answer, expected=read_date(typed) if typed else None)
    except ValueError as error:
        wrong[f"wanneer-{at}"] = str(error)
        return SaidAt(at, answer)


def left_to_say(
    asked: OpenRequest, said: Iterable[SaidAt], files: Collection[str], *, explained: bool
) -> Mapping[str, str]:
    """By field why the list cannot be sent yet. `explained`: a remark says something, which may be about what is missing."""
    wrong, answers = {}, {one.at: one.answer for one in said}
    for at, one in enumerate(asked.wanted):
        answer = answers.get(at)
        if one.here or one.type in files or answer in EXPLAINED:
            continue
        if answer == SaidAnswer.DELIVERED:
            wrong[f"stuk-{at}"] = (
                f"U koos dat u '{one.description}' meestuurt, maar er is geen bestand van de soort '{one.type_name}'. "
                "Voeg het toe, of kies een ander antwoord."
            )
        elif one.required and not explained:
            wrong[f"stuk-{at}"] = (
                f"Er is nog geen stuk van de soort '{one.type_name}'. Voeg het toe, of zeg dat u het niet heeft of dat het later komt."
            )
    return wrong
