"""An edit of the law looked at before it is saved: what it will say, and what it does to the cases that run."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.law.edits import LawRecordKind, Saved
from processes.law.typed_rules import TypedDay, TypedRule, check_removable, checked_book, day_of, rule_of
from processes.reads.admin.law_effect import Effect, effect_of
from processes.reads.admin.law_words import LawLine, line_of
from processes.reads.opening import reading
from processes.storage.services import Services


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """`before`: what holds just before the day from which this does, None for a new rule."""

    line: LawLine
    before: LawLine | None
    effect: Effect


def check_rule(services: Services, actor: Actor, typed: TypedRule) -> CheckedRule:
    """Raises Invalid per field."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        book = services.law.book(session)
        rule = rule_of(typed, book, local_date(now))
        earlier = [one for one in book.versions(rule.code, rule.variant) if one.valid_from <= rule.valid_from]
        before = line_of(earlier[-1], book) if earlier else None
        effect = _effect(session, services, actor, Saved.rule(rule), now)
        return CheckedRule(line_of(rule, book), before, effect)


def check_rule_out(services: Services, actor: Actor, code: str, variant: str, valid_from: date) -> Effect:
    """The effect on running cases of taking out one version of a rule. Raises NotFound, Invalid."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        check_removable(services.law.book(session), code, variant, valid_from)
        return _effect(session, services, actor, Saved(LawRecordKind.RULE, valid_from, None, code, variant), now)


def check_day(services: Services, actor: Actor, typed: TypedDay) -> Effect:
    """Raises Invalid per field."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        closed = day_of(typed, services.law.book(session), local_date(now))
        return _effect(session, services, actor, Saved.closed_day(closed), now)


def check_day_out(services: Services, actor: Actor, day: date) -> Effect:
    """Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        if day not in services.law.book(session).equalised:
            raise NotFound("Deze dag staat niet meer in de lijst.")
        return _effect(session, services, actor, Saved(LawRecordKind.CLOSED_DAY, day, None), now)


def _effect(session: Session, services: Services, actor: Actor, saved: Saved, now: datetime) -> Effect:
    return effect_of(session, services, actor, saved, checked_book(services.law.book(session), saved), now)
