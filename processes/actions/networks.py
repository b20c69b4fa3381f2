"""A department opens its link from a network where it never was: its mailbox is told, once."""

from dataclasses import dataclass

from sqlalchemy import select

from processes.base.actor import ActorKind
from processes.base.dutch import long_moment
from processes.base.errors import NotAllowed
from processes.base.security_log import SecurityEvent, security_event
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.departments import NEW_NETWORK
from processes.post.templates import render
from processes.storage.tables import Case, DepartmentNetwork, DepartmentRow, Dossier


@dataclass(frozen=True, slots=True)
class ComeFromNetwork:
    """Remember the network of a visitor with a department's link, such as `192.0.2.0/24`. It is kept as a keyed digest."""

    network: str


def come_from_network(work: UnitOfWork, action: ComeFromNetwork) -> str:
    """The answer is `new` when the department was told. The first network of all is where it works: nobody is told of that.

    Links of persons are left alone: their telephone has another network each day.
    """
    if work.actor.kind != ActorKind.DEPARTMENT:
        raise NotAllowed
    dossier = work.session.get_one(Dossier, work.actor.dossier)
    if dossier.department is None:
        return ""
    department = work.session.get_one(DepartmentRow, dossier.department, with_for_update=True)
    known = set(
        work.session.scalars(select(DepartmentNetwork.network).where(DepartmentNetwork.department == department.code))
    )
    digest, *earlier = work.services.secrets.digests(f"network:{action.network}", retired=True)
    if known.intersection((digest, *earlier)):
        return ""
    work.session.add(DepartmentNetwork(department=department.code, network=digest, first_used_at=work.now))
    if not known:
        return ""
    _tell(work, dossier, department, digest)
    security_event(SecurityEvent.LINK_USED, who=work.actor, network="new")
    return "new"


def _tell(work: UnitOfWork, dossier: Dossier, department: DepartmentRow, digest: str) -> None:
    case = work.session.get_one(Case, dossier.case_id)
    facts = {"case.number": case.number, "recipient.name": department.name, "moment": long_moment(work.now)}
    made = render(NEW_NETWORK, facts)
    key = f"network:{department.code}:{digest}"
    queue_mail(work, case, "new-network", department.email, made.subject, made.body, key)
