"""Closes what the content of a page leaves open, so that what is written after it stands where it should (ISO 32000-1, 8.4.2)."""

from dataclasses import dataclass
from typing import Final

from pikepdf import Page, PdfError, parse_content_stream

APART: Final = bytes.maketrans(
    b"/[]<>()\r\n\t\f\0", b"            "
)  # what may stand right before or behind an operator


@dataclass(frozen=True, slots=True)
class Balance:
    """How often the state of drawing is kept before the content of a page, and given back after it."""

    before: int = 1
    after: int = 1

    @property
    def head(self) -> bytes:
        return b"q\n" * self.before

    @property
    def tail(self) -> bytes:
        return b"\n" + b"Q " * self.after + b"\n"


def balance_of(page: Page, content: bytes) -> Balance:
    """`content`: all of it, plain. Read word by word only where counting says that something is open."""
    words = b"  %b  " % content.translate(APART).replace(b" ", b"  ")
    if words.count(b" q ") == words.count(b" Q ") and words.find(b" Q ") >= words.find(b" q "):
        return Balance()
    try:
        read = [str(one.operator) for one in parse_content_stream(page, "q Q BI")]
    except (PdfError, ValueError, TypeError):
        return Balance()
    return _balance([name == "q" for name in read if name in {"q", "Q"}])


def _balance(saves: list[bool]) -> Balance:
    depth = lowest = 0
    for saved in saves:
        depth += 1 if saved else -1
        lowest = min(lowest, depth)
    before = 1 - lowest
    return Balance(before, before + depth)
