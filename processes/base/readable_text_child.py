"""The child of `processes.base.readable_text`: a line of JSON and a file on standard input, JSON on standard output.

In: `{"kind": format}`. Out: `{"facts": [[name, value]], "parts": [{"title", "text", "rows"}], "cut": bool}`. Of a mail its plain words and
the names of what came with it; nothing is fetched and no HTML is passed on.
"""

import email
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Final

from processes.base.office_parts import (
    SharedStrings,
    cells_of,
    paragraphs_of,
    read_part,
    sheets_of,
    slides_of,
)
from processes.base.own_process import limit

MEMORY: Final = 1024 * 1024 * 1024
MOST_SIGNS: Final = 400_000  # of text on one page
MOST_ROWS: Final = 2000  # of one workbook
MOST_CELLS: Final = 60  # of one row
WITHOUT_WORDS: Final = frozenset({"script", "style", "head", "title"})
BREAKS: Final = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3"})
HEADERS: Final = (("Van", "from"), ("Aan", "to"), ("Kopie", "cc"), ("Verzonden", "date"), ("Onderwerp", "subject"))
Readable = tuple[list[tuple[str, str]], list[dict[str, Any]], bool]


def main() -> None:
    """Raises nothing that the parent must read: it sees that the child fell over."""
    limit(int(sys.argv[1]), MEMORY)
    kind = json.loads(sys.stdin.buffer.readline())["kind"]
    facts, parts, cut = READERS[kind](sys.stdin.buffer.read())
    sys.stdout.write(json.dumps({"facts": facts, "parts": parts, "cut": cut}))


def _part(title: str, text: str = "", rows: list[list[str]] | None = None) -> dict[str, Any]:
    return {"title": title, "text": text[:MOST_SIGNS], "rows": rows or []}


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def of_text(content: bytes) -> Readable:
    text = _decoded(content)
    return [], [_part("", text)], len(text) > MOST_SIGNS


def of_mail(content: bytes) -> Readable:
    mail = email.message_from_bytes(content.removeprefix(b"\xef\xbb\xbf"), policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - the policy makes these
    facts = [(label, str(mail[name])) for label, name in HEADERS if mail[name]]
    names = [one.get_filename() or "zonder naam" for one in mail.iter_attachments()]
    if names:
        facts.append(("Bijlagen", ", ".join(names)))
    text = words_of(mail)
    return facts, [_part("", text)], len(text) > MOST_SIGNS


def words_of(mail: EmailMessage) -> str:
    """The text of a mail without what came with it; empty when there is none."""
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    return text if body.get_content_type() == "text/plain" else _without_marks(text)


class _Words(HTMLParser):
    """The words of a page, a line for each paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in WITHOUT_WORDS
        if tag in BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in WITHOUT_WORDS and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(" ".join(data.split()) + " " if data.strip() else "")


def _without_marks(page: str) -> str:
    words = _Words()
    words.feed(page)
    return re.sub(r"\n\s*\n+", "\n\n", "".join(words.found)).strip()


def of_workbook(content: bytes) -> Readable:
    parts, left = list[dict[str, Any]](), MOST_ROWS
    with zipfile.ZipFile(BytesIO(content)) as package:
        strings = SharedStrings(package)
        for sheet in sheets_of(package):
            rows = list(_rows(package, sheet.part, strings, left))
            left -= len(rows)
            title = sheet.name if not sheet.hidden else f"{sheet.name} (verborgen blad)"
            parts.append(_part(title, rows=rows))
    return [], parts, left <= 0


def _rows(package: zipfile.ZipFile, part: str, strings: SharedStrings, most: int) -> Iterator[list[str]]:
    for number, row in enumerate(cells_of(package, part, strings)):
        if number >= most:
            return
        yield row[:MOST_CELLS]


def of_slides(content: bytes) -> Readable:
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = [
            _part(f"Dia {at}", "\n".join(paragraphs_of(read_part(package, name))))
            for at, name in enumerate(slides_of(package), 1)
        ]
    return [], parts, False


READERS: Final[Mapping[str, Callable[[bytes], Readable]]] = {
    "txt": of_text, "csv": of_text, "eml": of_mail, "xlsx": of_workbook, "pptx": of_slides,
}  # fmt: skip


if __name__ == "__main__":
    main()
