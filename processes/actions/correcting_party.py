"""The data of a party are corrected: name, address, mail address, channel, secret address, death, number.

What waits to be sent follows: letters that were not printed, mails that did not leave, the link to another mailbox.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import func, or_, select, update

from engine.words import Side
from processes.access.guards import only_staff, reason_wrong
from processes.actions.registering import NewParty, party_wrong
from processes.actions.secret_address import clean_filings
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.email_address import typed_address
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.effects.persons import ask_persons
from processes.execution.corrections import changed, record_correction
from processes.execution.identity import read_identity, seal_identity
from processes.execution.letter_codes import end_codes
from processes.execution.party_data import PartyData, data_of, electronic, electronic_wrong, mark_of_number
from processes.execution.registered import branch_wrong, flags_of, number_wrong
from processes.execution.standing_aside import shut_out
from processes.execution.unit_of_work import UnitOfWork
from processes.post.news_digest import move_waiting
from processes.post.unsent import follow_party
from processes.post.unsent_mails import stop_mail, unsent_mails
from processes.storage.citizens import index_of
from processes.storage.tables import Case, LookRow, NoticeRow, Party, PersonProfile, TaskRow
from processes.storage.words import CorrectionKind, ElectronicWay, PostChannel, TaskState

PLACE: Final = "party-0"  # the fields of the one party on the page, named as on the page that registers
WHO_AND_WHERE: Final = frozenset({"name", "kind", "address", "number", "deceased", "secret_address", "branch"})
CODE_ENDED: Final = "De code uit een eerdere brief werkt niet meer. Bij de volgende brief zit een nieuwe."
ONE_OF_BOTH: Final = "Vul een ander nummer in, of haal het nummer weg. Allebei kan niet."
NUMBER_OFF: Final = "Het nummer is weggehaald. Wie bij dat nummer hoort, ziet de zaak niet meer."
LOOKED: Final = (
    "Wie met het nummer van eerst inlogde, opende een brief, document of bericht van deze zaak ({times} keer, voor het laatst op {last}). Was dat iemand "
    "anders? Meld dan een datalek."
)
ONLY_ON_PORTAL: Final = (
    "Alleen via het portaal verstuurd, en daar kon deze betrokkene ze niet lezen: {letters}. Stuur ze opnieuw."
)
OF_ANOTHER: Final = "Niet verstuurd: dit e-mailadres hoort bij het nummer van iemand anders."
NUMBER: Final = "number"  # under which a correction says that the BSN or KvK number is another; never which


@dataclass(frozen=True, slots=True)
class CorrectParty:
    """`seen` is the mark of the data that stood on the page. `identity` is a new number as `bsn:...`; None keeps the old one, unless `number_off`
    is its mark: then it is taken off, for it is of somebody else.

    `sure`: staff say that number and name are right although the register has another name. `wrong`: what the page could not read.
    """

    case: str
    party: int
    data: PartyData
    reason: str
    seen: str
    identity: str | None = None
    sure: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)
    number_off: str = ""


def correct_party(work: UnitOfWork, action: CorrectParty) -> str:
    """The answer is the case number. Raises NotFound, AlreadyDone when somebody was first, Invalid per field."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    row = party_in(work, case, action.party)
    before = data_of(row)
    if before.seen != action.seen or action.number_off not in {"", mark_of_number(row)}:
        raise AlreadyDone("Iemand anders heeft deze gegevens intussen veranderd. Bekijk eerst hoe ze nu zijn.")
    data = _as_registered(work, _complete(work, case, row, action.data), action.identity)
    _check(work, row, before, data, action)
    was = changed(before.columns, data.columns)
    said = _number(work, case, row, action) if action.identity or action.number_off else []
    _store(work, case, row, data)
    became = {name: data.columns[name] for name in was}
    if action.sure:
        work.audit(case.id, "confirm_number", party=row.id)
    if action.identity:
        was, became = {**was, NUMBER: "een ander nummer"}, {**became, NUMBER: "verbeterd"}
    if action.number_off:
        was, became = {**was, NUMBER: "een nummer van iemand anders"}, {**became, NUMBER: "weggehaald"}
    record_correction(work, case, CorrectionKind.PARTY, was, became, action.reason, party=row)
    _follow(work, case, row, was, said)
    return case.number


def party_in(work: UnitOfWork, case: Case, party_id: int) -> Party:
    """A party of this case that still takes part. Raises NotFound."""
    row = work.session.get(Party, party_id)
    if row is None or row.case_id != case.id or row.left_on is not None:
        raise NotFound("Deze betrokkene hoort niet bij de zaak.")
    return row


def _complete(work: UnitOfWork, case: Case, row: Party, data: PartyData) -> PartyData:
    """The data to store: a link goes with a mail address, post says nothing about being reachable electronically."""
    email = typed_address(data.email, "", {}) or None
    channel = data.channel
    if row.role in work.deployed(case.model_version_id).model.personal_roles():
        channel = PostChannel.LINK if email else PostChannel.POST
    said = (data.electronic_since, data.electronic_how)
    if channel == PostChannel.LINK:
        said = (row.electronic_since, row.electronic_how)
    if channel == PostChannel.PORTAL and said == (None, None) and row.channel == channel:
        columns: dict[str, Any] = {}  # chosen before the day and way were kept
    else:
        columns = electronic(channel, *said, work.today, ElectronicWay.REGISTERED)
    return replace(
        data, name=data.name.strip(), needs=data.needs.strip(), email=email, phone=data.phone or None, address=data.address or None, channel=channel,
        **columns,
    )  # fmt: skip


def _as_registered(work: UnitOfWork, data: PartyData, identity: str | None) -> PartyData:
    """Under a new number the register says whether the address is secret and whether its holder lives."""
    flags = flags_of(work, identity)
    return replace(
        data, secret_address=data.secret_address or flags.secret_address, deceased=data.deceased or flags.deceased
    )


def _check(work: UnitOfWork, row: Party, before: PartyData, data: PartyData, action: CorrectParty) -> None:
    known = action.identity or ("known" if row.identity and not action.number_off else None)
    typed = NewParty(
        row.role, data.name, data.kind, known if data.channel != PostChannel.LINK else action.identity,
        action.data.email, data.phone, data.address, data.channel, data.secret_address, data.deceased, needs=data.needs, language=data.language,
    )  # fmt: skip
    wrong = {**party_wrong(typed, PLACE, work.today), **reason_wrong(action.reason)}
    wrong.update(_number_wrong(work, row, before, typed, action))
    if action.identity and action.number_off:
        wrong[f"{PLACE}-number_off"] = ONE_OF_BOTH
    identity = _identity(work, row, action)
    if (data.branch, data.kind) != (before.branch, before.kind) or identity != read_identity(work, row):
        wrong.update(branch_wrong(work, replace(typed, identity=identity, branch=data.branch, sure=action.sure), PLACE))
    if data.channel == PostChannel.PORTAL and before.channel != PostChannel.PORTAL:
        said = (action.data.electronic_since, action.data.electronic_how)
        wrong.update(electronic_wrong(PLACE, *said, work.today, needed=True))
    wrong.update(action.wrong)
    if wrong:
        raise Invalid(wrong)
    if data == before and not action.identity and not action.number_off:
        raise Invalid({"": "U heeft niets veranderd."})


def _number_wrong(
    work: UnitOfWork, row: Party, before: PartyData, typed: NewParty, action: CorrectParty
) -> dict[str, str]:
    """Whether a new number, or a new name beside the number that stays, is of somebody else."""
    if action.identity is None and typed.name == before.name:
        return {}
    identity = _identity(work, row, action)
    return number_wrong(work, replace(typed, identity=identity, sure=action.sure), PLACE, row.id)


def _identity(work: UnitOfWork, row: Party, action: CorrectParty) -> str | None:
    """The number that the party has after this."""
    return None if action.number_off else action.identity or read_identity(work, row)


def _number(work: UnitOfWork, case: Case, row: Party, action: CorrectParty) -> list[str]:
    """Another number, or none any more. Who signs in with the one before sees the case no more, and no mail that waits goes there. One sentence for
    each thing that staff should know.
    """
    index = index_of(work.session, work.services.secrets, action.identity) if action.identity else None
    if index == row.identity_index:
        seal_identity(work, row, action.identity)
        return []
    said = _of_the_other(work, case, row)
    row.identity_index = index
    row.by_mandate, row.linked_at = False, None  # what sign-in told was about another
    seal_identity(work, row, action.identity)
    return said if index else [NUMBER_OFF, *said, *_only_on_portal(work, case, row)]


def _of_the_other(work: UnitOfWork, case: Case, row: Party) -> list[str]:
    """Mails that wait for the address of the one whose number it is stop, and the looks of that one are counted."""
    if row.identity_index is None:
        return []
    profile = work.session.get(PersonProfile, row.identity_index)
    if profile is not None and profile.email and profile.email != row.email:
        for mail in unsent_mails(work, case, row, profile.email):
            stop_mail(mail, OF_ANOTHER, work)
    mine = (LookRow.case_id == case.id, or_(LookRow.who == row.identity_index, LookRow.for_whom == row.identity_index))
    looks, last = work.session.execute(select(func.count(), func.max(LookRow.at)).where(*mine)).one()
    return [LOOKED.format(times=looks, last=long_date(local_date(last)))] if looks else []


def _only_on_portal(work: UnitOfWork, case: Case, row: Party) -> list[str]:
    """Letters that were sent to the portal, where this party never saw them."""
    sent = (NoticeRow.party_id == row.id, NoticeRow.channel == PostChannel.PORTAL, NoticeRow.sent_on.is_not(None))
    found = work.session.scalars(
        select(NoticeRow.subject).where(NoticeRow.case_id == case.id, *sent).order_by(NoticeRow.id)
    )
    named = ", ".join(f"'{subject}'" for subject in found)
    return [ONLY_ON_PORTAL.format(letters=named)] if named else []


def _store(work: UnitOfWork, case: Case, row: Party, data: PartyData) -> None:
    old = row.email
    for name, value in data.columns.items():
        setattr(row, name, value)
    if row.email != old:
        row.email_unconfirmed = False  # of an address that staff give nobody has to confirm anything
        if row.identity_index and old:
            move_waiting(work, row.identity_index, old, row.email)
            mine = (PersonProfile.identity_index == row.identity_index, PersonProfile.email == old)
            work.session.execute(update(PersonProfile).where(*mine).values(email=row.email, email_unconfirmed=False))
    work.session.flush()
    shut_out(work, case, row)


def _follow(work: UnitOfWork, case: Case, row: Party, was: dict[str, Any], said: list[str]) -> None:
    """`said`: what there is to tell already."""
    said = [*said, *follow_party(work, case, row, was)]
    if WHO_AND_WHERE & was.keys() and end_codes(work, row):
        said.append(CODE_ENDED)
    if row.secret_address and {"secret_address", "address"} & was.keys():
        said += clean_filings(work, case, row)
    if "email" in was and not was["email"]:
        _ask_by_mail(work, case, row)
    who = "Deze betrokkene" if row.confidential else row.name
    if "deceased" in was and row.deceased:
        said.append(f"{who} is overleden. Vraag wie de erfgenamen zijn, en voeg hen toe bij Partijen.")
        work.system_note(case.id, "\n".join(said), row.id)
    elif said:
        work.own_note(
            case.id, "\n".join([f"Gegevens van {who if not row.confidential else 'een betrokkene'} verbeterd.", *said])
        )


def _ask_by_mail(work: UnitOfWork, case: Case, row: Party) -> None:
    """Put the open questions to somebody who had no mail address before, and so no link."""
    mine = or_(TaskRow.party_id.is_(None), TaskRow.party_id == row.id)
    waiting = select(TaskRow).where(
        TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN, TaskRow.side == Side.DEPARTMENT, mine
    )
    for task in work.session.scalars(waiting.where(TaskRow.party_role == row.role)).all():
        ask_persons(work, case, f"{task.id}:{work.now.isoformat()}", task.name, [row], row.role)
