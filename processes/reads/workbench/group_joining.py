"""The page on which cases are joined: those that were chosen, and those that the program offers with a case: about the same decision, or
with much the same words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.staff_scope import handles, is_seen_group, seen_cases
from processes.base.actor import Actor
from processes.base.errors import NotAllowed, NotFound
from processes.execution.groups import group_of, groups_of, is_grouped, why_not_join
from processes.execution.joined import same_decision
from processes.reads.opening import reading
from processes.reads.workbench.words import objectors
from processes.storage.services import Services
from processes.storage.tables import Case, CaseGroupRow, SearchRow
from processes.storage.words import CaseState, SearchKind

MOST_CHOSEN: Final = 200
MOST_OFFERED: Final = 200
COMPARED: Final = 300  # the newest running cases of the type: each has some rows of words, read in one question
LIKE: Final = 0.6  # of the words of two cases together, as many stand in both
FEWEST: Final = 8  # words: two short subjects say little
SAID: Final = (SearchKind.CASE, SearchKind.DECISION, SearchKind.FILED)  # what the filer asked, not who it is


@dataclass(frozen=True, slots=True)
class CaseToGroup:
    """`why` says why it is offered, empty for one that was chosen; `why_not` why it cannot be joined, empty when it can."""

    number: str
    subject: str = ""
    filer: str = ""
    why: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class JoinPage:
    """`asked`: the numbers for which the page was opened. `group` and `name`: of the group to which they come, None for a new one."""

    asked: tuple[str, ...]
    chosen: tuple[CaseToGroup, ...]
    offered: tuple[CaseToGroup, ...]
    group: int | None
    name: str


def read_joining(services: Services, actor: Actor, numbers: Sequence[str], group_id: int | None = None) -> JoinPage:
    """`numbers`: of the chosen cases; where one of them is in a group already, the others come to that. Raises NotFound, also for a
    group of which the reader may see no case, and NotAllowed for who does not handle cases.
    """
    if not handles(actor):
        raise NotAllowed("U heeft hiervoor niet de juiste rol.")
    wanted = tuple(dict.fromkeys(numbers))[:MOST_CHOSEN]
    with reading(services) as (session, _now):
        rows = session.scalars(select(Case).where(Case.number.in_(wanted), seen_cases(actor))).all()
        by_number = {row.number: row for row in rows}
        if not by_number:
            raise NotFound("Kies eerst zaken. Deze zaken bestaan niet, of u mag ze niet zien.")
        its = groups_of(session, [row.id for row in rows])
        first = by_number[next(number for number in wanted if number in by_number)]
        group = _group(session, actor, group_id) if group_id else group_of(session, first.id)
        kind = group.case_type if group else first.case_type
        new = [one for one in wanted if one not in by_number or group is None or its.get(by_number[one].id) != group.id]
        offered = _offered(session, actor, first, kind, [row.id for row in rows])
        filers = objectors(session, [*(row.id for row in rows), *(row.id for row, _ in offered)])
        chosen = []
        for number in new:
            row = by_number.get(number)
            if row is None:
                chosen.append(CaseToGroup(number, why_not="Deze zaak bestaat niet, of u mag haar niet zien."))
                continue
            why_not = why_not_join(row, kind, group.id if group else None, its.get(row.id))
            chosen.append(CaseToGroup(number, row.subject, filers.get(row.id, ""), why_not=why_not))
        lines = (CaseToGroup(row.number, row.subject, filers.get(row.id, ""), why) for row, why in offered)
        return JoinPage(wanted, tuple(chosen), tuple(lines), group.id if group else None, group.name if group else "")


def _group(session: Session, actor: Actor, group_id: int) -> CaseGroupRow:
    group = session.scalar(select(CaseGroupRow).where(is_seen_group(actor, group_id)))
    if group is None:
        raise NotFound("Deze groep bestaat niet.")
    return group


def _offered(
    session: Session, actor: Actor, case: Case, case_type: str, without: Sequence[int]
) -> list[tuple[Case, str]]:
    """Running cases of the type in no group, with why: first those about the same decision, then those with like words."""
    free = (
        Case.case_type == case_type, Case.state == CaseState.RUNNING, Case.id.not_in(without), ~is_grouped(Case.id), seen_cases(actor),
    )  # fmt: skip
    same = session.scalars(
        select(Case).where(*free, Case.id.in_(same_decision(case.id))).order_by(Case.id).limit(MOST_OFFERED)
    ).all()
    known = {row.id for row in same}
    newest = session.scalars(
        select(Case).where(*free).order_by(Case.legal_on.desc(), Case.id.desc()).limit(COMPARED)
    ).all()
    others = {row.id: row for row in newest if row.id not in known}
    like = _like(session, case.id, others)
    return [
        *((row, "over hetzelfde besluit") for row in same),
        *((others[one], "lijkt erop in woorden") for one in like),
    ]


def _like(session: Session, case_id: int, others: Iterable[int]) -> list[int]:
    """Ids of those of these cases in which much the same is said as in this one, the most like first."""
    ids = [case_id, *others]
    rows = select(SearchRow.case_id, SearchRow.words).where(SearchRow.case_id.in_(ids), SearchRow.kind.in_(SAID))
    words: dict[int, set[str]] = {}
    for one, text in session.execute(rows):
        # PostgreSQL shows each word between quotes; the number of a case is its own
        said = (word.strip("'") for word in str(text).split())
        words.setdefault(one, set()).update(word for word in said if not word.isdigit())
    mine = words.pop(case_id, set())
    if len(mine) < FEWEST:
        return []
    share = {one: len(mine & theirs) / len(mine | theirs) for one, theirs in words.items()}
    return sorted((one for one, part in share.items() if part >= LIKE), key=lambda one: (-share[one], one))
