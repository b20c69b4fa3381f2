"""One version of a law rule in words: how long, from when, and how sure we are of it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from processes.base.dutch import term_in_words
from processes.law import LawBook, LawRule

CERTAINTY: Final = {
    "sure": "gelezen in de wet",
    "high": "vaste praktijk",
    "medium": "beredeneerd, kijk dit na",
}
VARIANTS: Final = {
    "standard": "",
    "committee": "met een adviescommissie",
    "late": "bezwaar dat te laat kwam",
    "late-committee": "bezwaar dat te laat kwam, met een adviescommissie",
    "no-decision": "bezwaar omdat een besluit uitblijft",
    "no-decision-committee": "bezwaar omdat een besluit uitblijft, met een adviescommissie",
    "court": "na een uitspraak van de rechter",
}


@dataclass(frozen=True, slots=True)
class LawLine:
    """One version of a rule in words. `code` is what a drawing names in `rule`; `until` None: without an end."""

    code: str
    variant: str
    title: str
    article: str
    term: str
    extension: str
    counts_from: str
    source: str
    checked_on: date | None
    certainty: str
    since: date
    until: date | None


def line_of(rule: LawRule, book: LawBook) -> LawLine:
    """One version in words."""
    titles = {known.code: known.title for known in book.rules}
    term = term_in_words(rule.amount, rule.unit)
    return LawLine(
        code=rule.code,
        variant=rule.variant,
        title=", ".join(filter(None, (rule.title, VARIANTS.get(rule.variant, rule.variant)))),
        article=rule.article,
        term=f"{term} ervoor" if rule.backwards else term,
        extension=_extension(rule),
        counts_from=_counts_from(rule, titles),
        source=rule.source,
        checked_on=rule.checked_on,
        certainty=CERTAINTY[rule.certainty],
        since=rule.valid_from,
        until=rule.valid_until,
    )


def _extension(rule: LawRule) -> str:
    if rule.extension is None:
        return "niet"
    longer = term_in_words(rule.extension, rule.extension_unit)
    return f"{longer} ({rule.extension_article})" if rule.extension_article else longer


def _counts_from(rule: LawRule, titles: dict[str, str]) -> str:
    if rule.after:
        return f"het einde van de termijn '{titles.get(rule.after, rule.after)}'"
    return rule.counts_from or "de dag die de tekening noemt"
