"""A kind of setting as this installation asks it: with its members of staff, case types and lanes to choose from."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.words import Side
from processes.dated.fields import OfferedChoices
from processes.dated.resolving import resolved
from processes.dated.setting_kind import DatedKind
from processes.dated.teams import lane_word
from processes.dated.typed_settings import kind_of
from processes.storage.services import Services
from processes.storage.tables import ModelVersion, StaffRow


def asked_kind(session: Session, services: Services, word: str) -> DatedKind[Any]:
    """Raises NotFound for a word that names no kind."""
    kind = kind_of(word)
    wanted = {field.offers for field in (*kind.fields, kind.code) if field}
    choices = {str(offer): CHOICES[offer](session, services) for offer in OfferedChoices if offer in wanted}
    return resolved(kind, services.settings, choices)


def _staff(session: Session, _services: Services) -> tuple[tuple[str, str], ...]:
    rows = session.execute(select(StaffRow.number, StaffRow.name).order_by(StaffRow.name, StaffRow.number))
    return tuple((number, name) for number, name in rows)


def _case_types(session: Session, _services: Services) -> tuple[tuple[str, str], ...]:
    columns = (ModelVersion.process, ModelVersion.title)
    rows = session.execute(select(*columns).where(ModelVersion.is_case_type).order_by(ModelVersion.version)).all()
    newest = {row.process: row.title or row.process for row in rows}
    return tuple(sorted(newest.items(), key=lambda one: one[1]))


def _lanes(session: Session, services: Services) -> tuple[tuple[str, str], ...]:
    models = [one.model for one in services.models.all_current(session).values() if one.model.case_type]
    lanes = ((model, role) for model in models for role in model.roles.values() if role.side in WORKING)
    named = ((lane_word(model.process, role.lane), f"{model.name}: {role.name}") for model, role in lanes)
    return tuple(sorted(named, key=lambda one: one[1]))


WORKING = (Side.WORKER, Side.COMMITTEE)
CHOICES = {OfferedChoices.STAFF: _staff, OfferedChoices.CASE_TYPES: _case_types, OfferedChoices.LANES: _lanes}
