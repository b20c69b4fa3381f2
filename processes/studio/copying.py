"""A new case type out of an existing one: what must differ is changed, and texts that still name the old one are listed.

Only the drawing is changed, and in it only the process id, the title, the identification and the prefix: what else the folder
holds stays to the byte.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from engine import as_utf8
from processes.base.errors import Invalid
from processes.studio.files import DRAWING, Files, drawing_name

IDENTIFICATION: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
PREFIX: Final = re.compile(r"[A-Z][A-Z0-9]{1,5}")
LONGEST_TITLE: Final = 100
MOST_PLACES: Final = 300
SHOWN: Final = 160  # characters of a line that names the old one
CASE_TYPE: Final = re.compile(r"<(?:[\w.-]+:)?caseType\b[^<>]*>")
IN_FORM: Final = re.compile(r'"(?:label|description|text|title)"\s*:\s*("(?:[^"\\]|\\.)*")')
READ: Final = re.compile(r'\b(?:name|title|label|description|explanation|next)="([^"]*)"|>([^<>]*\S[^<>]*)<')


@dataclass(frozen=True, slots=True)
class NewNames:
    """The names of a copy. The identification is its process id as well."""

    title: str
    identification: str
    prefix: str

    def checked(self) -> "NewNames":
        """The same. Raises Invalid with a sentence for each field."""
        wrong = {}
        if not 0 < len(self.title) <= LONGEST_TITLE:
            wrong["title"] = "Vul de naam in die inwoners en medewerkers lezen, hoogstens 100 tekens."
        if not IDENTIFICATION.fullmatch(self.identification) or self.identification == "nieuw":
            wrong["identification"] = "Gebruik kleine letters, cijfers en streepjes, bijvoorbeeld bezwaar-afvalheffing."
        if not PREFIX.fullmatch(self.prefix):
            wrong["prefix"] = "Gebruik 2 tot 6 hoofdletters of cijfers, bijvoorbeeld BZA."
        if wrong:
            raise Invalid(wrong)
        return self


@dataclass(frozen=True, slots=True)
class OldNamePlace:
    """A text of a copy that names the case type that it was copied from. `file` is its name in the folder."""

    file: str
    text: str


def copied(files: Files, old: str, names: NewNames) -> dict[str, bytes]:
    """The files of a new case type; `old` is the process id of the one that is copied."""
    drawing = drawing_name(files)
    renamed = _renamed(as_utf8(files[drawing]).decode("utf-8-sig"), old, names)
    rest = {name: content for name, content in files.items() if name != drawing}
    return {f"{names.identification}{DRAWING}": renamed.encode(), **rest}


def naming(files: Files, old_title: str) -> tuple[OldNamePlace, ...]:
    """Texts that people read and that hold the title of the old case type, the first few hundred."""
    found = (place for name in sorted(files) for place in _places(name, files[name], old_title.casefold()))
    return tuple(place for place, _ in zip(found, range(MOST_PLACES), strict=False))


def _renamed(drawing: str, old: str, names: NewNames) -> str:
    quoted = re.escape(old)
    for pattern in (
        rf'(<(?:[\w.-]+:)?process\b[^<>]*?\bid=")({quoted})(")',
        rf'(\bprocessRef=")({quoted})(")',
        rf'(<(?:[\w.-]+:)?BPMNPlane\b[^<>]*?\bbpmnElement=")({quoted})(")',
    ):
        drawing = re.sub(pattern, rf"\g<1>{names.identification}\g<3>", drawing)
    for tag in ("process", "participant"):
        drawing = re.sub(rf"<(?:[\w.-]+:)?{tag}\b[^<>]*>", lambda found: _set(found[0], "name", names.title), drawing)
    return CASE_TYPE.sub(lambda found: _case_type(found[0], names), drawing, count=1)


def _case_type(tag: str, names: NewNames) -> str:
    for attribute in ("title", "identification", "prefix"):
        tag = _set(tag, attribute, getattr(names, attribute))
    return tag


def _set(tag: str, attribute: str, value: str) -> str:
    quoted = quoteattr(value, {'"': "&quot;"})
    return re.sub(rf'(\s{attribute}=)("[^"]*"|\'[^\']*\')', lambda found: found[1] + quoted, tag, count=1)


def _places(name: str, content: bytes, old: str) -> Iterator[OldNamePlace]:
    for line in _texts(name, content.decode("utf-8", "replace")):
        said = " ".join(line.split())
        if re.search(rf"\b{re.escape(old)}", said.casefold()):
            yield OldNamePlace(name, said[:SHOWN])


def _texts(name: str, text: str) -> Iterator[str]:
    if name.endswith(DRAWING):
        return (html.unescape(found[1] or found[2]) for found in READ.finditer(text))
    if name.startswith("forms/"):
        return (found[1].strip('"').replace('\\"', '"') for found in IN_FORM.finditer(text))
    return iter(text.splitlines()) if name.startswith("mails/") else iter(())
