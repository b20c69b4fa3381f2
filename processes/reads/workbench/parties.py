"""Partijen of a case. A committee member sees who takes part, and nothing of how to reach them."""

from dataclasses import dataclass
from datetime import date, datetime

import structlog
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import FixedRole
from processes.access.letter_codes import lives, may_be_linked
from processes.access.staff_scope import case_for, handles, kept_from
from processes.base.actor import Actor
from processes.base.secrets import SealBroken
from processes.execution.returned_addresses import waiting_for_address
from processes.post.channels import channel_for
from processes.post.joining import OthersLetter, letters_of_others
from processes.post.recipients import reader_for
from processes.reads.opening import reading
from processes.reads.workbench.answers import Answer, answers_of
from processes.reads.workbench.bars import ShutOut, bars_of
from processes.reads.workbench.co_filers import NamedLine, named_in
from processes.reads.workbench.corrections import CorrectionLine, corrections_of
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.words import ELECTRONIC_WAYS, PARTY_CHANNELS, named, role_in_words
from processes.storage.sealed_columns import IDENTITY
from processes.storage.services import Services
from processes.storage.tables import Case, LetterCode, Party, PersonProfile
from processes.storage.words import CaseState, PartyKind, PostChannel, ReadingLanguage

log = structlog.get_logger(__name__)
KINDS = {"bsn": "BSN", "kvk": "KvK-nummer", "eidas": "eIDAS-nummer"}


@dataclass(frozen=True, slots=True)
class PartyLine:
    """`bell`: wants news by mail (D19). `identity` names its kind, such as `BSN 9999*****`; never the whole number. `hidden`: the name
    is kept from this reader, who does not work on the case. `unconfirmed`: the citizen typed the mail address, and did not
    confirm it yet (C5).
    """

    id: int
    name: str
    role: str
    company: bool
    bell: bool
    secret_address: bool
    deceased: bool
    confidential: bool = False
    hidden: bool = False
    identity: str | None = None
    email: str | None = None
    unconfirmed: bool = False
    phone: str | None = None
    address: str | None = None
    channel: str | None = None
    represented_by: str | None = None
    withdrawn_on: date | None = None
    withdrawal_entered_on: date | None = None
    withdrawal_postmarked_on: date | None = None
    electronic_since: date | None = None
    electronic_how: str | None = None
    needs: str = ""  # at a hearing, in words
    english: bool = False  # reads English
    left_on: date | None = None
    filing: bool = False
    representative: bool = False
    post_waits: bool = False  # a letter came back from this address
    unseen: bool = False  # filed without signing in, and nobody looked who it is
    linked_at: datetime | None = None  # tied to an own sign-in, with a code from a letter
    may_link: bool = False  # could follow the case with a code
    code_until: date | None = None  # the last day of the code that was printed
    branch: str = ""  # of a company: the number of the only branch that the case is of
    by_mandate: bool = False  # a representative who signed in with a mandate, and sees the case under that alone


@dataclass(frozen=True, slots=True)
class PartiesPage:
    """`roles` are those that somebody may join the case in, none for who may not add anybody; `by_link` says which of
    these get a link of their own. `answers`: of each of them.
    """

    head: Head
    parties: tuple[PartyLine, ...]
    roles: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    by_link: tuple[str, ...]
    corrections: tuple[CorrectionLine, ...] = ()
    letters: tuple[OthersLetter, ...] = ()  # somebody who joins may get them as well
    named: tuple[NamedLine, ...] = ()  # to file along, also who did not confirm
    bars: ShutOut | None = None  # colleagues who may have nothing to do with the case


@dataclass(frozen=True, slots=True)
class CodeOfParty:
    """Whether a party could follow the case with a code from a letter, and the last day of one that was printed."""

    may_link: bool
    until: date | None


def _codes_in(session: Session, case: Case) -> dict[int, date]:
    printed = (LetterCode.case_id == case.id, LetterCode.valid_until.is_not(None), lives())
    rows = session.execute(select(LetterCode.party_id, LetterCode.valid_until).where(*printed).order_by(LetterCode.id))
    return {party: until for party, until in rows if until}


def read_parties(services: Services, actor: Actor, number: str) -> PartiesPage:
    """Raises NotFound for a case that this reader may not see."""
    with reading(services) as (session, now):
        case = case_for(session, actor, number)
        rows = session.execute(_with_profiles(case)).all()
        model = services.models.version(session, case.model_version_id).model
        kept = kept_from(session, actor, case)
        names = {party.id: named(party, model, kept) for party, _ in rows}
        held = waiting_for_address(session, [party for party, _ in rows])
        codes = _codes_in(session, case) if handles(actor) else {}
        lines = [
            _line(
                services,
                party,
                profile,
                names,
                model,
                whole=handles(actor) and party.id not in kept,
                waits=party.id in held,
                code=CodeOfParty(may_be_linked(case, model, party) and not party.secret_address, codes.get(party.id)),
            )
            for party, profile in rows
        ]
        roles = model.party_roles() if handles(actor) and case.state == CaseState.RUNNING else ()
        return PartiesPage(
            head_of(session, services, actor, case, now), tuple(lines),
            tuple((role, role_in_words(role, model)) for role in roles),
            answers_of(session, services, actor, case) if handles(actor) else (),
            tuple(role_in_words(role, model) for role in roles if role in model.personal_roles()),
            tuple(line for line in corrections_of(session, case, kept) if line.party) if handles(actor) else (),
            letters_of_others(session, case, model) if roles else (),
            named_in(session, case) if handles(actor) else (),
            bars_of(session, actor, case, model, [party for party, _ in rows], names),
        )  # fmt: skip


def party_choices(session: Session, case: Case, model: Model) -> tuple[tuple[int, str], ...]:
    """Id and name of every party that reads messages, for answering one of them; who acted by a mandate reads those of who gave it."""
    found = select(Party.id, Party.name, Party.role).where(Party.case_id == case.id).order_by(Party.id)
    readers = found.where(Party.role.not_in(model.personal_roles()), Party.confidential.is_(False))
    readers = readers.where(Party.left_on.is_(None), Party.by_mandate.is_(False))
    return tuple(
        (id_, f"{name} ({role_in_words(role, model).lower()})") for id_, name, role in session.execute(readers)
    )


def readers(session: Session, case: Case, model: Model) -> tuple[tuple[int, str], ...]:
    """The choices of `party_choices` for telling one of them something: without the dead, and with the words `per post` at who gets it so."""
    parties = {party.id: party for party in session.scalars(select(Party).where(Party.case_id == case.id))}
    reading = {id_: reader_for(party, parties) for id_, party in parties.items()}
    posted = {id_ for id_, reader in reading.items() if channel_for(case, model, reader) == PostChannel.POST}
    return tuple(
        (id_, f"{name}, per post" if id_ in posted else name)
        for id_, name in party_choices(session, case, model)
        if not reading[id_].deceased
    )


def _with_profiles(case: Case) -> Select[Party, PersonProfile]:
    return (
        select(Party, PersonProfile)
        .outerjoin(PersonProfile, PersonProfile.identity_index == Party.identity_index)
        .where(Party.case_id == case.id)
        .order_by(Party.id)
    )


def _line(
    services: Services,
    party: Party,
    profile: PersonProfile | None,
    names: dict[int, str],
    model: Model,
    *,
    whole: bool,
    waits: bool,
    code: CodeOfParty,
) -> PartyLine:
    line = PartyLine(
        id=party.id, name=names[party.id], role=role_in_words(party.role, model), company=party.kind == PartyKind.COMPANY,
        bell=bool(profile and profile.news_by_mail), secret_address=party.secret_address, deceased=party.deceased,
        confidential=party.confidential, hidden=party.confidential and not whole, left_on=party.left_on,
        withdrawn_on=party.withdrawn_on,
    )  # fmt: skip
    if not whole:
        return line
    known = profile if profile and profile.email else party
    return PartyLine(
        id=line.id, name=line.name, role=line.role, company=line.company, bell=line.bell,
        secret_address=line.secret_address, deceased=line.deceased, identity=identity_in_words(services, party),
        email=known.email, unconfirmed=known.email_unconfirmed,
        phone=(profile.phone if profile and profile.phone else party.phone), address=party.address,
        electronic_since=party.electronic_since, electronic_how=ELECTRONIC_WAYS.get(party.electronic_how or ""),
        needs=party.needs, english=party.language == ReadingLanguage.ENGLISH,
        branch=party.branch, by_mandate=party.by_mandate,
        left_on=party.left_on, filing=party.filing, representative=party.role == FixedRole.REPRESENTATIVE,
        post_waits=waits and not party.left_on, unseen=bool(party.visit) and party.identity is None,
        linked_at=party.linked_at, may_link=code.may_link, code_until=code.until,
        confidential=line.confidential, channel=PARTY_CHANNELS.get(party.channel, party.channel), represented_by=names.get(party.represented_by or 0),
        withdrawn_on=line.withdrawn_on, withdrawal_entered_on=party.withdrawal_entered_on,
        withdrawal_postmarked_on=party.withdrawal_postmarked_on,
    )  # fmt: skip


def identity_in_words(services: Services, party: Party) -> str | None:
    """The kind of number and its last digits, such as `BSN ******653`."""
    if party.identity is None:
        return None
    try:
        kind, _, number = services.secrets.open(party.identity, IDENTITY, party.id).decode().partition(":")
    except SealBroken:
        log.error("party.unreadable", party=party.id, alert=True)  # noqa: TRY400 - a trace shows data
        return "niet te lezen; meld dit aan de beheerder"
    return f"{KINDS.get(kind, kind)} {'*' * max(0, len(number) - 3)}{number[-3:]}"
