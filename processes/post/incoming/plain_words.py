"""Bytes of a mail that anybody may have sent, as plain text: no HTML, no signs that show nothing or turn the text around.

Each step takes time in proportion to its text, whatever that holds.
"""

import codecs
import html
import re
import unicodedata
from typing import Final

LONGEST: Final = 10_000  # characters that are kept of one mail
LONGEST_PART: Final = 100_000  # and that are looked at
# other codecs of Python are no character sets, or take a time that grows with the square of the text
CHARSET: Final = re.compile(
    r"(utf-(8|16|32)|ascii|iso8859-\d+|latin-?1|cp\d+|koi8-[ru]|mac-roman|gb\d+|gbk|big5|euc_\w+|shift_jis|windows-\d+)"
)
TAG: Final = re.compile(r"<[^<>]*>")
BREAK: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^<>]*>", re.IGNORECASE)
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
BLANK_LINES: Final = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
NOT_TEXT: Final = ("style", "script", "head")


def decoded(content: bytes, charset: str | None) -> str:
    """The text, with a sign in place of what cannot be read."""
    name = _known(charset or "utf-8")
    return content[: LONGEST_PART * 4].decode(name, "replace")[:LONGEST_PART]


def plain(text: str, longest: int = LONGEST) -> str:
    """Without signs that show nothing, on lines that somebody can read."""
    lines = text[:LONGEST_PART].replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in UNSEEN)
    return BLANK_LINES.sub("\n\n", seen).strip()[:longest]


def without_tags(markup: str) -> str:
    """The words that a browser would show of HTML, roughly: a mail that has no plain text is read so."""
    text = markup[:LONGEST_PART]
    for name in NOT_TEXT:
        text = _without(text, name)
    return html.unescape(TAG.sub("", BREAK.sub("\n", text)))


def _without(text: str, name: str) -> str:
    small, kept, at = text.lower(), [], 0
    while (begin := small.find(f"<{name}", at)) >= 0:
        kept.append(text[at:begin])
        end = small.find(f"</{name}", begin)
        if end < 0:
            return "".join(kept)
        at = end
    return "".join([*kept, text[at:]])


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().lower()[:40]).name
    except (LookupError, ValueError):
        return "utf-8"
    return name if CHARSET.fullmatch(name) else "utf-8"
