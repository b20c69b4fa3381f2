"""The law rules as a list to read: which term, from which article, and who checked it when."""

from dataclasses import dataclass
from datetime import date

from processes.deadlines import LawRule, default_book
from processes.deadlines.words import term_in_words

CERTAINTY = {
    "sure": "gelezen in de wet",
    "high": "vaste praktijk",
    "medium": "beredeneerd, kijk dit na",
}
VARIANTS = {
    "standard": "",
    "committee": "met een adviescommissie",
    "no-decision": "bezwaar omdat een besluit uitblijft",
    "no-decision-committee": "bezwaar omdat een besluit uitblijft, met een adviescommissie",
}


@dataclass(frozen=True, slots=True)
class LawLine:
    """`code` is what a drawing names in `rule`."""

    code: str
    title: str
    variant: str
    article: str
    term: str
    extension: str
    counts_from: str
    source: str
    checked_on: date | None
    certainty: str


def law_lines() -> tuple[LawLine, ...]:
    """Every rule, in the order of the law book."""
    book = default_book()
    titles = {rule.code: rule.title for rule in book.rules}
    return tuple(_line(rule, titles) for rule in book.rules)


def _line(rule: LawRule, titles: dict[str, str]) -> LawLine:
    term = term_in_words(rule.amount, rule.unit)
    return LawLine(
        code=rule.code,
        title=rule.title,
        variant=VARIANTS.get(rule.variant, rule.variant),
        article=rule.article,
        term=f"{term} ervoor" if rule.backwards else term,
        extension=_extension(rule),
        counts_from=_counts_from(rule, titles),
        source=rule.source,
        checked_on=rule.checked_on,
        certainty=CERTAINTY[rule.certainty],
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
