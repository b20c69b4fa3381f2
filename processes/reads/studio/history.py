"""The saves of a draft as a list, and what somebody else saved meanwhile."""

import difflib
from dataclasses import dataclass
from datetime import date, datetime

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.reads.opening import reading
from processes.reads.studio.draft import DraftHead, head_of
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.studio.revisions import HAD_BACK, ChangedMeanwhile, all_revisions, belongs_to, tidied_away, without_name


@dataclass(frozen=True, slots=True)
class SaveLine:
    """One line of the list: the last of saves that count as one, with the sentences of all."""

    revision: str
    number: int
    saved_at: datetime
    saved_by: str
    words: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class DraftHistory:
    """`goes`: how many saves tidying takes away; `away`: how many were tidied away and can be had back, until that day."""

    head: DraftHead
    lines: tuple[SaveLine, ...]
    goes: int = 0
    away: int = 0
    away_until: date | None = None

    @property
    def stay(self) -> tuple[SaveLine, ...]:
        """The lines that tidying leaves."""
        return tuple(line for at, line in enumerate(self.lines) if line.label or not at)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A save of somebody else since the page was opened. `changes`: lines of a difference, theirs with +, the own with -."""

    who: str
    at: datetime
    words: str
    revision: str
    theirs: str | None
    changes: tuple[str, ...]


def read_history(services: Services, actor: Actor, name: str) -> DraftHistory:
    """Every save, the newest first; one person's saves within five minutes are one line. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        rows = all_revisions(session, name)
        names = names_of(session, {row.saved_by for row in rows})
        lines: list[SaveLine] = []
        after = None
        for row in rows:
            if after is not None and belongs_to(row, after):
                lines[-1] = _with_words(lines[-1], row.words)
            else:
                who = names[row.saved_by]
                lines.append(SaveLine(row.id, row.number, row.saved_at, who, (row.words,), row.label or ""))
            after = row
        away = tidied_away(session, name)
        until = min((local_date(row.tidied_at + HAD_BACK) for row in away if row.tidied_at), default=None)
        return DraftHistory(head_of(session, name), tuple(lines), len(without_name(session, name)), len(away), until)


def read_meanwhile(services: Services, changed: ChangedMeanwhile, name: str, own: str) -> Meanwhile:
    """The save of somebody else, for who typed `own` in the file `name` of the draft."""
    with reading(services) as (session, _now):
        who = names_of(session, [changed.who])[changed.who]
    theirs = changed.theirs.get(name)
    text = theirs.decode("utf-8", "replace") if theirs is not None else None
    changes = tuple(
        line.rstrip("\n")
        for line in difflib.ndiff(own.splitlines(), (text or "").splitlines())
        if not line.startswith(("?", "  "))
    )
    return Meanwhile(who, changed.at, changed.words, changed.revision, text, changes)


def _with_words(line: SaveLine, words: str) -> SaveLine:
    told = line.words if words in line.words else (words, *line.words)
    return SaveLine(line.revision, line.number, line.saved_at, line.saved_by, told, line.label)
