"""One text for all who get the same letter: what differs by reader, greeting and name, stands in it as a word between brackets.

Copies whose texts are alike then share one text; a copy of which somebody wrote the words apart has its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from processes.post.recipients import greeting_of
from processes.storage.tables import NoticeRow, Party

GREETING: Final = "[aanhef]"
NAME: Final = "[naam]"
PLACE: Final = "[tekst]"  # where a text that somebody chooses comes; at the end without it


@dataclass(frozen=True, slots=True)
class TextOfCopies:
    """One text and the copies that have it. `made`: the text as the template gave it, with the same words between brackets."""

    text: str
    made: str
    copies: tuple[tuple[NoticeRow, Party], ...]


def shared(copies: Iterable[tuple[NoticeRow, Party]]) -> tuple[TextOfCopies, ...]:
    """The different texts of a letter, each with its copies, in the order of the first of them."""
    found: dict[str, list[tuple[NoticeRow, Party]]] = {}
    for notice, party in copies:
        found.setdefault(for_all(notice.body, party), []).append((notice, party))
    return tuple(_of(text, rows) for text, rows in found.items())


def for_all(text: str, party: Party) -> str:
    """The text of one reader with the greeting and the name between brackets."""
    return text.replace(greeting_of(party), GREETING).replace(party.name, NAME)


def for_one(text: str, party: Party) -> str:
    """The text as this reader gets it."""
    return text.replace(GREETING, greeting_of(party)).replace(NAME, party.name)


def with_block(text: str, block: str) -> str:
    """The text with another one in its PLACE, or at the end."""
    return text.replace(PLACE, block, 1) if PLACE in text else f"{text.rstrip()}\n\n{block}\n"


def _of(text: str, rows: list[tuple[NoticeRow, Party]]) -> TextOfCopies:
    notice, party = rows[0]
    made = for_all(str((notice.held or {}).get("made", notice.body)), party)
    if len(rows) == 1:
        return TextOfCopies(notice.body, str((notice.held or {}).get("made", notice.body)), tuple(rows))
    return TextOfCopies(text, made, tuple(rows))
