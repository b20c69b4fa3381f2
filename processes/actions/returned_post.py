"""A letter of ours came back (W12): its notice says so, the handler hears it, and later letters to that address wait."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.actions.correcting_party import party_in
from processes.actions.post import locked_notice
from processes.actions.post_room import into_case, waiting_item
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, NoticeRow, Party, PostFile
from processes.storage.words import PostChannel, PostHandling


@dataclass(frozen=True, slots=True)
class RegisterReturned:
    """`notice` came back on `returned_on`. `item`: the piece of post that it is, when it stands in the post room."""

    notice: int
    returned_on: date
    item: int | None = None


def register_returned(work: UnitOfWork, action: RegisterReturned) -> str:
    """The answer is the case number. Raises NotFound, NotNow for a letter that was not sent by post, AlreadyDone, Invalid for the day."""
    only_staff(work.actor, system=False)
    row = waiting_item(work, action.item) if action.item is not None else None
    case, notice = locked_notice(work, action.notice)
    if notice.channel != PostChannel.POST or notice.sent_on is None:
        raise NotNow("Deze brief is niet per post verzonden, en kan dus niet terugkomen.")
    if notice.returned_on is not None:
        raise AlreadyDone(f"Deze brief kwam al terug op {long_date(notice.returned_on)}.")
    if not notice.sent_on <= action.returned_on <= work.today:
        raise Invalid({"returned_on": "Kies een dag tussen het verzenden van de brief en vandaag."})
    party = work.session.get_one(Party, notice.party_id)
    notice.returned_on, party.returned_address = action.returned_on, party.address
    work.system_note(case.id, _told(notice, party), party.id)
    work.audit(case.id, "letter_returned", notice=notice.id, party=party.id)
    if row is not None:
        files = work.session.scalars(select(PostFile).where(PostFile.item_id == row.id)).all()
        for file in files:
            file.case_id = case.id
        into_case(work, row, case, PostHandling.RETURNED, files)
    return case.number


def _told(notice: NoticeRow, party: Party) -> str:
    whom = "een betrokkene" if party.confidential else party.name
    returned = long_date(notice.returned_on) if notice.returned_on else ""
    sentence = f"De brief '{notice.subject}' aan {whom} kwam op {returned} terug."
    return f"{sentence} Nieuwe brieven naar dit adres wachten. Verbeter het adres bij Partijen, of schrijf daar waarom het klopt."


@dataclass(frozen=True, slots=True)
class KeepAddress:
    """The address from which a letter came back is right after all."""

    case: str
    party: int
    reason: str


def keep_address(work: UnitOfWork, action: KeepAddress) -> str:
    """The letters that waited can be printed. The answer is the case number. Raises NotFound, Invalid without a reason, AlreadyDone."""
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    party = party_in(work, case, action.party)
    if wrong := reason_wrong(action.reason, "Schrijf op hoe u weet dat het adres klopt."):
        raise Invalid(wrong)
    if not party.post_waits:
        raise AlreadyDone("Er wachten geen brieven meer op dit adres.")
    party.returned_address = None
    _note(work, case, party, action.reason)
    work.audit(case.id, "address_kept", party=party.id)
    return case.number


def _note(work: UnitOfWork, case: Case, party: Party, reason: str) -> None:
    whom = "een betrokkene" if party.confidential else party.name
    work.own_note(case.id, f"Het adres van {whom} klopt, ook al kwam een brief terug.\nReden: {reason.strip()}")
