"""The things that a draft names and this installation does not have, each with what could be used in its place."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from engine.vocabulary import Reference
from processes.base.actor import Actor
from processes.reads.opening import reading
from processes.reads.studio.draft_check import DraftCheck
from processes.reads.studio.lacking_around import AroundCaseType, around_case_type
from processes.reads.studio.mail_names import FIXED
from processes.reads.studio.open_draft import OpenDraft, found_element, opened_draft, place_of
from processes.storage.services import Services
from processes.storage.tables import DepartmentRow
from processes.studio.needs import (
    BLOCKS,
    MAILS,
    REMEDY,
    AddressInText,
    CaseTypeNeed,
    NeedKind,
    UseOfNeed,
    addresses_in,
    needs_of,
)

# what each is called, and where one is made
WORDS: Final[Mapping[NeedKind, tuple[str, str, str]]] = {
    NeedKind.LAW_RULE: ("wettelijke regel", "/beheer/wettelijke-termijnen", "Maak haar bij Wettelijke termijnen"),
    NeedKind.RETENTION_RULE: ("bewaartermijn", "/beheer/instellingen", "Maak haar bij Instellingen"),
    NeedKind.PROCESS: ("proces", "/beheer/zaaktypen/nieuw", "Lees het proces in"),
    NeedKind.DEPARTMENT: ("afdeling", "/beheer/afdelingen", "Maak haar bij Afdelingen"),
    NeedKind.TEXT_BLOCK: ("tekstblok", "/beheer/instellingen", "Kijk bij Instellingen welke tekstblokken er zijn"),
}
ALIKE: Final = 0.5  # how much a code must look like another one to be proposed, from 0 to 1


@dataclass(frozen=True, slots=True)
class LackingThing:
    """One thing that is not here. `places`: where the drawing names it; `choices`: what is here, by code and name;
    `proposal`: the one that looks most like it, empty when none does. `make_at` and `make_words`: where one is made.
    """

    need: CaseTypeNeed
    label: str
    places: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    proposal: str
    make_at: str
    make_words: str


@dataclass(frozen=True, slots=True)
class LackingPage:
    checked: DraftCheck
    things: tuple[LackingThing, ...]
    around: AroundCaseType
    addresses: tuple[AddressInText, ...]


def read_lacking(services: Services, actor: Actor, name: str) -> LackingPage:
    """Everything that a draft names and that is not here, and the addresses in its texts. Raises NotFound."""
    return lacking_in(services, opened_draft(services, actor, name))


def lacking_in(services: Services, draft: OpenDraft) -> LackingPage:
    """The same of a draft that is open already."""
    here = _here(services, draft)
    around = around_case_type(services, draft)
    own = draft.elements[0].id if draft.elements else ""
    things = [
        _thing(draft, one, here[one.kind])
        for one in needs_of(draft.elements, draft.files)
        if one.code not in dict(here[one.kind]) and not (one.kind == NeedKind.PROCESS and one.code == own)
    ]
    return LackingPage(draft.checked, tuple(things), around, addresses_in(draft.files))


def _here(services: Services, draft: OpenDraft) -> Mapping[NeedKind, Sequence[tuple[str, str]]]:
    with reading(services) as (session, _now):
        departments = [
            (row.code, row.name) for row in session.scalars(select(DepartmentRow).order_by(DepartmentRow.name))
        ]
    return {
        NeedKind.LAW_RULE: draft.offers.of(Reference.LAW_RULE),
        NeedKind.RETENTION_RULE: draft.offers.of(Reference.RETENTION_RULE),
        NeedKind.PROCESS: draft.offers.of(Reference.PROCESS),
        NeedKind.DEPARTMENT: departments,
        NeedKind.TEXT_BLOCK: [(name, FIXED[name][0]) for name in BLOCKS],
    }


def _thing(draft: OpenDraft, need: CaseTypeNeed, here: Sequence[tuple[str, str]]) -> LackingThing:
    label, make_at, make_words = WORDS[need.kind]
    places = dict.fromkeys(_place(draft, use) for use in need.uses)
    proposal = _most_like(need.code, [code for code, _ in here])
    return LackingThing(need, label, tuple(places), tuple(here), proposal, make_at, make_words)


def _place(draft: OpenDraft, use: UseOfNeed) -> str:
    if use.in_mail:
        return f"brief of mail '{use.element.removeprefix(MAILS).removesuffix('.txt')}'"
    return place_of(found_element(draft.elements, use.element))


def _most_like(code: str, here: Sequence[str]) -> str:
    """For a number such as 13.1.9 the one above it (13.1) when it is here, else the code that looks most like it."""
    above = code.rpartition(".")[0]
    while above:
        if above in here:
            return above
        above = above.rpartition(".")[0]
    # of text blocks only the own part tells them apart
    own = {one.removeprefix(REMEDY): one for one in here}
    found = difflib.get_close_matches(code.removeprefix(REMEDY), list(own), 1, ALIKE)
    return own[found[0]] if found else ""
