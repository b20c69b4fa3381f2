"""A case on paper is tied to who signs in, by the code from a letter (C9); and staff send another code.

A wrong code says nothing: not whether there is such a case, nor whether the code was used, withdrawn or is too old. How often somebody
may try is counted at the door (`portal.citizen.linking`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.access.letter_codes import digests_of, lives, may_be_linked
from processes.actions.correcting_party import party_in
from processes.actions.secret_address import clean_filings
from processes.base.actor import ActorKind
from processes.base.errors import NotAllowed, NotNow
from processes.base.registers import Registered, RegisterSilent, same_name
from processes.execution.identity import seal_identity
from processes.execution.letter_codes import ask_code, end_codes
from processes.execution.reading_language import chosen_language
from processes.execution.unit_of_work import UnitOfWork
from processes.post.by_letter import reader_of, tell_by_letter
from processes.post.own_addresses import ask_once
from processes.post.standard.citizens import LETTER_CODE
from processes.post.unsent import follow_party
from processes.storage.citizens import index_of
from processes.storage.tables import Case, LetterCode, NoticeRow, Party
from processes.storage.words import CorrectionKind, PartyKind, PostChannel, ReadingLanguage

TEMPLATE: Final = "koppelcode"
CANNOT: Final = "Deze betrokkene krijgt geen code: de zaak staat niet op het portaal, of deze betrokkene kan er al bij of leest er niet."
REPRESENTED: Final = "De post voor deze betrokkene gaat naar {name}. Stuur die een code."
LINKED: Final = "{name} heeft zich met de code uit een brief aan deze zaak gekoppeld. {compared}"
SAME: Final = "De naam van de inlog past bij deze betrokkene."
NOT_COMPARED: Final = "De inlog en het register gaven geen naam. Controleer zelf of dit klopt."
HIDDEN: Final = "Volgens het register is het adres geheim. Dat staat nu bij de betrokkene."
REFUSED: Final = (
    "Iemand vulde de code in uit de brief aan {name}, maar {why}. Daarom is er niet gekoppeld. Zoek uit wat er aan de hand is. Hoort de "
    "inlog toch bij deze betrokkene? Verbeter dan bij Partijen de gegevens en vul het nummer in. Stuur anders een nieuwe code per brief."
)
# why: never which name or number it was, for that is of somebody who may have nothing to do with the case
OTHER_NAME: Final = "is ingelogd met een andere naam"
NO_COMPANY: Final = "is ingelogd als persoon, en deze betrokkene is een bedrijf"
NO_PERSON: Final = "is ingelogd als bedrijf, en deze betrokkene is een persoon"
IN_THE_CASE: Final = "is ingelogd als iemand die al bij deze zaak hoort"
DECEASED: Final = "volgens het register is de persoon van die inlog overleden"
KINDS: Final = {"bsn": PartyKind.PERSON, "kvk": PartyKind.COMPANY}  # an eIDAS number may be of either


class LinkAnswer(StrEnum):
    """The answers to a code that tied nobody to a case: it was wrong, it was right but of another person, or nobody can see that now."""

    WRONG = "wrong"
    ANOTHER = "another"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class LinkByCode:
    """`identity` is that of who is signed in, such as `bsn:...`; `named`: whether sign-in itself told the name of the actor, who else typed it."""

    code: str = field(repr=False)
    identity: str = field(repr=False)
    named: bool = False


def link_by_code(work: UnitOfWork, action: LinkByCode) -> str:
    """The number of the case when somebody was tied to it; else a LinkAnswer, and no error: what happened must be written down.

    Raises NotAllowed for anybody but a citizen or company that is signed in for itself as a whole.
    """
    index = own_index(work, action.identity)
    found = _locked(work, action.code)
    if found is None:
        return LinkAnswer.WRONG
    case, row, party = found
    try:
        holder = work.services.registers.find(action.identity) if work.services.registers else None
    except RegisterSilent:  # who this is cannot be seen now: the code stays as it was
        return LinkAnswer.LATER
    row.used_at = work.now
    fits = name_fits(work, holder, party.name, named=action.named)
    why = _elsewhere(work, action.identity, index, party) or (OTHER_NAME if fits is False else None)
    why = why or (DECEASED if holder and holder.deceased else None)
    if why:
        work.audit(case.id, "refuse_link", party=party.id, code=row.id)
        work.system_note(case.id, REFUSED.format(name=party.name, why=why), party.id)
        return LinkAnswer.ANOTHER
    _tie(work, party, action.identity, index)
    work.audit(case.id, "link", party=party.id, code=row.id)
    said = [LINKED.format(name=party.name, compared=SAME if fits else NOT_COMPARED)]
    if holder and holder.secret_address and not party.secret_address:
        said += _keep_secret(work, case, party)
    work.system_note(case.id, "\n".join(said), party.id)
    return case.number


def own_index(work: UnitOfWork, identity: str) -> str:
    """The blind index of who is signed in with this identity. Raises NotAllowed for anybody but a citizen or company that acts for itself as a whole."""
    index = index_of(work.session, work.services.secrets, identity)
    actor = work.actor
    if actor.kind != ActorKind.CITIZEN or actor.is_visitor or actor.for_whom or not actor.is_known_as(index):
        raise NotAllowed
    return index


def _locked(work: UnitOfWork, code: str) -> tuple[Case, LetterCode, Party] | None:
    """The code with its case locked; None for one that cannot be used (any more). Of two at once the second finds it used."""
    typed = select(LetterCode.id, LetterCode.case_id).where(
        LetterCode.code.in_(digests_of(work.services.secrets, code))
    )
    known = work.session.execute(typed.where(lives())).first()
    if known is None:
        return None
    case = work.lock_case_id(known.case_id)
    row = work.session.get(LetterCode, known.id, populate_existing=True)
    if row is None or row.used_at or row.ended_at or row.valid_until is None or row.valid_until < work.today:
        return None
    party = work.session.get_one(Party, row.party_id, populate_existing=True)
    return (case, row, party) if may_be_linked(case, work.deployed(case.model_version_id).model, party) else None


def name_fits(work: UnitOfWork, holder: Registered | None, name: str, *, named: bool) -> bool | None:
    """Whether the name of the register, else of the sign-in (where that `named` the actor), is this one; None when nobody told one."""
    if holder is not None:
        return same_name(name, holder.names, holder.family)
    return same_name(name, [work.actor.name]) if named else None


def _elsewhere(work: UnitOfWork, identity: str, index: str, party: Party) -> str | None:
    """Why this sign-in cannot be that of the party, whatever its name; else None."""
    kind = KINDS.get(identity.partition(":")[0], party.kind)
    if kind != party.kind:
        return NO_PERSON if kind == PartyKind.COMPANY else NO_COMPANY
    return IN_THE_CASE if party_with(work, party.case_id, index) else None


def party_with(work: UnitOfWork, case_id: int, index: str) -> int | None:
    """The id of a party of this case with this blind index, who did not leave it."""
    mine = (Party.case_id == case_id, Party.identity_index == index, Party.left_on.is_(None))
    return work.session.scalar(select(Party.id).where(*mine).limit(1))


def _tie(work: UnitOfWork, party: Party, identity: str, index: str) -> None:
    party.identity_index, party.linked_at = index, work.now
    seal_identity(work, party, identity)
    if party.language == ReadingLanguage.DUTCH:  # else staff heard in which language this party reads
        party.language = chosen_language(work, index)
    party.email_unconfirmed = bool(party.visit and party.email and ask_once(work, index, party.email))
    end_codes(work, party)


def _keep_secret(work: UnitOfWork, case: Case, party: Party) -> list[str]:
    """The register says that the address is secret: what waits to be sent and what others may read follow, as when staff say so."""
    party.secret_address = True
    work.session.flush()
    work.audit(case.id, f"correct_{CorrectionKind.PARTY}", party=party.id, columns="secret_address")
    return [HIDDEN, *follow_party(work, case, party, {"secret_address": False}), *clean_filings(work, case, party)]


@dataclass(frozen=True, slots=True)
class SendLetterCode:
    """A letter with a new code to this party, in place of every earlier one."""

    case: str
    party: int


def send_letter_code(work: UnitOfWork, action: SendLetterCode) -> str:
    """The letter waits in the print queue; the code is made when it is printed. The answer is the case number. Raises NotFound, NotNow for who
    gets no code, Invalid (`party`) without an address.
    """
    only_staff(work.actor)
    case = work.lock_case(action.case)
    party = party_in(work, case, action.party)
    if not may_be_linked(case, work.deployed(case.model_version_id).model, party) or party.secret_address:
        raise NotNow(CANNOT)
    reader, _ = reader_of(work, case, party)
    if reader.id != party.id:
        raise NotNow(REPRESENTED.format(name=reader.name))
    end_codes(work, party)
    tell_by_letter(work, case, party, TEMPLATE, LETTER_CODE, {"case.title": case.title})
    mine = select(NoticeRow).where(
        NoticeRow.case_id == case.id, NoticeRow.party_id == party.id, NoticeRow.template == TEMPLATE,
        NoticeRow.channel == PostChannel.POST,
    )  # fmt: skip
    ask_code(work, work.session.scalars(mine.order_by(NoticeRow.id.desc()).limit(1)).one(), party)
    work.audit(case.id, "send_letter_code", party=party.id)
    return case.number
