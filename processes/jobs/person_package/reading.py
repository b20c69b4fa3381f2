"""Reads what goes into a package, case by case, so that memory does not grow with the number of cases or documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.file_types import safe_name
from processes.jobs.person_package.wanted import WantedPackage
from processes.reads.person import KIND_WORDS, RECORDS, CaseOfPerson, KindWords, Record, account_records
from processes.reads.workbench.words import role_in_words
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow
from processes.storage.words import PersonKind

FOLDER = "documenten"
WITH_FILES = (PersonKind.DOCUMENTS, PersonKind.OTHER_DOCUMENTS)


@dataclass(frozen=True, slots=True)
class ReadKind:
    """One kind of data of one case, or beside the cases. `records` can be gone through once."""

    code: PersonKind
    words: KindWords
    records: Iterator[Record]


@dataclass(frozen=True, slots=True)
class ReadCase:
    """One case of the package; `kinds` can be gone through once, each of them before the next."""

    number: str
    title: str
    role: str
    kinds: Iterator[ReadKind]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """The file of a document: where it lies, its key when it is encrypted, and the name and folder that it gets in the package."""

    id: str
    blob: str
    file_key: str | None
    size: int
    path: str


class PackageReader:
    """Everything that one session says of the person of a package."""

    def __init__(self, session: Session, services: Services, wanted: WantedPackage) -> None:
        self._session, self._services, self._wanted = session, services, wanted

    def cases(self) -> Iterator[ReadCase]:
        """The chosen cases that are still there, oldest first."""
        for about in self._about():
            roles = ", ".join(role_in_words(party.role, about.model).lower() for party in about.own)
            yield ReadCase(about.case.number, about.case.title, roles, self._kinds(about))

    def numbers(self) -> list[str]:
        """The numbers of the chosen cases."""
        return [about.case.number for about in self._about()]

    def beside(self) -> Iterator[ReadKind]:
        """The data that is kept beside the cases, when that was chosen."""
        if PersonKind.ACCOUNT in self._wanted.chosen.kinds:
            records = account_records(
                self._session, self._services, self._wanted.person, others_named=self._wanted.chosen.others_named
            )
            yield ReadKind(PersonKind.ACCOUNT, KIND_WORDS[PersonKind.ACCOUNT], records)

    def files_of(self, case_id: int) -> list[StoredDocument]:
        """The files of the chosen documents of one case."""
        about = self._one(case_id)
        if about is None:
            return []
        kinds = [kind for kind in WITH_FILES if kind in self._wanted.chosen.kinds]
        chosen = {record.document for kind in kinds for record in RECORDS[kind](about) if record.document}
        return [row for row in self._files(about.case) if row.id in chosen]

    def _files(self, case: Case) -> Iterator[StoredDocument]:
        columns = (
            DocumentRow.id,
            DocumentRow.blob,
            DocumentRow.file_key,
            DocumentRow.size,
            DocumentRow.reference,
            DocumentRow.file_name,
        )
        wanted = (
            select(*columns)
            .where(DocumentRow.case_id == case.id, DocumentRow.blob != "")
            .order_by(DocumentRow.added_at, DocumentRow.id)
        )
        for document, blob, file_key, size, reference, file_name in self._session.execute(wanted):
            name = safe_name(f"{reference} {file_name}")
            yield StoredDocument(document, blob, file_key, size, f"{FOLDER}/{safe_name(case.number)}/{name}")

    def _kinds(self, about: CaseOfPerson) -> Iterator[ReadKind]:
        for kind, records in RECORDS.items():
            if kind in self._wanted.chosen.kinds:
                yield ReadKind(kind, KIND_WORDS[kind], records(about))

    def _about(self) -> Iterator[CaseOfPerson]:
        for case_id in self._wanted.chosen.cases:
            about = self._one(case_id)
            if about is not None:
                yield about
            self._session.expunge_all()  # what was read of a case is not needed any more

    def _one(self, case_id: int) -> CaseOfPerson | None:
        case = self._session.get(Case, case_id)
        if case is None:
            return None
        return CaseOfPerson(self._session, self._services, case, self._wanted.person, self._wanted.chosen)
