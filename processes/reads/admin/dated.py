"""The settings that hold from a day on, as the administrator sees them: the list by kind, and one setting with what holds now,
what comes later, and who changed what, when and why.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.dated.fields import SettingField, shown, typed_of
from processes.dated.kinds import KINDS
from processes.dated.setting_kind import DatedKind
from processes.dated.shelf import SettingShelf, SettingVersion, shelved
from processes.dated.typed_settings import UNKNOWN, TypedSetting, mark_of_versions, versions_of
from processes.execution.asked_kinds import asked_kind
from processes.law.edits import Saved
from processes.law.years import FIRST_DAY
from processes.reads.opening import reading
from processes.storage.law_cache import broken_rows
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import LawRuleRow, SettingChange

Shown = tuple[tuple[str, str], ...]  # label and value of each field that holds something


@dataclass(frozen=True, slots=True)
class ListedSetting:
    """One code as it holds today. `changed`: somebody saved a version of it. `changes_on`: when a next version is ready; `waits`: a
    change waits for a second administrator.
    """

    code: str
    title: str
    changed: bool
    changes_on: date | None
    waits: bool


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """A kind with its settings. `adds`: an administrator can add one."""

    kind: str
    title: str
    about: str
    adds: bool
    settings: tuple[ListedSetting, ...]
    section: str


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version in words. `since`, `until` None: without a beginning or an end. `may_go`: it can be taken back."""

    since: date | None
    until: date | None
    first: date
    title: str
    values: Shown
    standard: bool
    now: bool
    may_go: bool


@dataclass(frozen=True, slots=True)
class SettingEdit:
    """One row of the history. `changes`: label, text before and text after of each field that it changed on its first day; none
    when nothing held on that day before.
    """

    at: datetime | None
    who: str
    since: date
    taken_back: bool
    changes: tuple[tuple[str, str, str], ...]
    reason: str
    row: int


@dataclass(frozen=True, slots=True)
class ProposedSetting:
    """A change that waits for a second administrator. `values` are empty when a version is taken back; `mine`: who looks proposed it."""

    id: str
    since: date | None
    values: Shown
    reason: str
    by: str
    at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class SettingPage:
    """`now` is what holds today (or the first that will); `versions` newest first, `history` newest first. `proposal`: a change that
    waits for a second administrator.
    """

    kind: str
    kind_title: str
    one: str
    code: str
    now: ShownVersion
    versions: tuple[ShownVersion, ...]
    history: tuple[SettingEdit, ...]
    proposal: ProposedSetting | None


@dataclass(frozen=True, slots=True)
class SettingForm:
    """The form of one version: what was typed, and the fields to ask. `code`: how a new code is typed, None for one that is there.
    `seen`: the mark of the versions that there are.
    """

    typed: TypedSetting
    kind_title: str
    one: str
    about: str
    fields: tuple[SettingField, ...]
    code: SettingField | None
    title: str
    seen: str = ""


def read_setting_groups(services: Services, actor: Actor) -> tuple[SettingGroup, ...]:
    """Every setting as it holds today, by kind. Raises NotAllowed."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        shelf, today = services.law.shelf(session), local_date(now)
        waiting = {(kind, code) for kind, code in session.execute(select(SettingChange.kind, SettingChange.code))}
    return tuple(_group(kind, shelf, today, waiting) for kind in KINDS.values())


def read_settings_to_confirm(services: Services, actor: Actor) -> tuple[tuple[str, str, str], ...]:
    """Kind, code and title of each setting with a change that waits for this administrator. Raises NotAllowed."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        wanted = select(SettingChange.kind, SettingChange.code).where(SettingChange.proposed_by != actor.subject)
        return tuple((kind, code, KINDS[kind].title) for kind, code in session.execute(wanted))


def read_setting(services: Services, actor: Actor, word: str, code: str) -> SettingPage:
    """One setting with its versions and history. Raises NotAllowed and NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        kind, shelf, today = asked_kind(session, services, word), services.law.shelf(session), local_date(now)
        versions = versions_of(shelf, kind, code)
        history = tuple(history_of(session, kind, code))
        proposal = _proposal(session, kind, code, actor)
    alone = len(versions) == 1
    lines = tuple(_version(kind, one, today, alone=alone) for one in reversed(versions))
    first = next((line for line in lines if line.now), lines[-1])
    return SettingPage(word, kind.title, kind.one, code, first, lines, history, proposal)


def setting_form(
    services: Services, actor: Actor, typed: TypedSetting, *, fresh: bool = False, like: date | None = None
) -> SettingForm:
    """The form. `fresh`: it begins with the newest version, or with that of the day `like`; day, reason and what was looked up
    are filled in anew. Raises NotAllowed and NotFound.
    """
    only_staff(actor, (StaffRole.ADMIN,))
    title = seen = ""
    with reading(services) as (session, now):
        kind, shelf = asked_kind(session, services, typed.kind), services.law.shelf(session)
    begins = local_date(now).isoformat() if kind.begins_today else ""
    if typed.new and kind.code is None:
        raise NotFound(UNKNOWN)
    if not typed.new:
        versions = versions_of(shelf, kind, typed.code)
        newest = versions[-1]
        title, seen = kind.titled(typed.code, newest.values), mark_of_versions(shelf, kind, typed.code)
        if fresh:
            wanted = next((one for one in versions if one.valid_from == like), newest)
            typed = TypedSetting(typed.kind, typed.code, begins, values=_to_change(kind, wanted))
    elif fresh:
        typed = replace(typed, valid_from=begins)
    return SettingForm(
        typed, kind.title, kind.one, kind.about, kind.fields, kind.code if typed.new else None, title, seen
    )


def shown_values(kind: DatedKind[Any], values: Mapping[str, Any]) -> Shown:
    """Label and value of each field that holds something."""
    told = ((field.label, shown(field, values.get(field.name))) for field in kind.fields)
    return tuple((label, text) for label, text in told if text)


def _to_change(kind: DatedKind[Any], version: SettingVersion[Any]) -> dict[str, str]:
    return {field.name: "" if field.past else typed_of(field, version.values.get(field.name)) for field in kind.fields}


def _group(
    kind: DatedKind[Any], shelf: SettingShelf, today: date, waiting: Collection[tuple[str, str]]
) -> SettingGroup:
    settings = tuple(
        _listed(kind, shelf.versions(kind, code), today, waits=(kind.word, code) in waiting)
        for code in shelf.codes(kind)
    )
    return SettingGroup(kind.word, kind.title, kind.about, kind.code is not None, settings, kind.section)


def _listed(
    kind: DatedKind[Any], versions: tuple[SettingVersion[Any], ...], today: date, *, waits: bool
) -> ListedSetting:
    begun = [one for one in versions if one.valid_from <= today]
    now = begun[-1] if begun else versions[0]
    later = next((one.valid_from for one in versions if one.valid_from > today), None)
    return ListedSetting(
        now.code, kind.titled(now.code, now.values), any(not one.standard for one in versions), later, waits
    )


def _version(kind: DatedKind[Any], one: SettingVersion[Any], today: date, *, alone: bool) -> ShownVersion:
    return ShownVersion(
        since=one.valid_from if one.valid_from > FIRST_DAY else None,
        until=one.until,
        first=one.valid_from,
        title=kind.titled(one.code, one.values),
        values=shown_values(kind, one.values),
        standard=one.standard,
        now=one.holds_on(today),
        may_go=not one.standard and not alone,
    )


def history_of(session: Session, kind: DatedKind[Any], code: str) -> list[SettingEdit]:
    """Every row of one setting, newest first."""
    wanted = select(LawRuleRow).where(LawRuleRow.kind == kind.word, LawRuleRow.code == code)
    rows = session.scalars(wanted.order_by(LawRuleRow.id)).all()
    names = names_of(session, [row.saved_by for row in rows])
    lines, known, before = list[SettingEdit](), list[Saved](), shelved()
    for row in rows:
        saved = Saved(row.kind, row.valid_from, row.record, row.code, row.variant)
        known += [] if broken_rows([saved]) else [saved]
        after = shelved(known)
        changes = _changes(kind, *(shelf.version_on(kind, code, row.valid_from) for shelf in (before, after)))
        who = names.get(row.saved_by or "", "")
        lines.append(SettingEdit(row.saved_at, who, row.valid_from, not row.record, changes, row.reason or "", row.id))
        before = after
    return lines[::-1]


def _proposal(session: Session, kind: DatedKind[Any], code: str, actor: Actor) -> ProposedSetting | None:
    row = session.scalar(select(SettingChange).where(SettingChange.kind == kind.word, SettingChange.code == code))
    if row is None:
        return None
    by, values = names_of(session, [row.proposed_by])[row.proposed_by], shown_values(kind, row.record or {})
    since, mine = row.valid_from if row.valid_from > FIRST_DAY else None, row.proposed_by == actor.subject
    return ProposedSetting(row.id, since, values if row.record else (), row.reason, by, row.proposed_at, mine)


def _changes(
    kind: DatedKind[Any], before: SettingVersion[Any] | None, after: SettingVersion[Any] | None
) -> tuple[tuple[str, str, str], ...]:
    if before is None or after is None:
        return ()
    told = (
        (field.label, shown(field, before.values.get(field.name)), shown(field, after.values.get(field.name)))
        for field in kind.fields
    )
    return tuple((label, was, now) for label, was, now in told if was != now)
