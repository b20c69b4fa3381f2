"""Forms that somebody began and did not send yet: how they were when they were begun, and how many there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Side
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.dated import begun_forms_on
from processes.execution.forms import FormPage, form_of, start_form
from processes.reads.opening import reading
from processes.storage.model_cache import ModelUnreadable
from processes.storage.services import Services
from processes.storage.tables import Case, DraftRow, ModelVersion
from processes.storage.words import CaseState


@dataclass(frozen=True, slots=True)
class BegunForms:
    """How many forms are kept that somebody has to finish: to file a case, and in running cases; `days`: for how long."""

    filing: int
    in_cases: int
    days: int


def read_form_then(services: Services, version: int, element: str, form: FormPage) -> FormPage | None:
    """The form as it was in the version under which somebody began it; None when it is not to be found.

    Only a form that stands in a lane of the same side as `form`, in a version of the same process, is given.
    """
    with reading(services) as (session, _):
        processes = select(ModelVersion.process).where(ModelVersion.id.in_((version, form.version)))
        if len(set(session.scalars(processes))) != 1:
            return None
        try:
            then, now = services.models.version(session, version), services.models.version(session, form.version)
        except ModelUnreadable:
            return None
        drawn = then.model.elements.get(element)
        if drawn is None or drawn.form is None or _side(then.model, element) != _side(now.model, form.element):
            return None
        return form_of(session, then, element, None)


def read_filing_form(services: Services, process: str, version: int | None) -> FormPage | None:
    """The form by which citizens filed this process, in this version or else the newest, whatever is out of use; None without one."""
    with reading(services) as (session, _):
        versions = select(ModelVersion.id).where(ModelVersion.process == process).order_by(ModelVersion.version.desc())
        known = session.scalars(versions).all()
        wanted = version if version in known else next(iter(known), None)
        found = services.models.find(session, wanted) if wanted is not None else None
        form = start_form(session, found) if found else None
        return form if found and form and _side(found.model, form.element) == Side.CITIZEN else None


def read_begun_forms(services: Services, actor: Actor, process: str, address: str) -> BegunForms:
    """`address` is that of the form by which a citizen files this case type."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        filing = select(func.count()).select_from(DraftRow).where(DraftRow.form == address)
        in_cases = (
            select(func.count())
            .select_from(DraftRow)
            .join(Case, Case.id == DraftRow.case_id)
            .join(ModelVersion, ModelVersion.id == Case.model_version_id)
            .where(ModelVersion.process == process, Case.state == CaseState.RUNNING)
        )
        kept = begun_forms_on(services.law.shelf(session), local_date(now))
        return BegunForms(session.scalar(filing) or 0, session.scalar(in_cases) or 0, kept.days)


def read_titles(services: Services, processes: Collection[str]) -> Mapping[str, str]:
    """The title of the newest version of each of these processes, by process, also of one that can no longer be filed."""
    with reading(services) as (session, _):
        return {name: title for name in processes if (title := _title(session, name))}


def _title(session: Session, process: str) -> str | None:
    newest = select(ModelVersion.title).where(ModelVersion.process == process).order_by(ModelVersion.version.desc())
    return session.scalar(newest.limit(1))


def _side(model: Model, element: str) -> Side | None:
    role = model.role_of(element)
    return role.side if role else None
