"""A letter of ours came back (W12): its notice says so, the handler hears it, and later letters to the address of that letter wait."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.actions.correcting_party import CODE_ENDED, party_in
from processes.actions.post import POSTED, locked_notice
from processes.actions.post_room import into_case, waiting_item
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotNow
from processes.execution.letter_codes import end_codes
from processes.execution.returned_addresses import marked_like
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.who_did import last_done
from processes.storage.tables import Case, CorrectionRow, NoticeRow, Party, PostFile
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
    notice.returned_on, sent_to = action.returned_on, _address_of(work, case, notice, party, notice.sent_on)
    if sent_to == party.address or not party.post_waits:  # what came back from the address of now still counts
        party.returned_address = sent_to
    told, only = _told(notice, party, sent_to), None if sent_to == party.address else notice
    if end_codes(work, party, only):  # who lives there now may have opened the letter
        told = f"{told} {CODE_ENDED}"
    work.system_note(case.id, told, party.id)
    work.audit(case.id, "letter_returned", notice=notice.id, party=party.id)
    if row is not None:
        files = work.session.scalars(select(PostFile).where(PostFile.item_id == row.id)).all()
        for file in files:
            file.case_id = case.id
        into_case(work, row, case, PostHandling.RETURNED, files)
    return case.number


def _address_of(work: UnitOfWork, case: Case, notice: NoticeRow, party: Party, sent_on: date) -> str | None:
    """The address to which a letter went: the one that the first correction after its sending took away, or that of now.

    A letter that is not sent yet is made again with each correction. So one on the day of sending was too late for it only when somebody
    had said before that it was sent.
    """
    rows = work.session.scalars(
        select(CorrectionRow).where(CorrectionRow.party_id == party.id).order_by(CorrectionRow.id)
    )
    changed = [row for row in rows if "address" in row.was and local_date(row.made_at) >= sent_on]
    posted = last_done(work, case.id, POSTED, notice=notice.id) if changed else None
    for row in changed:
        if local_date(row.made_at) > sent_on or (posted is not None and row.made_at > posted.at):
            return row.was["address"] or None
    return party.address


def _told(notice: NoticeRow, party: Party, sent_to: str | None) -> str:
    whom = "een betrokkene" if party.confidential else party.name
    returned = long_date(notice.returned_on) if notice.returned_on else ""
    sentence = f"De brief '{notice.subject}' aan {whom} kwam op {returned} terug."
    if sent_to != party.address:
        return f"{sentence} Het adres is na het verzenden van deze brief al verbeterd."
    return f"{sentence} Nieuwe brieven naar dit adres wachten. Verbeter het adres bij Partijen, of schrijf daar waarom het klopt."


@dataclass(frozen=True, slots=True)
class KeepAddress:
    """The address from which a letter came back is right after all."""

    case: str
    party: int
    reason: str


def keep_address(work: UnitOfWork, action: KeepAddress) -> str:
    """The letters of this person that waited can be printed, in every case. The answer is the case number. Raises NotFound, Invalid without a reason, AlreadyDone."""
    only_staff(work.actor, system=False)
    _lock_cases(work, action.party)
    case = work.lock_case(action.case)
    party = party_in(work, case, action.party)
    if wrong := reason_wrong(action.reason, "Schrijf op hoe u weet dat het adres klopt."):
        raise Invalid(wrong)
    marked = marked_like(work.session, party)
    if not marked:
        raise AlreadyDone("Er wachten geen brieven meer op dit adres.")
    for one in marked:
        one.returned_address = None
        if one.case_id != case.id:
            work.audit(one.case_id, "address_kept", party=one.id)
    _note(work, case, party, action.reason)
    work.audit(case.id, "address_kept", party=party.id)
    return case.number


def _lock_cases(work: UnitOfWork, party_id: int) -> None:
    """The case of the party and those in which the mark stands, in the order of their ids, so that two who do this wait for each other.

    A case that is hidden from who acts is among them: the person lives where they live, whoever may read the case.
    """
    party = work.session.get(Party, party_id)
    if party is None:
        return
    cases = {party.case_id, *(one.case_id for one in marked_like(work.session, party))}
    work.session.execute(select(Case.id).where(Case.id.in_(cases)).order_by(Case.id).with_for_update(of=Case))
    work.session.expire_all()


def _note(work: UnitOfWork, case: Case, party: Party, reason: str) -> None:
    whom = "een betrokkene" if party.confidential else party.name
    work.own_note(case.id, f"Het adres van {whom} klopt, ook al kwam een brief terug.\nReden: {reason.strip()}")
