"""The child of `processes.base.document_words`: a line of JSON and a file on standard input, words on standard output.

In: `{"kind": format}`. What is not shown to a reader of the file (remarks, deleted text, scripts) is not read.
"""

import json
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element, fromstring

from pypdf import PdfReader

from processes.base.folding import words_of
from processes.base.mail_file import mail_words, read_mail
from processes.base.own_process import limit

MEMORY: Final = 1024 * 1024 * 1024
MOST_SIGNS: Final = 3_000_000  # of text: some 1,000 pages
MOST_WORDS: Final = 20_000  # that differ from each other
MOST_KEPT: Final = 400_000  # bytes of words: PostgreSQL takes a million in one row
LARGEST_PART: Final = 50_000_000
# of each format of parts in a zip: the parts that are read, the element that is a paragraph, and the one with text (None: all of it)
PARTS: Final[Mapping[str, tuple[re.Pattern[str], frozenset[str], str | None]]] = {
    "docx": (re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml"), frozenset({"p"}), "t"),
    "odt": (re.compile(r"content\.xml"), frozenset({"p", "h"}), None),
    "xlsx": (re.compile(r"xl/sharedStrings\.xml"), frozenset({"si"}), "t"),
    "pptx": (re.compile(r"ppt/(slides|notesSlides)/[^/]+\.xml"), frozenset({"p"}), "t"),
}
BREAKS: Final = frozenset({"tab", "br", "cr", "s", "line-break"})


def main() -> None:
    """Raises nothing that the parent must read: it sees that the child fell over."""
    seconds = int(sys.argv[1])
    limit(seconds, MEMORY)
    kind = json.loads(sys.stdin.buffer.readline())["kind"]
    sys.stdout.write(kept_words(kind, sys.stdin.buffer.read(), seconds / 2))


def kept_words(kind: str, content: bytes, seconds: float = 10) -> str:
    """The words of a file, as many as are kept. What is read after so many seconds of processor time is left out."""
    words: dict[str, None] = {}
    signs = size = 0
    for text in _texts(kind, content):
        for word in words_of(text):
            if word not in words and size + len(word.encode()) < MOST_KEPT:
                words[word] = None
                size += len(word.encode()) + 1
        signs += len(text)
        if signs > MOST_SIGNS or len(words) > MOST_WORDS or time.process_time() > seconds:
            break
    return " ".join(words)


def _texts(kind: str, content: bytes) -> Iterator[str]:
    yield from READERS[kind](content) if kind in READERS else _of_parts(kind, content)


def _of_pdf(content: bytes) -> Iterator[str]:
    reader = PdfReader(BytesIO(content))
    if not reader.is_encrypted or reader.decrypt(""):
        for page in reader.pages:
            yield page.extract_text()


def _of_text(content: bytes) -> Iterator[str]:
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1252", errors="replace")


def _of_mail(content: bytes) -> Iterator[str]:
    mail = read_mail(content)
    for name in ("subject", "from", "to"):
        yield str(mail[name] or "")
    yield mail_words(mail)


def _of_parts(kind: str, content: bytes) -> Iterator[str]:
    names, paragraphs, said = PARTS[kind]
    with zipfile.ZipFile(BytesIO(content)) as package:
        for part in package.infolist():
            if names.fullmatch(part.filename) and part.file_size <= LARGEST_PART:
                yield from _of_part(package.read(part), paragraphs, said)


def _of_part(content: bytes, paragraphs: frozenset[str], said: str | None) -> Iterator[str]:
    if b"<!DOCTYPE" in content:
        return
    for element in fromstring(content).iter():  # noqa: S314 - in a child with limits, and no document type is taken
        if _name(element) in paragraphs:
            yield "".join(_said(element, said))


def _said(paragraph: Element, said: str | None) -> Iterator[str]:
    for element in paragraph.iter():
        if _name(element) in BREAKS:
            element.text = " "
            yield " " if said else ""
        elif _name(element) == said:
            yield element.text or ""
    if said is None:
        yield from paragraph.itertext()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


READERS: Final[Mapping[str, Callable[[bytes], Iterator[str]]]] = {
    "pdf": _of_pdf,
    "txt": _of_text,
    "eml": _of_mail,
    "msg": _of_mail,
}


if __name__ == "__main__":
    main()
