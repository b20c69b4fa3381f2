"""A new case type out of an existing one: its names, and the texts that still name the old one.

The copy itself is `RenameCaseType` of engine.edits: texts keep their words, for a person to look at.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.edits import Files
from processes.base.errors import Invalid
from processes.studio.files import DRAWING

IDENTIFICATION: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
PREFIX: Final = re.compile(r"[A-Z][A-Z0-9]{1,5}")
LONGEST_TITLE: Final = 100
MOST_PLACES: Final = 300
SHOWN: Final = 160  # characters of a line that names the old one
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


def naming(files: Files, old_title: str, new_title: str = "") -> tuple[OldNamePlace, ...]:
    """Texts that people read and that hold the old title beside the new one, the first few hundred."""
    names = (old_title.casefold(), new_title.casefold())
    found = (place for name in sorted(files) for place in _places(name, files[name], *names))
    return tuple(place for place, _ in zip(found, range(MOST_PLACES), strict=False))


def _places(name: str, content: bytes, old: str, new: str) -> Iterator[OldNamePlace]:
    for line in _texts(name, content.decode("utf-8", "replace")):
        said = " ".join(line.split())
        rest = said.casefold().replace(new, "") if new else said.casefold()
        if re.search(rf"\b{re.escape(old)}", rest):
            yield OldNamePlace(name, said[:SHOWN])


def _texts(name: str, text: str) -> Iterator[str]:
    if name.endswith(DRAWING):
        return (html.unescape(found[1] or found[2]) for found in READ.finditer(text))
    if name.startswith("forms/"):
        return (found[1].strip('"').replace('\\"', '"') for found in IN_FORM.finditer(text))
    return iter(text.splitlines()) if name.startswith("mails/") else iter(())
