"""All data of one person for a data protection officer: look the person up, choose what goes along, take the package away again.

A BSN or KvK number comes no further than its keyed index. Whoever asked is the only one to whom a package exists.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.access.staff_scope import rows_of_seen_cases
from processes.base.actor import StaffRole
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.audit import INSTALLATION_CHAIN
from processes.storage.tables import Party, PersonPackage
from processes.storage.words import OutboxKind, PackageState, PersonKind

ASKED = "Schrijf waarom u deze gegevens opvraagt, bijvoorbeeld het kenmerk van het inzageverzoek."


@dataclass(frozen=True, slots=True)
class FindPerson:
    """Look up everything about one person. `identity_index`: the keyed index of `bsn:...` or `kvk:...`, `kind` which of the two."""

    identity_index: str
    kind: str
    reference: str


def find_person(work: UnitOfWork, action: FindPerson) -> str:
    """The answer is the id of the new package, of which nothing is made yet. Raises NotAllowed, Invalid without a reason."""
    _only_officer(work)
    if wrong := reason_wrong(action.reference, ASKED):
        raise Invalid({"reference": wrong["reason"]})
    row = PersonPackage(
        identity_index=action.identity_index, identity_kind=action.kind, reference=action.reference.strip(),
        asked_by=work.actor.subject, asked_at=work.now, chosen={},
        delete_from=work.now + timedelta(days=work.services.settings.package_days),
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(INSTALLATION_CHAIN, "person_searched", package=row.id)
    return row.id


@dataclass(frozen=True, slots=True)
class MakePackage:
    """Make the package of these kinds of data (words of PersonKind), from these cases.

    `older_than`: also every case with a smaller id than this one, which the page had no room for; 0 for none. Others than the person are
    named only where `others_named`, members of staff only where `staff_named`.
    """

    package: str
    kinds: tuple[str, ...]
    cases: tuple[int, ...]
    older_than: int = 0
    others_named: bool = False
    staff_named: bool = False


def make_package(work: UnitOfWork, action: MakePackage) -> str:
    """Raises NotFound for what another officer asked, Invalid when nothing was chosen, AlreadyDone for the second time."""
    row = _own(work, action.package)
    kinds = [kind for kind in PersonKind if kind in action.kinds]
    if not kinds:
        raise Invalid({"kinds": "Kies minstens één soort gegevens."})
    if row.state != PackageState.OPEN:
        raise AlreadyDone("Dit pakket is al aangevraagd. Begin opnieuw als u iets anders wilt kiezen.")
    row.state = PackageState.WANTED
    row.chosen = {
        "kinds": [str(kind) for kind in kinds], "cases": _chosen(work, row, action), "others_named": action.others_named,
        "staff_named": action.staff_named,
    }  # fmt: skip
    row.delete_from = work.now + timedelta(days=work.services.settings.package_days)
    work.enqueue(OutboxKind.PERSON_PACKAGE, package_key(row.id), {"package": row.id})
    work.audit(INSTALLATION_CHAIN, "person_package_asked", package=row.id)
    return row.id


def package_key(package: str) -> str:
    """The key of the outbox row that makes this package."""
    return f"person_package:{package}"


def _chosen(work: UnitOfWork, row: PersonPackage, action: MakePackage) -> list[int]:
    """Ids of the cases that were ticked, and of the older ones: only those of this person that the officer may see."""
    own = select(Party.case_id).where(Party.identity_index == row.identity_index)
    found = work.session.scalars(own.where(rows_of_seen_cases(work.actor, Party.case_id)))
    ticked = set(action.cases)
    return sorted({case for case in found if case in ticked or case < action.older_than})


@dataclass(frozen=True, slots=True)
class RemovePackage:
    """Take a package away, with its file, before its days are over."""

    package: str


def remove_package(work: UnitOfWork, action: RemovePackage) -> str:
    """The answer is the id of what is gone. Raises NotFound for what another officer asked."""
    row = _own(work, action.package)
    if row.blob is not None:
        work.enqueue(OutboxKind.FORGET_BLOB, f"forget:{row.blob}", {"blob": row.blob})
    work.session.delete(row)
    work.audit(INSTALLATION_CHAIN, "person_package_removed", package=row.id)
    return row.id


def _own(work: UnitOfWork, package: str) -> PersonPackage:
    _only_officer(work)
    own = select(PersonPackage).where(PersonPackage.id == package, PersonPackage.asked_by == work.actor.subject)
    row = work.session.scalar(own.with_for_update())
    if row is None:
        raise NotFound
    return row


def _only_officer(work: UnitOfWork) -> None:
    only_staff(work.actor, (StaffRole.PRIVACY,), system=False)
