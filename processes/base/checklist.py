"""A department's word on each requested document: it comes along, it does not exist, or it comes later (P1).

On a request the documents stand as `{"type":, "description":, "required":}`; what was said of them is kept with the delivery, in
the same order, as `SaidOfDocument.stored`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from processes.base.dutch import enumeration, long_date
from processes.base.written import OwnWords, TypedText, composed

LONGEST_REASON: Final = 2_000


class SaidAnswer(StrEnum):
    """The answers about one requested document. `unsaid`: nothing was chosen, which a remark may explain."""

    DELIVERED = "delivered"
    ABSENT = "absent"
    LATER = "later"
    UNSAID = "unsaid"


EXPLAINED: Final = frozenset(
    {SaidAnswer.ABSENT, SaidAnswer.LATER}
)  # the document is not there, and somebody said why or when


@dataclass(frozen=True, slots=True)
class SaidAt:
    """The choice for the document at place `at` of a request, as it is typed on a form."""

    at: int
    answer: SaidAnswer
    reason: str = ""
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class SaidOfDocument:
    """`reason` belongs to `absent`, `expected` to `later`; one of them with `delivered`: a file came along, and the rest is not there or
    comes later. `type` is the code of the document type.
    """

    type: str
    description: str
    answer: SaidAnswer
    reason: TypedText = ""
    expected: date | None = None

    @property
    def in_words(self) -> str:
        """The words on it, for pages and the frozen words of the delivery."""
        match self.answer:
            case SaidAnswer.DELIVERED:
                return composed("geleverd", self._rest)
            case SaidAnswer.ABSENT:
                return composed("wij hebben dit niet, omdat: ", OwnWords(self.reason))
            case SaidAnswer.LATER:
                return f"komt later, op {long_date(self.expected)}" if self.expected else "komt later"
            case _:
                return "niets over gezegd"

    @property
    def along(self) -> bool:
        """Whether it came along, and nothing was said of a rest."""
        return self.answer == SaidAnswer.DELIVERED and not self._rest

    @property
    def _rest(self) -> str:
        if self.reason.strip():
            return composed("; de rest hebben wij niet, omdat: ", OwnWords(self.reason))
        return f"; de rest komt later, op {long_date(self.expected)}" if self.expected else ""

    def stored(self) -> dict[str, Any]:
        """Plain data for the column; `said_from` makes it again."""
        expected = self.expected.isoformat() if self.expected else None
        return {
            "type": self.type, "description": self.description, "answer": self.answer.value, "reason": self.reason,
            "expected": expected,
        }  # fmt: skip


def said_from(stored: Sequence[Mapping[str, Any]]) -> tuple[SaidOfDocument, ...]:
    """The words on each document, from the column of a delivery."""
    return tuple(
        SaidOfDocument(
            one["type"], one["description"], SaidAnswer(one["answer"]), one["reason"],
            date.fromisoformat(one["expected"]) if one["expected"] else None,
        )
        for one in stored
    )  # fmt: skip


def told_from(stored: Sequence[Mapping[str, Any]]) -> tuple[SaidOfDocument, ...]:
    """The same for who reads it: none when nothing was said of any document."""
    said = said_from(stored)
    return said if any(one.answer != SaidAnswer.UNSAID for one in said) else ()


def in_words(promises: Sequence[SaidOfDocument]) -> str:
    """The documents that still come, each with its day."""
    return enumeration([f"'{one.description}' op {long_date(one.expected)}" for one in promises if one.expected])


def with_delivered(
    wanted: Sequence[Mapping[str, Any]], said: Sequence[SaidAt], delivered: Collection[str]
) -> tuple[SaidOfDocument, ...]:
    """One answer for each document of the request. A file that came along counts above what was chosen, which then is about the rest; a
    choice without its reason or day stays what it is, for `wrong_said`.
    """
    chosen = {one.at: one for one in said if one.answer in EXPLAINED}
    return tuple(_one(one, chosen.get(at), delivered) for at, one in enumerate(wanted))


def _one(wanted: Mapping[str, Any], chosen: SaidAt | None, delivered: Collection[str]) -> SaidOfDocument:
    kind, description = str(wanted["type"]), str(wanted["description"])
    if chosen is None:
        return SaidOfDocument(kind, description, SaidAnswer.DELIVERED if kind in delivered else SaidAnswer.UNSAID)
    if kind in delivered and (chosen.reason.strip() or chosen.expected):
        return SaidOfDocument(kind, description, SaidAnswer.DELIVERED, chosen.reason, chosen.expected)
    return SaidOfDocument(kind, description, chosen.answer, chosen.reason, chosen.expected)


def wrong_said(said: SaidOfDocument, today: date) -> tuple[str, str] | None:
    """The part of the answer that is wrong (`reason` or `expected`) and a sentence; None when nothing is."""
    if said.answer == SaidAnswer.ABSENT and not said.reason.strip():
        return "reason", f"Schrijf waarom u '{said.description}' niet heeft."
    if len(said.reason) > LONGEST_REASON:
        return "reason", f"Maak de uitleg korter: hoogstens {LONGEST_REASON} tekens."
    if said.answer == SaidAnswer.LATER and said.expected is None:
        return "expected", f"Vul in op welke dag '{said.description}' komt."
    if said.expected is not None and said.expected < today:
        return "expected", f"'{said.description}' kan niet op een dag komen die voorbij is. Kies een dag vanaf vandaag."
    return None
