"""Reads what an administrator typed about the law. In: texts; out: a LawRule or ClosedDay. Raises Invalid.

Every sentence stands at its field; what only the whole book can refuse is checked by `checked_book`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar, cast, get_args

from processes.base.errors import Invalid, NotFound
from processes.base.marks import MEANWHILE, mark_of
from processes.base.typed_values import plain, read_date
from processes.law import ClosedDay, DeadlineError, LawBook, LawRule
from processes.law.counting import why_closed
from processes.law.edits import Saved, overlaid, why_unsound
from processes.law.rules import Certainty, Unit
from processes.law.years import FIRST_DAY, LAST_DAY

Made = TypeVar("Made")

CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
LONGEST: Final = {
    "title": 200,
    "article": 200,
    "counts_from": 200,
    "extension_article": 200,
    "consent": 200,
    "source": 500,
}
LONGEST_TERM: Final[dict[str, int]] = {
    "days": 3_660,
    "weeks": 520,
    "months": 120,
}  # ten years: more is a slip of the pen
OF_THE_ARTICLE: Final = ("procedures", "force_majeure", "penalty")
NEEDED: Final = {
    "title": "Vul in waarvoor deze termijn is, zoals 'Beslissing op bezwaar'.",
    "article": "Vul het artikel in, zoals 'Awb 7:10, lid 1'.",
    "source": "Vul in waar deze regel staat, zoals wetten.overheid.nl met het nummer van de wet.",
}
MOST_DIGITS: Final = 9  # of a whole number: more is never a term, and a great many zeros in front are no number
ALREADY_SO: Final = "U heeft niets veranderd. De regel staat al zo in de lijst."


@dataclass(frozen=True, slots=True)
class TypedRule:
    """One version of a rule, as typed. Dates are as people write them; `new` is a rule or variant that is not in the list yet. `seen`: the mark of all
    versions when the form began (`mark_of_rule`), None where no page showed them.
    """

    code: str
    variant: str = "standard"
    valid_from: str = ""
    title: str = ""
    article: str = ""
    amount: str = ""
    unit: str = "weeks"
    after: str = ""
    counts_from: str = ""
    extension: str = ""
    extension_unit: str = "weeks"
    extension_article: str = ""
    consent: str = ""
    moved: bool = True
    backwards: bool = False
    source: str = ""
    checked_on: str = ""
    certainty: str = ""
    new: bool = False
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class TypedDay:
    day: str
    title: str = ""
    source: str = ""
    checked_on: str = ""
    certainty: str = ""


def mark_of_rule(book: LawBook, code: str, variant: str) -> str:
    """The mark of what a rule is, was and will be."""
    return mark_of([rule for rule in book.rules if (rule.code, rule.variant) == (code, variant)])


def rule_of(typed: TypedRule, book: LawBook, today: date) -> LawRule:
    """The record. Raises Invalid per field, and when somebody changed the rule since."""
    if not typed.new and typed.seen not in {None, mark_of_rule(book, typed.code, typed.variant)}:
        raise Invalid({"": MEANWHILE})
    read = _Reader(today)
    known: dict[str, Any] = {
        "code": read.code("code", typed.code),
        "variant": read.code("variant", typed.variant),
        "valid_from": read.day("valid_from", typed.valid_from, "Vul in vanaf welke dag dit geldt."),
        "amount": read.amount("amount", typed.amount, typed.unit),
        "unit": cast("Unit", read.one_of("unit", typed.unit, Unit)),
        "extension": read.amount("extension", typed.extension, typed.extension_unit) if typed.extension.strip() else None,
        "extension_unit": cast("Unit", read.one_of("extension_unit", typed.extension_unit, Unit)),
        "checked_on": read.checked(typed.checked_on),
        "certainty": cast("Certainty", read.one_of("certainty", typed.certainty, Certainty)),
        **{name: read.text(name, getattr(typed, name)) for name in LONGEST},
        "after": typed.after.strip() or None, "moved_by_termijnenwet": typed.moved, "backwards": typed.backwards,
    }  # fmt: skip
    known |= {name: known[name] or None for name in ("extension_article", "consent")}
    known |= _of_the_article(book, typed)
    for name, sentence in _does_not_go_together(typed, book).items():
        read.wrong.setdefault(name, sentence)
    read.finish()
    return _made(lambda: LawRule(**known))


def _of_the_article(book: LawBook, typed: TypedRule) -> dict[str, Any]:
    """The fields that the form does not ask and a new length does not change, from the rule's last version."""
    versions = [rule for rule in book.rules if (rule.code, rule.variant) == (typed.code.strip(), typed.variant.strip())]
    return {name: getattr(versions[-1], name) for name in OF_THE_ARTICLE} if versions else {}


def day_of(typed: TypedDay, book: LawBook, today: date) -> ClosedDay:
    """The record. Raises Invalid per field, also for a day that is closed already."""
    read = _Reader(today)
    day = read.day("day", typed.day, "Vul de dag in.")
    closed = why_closed(day, book.equalised) if day else None
    if closed:
        read.wrong["day"] = f"Deze dag telt al niet mee: {closed}."
    title = read.text("title", typed.title) or "gelijkgesteld met een feestdag"
    source, checked_on = read.text("source", typed.source), read.checked(typed.checked_on)
    certainty = cast("Certainty", read.one_of("certainty", typed.certainty, Certainty))
    read.finish()
    return _made(lambda: ClosedDay(cast("date", day), title, source, checked_on, certainty))


def checked_book(book: LawBook, saved: Saved) -> LawBook:
    """The book with one more record. Raises Invalid for what breaks a rule that runs before or after it."""
    made = _made(lambda: overlaid(book, [saved]))
    if made == book:
        raise Invalid({"": ALREADY_SO})
    if (wrong := why_unsound(made)) is not None:
        raise Invalid({_field_of(saved): wrong})
    return made


def check_removable(book: LawBook, code: str, variant: str, valid_from: date) -> None:
    """Raises NotFound, and Invalid for the oldest version: a case that began then could no longer be computed."""
    versions = book.versions(code, variant)
    if valid_from not in {version.valid_from for version in versions}:
        raise NotFound("Deze versie van de wettelijke termijn is er niet.")
    if valid_from == versions[0].valid_from:
        raise Invalid({"": "Dit is de oudste versie. Die blijft staan, omdat zaken van toen ermee rekenen."})


def _field_of(saved: Saved) -> str:
    """Where a rule stops fitting in with others: what it follows, or from which side it counts."""
    record = saved.record or {}
    if record.get("after"):
        return "after"
    return "backwards" if record.get("backwards") else "valid_from"


def _made(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except DeadlineError as refused:  # what the fields above did not foresee
        raise Invalid({"": str(refused)}) from refused


def _does_not_go_together(typed: TypedRule, book: LawBook) -> dict[str, str]:
    wrong = {}
    names = {(rule.code, rule.variant) for rule in book.rules}
    if typed.new and (typed.code, typed.variant) in names:
        wrong["code"] = "Deze regel is er al. Kies een andere code of variant, of wijzig de regel die er is."
    if typed.after and typed.after not in {rule.code for rule in book.rules if rule.variant == "standard"}:
        wrong["after"] = "Kies een termijn uit de lijst."
    if typed.after and typed.after == typed.code:
        wrong["after"] = "Een termijn kan niet op zichzelf volgen."
    if typed.backwards and typed.after:
        wrong["backwards"] = "Een termijn die terugtelt, volgt niet op een andere termijn. Kies een van de twee."
    if typed.backwards and typed.extension.strip():
        wrong["extension"] = "Een termijn die terugtelt, kan niet worden verlengd. Maak dit veld leeg."
    return wrong


class _Reader:
    """Reads one field after the other and gathers what is wrong."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.wrong: dict[str, str] = {}

    def code(self, name: str, text: str) -> str:
        if not CODE.fullmatch(text):
            self.wrong[name] = "Gebruik hoogstens 40 kleine letters, cijfers of een streepje en begin met een letter."
        return text

    def text(self, name: str, text: str) -> str:
        clean = " ".join(text.split())
        if not clean and name in NEEDED:
            self.wrong[name] = NEEDED[name]
        elif len(clean) > LONGEST[name]:
            self.wrong[name] = f"Gebruik hoogstens {LONGEST[name]} tekens."
        return clean

    def day(self, name: str, text: str, empty: str) -> date | None:
        try:
            day = read_date(text)
        except ValueError as error:
            self.wrong[name] = str(error) if text.strip() else empty
            return None
        if not FIRST_DAY <= day <= LAST_DAY:
            self.wrong[name] = f"Vul een dag in van {FIRST_DAY.year} tot en met {LAST_DAY.year}."
        return day

    def checked(self, text: str) -> date | None:
        day = self.day("checked_on", text, "Vul in op welke dag u dit heeft nagekeken.")
        if day and day > self.today:
            self.wrong["checked_on"] = "Deze dag ligt in de toekomst. Vul in wanneer u dit heeft nagekeken."
        return day

    def amount(self, name: str, text: str, unit: str) -> int:
        clean = plain(text)
        most = LONGEST_TERM.get(unit, max(LONGEST_TERM.values()))
        if clean.isascii() and clean.isdigit() and len(clean) <= MOST_DIGITS and 1 <= int(clean) <= most:
            return int(clean)
        self.wrong[name] = f"Vul een heel getal in van 1 tot en met {most}."
        return 1

    def one_of(self, name: str, text: str, choices: Any) -> str:
        if text not in get_args(choices):
            self.wrong[name] = "Maak een keuze."
        return text

    def finish(self) -> None:
        if self.wrong:
            raise Invalid(self.wrong)
