"""Everything that was filled in on the forms of a case, as far as it is about one person; answers of other parties are left out."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson
from sqlalchemy import select

from engine import Model, Value
from engine.words import ElementKind, Side, ValueType
from processes.execution.facts import ANSWERS
from processes.reads.in_words import in_words
from processes.reads.person.case_of_person import CaseOfPerson
from processes.reads.person.records import Record
from processes.storage.model_cache import Deployed
from processes.storage.tables import CaseValue, Instance

ITEM: Final = "item"  # the party for whom a process was called
ASKED: Final = "op een formulier voor de indiener of een andere betrokkene"
INSIDE: Final = "op een formulier voor medewerkers of een afdeling, of door het proces"


def values(about: CaseOfPerson) -> Iterator[Record]:
    """Each filled-in value with its title, oldest process first."""
    found = select(Instance).where(Instance.case_id == about.case.id).order_by(Instance.id)
    for instance in about.session.scalars(found).all():
        stored = _stored(about, instance.id)
        deployed = about.deployed(instance.model_version_id)
        if stored and not _of_another(about, instance, deployed.model if deployed else None, stored):
            yield from _told(deployed, stored)


def _stored(about: CaseOfPerson, instance: int) -> Mapping[str, Any]:
    wanted = select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == instance).order_by(CaseValue.id)
    return dict(about.session.execute(wanted).all())


def _of_another(about: CaseOfPerson, instance: Instance, model: Model | None, stored: Mapping[str, Any]) -> bool:
    """Whether this process is for one party that is not the person: called for it, or its part of a task for several."""
    if instance.element:
        return instance.party_id is not None and instance.party_id not in about.near
    item = model.inputs.get(ITEM) if model else None
    return item is not None and item.type == ValueType.PARTY and stored.get(ITEM) not in about.near


def _told(deployed: Deployed | None, stored: Mapping[str, Any]) -> Iterator[Record]:
    declared: Mapping[str, Value] = deployed.model.values if deployed else {}
    asked = _asked_of_citizens(deployed) if deployed else frozenset()
    for code, value in stored.items():
        if ANSWERS + code in stored or code.startswith(ANSWERS):
            continue  # of several people together: what the person answered stands with the own task
        if code not in declared:
            if deployed is None:
                yield Record(code, {"waarde": orjson.dumps(value).decode()})
            continue
        for title, text in in_words({code: declared[code]}, stored):
            yield Record(title, {"code": code, "waarde": text, "ingevuld": ASKED if code in asked else INSIDE})


def _asked_of_citizens(deployed: Deployed) -> frozenset[str]:
    """Codes of what the forms of citizens ask: that of the start too, by which they file a case themselves."""
    found: set[str] = set()
    for element in deployed.model.elements.values():
        role = deployed.model.role_of(element.id)
        theirs = element.kind == ElementKind.START_EVENT or (role is not None and role.side == Side.CITIZEN)
        if element.form and theirs:
            parts = orjson.loads(deployed.folder.forms[element.form]).get("components", [])
            found.update(str(part["key"]) for part in parts if "key" in part)
    return frozenset(found)
