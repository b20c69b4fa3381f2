"""One case as far as it is about one person: whose party rows are theirs, and what others in it are called."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any
from zipfile import BadZipFile

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine import EngineError, Model
from processes.base.actor import ON_BEHALF
from processes.base.errors import NotFound
from processes.reads.workbench.words import BY_MANDATE, role_in_words
from processes.storage import staff
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    DepartmentRow,
    Dossier,
    FiledRow,
    NoticeRow,
    OwnAddress,
    Party,
    PersonProfile,
    StaffRow,
)

AT_ONCE = 200  # rows in memory of one question
STAFF = "een medewerker"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choice of the officer: kinds of data (words of PersonKind), ids of cases, and who may be named."""

    kinds: frozenset[str]
    cases: tuple[int, ...]
    others_named: bool = False
    staff_named: bool = False


class MailGoesTo(Enum):
    """Whose a mail address is: of the person, of somebody else, or of nobody that is known now, as after a change of address."""

    PERSON = auto()
    OTHERS = auto()
    UNKNOWN = auto()


class CaseOfPerson:
    """A case with the person whose keyed index is `person`; every question about it is asked in this session."""

    def __init__(self, session: Session, services: Services, case: Case, person: str, chosen: Chosen) -> None:
        self.session, self.services, self.case, self.person, self.chosen = session, services, case, person, chosen
        found = select(Party).where(Party.case_id == case.id).order_by(Party.id)
        self.parties: Sequence[Party] = session.scalars(found).all()
        self.own = [party for party in self.parties if party.identity_index == person]
        self._ids = {party.id for party in self.own}
        self._known: dict[str, MailGoesTo] = {}
        #: the person and who acts for the person: letters and messages of either are about the person
        self.near = self._ids | {party.represented_by for party in self.own if party.represented_by}

    @cached_property
    def model(self) -> Model | None:
        """The drawing of the case; None when it cannot be read: then codes stand where words would."""
        deployed = self.deployed(self.case.model_version_id)
        return deployed.model if deployed else None

    def deployed(self, version: int) -> Deployed | None:
        """A version of a drawing; None when it cannot be read."""
        try:
            return self.services.models.version(self.session, version)
        except (NotFound, EngineError, BadZipFile):
            return None

    @property
    def name(self) -> str:
        """The name of the person in this case."""
        return self.own[0].name if self.own else "deze persoon"

    def is_own(self, party_id: int | None) -> bool:
        """Whether this party row is the person."""
        return party_id in self._ids

    @cached_property
    def names(self) -> dict[int, str]:
        """Each party by its id: the person by name, others by their role, and by name as well where that was chosen.

        A confidential party is never named.
        """
        roles = Counter(party.role for party in self.parties if not self.is_own(party.id))
        numbers: Counter[str] = Counter()
        called = {}
        for party in self.parties:
            if self.is_own(party.id):
                called[party.id] = party.name
                continue
            numbers[party.role] += 1
            number = f" {numbers[party.role]}" if roles[party.role] > 1 else ""
            role = f"{role_in_words(party.role, self.model)}{number}"
            named = self.chosen.others_named and not party.confidential
            called[party.id] = f"{party.name} ({role.lower()})" if named else role.lower()
        return called

    def named(self, party_id: int | None) -> str | None:
        return self.names.get(party_id or 0)

    def employee(self, subject: str | None) -> str | None:
        """A member of staff, by the id that stands in rows."""
        if subject is None:
            return None
        return staff.names_of(self.session, [subject])[subject] if self.chosen.staff_named else STAFF

    def employee_named(self, name: str) -> str:
        """A member of staff, by the name that stands in rows."""
        return name if self.chosen.staff_named else STAFF

    def by_mandate(self, signed: str | None) -> str | None:
        """The one who did something by a mandate, of what is stored as `Bram van Proefhuizen, namens Tess Testeling`: by name only where others are named,
        and no party is confidential. None for what somebody did for themselves.
        """
        if signed is None or ON_BEHALF not in signed:
            return None
        may_name = self.chosen.others_named and not any(party.confidential for party in self.parties)
        return signed if may_name else BY_MANDATE

    @cached_property
    def addresses(self) -> set[str]:
        """The person's own mail addresses, in small letters: of now, and of before as far as the person confirmed them."""
        profile = self.session.get(PersonProfile, self.person)
        before = select(OwnAddress.email).where(OwnAddress.identity_index == self.person)
        confirmed = self.session.scalars(before.where(OwnAddress.confirmed_at.is_not(None)))
        given = [party.email for party in self.own] + [profile.email if profile else None, *confirmed]
        return {one.lower() for one in given if one}

    @cached_property
    def _addresses_of_others(self) -> set[str]:
        parties = [party.email for party in self.parties if not self.is_own(party.id)]
        departments = self.session.execute(select(DepartmentRow.email, DepartmentRow.manager_email))
        team = self.services.settings.team_mailbox
        return {one.lower() for one in (*parties, *(one for row in departments for one in row), team) if one}

    def goes_to(self, address: str) -> MailGoesTo:
        """Whose mail address this is, as far as that is known now."""
        folded = address.lower()
        if folded not in self._known:
            self._known[folded] = self._whose(folded)
        return self._known[folded]

    def _whose(self, folded: str) -> MailGoesTo:
        if folded in self.addresses:
            return MailGoesTo.PERSON
        if folded in self._addresses_of_others:
            return MailGoesTo.OTHERS
        employee = self.session.scalar(select(func.count()).where(func.lower(StaffRow.email) == folded))
        return MailGoesTo.OTHERS if employee else MailGoesTo.UNKNOWN

    @cached_property
    def letters(self) -> Sequence[tuple[int, str | None]]:
        """Id and document of each letter to the person, or to who acts for the person."""
        wanted = select(NoticeRow.id, NoticeRow.document_id)
        rows = self.session.execute(wanted.where(NoticeRow.case_id == self.case.id, NoticeRow.party_id.in_(self.near)))
        return [(notice, document) for notice, document in rows]

    @cached_property
    def filed(self) -> frozenset[str]:
        """The documents of what the person filed, or who acts for the person."""
        wanted = select(FiledRow.document_id)
        return frozenset(
            self.session.scalars(wanted.where(FiledRow.case_id == self.case.id, FiledRow.party_id.in_(self.near)))
        )

    @cached_property
    def dossiers(self) -> dict[int, str]:
        """Behind each link of the case: the name of the department, or of the party whose link it is."""
        wanted = select(Dossier.id, Dossier.party_id, DepartmentRow.name)
        joined = wanted.outerjoin(DepartmentRow, DepartmentRow.code == Dossier.department)
        rows = self.session.execute(joined.where(Dossier.case_id == self.case.id))
        return {dossier: name or self.named(party) or "onbekend" for dossier, party, name in rows}

    def rows(self, wanted: Select[Any]) -> Iterable[Any]:
        """The rows of a question about one table, some hundreds in memory at a time."""
        return self.session.scalars(wanted.execution_options(yield_per=AT_ONCE))
