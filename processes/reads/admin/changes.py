"""All changes of settings by everybody, newest first, each with the page where it can be looked at and undone.

What else is set on pages of the administration joins here: a function in `SOURCES` that yields its changes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import SYSTEM, Actor, StaffRole
from processes.base.dutch import long_date
from processes.dated.kinds import KINDS
from processes.execution.asked_kinds import asked_kind
from processes.law.edits import LawRecordKind, Saved
from processes.reads.admin.dated import history_of
from processes.reads.admin.departments import department_history
from processes.reads.admin.models import INSTALLATION
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import HouseStyleRow, LawRuleRow, ModelVersion

ON_A_PAGE: Final = 50
MOST_PAGES: Final = 40
MODEL: Final = "zaaktype"
STYLE: Final = "huisstijl"
STYLE_PAGE: Final = "/beheer/huisstijl"
NEVER: Final = datetime.min.replace(tzinfo=UTC)
TITLES: Final[Mapping[str, str]] = {
    **{word: kind.title for word, kind in KINDS.items()},
    LawRecordKind.DEPARTMENT: "Afdelingen",
    LawRecordKind.RULE: "Wettelijke termijnen",
    LawRecordKind.CLOSED_DAY: "Gelijkgestelde dagen",
    MODEL: "Zaaktypen en processen",
    STYLE: "Huisstijl",
}
Changes = tuple[tuple[str, str, str], ...]  # label, text before and text after


@dataclass(frozen=True, slots=True)
class SettingMade:
    """One change. `what` is what was changed, `changes` what about it; `page` is where it stands, `back` where it is undone."""

    at: datetime
    by: str
    kind: str
    what: str
    page: str
    back: str
    reason: str = ""
    changes: Changes = ()
    who: str = ""
    row: int = 0  # of law_rule, when it is one
    code: str = ""

    @property
    def kind_title(self) -> str:
        return TITLES[self.kind]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """`kinds` and `people`: value and text of what the page can be filtered by. `pages`: how many there are, at most MOST_PAGES."""

    lines: tuple[SettingMade, ...]
    kinds: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    pages: int


def read_changes(services: Services, actor: Actor, kind: str = "", by: str = "", page: int = 1) -> ChangesPage:
    """The changes of one kind (a word of TITLES) or all, by one number of staff or everybody. Raises NotAllowed."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        found = [one for source in SOURCES for one in source(session)]
        histories = Histories(session, services)
        wanted = [one for one in found if kind in {"", one.kind} and by in {"", one.by}]
        wanted.sort(key=lambda one: (one.at, one.row), reverse=True)
        names = {**names_of(session, {one.by for one in found}), SYSTEM.subject: INSTALLATION}
        start = (min(max(page, 1), MOST_PAGES) - 1) * ON_A_PAGE
        shown = tuple(histories.told(one, names) for one in islice(wanted, start, start + ON_A_PAGE))
    kinds = tuple((word, TITLES[word]) for word in TITLES if any(one.kind == word for one in found))
    people = tuple(sorted(names.items(), key=lambda one: one[1]))
    return ChangesPage(shown, kinds, people, min(MOST_PAGES, -(-len(wanted) // ON_A_PAGE)))


@dataclass
class Histories:
    """The differences in words of the changes of one page, read once for each setting that stands on it."""

    session: Session
    services: Services
    read: dict[tuple[str, str], Mapping[int, Changes]] = field(default_factory=dict)

    def told(self, one: SettingMade, names: Mapping[str, str]) -> SettingMade:
        """With the name of who made it, and what it changed."""
        key = (one.kind, one.code)
        if one.row and key not in self.read:
            self.read[key] = self._of(*key)
        return replace(one, who=names.get(one.by, ""), changes=self.read.get(key, {}).get(one.row, ()))

    def _of(self, kind: str, code: str) -> Mapping[int, Changes]:
        if kind == LawRecordKind.DEPARTMENT:
            return {line.row: line.changes for line in department_history(self.session, code)}
        if kind not in KINDS:
            return {}
        asked = asked_kind(self.session, self.services, kind)
        return {line.row: line.changes for line in history_of(self.session, asked, code)}


def _saved(session: Session) -> Iterator[SettingMade]:
    """Settings, departments, terms of the law and closed days."""
    for row in session.scalars(select(LawRuleRow).order_by(LawRuleRow.id)):
        what = WHERE.get(row.kind, _setting)(row)
        if what and row.saved_by:
            title, page, back = what
            yield SettingMade(
                row.saved_at or NEVER, row.saved_by, row.kind, title, page, back, row.reason or "", row=row.id, code=row.code
            )  # fmt: skip


def _setting(row: LawRuleRow) -> tuple[str, str, str] | None:
    if row.kind not in KINDS:
        return None  # of a later release
    kind, page = KINDS[row.kind], f"/beheer/instellingen/{row.kind}/regel/{row.code}"
    if row.record is None:
        return f"{kind.one} {row.code}: teruggenomen", page, page
    return kind.titled(row.code, row.record), page, f"{page}/{row.valid_from}/terugnemen"


def _department(row: LawRuleRow) -> tuple[str, str, str]:
    page = f"/beheer/afdelingen/{row.code}"
    return str((row.record or {}).get("name", row.code)), page, page


def _law(row: LawRuleRow) -> tuple[str, str, str]:
    saved = Saved(row.kind, row.valid_from, row.record, row.code, row.variant)
    page = f"/beheer/wettelijke-termijnen/regel/{row.code}/{row.variant}"
    return saved.in_words + ("" if row.record else ": weggehaald"), page, page


def _closed_day(row: LawRuleRow) -> tuple[str, str, str]:
    saved, page = Saved(row.kind, row.valid_from, row.record), "/beheer/wettelijke-termijnen/dagen"
    return saved.in_words + ("" if row.record else ": weggehaald"), page, page


def _deployed(session: Session) -> Iterator[SettingMade]:
    """Case types that went into use."""
    columns = (
        ModelVersion.process,
        ModelVersion.version,
        ModelVersion.title,
        ModelVersion.deployed_at,
        ModelVersion.deployed_by,
    )
    for row in session.execute(select(*columns)):
        page = f"/beheer/zaaktypen/{row.process}"
        yield SettingMade(
            row.deployed_at, row.deployed_by, MODEL, f"{row.title or row.process}, versie {row.version}", page, page
        )


def _styles(session: Session) -> Iterator[SettingMade]:
    """House styles that were taken into use, and those that were withdrawn before their day."""
    for row in session.scalars(select(HouseStyleRow).where(HouseStyleRow.valid_from.is_not(None))):
        what = f"huisstijl vanaf {long_date(row.valid_from)}" if row.valid_from else ""
        yield SettingMade(row.saved_at, row.saved_by, STYLE, what, STYLE_PAGE, STYLE_PAGE, row.reason)
        if row.withdrawn_at and row.withdrawn_by:
            yield SettingMade(row.withdrawn_at, row.withdrawn_by, STYLE, f"{what}: ingetrokken", STYLE_PAGE, STYLE_PAGE)


WHERE: Final[Mapping[str, Callable[[LawRuleRow], tuple[str, str, str]]]] = {
    LawRecordKind.DEPARTMENT: _department,
    LawRecordKind.RULE: _law,
    LawRecordKind.CLOSED_DAY: _closed_day,
}
SOURCES: Final[tuple[Callable[[Session], Iterator[SettingMade]], ...]] = (_saved, _deployed, _styles)
