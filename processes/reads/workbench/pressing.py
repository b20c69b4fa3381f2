"""A button of the drawing before it is pressed: on which case, and what stands on it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.errors import NotFound, NotNow
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import Case, Instance


@dataclass(frozen=True, slots=True)
class PressPage:
    """`label` is what stands on the button, `begins` the name of the process that it starts."""

    head: Head
    code: str
    label: str
    begins: str


def read_pressing(services: Services, actor: Actor, number: str, code: str, instance: int | None = None) -> PressPage:
    """Raises NotFound, NotAllowed for the committee, NotNow for a button that this case does not have now."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        mine = _instance(session, case, instance)
        button = services.models.version(session, mine.model_version_id).model.on_demand.get(code)
        if button is None or button.when != case.state:
            raise NotNow("Deze knop hoort niet bij deze zaak of kan nu niet.")
        begins = services.models.current(session, button.process).model.name if button.process else ""
        return PressPage(head_of(session, services, actor, case, now), code, button.label, begins)


def _instance(session: Session, case: Case, instance: int | None) -> Instance:
    if instance is None:
        return root_of(session, case.id)
    found = session.get(Instance, instance)
    if found is None or found.case_id != case.id:
        raise NotFound("Dit proces hoort niet bij de zaak.")
    return found
