"""A change of a setting looked at before it is saved: what it will say beside what holds now, and what it does to cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.dated.fields import shown
from processes.dated.setting_kind import DatedKind
from processes.dated.typed_settings import TypedSetting, kind_of, setting_of, taken_back
from processes.dated.weakening import weakened
from processes.execution.asked_kinds import asked_kind
from processes.law.edits import Saved
from processes.law.years import FIRST_DAY
from processes.reads.admin.dated_effect import SettingEffect, effect_on_cases
from processes.reads.opening import reading
from processes.storage.services import Services


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field before and after; an empty text for an empty field."""

    label: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class CheckedSetting:
    """`fields`: every field, `before` as it holds on the first day of the change (empty for a new setting). `effect` is None for
    a kind that no case computes with; `second`: another administrator must agree.
    """

    title: str
    since: date | None
    fields: tuple[ChangedField, ...]
    effect: SettingEffect | None
    second: bool


def check_setting(services: Services, actor: Actor, typed: TypedSetting) -> CheckedSetting:
    """Raises NotAllowed, NotFound, and Invalid per field."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        kind = asked_kind(session, services, typed.kind)
        saved = setting_of(typed, services.law.shelf(session), local_date(now), kind).saved
        return _checked(session, services, actor, saved, saved.record or {}, local_date(now))


def check_taking_back(services: Services, actor: Actor, word: str, code: str, valid_from: date) -> CheckedSetting:
    """The values that hold again when a version is taken back. Raises NotAllowed, NotFound, Invalid."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        shelf, kind = services.law.shelf(session), kind_of(word)
        saved = taken_back(shelf, word, code, valid_from)
        came = next((one.values for one in kind.standard if (one.code, one.valid_from) == (code, valid_from)), None)
        earlier = [one.values for one in shelf.versions(kind, code) if one.valid_from < valid_from]
        after = came or (earlier[-1] if earlier else {})
        return _checked(session, services, actor, saved, after, local_date(now))


def _checked(
    session: Session, services: Services, actor: Actor, saved: Saved, after: Mapping[str, Any], today: date
) -> CheckedSetting:
    kind = asked_kind(session, services, saved.kind)
    holding = services.law.shelf(session).version_on(kind, saved.code, saved.valid_from)
    before = holding.values if holding else {}
    effect = effect_on_cases(session, services, actor, saved, today) if kind.recomputes else None
    since = saved.valid_from if saved.valid_from > FIRST_DAY else None
    second = weakened(services.law.shelf(session), saved, today)
    return CheckedSetting(kind.titled(saved.code, after or before), since, _fields(kind, before, after), effect, second)


def _fields(kind: DatedKind[Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[ChangedField, ...]:
    return tuple(
        ChangedField(
            field.label,
            shown(field, before.get(field.name)) if before else "",
            shown(field, after.get(field.name)) if after else "",
        )
        for field in kind.fields
    )
