"""Stored values in words, with the title that the drawing gives them: for reading, not for filling in."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Value
from engine.words import ValueType
from processes.base.dutch import long_date, long_moment, yes_or_no
from processes.base.written import OwnWords, listed
from processes.execution.facts import to_fact
from processes.storage.tables import CaseValue

UNWRITTEN = {ValueType.PARTY, ValueType.DECISION, ValueType.FILE}  # these stand elsewhere on the page


def values_in_words(session: Session, instance_id: int, values: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """Title and text of each of these values that an instance has filled."""
    return tuple(in_words(values, stored_of(session, instance_id, values)))


def stored_of(session: Session, instance_id: int, codes: Iterable[str]) -> dict[str, Any]:
    """The values with these codes that an instance has filled, as they are stored."""
    stored = select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == instance_id)
    return dict(session.execute(stored.where(CaseValue.code.in_(list(codes)))).all())


def in_words(values: Mapping[str, Value], stored: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Title and text of each filled value, as `values_in_words` gives them, from values that were read already."""
    for code, value in values.items():
        if value.type in UNWRITTEN:
            continue
        fact = to_fact(value, stored.get(code))
        if fact is not None and fact not in ("", ()):
            yield value.title, listed(_word(value, item) for item in (fact if isinstance(fact, tuple) else (fact,)))


def _word(value: Value, fact: Any) -> str:
    if isinstance(fact, bool):
        return yes_or_no(fact)
    if isinstance(fact, datetime):
        return long_moment(fact)
    if isinstance(fact, date):
        return long_date(fact)
    return next((choice.title for choice in value.choices if choice.value == fact), OwnWords(fact))
