"""Somebody who is named as filing along confirms that by an own sign-in, or declines (C2).

A wrong code says nothing, and neither does a right one to somebody with another name: nothing of the case is told before the name of the register,
else of the sign-in, fits the one that was typed. How often somebody may try is counted at the door (`portal.citizen.filing_along`).
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from processes.access.guards import LONGEST_REASON
from processes.access.letter_codes import digests_of
from processes.access.sign_in_level import demanded_level, is_enough
from processes.actions.filed import Filing, file_words
from processes.actions.linking import DECEASED, NOT_COMPARED, OTHER_NAME, name_fits, own_index, party_with
from processes.actions.parties import bring_in
from processes.actions.registering import NewParty, as_registered, new_party_wrong
from processes.base.actor import UNKNOWN_NAME
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import Invalid
from processes.base.registers import Registered, RegisterSilent
from processes.execution.co_filers import first_filing, named_by_in, over, settle
from processes.execution.filed_words import FiledAnswer, words_from
from processes.execution.unit_of_work import UnitOfWork
from processes.post.co_filers import stop_invitation, tell_filer
from processes.post.receipts import mail_citizen_receipt
from processes.post.standard.received import What
from processes.storage.tables import Case, CoFiler, DocumentRow, Party
from processes.storage.words import CaseChannel, CoFilerState

PLACE: Final = "party-0"
JOINED: Final = "{name} heeft bevestigd mee te doen, met een eigen inlog. {compared}"
SAME: Final = "De naam van de inlog past bij wie was genoemd."
DECLINED: Final = "{name} logde in en doet niet mee met deze zaak."
BECAUSE: Final = " De reden: {reason}"
REFUSED: Final = (
    "Iemand gebruikte de uitnodiging aan {name} om samen in te dienen, maar {why}. Daarom zag die persoon niets van de zaak. Klopt de naam niet die de "
    "indiener opschreef? Voeg de persoon dan zelf toe bij Partijen, of vraag de indiener de juiste naam."
)
LATE: Final = "{name} logde in om te bevestigen dat die samen indient. Dat kon niet meer: er is al beslist, of de zaak is afgerond. Bepaal zelf wat dit betekent."
TITLE: Final = "Bevestiging: samen indienen"
QUESTION: Final = "Doet u mee met wat is ingediend?"
YES: Final = "ja"
TOO_LONG: Final = f"Maak dit korter: hoogstens {LONGEST_REASON} tekens."


class JoinAnswer(StrEnum):
    """The answers to who comes with a code: it is wrong; it is of somebody with another name; nobody can see that now; this person belongs to
    the case already; the case type wants a stronger sign-in; the case is over or decided. `in`: it is this one, who may read what it is about.
    """

    WRONG = "wrong"
    ANOTHER = "another"
    LATER = "later"
    ALREADY = "already"
    WEAK = "weak"
    OVER = "over"
    IN = "in"


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """`identity` is that of who is signed in, such as `bsn:...`; `named`: whether sign-in itself told the name of the actor, who else typed it."""

    code: str = field(repr=False)
    identity: str = field(repr=False)
    named: bool = field(kw_only=True)


def open_invitation(work: UnitOfWork, action: OpenInvitation) -> str:
    """An Answer; behind `in` a space and the id of the row, behind `weak` the title of the case type. No error, for what happened must be written down. Raises NotAllowed for anybody
    but a citizen or company that is signed in for itself as a whole.
    """
    found = _admitted(work, action)
    return found if isinstance(found, str) else f"{JoinAnswer.IN} {found.row.id}"


@dataclass(frozen=True, slots=True)
class JoinFiling:
    """`party`: name and contact details of who confirms; the role is that of who named this person."""

    code: str = field(repr=False)
    identity: str = field(repr=False)
    named: bool = field(kw_only=True)
    party: NewParty


def join_filing(work: UnitOfWork, action: JoinFiling) -> str:
    """The case number once this person is a party; else a JoinAnswer. Raises Invalid with fields such as `party-0-email`, and as OpenInvitation does."""
    found = _admitted(work, action)
    if isinstance(found, str):
        return found
    case, row, filer = found.case, found.row, named_by_in(work, found.row)
    name = row.name if work.actor.name == UNKNOWN_NAME else work.actor.name
    party = as_registered(work, replace(action.party, role=filer.role, name=name, identity=action.identity, branch=""))
    if wrong := new_party_wrong(work, party, PLACE):
        raise Invalid(wrong)
    me = bring_in(work, case, party)
    stop_invitation(work, row)
    settle(work, row, CoFilerState.JOINED)
    row.party_id = me.id
    work.audit(case.id, "join_filing", co_filer=row.id, party=me.id)
    work.system_note(case.id, JOINED.format(name=me.name, compared=SAME if found.fits else NOT_COMPARED), me.id)
    file_words(work, case, _receipt(work, case, row, filer, me))
    mail_citizen_receipt(work, case, me, What.JOINING, f"join:{row.id}")
    return case.number


@dataclass(frozen=True, slots=True)
class DeclineFiling:
    """The one who was named does not take part; `reason` may stay empty."""

    code: str = field(repr=False)
    identity: str = field(repr=False)
    named: bool = field(kw_only=True)
    reason: str = ""


def decline_filing(work: UnitOfWork, action: DeclineFiling) -> str:
    """`in` once it is written down; else a JoinAnswer. Raises Invalid (`reason`), and as OpenInvitation does."""
    found = _admitted(work, action)
    if isinstance(found, str):
        return found
    if len(action.reason) > LONGEST_REASON:
        raise Invalid({"reason": TOO_LONG})
    case, row = found.case, found.row
    stop_invitation(work, row)
    settle(work, row, CoFilerState.DECLINED, reason=action.reason.strip())
    work.audit(case.id, "decline_filing", co_filer=row.id)
    because = BECAUSE.format(reason=row.reason) if row.reason else ""
    not_told = tell_filer(work, case, named_by_in(work, row), f"declined:{row.id}:{row.code}", declined=True)
    work.system_note(case.id, DECLINED.format(name=row.name) + because + not_told, row.named_by)
    return JoinAnswer.IN


@dataclass(frozen=True, slots=True)
class _Admitted:
    """The one who was named, with the case locked. `fits`: None when nobody told the name of who is signed in."""

    case: Case
    row: CoFiler
    fits: bool | None


def _admitted(work: UnitOfWork, action: OpenInvitation | JoinFiling | DeclineFiling) -> _Admitted | str:
    index = own_index(work, action.identity)
    found = _locked(work, action.code)
    if found and party_with(work, found[0].id, index):  # also the one who named this person
        return JoinAnswer.ALREADY
    if found is None or found[1].state == CoFilerState.JOINED:
        return JoinAnswer.WRONG
    case, row = found
    try:
        holder = work.services.registers.find(action.identity) if work.services.registers else None
    except RegisterSilent:
        return JoinAnswer.LATER
    fits = _fits(work, holder, row, action)
    if why := OTHER_NAME if fits is False else DECEASED if holder and holder.deceased else None:
        return _refused(work, case, row, why)
    if row.state == CoFilerState.LATE or over(work, case):
        return _too_late(work, case, row)
    return _Admitted(case, row, fits) if _strong_enough(work, case) else f"{JoinAnswer.WEAK} {case.title}"


def _locked(work: UnitOfWork, code: str) -> tuple[Case, CoFiler] | None:
    """The row of a code with its case locked; None for one that means nothing (any more). Of two at once the second finds what the first did."""
    known = work.session.execute(
        select(CoFiler.id, CoFiler.case_id).where(CoFiler.code.in_(digests_of(work.services.secrets, code)))
    ).first()
    if known is None:
        return None
    case = work.lock_case_id(known.case_id)
    row = work.session.get(CoFiler, known.id, populate_existing=True)
    if row is None or row.code not in digests_of(work.services.secrets, code):
        return None
    if row.state in {CoFilerState.JOINED, CoFilerState.LATE}:
        return case, row
    return (case, row) if row.state == CoFilerState.ASKED and row.valid_until >= work.today else None


def _fits(
    work: UnitOfWork, holder: Registered | None, row: CoFiler, action: OpenInvitation | JoinFiling | DeclineFiling
) -> bool | None:
    """Whether the typed name is that of who is signed in; None when nobody told one. A first name alone is that of too many people."""
    of_many = action.named and not action.identity.startswith("kvk:") and " " not in row.name.strip()
    return False if of_many and holder is None else name_fits(work, holder, row.name, named=action.named)


def _refused(work: UnitOfWork, case: Case, row: CoFiler, why: str) -> JoinAnswer:
    """The code goes on counting, for the one whom it is for; the handler is told once."""
    work.audit(case.id, "refuse_joining", co_filer=row.id)
    if row.refused_at is None:
        row.refused_at = work.now
        work.system_note(case.id, REFUSED.format(name=row.name, why=why), row.named_by)
    return JoinAnswer.ANOTHER


def _strong_enough(work: UnitOfWork, case: Case) -> bool:
    deployed = work.deployed(case.model_version_id)
    return is_enough(
        work.actor.level, demanded_level(deployed, work.services.models.current(work.session, deployed.process))
    )


def _too_late(work: UnitOfWork, case: Case, row: CoFiler) -> JoinAnswer:
    if row.state != CoFilerState.LATE:
        stop_invitation(work, row)
        settle(work, row, CoFilerState.LATE)
        work.audit(case.id, "join_too_late", co_filer=row.id)
        work.system_note(case.id, LATE.format(name=row.name), row.named_by)
    return JoinAnswer.OVER


def _receipt(work: UnitOfWork, case: Case, row: CoFiler, filer: Party, me: Party) -> Filing:
    """The receipt of what this person confirmed, as a document of their own: with the fingerprint of the words that they read."""
    facts = [("Samen met", filer.name), ("Genoemd op", long_date(local_date(row.named_at)))]
    if filed := work.session.scalar(first_filing(case.id)):
        reference = work.session.scalar(select(DocumentRow.reference).where(DocumentRow.id == filed.document_id))
        read = words_from(filed.others or filed.words).sha256()
        facts.append(
            ("Ging over", f"{filed.title}, kenmerk {reference}. Vingerafdruk van de woorden (SHA-256): {read}")
        )
    return Filing(
        title=TITLE, type="", by=me.name, answers=(FiledAnswer(QUESTION, YES),), files=(), received_on=work.today,
        channel=CaseChannel.PORTAL, parties=[me], contact=True, facts=tuple(facts),
    )  # fmt: skip
