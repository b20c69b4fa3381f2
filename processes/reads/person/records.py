"""One record of a package: what is known under Dutch names, for people to read and for programs alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from processes.base.dutch import long_date, long_moment, yes_or_no


@dataclass(frozen=True, slots=True)
class Record:
    """`fields` by a name such as `ontvangen_op`: texts, numbers, days, moments, yes or no, or a list of texts; None is not shown.

    `document`: the id of the document whose file belongs to it. `mark` warns who reviews it.
    """

    title: str
    fields: Mapping[str, Any]
    document: str = ""
    mark: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """Name and text of each field that has a value, for a page."""
        return [
            (name.replace("_", " ").capitalize(), in_words(value))
            for name, value in self.fields.items()
            if _told(value)
        ]


def in_words(value: Any) -> str:
    """A value of a record as people read it."""
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, datetime):
        return long_moment(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(in_words, value))
    return str(value)


def _told(value: Any) -> bool:
    return value is not None and value not in ("", [], ())
