"""The top of every page of a case: which case, of whom and how to call them, how it stands, who handles it, the legal date and
what was planned.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine import EngineError, Model, Value, standing
from engine.words import ValueType
from processes.access.staff_scope import handles
from processes.access.visibility import SHOWN
from processes.base.actor import Actor
from processes.execution.facts import to_fact
from processes.execution.forms import components_of
from processes.reads.in_words import in_words, stored_of
from processes.reads.workbench.case_lines import status_name
from processes.reads.workbench.contact import NOBODY, contact_of
from processes.reads.workbench.legal import Due, legal_of
from processes.reads.workbench.words import CASE_CHANNELS, objectors
from processes.storage import staff
from processes.storage.model_cache import Deployed
from processes.storage.root_instance import find_root
from processes.storage.services import Services
from processes.storage.tables import Case, Instance
from processes.storage.words import CaseState, InstancePhase


@dataclass(frozen=True, slots=True)
class Planned:
    """Something with a moment, such as a hearing: the title and moment in words, the place where the drawing asks one. `over`: it
    lies in the past; `again`: a task that is open asks for another moment.
    """

    title: str
    moment: str
    place: str = ""
    over: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """`confidentiality` in words; `secret`: it is above what its parties may see. `phone`: of who filed the case, or of who
    speaks for them; `speaks` is then the name of that person. `bell`: who filed it wants news by mail (D19).
    `handles`: the reader works on cases and may change this one; a committee member may only look and advise.
    """

    number: str
    title: str
    subject: str
    objector: str
    status: str
    running: bool
    handler: str | None
    handler_name: str
    legal: Due
    channel: str
    received_on: date
    postmark_on: date | None
    registered_at: datetime
    closed_at: datetime | None
    result: str | None
    result_explanation: str | None
    alarm: str | None
    published: bool
    handles: bool
    confidentiality: str = ""
    secret: bool = False
    phone: str = ""
    speaks: str = ""
    bell: bool = False
    moments: tuple[Planned, ...] = ()


def head_of(session: Session, services: Services, actor: Actor, case: Case, now: datetime) -> Head:
    deployed = services.models.version(session, case.model_version_id)
    model = deployed.model
    names = staff.names_of(session, [case.handler])
    running = case.state == CaseState.RUNNING
    called = contact_of(session, case) if handles(actor) else NOBODY
    return Head(
        number=case.number, title=case.title, subject=case.subject, objector=objectors(session, [case.id]).get(case.id, ""),
        status=status_name(session, services, case), running=running, handler=case.handler,
        handler_name=names.get(case.handler or "", "nog niemand"),
        legal=legal_of(case, now),
        channel=CASE_CHANNELS.get(case.channel, case.channel), received_on=case.received_on,
        postmark_on=case.postmark_on, registered_at=case.registered_at, closed_at=case.closed_at,
        result=_result(model, case.result), result_explanation=case.result_explanation, alarm=case.alarm,
        published=case.published_at is not None, handles=handles(actor),
        confidentiality=case.confidentiality.replace("_", " "), secret=case.confidentiality not in SHOWN,
        phone=called.phone, speaks=called.speaks, bell=called.bell, moments=_moments(session, case, deployed, now),
    )  # fmt: skip


def _moments(session: Session, case: Case, deployed: Deployed, now: datetime) -> tuple[Planned, ...]:
    """Each moment that the drawing names, once it is filled. The place of `hearing_on` is the value `hearing_place`."""
    model = deployed.model
    planned = {
        code: one for code, one in model.values.items() if one.type == ValueType.DATETIME and not one.confidential
    }
    root = find_root(session, case.id) if planned else None
    if root is None:
        return ()
    places = {code: f"{code.removesuffix('_on')}_place" for code in planned}
    kept = {code: model.values[code] for code in (*planned, *places.values()) if code in model.values}
    stored = stored_of(session, root.id, kept)
    words = {code: text for code, value in kept.items() for _, text in in_words({code: value}, stored)}
    asked = _asked_now(deployed, root, now) if words.keys() & planned.keys() else frozenset()
    return tuple(
        Planned(one.title, words[code], words.get(places[code], ""), _is_over(one, stored[code], now), code in asked)
        for code, one in planned.items()
        if code in words
    )


def _asked_now(deployed: Deployed, root: Instance, now: datetime) -> frozenset[str]:
    """The values that the open tasks of the drawing ask; none where its state cannot be read."""
    try:
        here = standing(deployed.compiled, root.state, now) if root.phase == InstancePhase.RUNNING else ()
    except EngineError:
        return frozenset()
    known = (element for element in here if element in deployed.model.elements)
    return frozenset(str(part.get("key")) for element in known for part in components_of(deployed, element))


def _is_over(value: Value, stored: object, now: datetime) -> bool:
    moment = to_fact(value, stored)
    return isinstance(moment, datetime) and moment < now


def _result(model: Model, code: str | None) -> str | None:
    if code is None:
        return None
    known = model.result_types.get(code)
    return known.description if known else code
