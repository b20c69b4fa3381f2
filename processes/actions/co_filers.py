"""People who are named as filing along (C2): named with the filing, asked again, taken off, reminded, and told when the time is over.

How each of them confirms: `processes.actions.filing_along`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff, own_party, reason_wrong
from processes.base.actor import ActorKind
from processes.base.dutch import long_date
from processes.base.email_address import typed_address
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.co_filers import NamedPerson, give_code, named_by_in, over, settle, terms_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.co_filers import invite, remind, stop_invitation, tell_filer
from processes.storage.tables import Case, CoFiler, Party
from processes.storage.words import CaseState, CoFilerState

NAMED: Final = "{filer} dient samen in met: {names}. Zij horen pas bij de zaak als zij dat zelf bevestigen met een eigen inlog. Dat kan tot en met {until}. Bij Partijen ziet u wie dat deed."
NOT_CONFIRMED: Final = (
    "Niet op tijd bevestigd dat zij samen indienen: {names}. Zij horen niet bij de zaak. Bij Partijen kunt u hen opnieuw uitnodigen, of zelf "
    "toevoegen als er een handtekening op papier is."
)
TAKEN_OFF: Final = "{filer} noemt {name} niet meer als iemand die samen indient."
TAKEN_OFF_HERE: Final = "{name} staat niet meer bij wie samen indienen. {reason}"
ON_PAPER: Final = "{name} dient samen in: toegevoegd door een medewerker, zonder eigen inlog."
JOINED_ALREADY: Final = "Deze persoon hoort al bij de zaak."
NOT_ANY_MORE: Final = "Deze persoon staat niet meer bij wie samen indienen."
TOO_LATE: Final = "Dit kan niet meer: over deze zaak is al beslist, of zij is afgerond."
WITHDREW: Final = "U doet zelf niet meer mee aan deze zaak. Bel ons als er iets moet veranderen."


class Invited(StrEnum):
    """The answers to asking somebody: a mail goes out; there is no address, so the code goes by hand; too many mails went out today, so it does
    as well.
    """

    MAILED = "mailed"
    BY_HAND = "by_hand"
    ENOUGH = "enough"


def name_co_filers(work: UnitOfWork, case: Case, filer: Party, people: Sequence[NamedPerson]) -> None:
    """Store who a new case is filed with, and ask each of them. The names and addresses are right (`named_wrong`)."""
    until = terms_of(work).until(work.today)
    for person in people:
        email = typed_address(person.email, "email", {}) or None
        row = CoFiler(
            case_id=case.id, named_by=filer.id, name=person.name, email=email, state=CoFilerState.ASKED, named_at=work.now,
            valid_until=until, by_mail=False, reason="",
        )  # fmt: skip
        work.session.add(row)
        give_code(work, row)
        work.session.flush()
        invite(work, case, row)
        work.audit(case.id, "name_co_filer", co_filer=row.id)
    names = ", ".join(person.name for person in people)
    work.system_note(case.id, NAMED.format(filer=filer.name, names=names, until=long_date(until)), filer.id)


@dataclass(frozen=True, slots=True)
class InviteAgain:
    """Another code in place of the one before, mailed to `email` (None: to the address of now; an empty text: by hand). By who named this person,
    within the time that there was; or by staff, who give it anew.
    """

    case: str
    co_filer: int
    email: str | None = None


def invite_again(work: UnitOfWork, action: InviteAgain) -> str:
    """An Invited. Raises NotFound, NotNow for who joined, was taken off or can join no more, and Invalid (`email`)."""
    case, row = _mine(work, action.case, action.co_filer)
    if over(work, case):
        raise NotNow(TOO_LATE)
    wrong: dict[str, str] = {}
    email = row.email if action.email is None else typed_address(action.email, "email", wrong) or None
    if wrong:
        raise Invalid(wrong)
    stop_invitation(work, row)
    row.email = email
    if work.actor.kind != ActorKind.CITIZEN:
        row.state, row.valid_until, row.reminded_at = CoFilerState.ASKED, terms_of(work).until(work.today), None
        row.settled_at, row.settled_by, row.reason, row.refused_at = None, None, "", None
    give_code(work, row)
    work.session.flush()
    mailed = invite(work, case, row)
    work.audit(case.id, "invite_co_filer", co_filer=row.id)
    if mailed:
        return Invited.MAILED
    return Invited.ENOUGH if row.email else Invited.BY_HAND


@dataclass(frozen=True, slots=True)
class TakeOffCoFiler:
    """Nobody asks this person any more. By who named them, or by staff, who say why."""

    case: str
    co_filer: int
    reason: str = ""


def take_off_co_filer(work: UnitOfWork, action: TakeOffCoFiler) -> str:
    """The answer is the case number. Raises NotFound, NotNow for who joined or was taken off, Invalid for staff without a reason."""
    case, row = _mine(work, action.case, action.co_filer)
    by_filer = work.actor.kind == ActorKind.CITIZEN
    if wrong := {} if by_filer else reason_wrong(action.reason):
        raise Invalid(wrong)
    stop_invitation(work, row)
    settle(work, row, CoFilerState.REMOVED, by=None if by_filer else work.actor.subject, reason=action.reason.strip())
    work.audit(case.id, "take_off_co_filer", co_filer=row.id)
    if by_filer:
        filer = named_by_in(work, row)
        work.system_note(case.id, TAKEN_OFF.format(filer=filer.name, name=row.name), filer.id)
    else:
        work.own_note(case.id, TAKEN_OFF_HERE.format(name=row.name, reason=row.reason))
    return case.number


def open_in(work: UnitOfWork, case: Case, co_filer: int) -> CoFiler:
    """Somebody who was named in this case, which is locked, and is no party of it. Raises NotFound, NotNow for who joined or was taken off."""
    row = work.session.get(CoFiler, co_filer, populate_existing=True)
    if row is None or row.case_id != case.id:
        raise NotFound
    if row.state == CoFilerState.JOINED:
        raise NotNow(JOINED_ALREADY)
    if row.state == CoFilerState.REMOVED:
        raise NotNow(NOT_ANY_MORE)
    return row


def joined_on_paper(work: UnitOfWork, case: Case, row: CoFiler, party: Party) -> None:
    """Staff added this person, whose signature came in another way."""
    stop_invitation(work, row)
    settle(work, row, CoFilerState.JOINED, by=work.actor.subject)
    row.party_id = party.id
    work.audit(case.id, "settle_co_filer", co_filer=row.id, party=party.id)
    work.own_note(case.id, ON_PAPER.format(name=party.name))


def _mine(work: UnitOfWork, number: str, co_filer: int) -> tuple[Case, CoFiler]:
    """The case, locked, and the row; of a citizen only one that they named themselves and that still waits."""
    if work.actor.kind != ActorKind.CITIZEN:
        only_staff(work.actor)
        case = work.lock_case(number)
        return case, open_in(work, case, co_filer)
    case = work.lock_case(number)
    party = own_party(work, case)
    row = open_in(work, case, co_filer)
    if row.named_by != party.id or (work.actor.for_whom is not None and not work.actor.for_whom.own):
        raise NotFound
    if party.withdrawn_on is not None:
        raise NotNow(WITHDREW)
    if row.state != CoFilerState.ASKED:
        raise NotNow(NOT_ANY_MORE)
    return case, row


@dataclass(frozen=True, slots=True)
class RemindCoFiler:
    """The time of this person ends soon. By the system."""

    co_filer: int


def remind_co_filer(work: UnitOfWork, action: RemindCoFiler) -> str:
    """Mail the one reminder; the answer is the case number, empty when there is nothing to do (any more)."""
    only_staff(work.actor)
    found = work.session.get(CoFiler, action.co_filer)
    if found is None:
        return ""
    case = work.lock_case_id(found.case_id)
    row = work.session.get_one(CoFiler, action.co_filer, populate_existing=True)
    terms = terms_of(work)
    soon = terms.reminder and row.valid_until - timedelta(days=terms.reminder) <= work.today <= row.valid_until
    if row.state != CoFilerState.ASKED or row.reminded_at or not row.by_mail or not soon or over(work, case):
        return ""
    remind(work, case, row)
    work.audit(case.id, "remind_co_filer", co_filer=row.id)
    return case.number


@dataclass(frozen=True, slots=True)
class EndInvitations:
    """The time of somebody who was named in the case with this id is over. By the system."""

    case: int


def end_invitations(work: UnitOfWork, action: EndInvitations) -> str:
    """Tell the handler and who named them, once; the answer is the case number, empty when there is nothing to do (any more)."""
    only_staff(work.actor)
    case = work.lock_case_id(action.case)
    ended = select(CoFiler).where(
        CoFiler.case_id == case.id, CoFiler.state == CoFilerState.ASKED, CoFiler.valid_until < work.today
    )
    rows = work.session.scalars(ended.order_by(CoFiler.id).execution_options(populate_existing=True)).all()
    if not rows:
        return ""
    for row in rows:
        stop_invitation(work, row)
        settle(work, row, CoFilerState.ENDED)
        work.audit(case.id, "end_co_filer", co_filer=row.id)
    if case.state == CaseState.RUNNING:
        filers = {row.named_by: named_by_in(work, row) for row in rows}.values()
        key = f"ended:{rows[-1].id}:{work.today}"
        not_told = "".join(tell_filer(work, case, filer, key, declined=False) for filer in filers)
        work.system_note(case.id, NOT_CONFIRMED.format(names=", ".join(row.name for row in rows)) + not_told)
    return case.number
