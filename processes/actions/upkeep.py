"""Upkeep by an administrator: failed work tried again, departments kept up to date."""

import re
from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.email_address import typed_address
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import outbox
from processes.storage.tables import DepartmentRow, OutboxRow

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class RetryWork:
    """Try a piece of outgoing work again at once."""

    id: int


def retry_work(work: UnitOfWork, action: RetryWork) -> str:
    """Raises NotFound, and AlreadyDone when it has succeeded in the meantime."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = work.session.get(OutboxRow, action.id)
    if row is None:
        raise NotFound("Dit werk is er niet meer.")
    if row.done_at is not None:
        raise AlreadyDone("Dit is intussen al gelukt. U hoeft niets meer te doen.")
    outbox.retry(work.session, row.id)
    work.outbox_ids.append(row.id)
    work.audit(0, "retry_work", outbox=row.id)
    return ""


@dataclass(frozen=True, slots=True)
class SaveDepartment:
    """Add (`new`) or change a department. The code never changes: drawings and dossiers name it."""

    code: str
    name: str
    email: str
    manager_email: str
    new: bool = False


def save_department(work: UnitOfWork, action: SaveDepartment) -> str:
    """The answer is the code. Raises Invalid per field, NotFound."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    code, name = action.code.strip(), " ".join(action.name.split())
    row = work.session.get(DepartmentRow, code)
    if row is None and not action.new:
        raise NotFound("Deze afdeling bestaat niet.")
    wrong = _wrong(code, name, taken=action.new and row is not None)
    email, manager_email = (_mailbox(action, field, wrong) for field in ("email", "manager_email"))
    if wrong:
        raise Invalid(wrong)
    row = row or DepartmentRow(code=code)
    row.name, row.email, row.manager_email = name, email, manager_email
    work.session.add(row)
    work.audit(0, "department", code=code)
    return code


def _wrong(code: str, name: str, *, taken: bool) -> dict[str, str]:
    wrong = {}
    if not CODE.fullmatch(code):
        wrong["code"] = "Gebruik hoogstens 40 kleine letters, cijfers of _ en begin met een letter."
    elif taken:
        wrong["code"] = "Er is al een afdeling met deze code. Kies een andere code."
    if not name:
        wrong["name"] = "Vul de naam van de afdeling in."
    elif len(name) > LONGEST_NAME:
        wrong["name"] = f"Gebruik hoogstens {LONGEST_NAME} tekens."
    return wrong


def _mailbox(action: SaveDepartment, field: str, wrong: dict[str, str]) -> str:
    address = typed_address(getattr(action, field), field, wrong)
    if not address and field not in wrong:
        wrong[field] = "Vul een e-mailadres in, zoals parkeren@voorbeeldstad.nl."
    return address
