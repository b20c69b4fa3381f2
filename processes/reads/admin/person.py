"""All data of one person, for a data protection officer: what there is, how far the package is, and its file.

What an officer asked for exists for nobody else. Counts are asked of indexes of the person's own cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, not_, select
from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.access.staff_scope import rows_of_seen_cases
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Invalid, NotFound
from processes.base.typed_values import read_bsn, read_kvk
from processes.reads.opening import reading
from processes.reads.person import KIND_WORDS, KindWords, log_question
from processes.reads.workbench.words import role_in_words
from processes.storage.citizens import index_now
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    CaseValue,
    DocumentRequestRow,
    DocumentRow,
    LookRow,
    MailRow,
    NoteRow,
    NoticeRow,
    Party,
    PersonPackage,
    PersonProfile,
)
from processes.storage.words import CaseState, NoteKind, PackageState, PersonKind

MOST_CASES: Final = 300  # cases with a tick box of their own on one page; older ones go along together
MOST_PACKAGES: Final = 50
KINDS: Final[Mapping[str, str]] = {"bsn": "BSN", "kvk": "KvK-nummer"}


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One package of this officer. `state`: PackageState."""

    id: str
    reference: str
    asked_at: datetime
    state: str
    delete_from: datetime


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One case of the person. `roles` in words; `others`: how many other parties it has."""

    id: int
    number: str
    title: str
    subject: str
    roles: str
    received_on: date
    running: bool
    documents: int
    others: int


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Everything that there is about the person of one package. `counts` tells of each kind what was found, in words.

    `more`: cases that the page has no room for, all with a smaller id than `oldest`. `kept_back`: there is a case that is about
    this officer, which a colleague must add. `person` is the keyed index.
    """

    package: PackageLine
    person: str
    identity: str
    names: tuple[str, ...]
    cases: tuple[OwnCase, ...]
    more: int
    oldest: int
    counts: Mapping[PersonKind, str]
    kinds: Mapping[PersonKind, KindWords]
    kept_back: bool
    size: int | None
    log_question: str


@dataclass(frozen=True, slots=True)
class PackageFile:
    """The file of a package: its address in the file store, its key when it is encrypted, size in bytes, and the ids of the cases in it."""

    blob: str
    file_key: str | None
    size: int
    name: str
    person: str
    cases: tuple[int, ...]


def person_index(services: Services, typed: Mapping[str, str]) -> tuple[str, str]:
    """The keyed index of the `bsn` or the `kvk` that was typed, and which of the two it was. Raises Invalid per field.

    The number itself goes no further.
    """
    bsn, kvk = typed.get("bsn", ""), typed.get("kvk", "")
    if bool(bsn) == bool(kvk):
        raise Invalid({"bsn": "Vul een BSN of een KvK-nummer in, een van de twee."})
    kind, read, text = ("bsn", read_bsn, bsn) if bsn else ("kvk", read_kvk, kvk)
    try:
        number = read(text)
    except ValueError as error:
        raise Invalid({kind: str(error)}) from error
    return index_now(services, f"{kind}:{number}"), kind


def read_packages(services: Services, actor: Actor) -> tuple[PackageLine, ...]:
    """The packages of this officer, the newest first. Raises NotAllowed."""
    _only_officer(actor)
    with reading(services) as (session, _):
        own = select(PersonPackage).where(PersonPackage.asked_by == actor.subject)
        rows = session.scalars(own.order_by(PersonPackage.asked_at.desc(), PersonPackage.id).limit(MOST_PACKAGES))
        return tuple(map(_line, rows))


def read_person(services: Services, actor: Actor, package: str) -> PersonFound:
    """Raises NotAllowed for anybody but an officer, NotFound for what another officer asked."""
    _only_officer(actor)
    with reading(services) as (session, _):
        row = _own(session, actor, package)
        seen = _seen(row.identity_index, actor)
        total = session.scalar(select(func.count(func.distinct(Party.case_id))).where(*seen)) or 0
        cases = _cases(session, row, actor)
        names = session.scalars(select(Party.name).where(*seen).order_by(Party.id.desc()).limit(MOST_CASES))
        barred = select(Party.id).where(
            Party.identity_index == row.identity_index, not_(rows_of_seen_cases(actor, Party.case_id))
        )
        return PersonFound(
            package=_line(row), person=row.identity_index, identity=KINDS[row.identity_kind],
            names=tuple(dict.fromkeys(names)), cases=cases, more=total - len(cases),
            oldest=cases[-1].id if total > len(cases) else 0, counts=_counts(session, row, actor), kinds=KIND_WORDS,
            kept_back=session.scalar(barred.limit(1)) is not None, size=row.size,
            log_question=log_question(row.identity_index, [one.number for one in cases]),
        )  # fmt: skip


def package_file(services: Services, actor: Actor, package: str) -> PackageFile:
    """The file of a package that was made. Raises as `read_person`, and NotFound before it is made."""
    _only_officer(actor)
    with reading(services) as (session, _):
        row = _own(session, actor, package)
        if row.state != PackageState.READY or row.blob is None or row.size is None:
            raise NotFound("Dit pakket is nog niet klaar.")
        name = f"gegevens-van-een-persoon-{row.id[:8]}.zip"
        return PackageFile(row.blob, row.file_key, row.size, name, row.identity_index, tuple(row.chosen["cases"]))


def _only_officer(actor: Actor) -> None:
    only_staff(actor, (StaffRole.PRIVACY,), system=False)


def _own(session: Session, actor: Actor, package: str) -> PersonPackage:
    row = session.get(PersonPackage, package)
    if row is None or row.asked_by != actor.subject:
        raise NotFound
    return row


def _line(row: PersonPackage) -> PackageLine:
    return PackageLine(row.id, row.reference, row.asked_at, row.state, row.delete_from)


def _seen(person: str, actor: Actor) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The person's rows as a party, but of no case that is about this officer (Awb 9:7) or above the clearance."""
    return Party.identity_index == person, rows_of_seen_cases(actor, Party.case_id)


def _cases(session: Session, row: PersonPackage, actor: Actor) -> tuple[OwnCase, ...]:
    ids = select(Party.case_id).where(*_seen(row.identity_index, actor))
    found = session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id.desc()).limit(MOST_CASES)).all()
    shown = [case.id for case in found]
    parties = session.execute(
        select(Party.case_id, Party.role, Party.identity_index).where(Party.case_id.in_(shown)).order_by(Party.id)
    ).all()
    documents = dict(
        session.execute(
            select(DocumentRow.case_id, func.count())
            .where(DocumentRow.case_id.in_(shown))
            .group_by(DocumentRow.case_id)
        ).all()
    )
    return tuple(
        OwnCase(
            id=case.id, number=case.number, title=case.title, subject=case.subject, received_on=case.received_on,
            roles=", ".join(dict.fromkeys(role_in_words(role) for at, role, who in parties
                                          if at == case.id and who == row.identity_index)),
            running=case.state == CaseState.RUNNING, documents=documents.get(case.id, 0),
            others=sum(at == case.id and who != row.identity_index for at, _, who in parties),
        )
        for case in found
    )  # fmt: skip


def _counts(session: Session, row: PersonPackage, actor: Actor) -> dict[PersonKind, str]:
    own = _seen(row.identity_index, actor)
    cases, parties = select(Party.case_id).where(*own), select(Party.id).where(*own)

    def count(table: Any, *which: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(table).where(*which)) or 0

    def here(table: Any, *which: ColumnElement[bool]) -> int:
        return count(table, table.case_id.in_(cases), *which)

    messages = NoteRow.kind.in_((NoteKind.MESSAGE, NoteKind.UPLOAD, NoteKind.REPLY))
    documents, mails = here(DocumentRow), here(MailRow)
    earlier = count(PersonPackage, PersonPackage.identity_index == row.identity_index)
    profile = session.get(PersonProfile, row.identity_index) is not None
    return {
        PersonKind.PARTY: _so_many(count(Party, *own), "keer betrokkene"),
        PersonKind.CASE: _so_many(_distinct(session, cases), "zaken", "zaak"),
        PersonKind.VALUES: _so_many(here(CaseValue), "gegevens", "gegeven"),
        PersonKind.DOCUMENTS: f"samen met de andere {documents}",
        PersonKind.LETTERS: _so_many(count(NoticeRow, NoticeRow.party_id.in_(parties)), "brieven", "brief"),
        PersonKind.MAILS: f"samen met die aan anderen {mails}",
        PersonKind.MESSAGES: _so_many(count(NoteRow, messages, NoteRow.party_id.in_(parties)), "berichten", "bericht"),
        PersonKind.NOTES: _so_many(here(NoteRow, NoteRow.kind.in_((NoteKind.NOTE, NoteKind.PHONE))), "notities", "notitie"),
        PersonKind.REQUESTS: _so_many(here(DocumentRequestRow), "verzoeken", "verzoek"),
        PersonKind.LOOKS: f"{here(LookRow)} keer, waarvan {count(LookRow, LookRow.who == row.identity_index)} keer zelf",
        PersonKind.ACTIONS: "",
        PersonKind.ACCOUNT: f"{'een profiel' if profile else 'geen profiel'}, {_so_many(earlier, 'verzoeken', 'verzoek')}",
        PersonKind.OTHER_DOCUMENTS: f"samen met die van deze persoon {documents}",
        PersonKind.OTHER_MAILS: f"samen met die aan deze persoon {mails}",
    }  # fmt: skip


def _distinct(session: Session, cases: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(cases.distinct().subquery())) or 0


def _so_many(count: int, many: str, one: str = "") -> str:
    return f"{count} {one if one and count == 1 else many}"
