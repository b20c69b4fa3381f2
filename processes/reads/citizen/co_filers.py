"""The people whom a citizen named as filing along (C2), and what somebody who was named reads before confirming it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from processes.access.letter_codes import code_of, digests_of
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.base.written import TypedText, TypedTextOrNone
from processes.execution.co_filers import first_filing
from processes.execution.filed_words import FiledWords, words_from
from processes.reads.citizen.entry import Entered, enter
from processes.reads.opening import reading
from processes.storage.asked_ahead import answer, as_objects
from processes.storage.base import BigId
from processes.storage.document_versions import STANDS
from processes.storage.fast import PreparedQuery
from processes.storage.services import Services
from processes.storage.tables import Case, CoFiler, DocumentRow, FiledRow, Party
from processes.storage.words import CaseState, CoFilerState


@dataclass(frozen=True, slots=True)
class CoFilerLine:
    """`state`: a CoFilerState. `code`: to hand over by oneself, empty where a mail brings it. `may_change`: who reads this may ask again, correct the
    address or take this person off.
    """

    id: int
    name: TypedText
    email: TypedTextOrNone
    state: str
    named_on: date
    until: date
    settled_on: date | None
    code: str = ""
    may_change: bool = False

    @property
    def waits(self) -> bool:
        return self.state == CoFilerState.ASKED


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """The filing that somebody confirms: who named this person, in what kind of case, until when, and the words that were filed, in the version for other
    eyes. The rest is as on the form that files (`StartPage`). `number`: of the case, for the log and not for the page.
    """

    number: str
    title: str
    subject: TypedText
    filer: TypedText
    name: TypedText
    until: date
    words: FiledWords | None
    role: str
    calls: bool
    represented: bool = False
    together: bool = False
    visitor: bool = False


@cache
def co_filers_of() -> PreparedQuery:
    """The question of everybody who was named in a case, by the id `case`."""
    return as_objects(
        select(CoFiler).where(CoFiler.case_id == bindparam("case", type_=BigId)).order_by(CoFiler.id), CoFiler
    )


def co_filer_lines(
    session: Session, services: Services, actor: Actor, entered: Entered, today: date
) -> tuple[CoFilerLine, ...]:
    """Those whom this person named, without who was taken off. No other party reads them."""
    rows: Sequence[CoFiler] = answer(session, co_filers_of(), case=entered.case.id)
    mine = [row for row in rows if row.named_by == entered.me.id and row.state != CoFilerState.REMOVED]
    return tuple(_line(services, actor, entered, row, today) for row in mine)


def _line(services: Services, actor: Actor, entered: Entered, row: CoFiler, today: date) -> CoFilerLine:
    own = actor.for_whom is None or actor.for_whom.own  # a code is no thing for who acts by a mandate
    waits = row.state == CoFilerState.ASKED and row.valid_until >= today
    may = own and waits and entered.case.state == CaseState.RUNNING and entered.me.withdrawn_on is None
    return CoFilerLine(
        row.id, row.name, row.email, row.state if waits or row.state != CoFilerState.ASKED else CoFilerState.ENDED,
        local_date(row.named_at), row.valid_until, local_date(row.settled_at) if row.settled_at else None,
        (code_of(services.secrets, row) or "") if may and not row.by_mail else "", may,
    )  # fmt: skip


def read_co_filer(services: Services, actor: Actor, number: str, co_filer: int) -> CoFilerLine:
    """One of those whom this person named. Raises NotFound, also for who may change nothing about it any more."""
    with reading(services) as (session, now):
        entered = enter(session, services, actor, number)
        lines = co_filer_lines(session, services, actor, entered, local_date(now))
        found = next((line for line in lines if line.id == co_filer and line.may_change), None)
        if found is None:
            raise NotFound
        return found


def is_invitation(services: Services, code: str) -> bool:
    """Whether this is, or was, the code of somebody who was named as filing along. For which page comes next only: nobody hears it."""
    with reading(services) as (session, _):
        known = select(CoFiler.id).where(CoFiler.code.in_(digests_of(services.secrets, code)))
        return session.scalar(known.limit(1)) is not None


def read_joining(services: Services, row_id: int) -> ConfirmPage:
    """The page for somebody whom `OpenInvitation` let in at this very request. Raises NotFound for what is over meanwhile."""
    with reading(services) as (session, _):
        row = session.get(CoFiler, row_id)
        case = session.get(Case, row.case_id) if row else None
        if row is None or case is None or row.state != CoFilerState.ASKED:
            raise NotFound
        filer = session.get_one(Party, row.named_by)
        kind = services.models.version(session, case.model_version_id).model.case_type
        filed = session.scalar(first_filing(case.id))
        return ConfirmPage(
            case.number,
            case.title,
            case.subject,
            filer.name,
            row.name,
            row.valid_until,
            _words(session, filed),
            filer.role,
            bool(kind and kind.calls),
        )


def _words(session: Session, filed: FiledRow | None) -> FiledWords | None:
    """The words without contact details; None when their document was taken off the case."""
    if filed is None or session.get_one(DocumentRow, filed.document_id).state not in STANDS:
        return None
    return words_from(filed.others or filed.words)
