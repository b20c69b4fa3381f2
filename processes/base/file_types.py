"""What a file may be called and what it may be: a name and its first bytes in, a safe name and a media type out."""

import re
import unicodedata
from collections.abc import Sequence
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
    "png": Format("image/png", "afbeelding (png)", ("png",), (".png",)),
    # an Outlook mail is a compound file, which puremagic lists under older names
    "msg": Format("application/vnd.ms-outlook", "Outlook-mail (msg)", ("msg",), (".msg", ".doc")),
    "zip": Format("application/zip", "zip", ("zip",), (".zip",)),
    "txt": Format("text/plain", "tekst (txt)", ("txt",)),
    "eml": Format("message/rfc822", "e-mail (eml)", ("eml",)),
    "bpmn": Format("application/xml", "tekening (bpmn)", ("bpmn",)),
}
DOCUMENTS = tuple(code for code in FORMATS if code != "bpmn")  # a drawing is for the administrator, never for a case


def format_of(name: str) -> str | None:
    """The format that the ending of a file name stands for; `foto.JPEG` is a jpg. None for an unknown one."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return next((code for code, known in FORMATS.items() if extension in known.extensions), None)


def safe_name(name: str) -> str:
    """The bare file name without folders, control signs and marks that turn the direction; at most 150 characters."""
    bare = re.split(r"[\\/]", name)[-1]
    bare = unicodedata.normalize("NFC", bare)
    # Cc control, Cf invisible marks (also those that turn the reading direction), Cs halves of a pair, Zl/Zp line ends
    visible = "".join(c for c in bare if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    clean = re.sub(r'[<>:"|?*]', "_", " ".join(visible.split())).rstrip(" .")
    stem, dot, extension = clean.rpartition(".")
    if not dot or len(extension) > EXTENSION_LENGTH:
        return clean[:NAME_LENGTH].strip(" .") or UNNAMED
    return f"{stem[: NAME_LENGTH - len(extension) - 1].strip(' .') or UNNAMED}.{extension}"


def check_type(head: bytes, name: str, formats: Sequence[str]) -> str:
    """The media type, when name and content (its first 4 kB) agree on one of the allowed formats.

    Raises Invalid, with a sentence that names what is allowed.
    """
    format_ = format_of(name)
    if format_ is None or format_ not in formats:
        allowed = ", ".join(FORMATS[code].title for code in formats if code in FORMATS)
        raise Invalid({"": f"Het bestand '{name}' kunt u hier niet toevoegen. Dit mag wel: {allowed}."})
    if not head:
        raise Invalid({"": f"Het bestand '{name}' is leeg."})
    if not _content_is(format_, head):
        raise Invalid({"": f"De inhoud van '{name}' past niet bij de naam: dit is geen {FORMATS[format_].title}."})
    return FORMATS[format_].media_type


def _content_is(format_: str, head: bytes) -> bool:
    if format_ in {"txt", "bpmn"}:
        return _is_text(head)
    if format_ == "eml":
        return _is_text(head) and re.match(rb"(?:[!-9;-~]+:|From )", head) is not None
    if not set(FORMATS[format_].found_as).intersection(_found(head)):
        return False
    if format_ == "odt":
        return ODT_START in head[:128]
    return not any(part in head for part in OTHERS.get(format_, ()))


def _found(head: bytes) -> set[str]:
    try:
        matches: list[Any] = puremagic.magic_string(head)
    except puremagic.PureError:
        return set()
    return {match.extension for match in matches}


def _is_text(head: bytes) -> bool:
    for encoding in ("utf-8", "cp1252"):
        try:
            # a sign of several bytes may be cut at the end of the head
            text = head[: len(head) - 3].decode(encoding) if len(head) >= HEAD_BYTES else head.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(sign in "\t\n\r\f" or unicodedata.category(sign) != "Cc" for sign in text)
    return False
