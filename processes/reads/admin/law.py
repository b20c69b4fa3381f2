"""The law as the administrator sees it: the list by law, and one rule with its versions in time and who saved what."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.law import ClosedDay, LawBook, LawRule
from processes.law.edits import LawRecordKind
from processes.law.typed_rules import TypedRule, mark_of_rule
from processes.reads.admin.law_words import CERTAINTY, LawLine, line_of
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import name_of, names_of
from processes.storage.tables import LawRuleRow

LAWS: Final = {"Awb": "Algemene wet bestuursrecht (Awb)", "Woo": "Wet open overheid (Woo)"}
OTHER_LAW: Final = "Andere regels"


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule as it holds today; `changes_on` when a next version is ready."""

    line: LawLine
    changes_on: date | None


@dataclass(frozen=True, slots=True)
class LawGroup:
    title: str
    rules: tuple[ListedRule, ...]


@dataclass(frozen=True, slots=True)
class SavedLine:
    """One edit. `what` is the term, or says that it was taken out."""

    at: datetime | None
    who: str
    since: date
    what: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """`versions` newest first; `may_go` are the days of those that can be taken out."""

    line: LawLine
    versions: tuple[LawLine, ...]
    may_go: frozenset[date]
    saved: tuple[SavedLine, ...]


@dataclass(frozen=True, slots=True)
class ClosedLine:
    day: date
    title: str
    source: str
    checked_on: date | None
    certainty: str


@dataclass(frozen=True, slots=True)
class ClosedPage:
    days: tuple[ClosedLine, ...]
    saved: tuple[SavedLine, ...]


def read_law(services: Services, actor: Actor, search: str = "") -> tuple[LawGroup, ...]:
    """Every rule as it holds today, by law; with a search only what holds all its words."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        book, today = services.law.book(session), local_date(now)
    groups: dict[str, list[ListedRule]] = {}
    for code, variant in dict.fromkeys((rule.code, rule.variant) for rule in book.rules):
        listed = _listed(book, code, variant, today)
        if _found(listed.line, search):
            groups.setdefault(_law_of(listed.line), []).append(listed)
    in_order = (*LAWS.values(), OTHER_LAW)
    return tuple(LawGroup(title, tuple(groups[title])) for title in in_order if title in groups)


def read_rule(services: Services, actor: Actor, code: str, variant: str) -> RulePage:
    """Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        book = services.law.book(session)
        versions = _versions(book, code, variant)
        line = line_of(_holding(versions, local_date(now)), book)
        rows = _rows(LawRecordKind.RULE).where(LawRuleRow.code == code, LawRuleRow.variant == variant)
        saved = tuple(_saved_line(session, row, book) for row in session.scalars(rows))
    lines = tuple(line_of(rule, book) for rule in reversed(versions))
    return RulePage(line, lines, frozenset(rule.valid_from for rule in versions[1:]), saved)


def read_closed_days(services: Services, actor: Actor) -> ClosedPage:
    """The days that a decree closed, the last first."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        book = services.law.book(session)
        saved = tuple(_saved_line(session, row, book) for row in session.scalars(_rows(LawRecordKind.CLOSED_DAY)))
    days = sorted(book.closed_days, key=lambda closed: closed.day, reverse=True)
    return ClosedPage(tuple(_closed_line(closed) for closed in days), saved)


def typed_rule(services: Services, actor: Actor, code: str, variant: str) -> TypedRule:
    """The newest version to start from; the day and what was looked up have to be filled in anew. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        book = services.law.book(session)
        rule = _versions(book, code, variant)[-1]
    return TypedRule(
        code=rule.code, variant=rule.variant, title=rule.title, article=rule.article, amount=str(rule.amount),
        unit=rule.unit, after=rule.after or "", counts_from=rule.counts_from, extension=str(rule.extension or ""),
        extension_unit=rule.extension_unit, extension_article=rule.extension_article or "", consent=rule.consent or "",
        moved=rule.moved_by_termijnenwet, backwards=rule.backwards, source=rule.source, certainty=rule.certainty,
        seen=mark_of_rule(book, code, variant),
    )  # fmt: skip


def rules_to_follow(services: Services, actor: Actor, code: str) -> list[tuple[str, str]]:
    """Code and title of every rule that may run before this one."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        rules = services.law.book(session).rules
    standard = [rule for rule in rules if rule.variant == "standard" and not rule.backwards and rule.code != code]
    return [(rule.code, f"{rule.title} ({rule.article})") for rule in standard]


def _listed(book: LawBook, code: str, variant: str, today: date) -> ListedRule:
    versions = book.versions(code, variant)
    holding = _holding(versions, today)
    later = (rule.valid_from for rule in versions if rule.valid_from > max(today, holding.valid_from))
    return ListedRule(line_of(holding, book), next(later, None))


def _holding(versions: tuple[LawRule, ...], today: date) -> LawRule:
    """The version that holds today; else the last that did, or the first that will."""
    begun = [rule for rule in versions if rule.valid_from <= today]
    return begun[-1] if begun else versions[0]


def _versions(book: LawBook, code: str, variant: str) -> tuple[LawRule, ...]:
    versions = book.versions(code, variant)
    if not versions:
        raise NotFound("Deze wettelijke termijn staat niet in de lijst.")
    return versions


def _found(line: LawLine, search: str) -> bool:
    held = f"{line.code} {line.title} {line.article} {line.source} {line.counts_from}".lower()
    return all(word in held for word in search.lower().split())


def _law_of(line: LawLine) -> str:
    return LAWS.get(line.article.partition(" ")[0], OTHER_LAW)


def _rows(kind: str) -> Select[LawRuleRow]:
    return select(LawRuleRow).where(LawRuleRow.kind == kind).order_by(LawRuleRow.id.desc())


def _saved_line(session: Session, row: LawRuleRow, book: LawBook) -> SavedLine:
    who = names_of(session, [row.saved_by])[row.saved_by] if row.saved_by else name_of(session, None)
    return SavedLine(row.saved_at, who, row.valid_from, _what(row, book))


def _what(row: LawRuleRow, book: LawBook) -> str:
    if row.record is None:
        return "weggehaald"
    if row.kind == LawRecordKind.CLOSED_DAY:
        return str(row.record["title"])
    line = line_of(LawRule.from_dict(row.record), book)
    return f"{line.term}, {line.article}. Verlengen: {line.extension}"


def _closed_line(closed: ClosedDay) -> ClosedLine:
    return ClosedLine(closed.day, closed.title, closed.source, closed.checked_on, CERTAINTY[closed.certainty])
