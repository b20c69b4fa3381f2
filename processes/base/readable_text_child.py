"""The child of `processes.base.readable_text`: a line of JSON and a file on standard input, JSON on standard output.

In: `{"kind": format}`. Out: `{"facts": [[name, value]], "parts": [{"title", "text", "rows"}], "cut": bool}`. Of a mail its plain words and
the names of what came with it; nothing is fetched and no HTML is passed on.
"""

import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from processes.base.mail_file import mail_files, mail_words, read_mail
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
    mail = read_mail(content)
    facts = [(label, str(mail[name])) for label, name in HEADERS if mail[name]]
    names = [one.get_filename() or "zonder naam" for one in mail_files(mail)]
    if names:
        facts.append(("Bijlagen", ", ".join(names)))
    text = mail_words(mail)
    return facts, [_part("", text)], len(text) > MOST_SIGNS


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
    "txt": of_text, "csv": of_text, "eml": of_mail, "msg": of_mail, "xlsx": of_workbook, "pptx": of_slides,
}  # fmt: skip


if __name__ == "__main__":
    main()
