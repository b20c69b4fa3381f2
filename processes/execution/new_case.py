"""The row of a new case, whoever asks for it: a person who registers it, or another case that it follows."""

from datetime import date

from processes.base.errors import Invalid
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.base import new_id
from processes.storage.fast import add_row
from processes.storage.model_cache import Deployed
from processes.storage.staff import sorted_by
from processes.storage.tables import Case, ChecklistItem


def new_case(
    work: UnitOfWork, deployed: Deployed, *, channel: str, received_on: date, subject: str, postmark_on: date | None = None,
    handler: str | None = None,
) -> Case:  # fmt: skip
    """A case with its number, to which nothing belongs yet but the checklist of its case type. Raises Invalid for a process that is no case type."""
    kind = deployed.model.case_type
    if kind is None:
        raise Invalid({"case_type": "Dit is geen zaaktype maar een proces dat andere zaaktypen aanroepen."})
    case = Case(
        number=new_id(), model_version_id=deployed.id, case_type=kind.identification, title=kind.title,
        subject=subject, confidentiality=kind.confidentiality, channel=channel,
        received_on=received_on, postmark_on=postmark_on, registered_at=work.now,
        handler=handler, handler_sort=sorted_by(work.session, handler, work.actor),
    )  # fmt: skip
    add_row(work.session, case)
    work.session.add_all(
        ChecklistItem(case_id=case.id, text=point.title, added_at=work.now)
        for point in deployed.model.checklist.values()
    )
    case.number = f"{kind.prefix}-{work.today.year}-{case.id:06d}"  # the row id: no case waits on a shared counter
    return case
