"""An edit of the law looked at before it is saved: what it will say, and what it does to the cases that run."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from processes.actions.law_fields import TypedDay, TypedRule, check_removable, checked_book, day_of, rule_of
from processes.actions.rules import only_staff
from processes.actor import Actor
from processes.clock import local_date
from processes.deadlines.overlay import CLOSED_DAY, RULE, Saved
from processes.errors import NotFound
from processes.house import House
from processes.reads.admin.law_effect import Effect, effect_of
from processes.reads.admin.law_words import LawLine, line_of
from processes.reads.opening import reading


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """`before`: what holds just before the day from which this does, None for a new rule."""

    line: LawLine
    before: LawLine | None
    effect: Effect


def check_rule(house: House, actor: Actor, typed: TypedRule) -> CheckedRule:
    """Raises Invalid per field."""
    only_staff(actor, ("admin",))
    with reading(house) as (session, now):
        book = house.law.book(session)
        rule = rule_of(typed, book, local_date(now))
        earlier = [one for one in book.versions(rule.code, rule.variant) if one.valid_from <= rule.valid_from]
        before = line_of(earlier[-1], book) if earlier else None
        effect = _effect(session, house, Saved.rule(rule), now)
        return CheckedRule(line_of(rule, book), before, effect)


def check_rule_out(house: House, actor: Actor, code: str, variant: str, valid_from: date) -> Effect:
    """What taking out one version does. Raises NotFound, Invalid."""
    only_staff(actor, ("admin",))
    with reading(house) as (session, now):
        check_removable(house.law.book(session), code, variant, valid_from)
        return _effect(session, house, Saved(RULE, valid_from, None, code, variant), now)


def check_day(house: House, actor: Actor, typed: TypedDay) -> Effect:
    """Raises Invalid per field."""
    only_staff(actor, ("admin",))
    with reading(house) as (session, now):
        closed = day_of(typed, house.law.book(session), local_date(now))
        return _effect(session, house, Saved.closed_day(closed), now)


def check_day_out(house: House, actor: Actor, day: date) -> Effect:
    """Raises NotFound."""
    only_staff(actor, ("admin",))
    with reading(house) as (session, now):
        if day not in house.law.book(session).equalised:
            raise NotFound("Deze dag staat niet meer in de lijst.")
        return _effect(session, house, Saved(CLOSED_DAY, day, None), now)


def _effect(session: Session, house: House, saved: Saved, now: datetime) -> Effect:
    return effect_of(session, house, saved, checked_book(house.law.book(session), saved), now)
