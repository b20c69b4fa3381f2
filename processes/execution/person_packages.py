"""Packages with all data of one person that hold something of a case: they go when that is no longer in the case."""

from sqlalchemy import ColumnElement, delete, select

from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Party, PersonPackage
from processes.storage.words import OutboxKind


def about_people_of(case_id: int) -> ColumnElement[bool]:
    """A condition on PersonPackage: those about somebody who is a party of this case."""
    people = select(Party.identity_index).where(Party.case_id == case_id, Party.identity_index.is_not(None))
    return PersonPackage.identity_index.in_(people)


def forget_packages(work: UnitOfWork, case_id: int) -> None:
    """Take away every package about the people of this case, also one that is being made; who asked makes a new one."""
    found = select(PersonPackage.id, PersonPackage.blob).where(about_people_of(case_id)).with_for_update()
    rows = work.session.execute(found).all()
    for _, blob in rows:
        if blob is not None:
            work.enqueue(OutboxKind.FORGET_BLOB, f"forget:{blob}", {"blob": blob})
    work.session.execute(delete(PersonPackage).where(PersonPackage.id.in_([package for package, _ in rows])))
