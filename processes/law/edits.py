"""The law as an administrator edited it, laid over the law that comes along. Pure: saved records in, a `LawBook` out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from processes.base.dutch import long_date
from processes.law.counting import DAY
from processes.law.errors import DeadlineError
from processes.law.rules import ClosedDay, LawBook, LawRule


class LawRecordKind(StrEnum):
    """The subjects of a saved record that holds from a day on (`law_rule.kind`): the term of an article, a closed day, and the
    settings of `processes.dated`: a retention class, the tariff of the penalty, what letters say of the organisation and
    who looks at them, who sends mail, how the installation works, what its pages say about themselves, and who agrees to a new version. A department has its history here, and itself in a table of its own.
    """

    RULE = "rule"
    CLOSED_DAY = "closed_day"
    RETENTION = "retention"
    TARIFF = "tariff"
    ORGANISATION = "organisation"
    BODY = "body"
    WHERE_TO = "where_to"
    TEXT_BLOCK = "text_block"
    LETTER_PIECE = "letter_piece"
    LETTER_RULE = "letter_rule"
    STAFF_POST = "staff_post"
    DEPLOYING = "deploying"
    MAIL_SENDER = "mail_sender"
    WARNING_MAIL = "warning_mail"
    NETWORKS = "networks"
    UPLOADS = "uploads"
    LINK_TERMS = "link_terms"
    BEGUN_FORMS = "begun_forms"
    UNOPENED_LETTERS = "unopened_letters"
    JOINT_FILING = "joint_filing"
    SITE_TEXT = "site_text"
    TEAM = "team"
    COMMITTEE = "committee"
    DEPARTMENT = "department"


STANDARD = "standard"
Name = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class Saved:
    """A record in its dict form, as it was saved. Without a record: what stands under this name and date is taken out.

    A closed day has its day as `valid_from`, and no code.
    """

    kind: str
    valid_from: date
    record: Mapping[str, Any] | None
    code: str = ""
    variant: str = STANDARD

    @property
    def in_words(self) -> str:
        """The name under which it was saved: `awb-7-10 (commissie) vanaf 1 juli 2026`, `gelijkgestelde dag 5 mei 2026`."""
        if self.kind == LawRecordKind.CLOSED_DAY:
            return f"gelijkgestelde dag {long_date(self.valid_from)}"
        variant = "" if self.variant == STANDARD else f" ({self.variant})"
        return f"{self.code}{variant} vanaf {long_date(self.valid_from)}"

    def read(self) -> LawRule | ClosedDay | None:
        """The record; None for one that takes something out, or of a kind that this program does not know."""
        if not self.record:
            return None
        if self.kind == LawRecordKind.RULE:
            return LawRule.from_dict(self.record)
        return ClosedDay.from_dict(self.record) if self.kind == LawRecordKind.CLOSED_DAY else None

    @property
    def as_data(self) -> dict[str, Any]:
        """Plain data, for a process without a database; `from_data` reads it back."""
        record = dict(self.record) if self.record else None
        plain = {"kind": self.kind, "code": self.code, "variant": self.variant, "record": record}
        return {**plain, "valid_from": self.valid_from.isoformat()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Saved":
        return cls(**{**data, "valid_from": date.fromisoformat(data["valid_from"])})

    @classmethod
    def rule(cls, rule: LawRule) -> "Saved":
        return cls(LawRecordKind.RULE, rule.valid_from, rule.to_dict(), rule.code, rule.variant)

    @classmethod
    def closed_day(cls, closed: ClosedDay) -> "Saved":
        return cls(LawRecordKind.CLOSED_DAY, closed.day, closed.to_dict())


def overlaid(book: LawBook, saved: Iterable[Saved]) -> LawBook:
    """The book with what was saved, oldest first: of one name and date the newest record counts. Raises BadRecord."""
    rules: dict[Name, LawRule] = {(rule.code, rule.variant, rule.valid_from): rule for rule in book.rules}
    closed = {one.day: one for one in book.closed_days}
    for one in saved:
        if one.kind == LawRecordKind.RULE:
            _put(rules, (one.code, one.variant, one.valid_from), one.read())
        elif one.kind == LawRecordKind.CLOSED_DAY:
            _put(closed, one.valid_from, one.read())
    days = sorted(closed.values(), key=lambda one: one.day)
    return replace(book, rules=_one_after_the_other(rules.values()), closed_days=tuple(days))


def _put(known: dict[Any, Any], name: Any, record: object) -> None:
    if record:
        known[name] = record
    else:
        known.pop(name, None)


def _one_after_the_other(rules: Iterable[LawRule]) -> tuple[LawRule, ...]:
    """Each version of a rule holds until the day before the next one: nobody has to end the old one by hand."""
    versions: dict[tuple[str, str], list[LawRule]] = {}
    for rule in rules:
        versions.setdefault((rule.code, rule.variant), []).append(rule)
    return tuple(rule for one in versions.values() for rule in _ended(sorted(one, key=lambda rule: rule.valid_from)))


def _ended(rules: list[LawRule]) -> Iterable[LawRule]:
    for rule, following in pairwise(rules):
        last = following.valid_from - DAY
        yield rule if rule.valid_until and rule.valid_until <= last else replace(rule, valid_until=last)
    yield from rules[-1:]


def why_unsound(book: LawBook) -> str | None:
    """The sentence that says why rules that run one after the other cannot be computed; None when each can."""
    for day in sorted({rule.valid_from for rule in book.rules}):
        for rule in book.rules:
            if rule.after and rule.holds_on(day) and (wrong := _why_broken(book, rule, day)):
                return wrong
    return None


def _why_broken(book: LawBook, rule: LawRule, day: date) -> str | None:
    chain = [rule]
    while chain[0].after:
        try:
            first = book.rule(chain[0].after, None, day)
        except DeadlineError as unknown:
            return f"De termijn '{rule.title}' volgt op een andere. {unknown}"
        if first in chain or first.backwards:
            return f"De termijn '{first.title}' ({first.code}) kan niet voor '{chain[0].title}' uit lopen."
        chain.insert(0, first)
    return None
