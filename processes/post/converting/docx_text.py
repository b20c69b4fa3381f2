"""A document of Word as plain text: paragraphs with an empty line between them, points of a list on lines of their own.

It is read as `docx_body` reads it, so what cannot be shown is refused with its name. Bold and the like do not come along.
"""

from html.parser import HTMLParser
from typing import Final

from processes.post.converting.docx import docx_body
from processes.post.converting.docx_package import LeftOut

BLOCKS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})
BULLET: Final = "-"
SIGNS_OF_LISTS: Final = "•▪◦·○■–"


def docx_text(content: bytes, title: str) -> str:
    """Raises LeftOut with the rest of a sentence, or what its readers meet in a damaged file."""
    body = docx_body(content, title)
    if body.pictures:
        raise LeftOut("staat een afbeelding. Haal die weg: in een brief staat alleen tekst.")
    reader = _Reader()
    reader.feed(body.html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """The page that `docx_body` makes, block by block. `points`: whether each block is a point of a list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[str, bool]] = []
        self._words: list[str] = []
        self._label = False
        self._point = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end()
        elif tag == "td" and self._words:
            self._words.append("\t")
        elif tag == "span" and ("class", "label") in attrs:
            self._label = self._point = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._label = False
        elif tag in BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        label = data.strip()
        self._words.append(f"{BULLET} " if self._label and label in SIGNS_OF_LISTS else data)

    def text(self) -> str:
        """All of it, with one new line at its end."""
        self._end()
        made, before = "", False
        for words, point in self._blocks:
            made += ("\n" if before and point else "\n\n") * bool(made) + words
            before = point
        return made + "\n"

    def _end(self) -> None:
        words = "\n".join(line.rstrip() for line in "".join(self._words).strip().split("\n"))
        if words:
            self._blocks.append((words, self._point))
        self._words, self._label, self._point = [], False, False
