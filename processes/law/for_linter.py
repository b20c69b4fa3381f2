"""The law as the linter needs it: a book in; what each rule is for and allows, by code, and the retention classes out."""

from collections.abc import Sequence

from engine import LegalTerm
from processes.law import LawBook, LawRule
from processes.law.default_book import RETIRED


def known_rules(book: LawBook) -> tuple[dict[str, LegalTerm], frozenset[str]]:
    """The law rules, by code, and the retention classes that a drawing may name."""
    return legal_terms(book), frozenset(rule.number for rule in book.retention)


def legal_terms(book: LawBook) -> dict[str, LegalTerm]:
    """All versions and variants of a rule together: a drawing may name each of them."""
    by_code: dict[str, list[LawRule]] = {}
    for rule in book.rules:
        by_code.setdefault(rule.code, []).append(rule)
    return {code: _in_short(rules) for code, rules in by_code.items()}


def _in_short(rules: Sequence[LawRule]) -> LegalTerm:
    return LegalTerm(
        procedures=tuple(dict.fromkeys(procedure for rule in rules for procedure in rule.procedures)),
        variants=tuple(dict.fromkeys(rule.variant for rule in rules)),
        retired=tuple(dict.fromkeys(rule.variant for rule in rules if (rule.code, rule.variant) in RETIRED)),
        extends=any(rule.extension for rule in rules),
        consents=any(rule.consent for rule in rules),
    )
