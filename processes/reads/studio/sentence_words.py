"""Conditions and timers in words, as lists and fields show them."""

from collections.abc import Mapping

from engine.sentences import KnownName, condition_in_words, read_condition, read_timer, timer_in_words


def condition_text(text: str, names: Mapping[str, KnownName]) -> tuple[str, bool]:
    """A condition in words, or as its expression when no sentence can say it (True)."""
    sentence = read_condition(text, names) if text else None
    return (
        (f"als {condition_in_words(sentence, names)}", False)
        if sentence
        else (text or "nog geen voorwaarde", bool(text))
    )


def timer_text(kind: str, text: str, names: Mapping[str, KnownName]) -> tuple[str, bool]:
    """A timer in words, or as its text when no sentence can say it (True)."""
    sentence = read_timer(kind, text, names) if text else None
    return (timer_in_words(sentence, names), False) if sentence else (text or "nog geen moment", bool(text))
