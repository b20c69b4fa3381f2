"""The names and types of files that are taken: a name and its first bytes in, a safe name and a media type out."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import puremagic

from processes.base.errors import Invalid

NAME_LENGTH = 150
EXTENSION_LENGTH = 12
HEAD_BYTES = 4096  # what check_type needs to see
UNNAMED = "bestand"
# the office formats and zip share one signature; the names of the first parts inside tell them apart
OTHERS = {
    "docx": (b"xl/", b"ppt/", b"mimetype"),
    "xlsx": (b"word/", b"ppt/", b"mimetype"),
    "pptx": (b"word/", b"xl/", b"mimetype"),
}
ODT_START = b"mimetypeapplication/vnd.oasis.opendocument.text"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # how an office file with a password begins, and an Outlook mail
BOM = b"\xef\xbb\xbf"
# what puremagic does not tell; of a photo of a telephone the brand behind its length and the word `ftyp` (ISO/IEC 23008-12)
SIGNS = {
    "heic": re.compile(rb".{4}ftyp(?:heic|heix|heim|heis|mif1|msf1|hevc|hevx)", re.DOTALL),
    "woff2": re.compile(rb"wOF2"),
}
PRINTER = re.compile(rb"\x1b%-12345X.{0,1000}?(?=%PDF-)", re.DOTALL)  # the commands of a printer that made the PDF


@dataclass(frozen=True, slots=True)
class Format:
    """`found_as`: extensions under which puremagic knows the content; empty for text, which has no signature."""

    media_type: str
    title: str
    extensions: tuple[str, ...]
    found_as: tuple[str, ...] = ()


OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    "pdf": Format("application/pdf", "PDF", ("pdf",), (".pdf",)),
    "docx": Format(f"{OFFICE}wordprocessingml.document", "Word (docx)", ("docx",), (".docx",)),
    "xlsx": Format(f"{OFFICE}spreadsheetml.sheet", "Excel (xlsx)", ("xlsx",), (".xlsx",)),
    "pptx": Format(f"{OFFICE}presentationml.presentation", "PowerPoint (pptx)", ("pptx",), (".pptx",)),
    "odt": Format("application/vnd.oasis.opendocument.text", "OpenDocument (odt)", ("odt",), (".odt",)),
    "jpg": Format("image/jpeg", "foto (jpg)", ("jpg", "jpeg"), (".jpg", ".jpeg")),
    "heic": Format("image/heic", "foto (heic)", ("heic", "heif")),  # told by its own sign: see SIGNS
    "png": Format("image/png", "afbeelding (png)", ("png",), (".png",)),
    # an Outlook mail is a compound file, which puremagic lists under older names
    "msg": Format("application/vnd.ms-outlook", "Outlook-mail (msg)", ("msg",), (".msg", ".doc")),
    "zip": Format("application/zip", "zip", ("zip",), (".zip",)),
    "txt": Format("text/plain", "tekst (txt)", ("txt",)),
    "eml": Format("message/rfc822", "e-mail (eml)", ("eml",)),
    "bpmn": Format("application/xml", "tekening (bpmn)", ("bpmn", "xml")),
    "csv": Format("text/csv", "lijst (csv)", ("csv",)),
    "svg": Format("image/svg+xml", "tekening van een logo (svg)", ("svg",)),
    "woff2": Format("font/woff2", "lettertype (woff2)", ("woff2",)),
    "json": Format("application/json", "huisstijl (json)", ("json",)),
}
OF_HOUSE_STYLE = frozenset({"svg", "woff2", "json"})
OF_ADMINISTRATORS = frozenset({"bpmn", "csv"}) | OF_HOUSE_STYLE  # drawings, lists and looks, never for a case
DOCUMENTS = tuple(code for code in FORMATS if code not in OF_ADMINISTRATORS)


def known_formats() -> frozenset[str]:
    """Every word that a drawing may use for a format: the codes of the table and the other endings, such as `jpeg`."""
    named = {code: one for code, one in FORMATS.items() if code not in OF_HOUSE_STYLE}
    return frozenset(named) | {ending for one in named.values() for ending in one.extensions}


def format_of(name: str) -> str | None:
    """The code of the format that the ending of a file name, or a word of a drawing, stands for; None when unknown."""
    ending = name.rpartition(".")[2].lower()
    return next((code for code in FORMATS if ending in FORMATS[code].extensions), None)


def codes_of(words: Iterable[str]) -> tuple[str, ...]:
    """The codes that the words of a drawing stand for, each once; what the program does not know is left out."""
    return tuple(dict.fromkeys(code for word in words if (code := format_of(word))))


def accepted_endings(words: Iterable[str]) -> str:
    """The `accept` of a file field: all endings that are taken, as `.jpg,.jpeg`."""
    return ",".join(f".{ending}" for code in codes_of(words) for ending in FORMATS[code].extensions)


def formats_in_words(words: Iterable[str]) -> str:
    """The formats that may be chosen, for people: `PDF, Word (docx), foto (jpg)`."""
    return ", ".join(FORMATS[code].title for code in codes_of(words))


def safe_name(name: str) -> str:
    """The bare file name without folders, control signs and marks that turn the direction; at most 150 characters.

    Quotes and brackets stay: pages and headers that show the name escape it themselves.
    """
    bare = re.split(r"[\\/]", name)[-1]
    bare = unicodedata.normalize("NFC", bare)
    # Cc control, Cf invisible marks (also those that turn the reading direction), Cs halves of a pair, Zl/Zp line ends
    visible = "".join(c for c in bare if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    clean = re.sub(r"[:|?*]", "_", " ".join(visible.split())).rstrip(" .")
    stem, dot, extension = clean.rpartition(".")
    if not dot or len(extension) > EXTENSION_LENGTH:
        return clean[:NAME_LENGTH].strip(" .") or UNNAMED
    return f"{stem[: NAME_LENGTH - len(extension) - 1].strip(' .') or UNNAMED}.{extension}"


def check_type(head: bytes, name: str, formats: Sequence[str]) -> str:
    """The media type, when name and content (its first 4 kB) agree on one of the allowed formats.

    Raises Invalid, with a sentence that names what is allowed.
    """
    format_ = check_ending(name, formats)
    if not head:
        raise Invalid({"": f"Het bestand '{name}' is leeg."})
    if not _content_is(format_, head):
        raise Invalid({"": f"De inhoud van '{name}' past niet bij de naam: dit is geen {FORMATS[format_].title}."})
    return FORMATS[format_].media_type


def check_ending(name: str, formats: Sequence[str]) -> str:
    """The code of the format that the name promises. Raises Invalid, with a sentence that names what is allowed."""
    format_ = format_of(name) if "." in name else None
    if format_ is None or format_ not in formats:
        raise Invalid({"": f"Het bestand '{name}' kunt u hier niet toevoegen. {_choose(formats)}"})
    return format_


def _choose(formats: Sequence[str]) -> str:
    if tuple(formats) == DOCUMENTS:  # each field takes its own part of them, and says so in its hint
        return "Kies een bestand van een soort die bij het veld staat."
    return f"Dit mag wel: {formats_in_words(formats)}."


def _content_is(format_: str, head: bytes) -> bool:
    if format_ in {"txt", "bpmn", "csv", "svg", "json"}:
        return _is_text(head)
    if sign := SIGNS.get(format_):
        return sign.match(head) is not None
    if format_ == "eml":
        # a mail program may put a mark or empty lines before the first header
        return _is_text(head) and re.match(rb"(?:[!-9;-~]+:|From )", _unmarked(head)) is not None
    if format_ in OTHERS and head.startswith(COMPOUND):
        return True  # perhaps encrypted: `locked_files` decides when all of it is there
    if format_ == "pdf":
        head = PRINTER.sub(b"", _unmarked(head), count=1)
    if not set(FORMATS[format_].found_as).intersection(_found(head)):
        return False
    other = any(part in head for part in OTHERS.get(format_, ()))
    return ODT_START in head[:128] if format_ == "odt" else not other


def _unmarked(head: bytes) -> bytes:
    """Without what stands before the first sign of the content itself: a byte order mark and empty lines."""
    return head.removeprefix(BOM).lstrip(b"\r\n\t \0")


def _found(head: bytes) -> set[str]:
    try:
        matches: list[Any] = puremagic.magic_string(head)
    except puremagic.PureError:
        return set()
    return {match.extension for match in matches}


def _is_text(head: bytes) -> bool:
    for encoding in ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp1252"):
        try:
            # a sign of several bytes may be cut at the end of the head
            text = head[: len(head) // 2 * 2 - 4].decode(encoding) if len(head) >= HEAD_BYTES else head.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(sign in "\t\n\r\f" or unicodedata.category(sign) != "Cc" for sign in text)
    return False
