"""Files that somebody chose for a form and has not sent yet, as a page and a draft carry them along."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from processes.base.uploads import Upload
from processes.base.written import TypedText


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """One chosen file. `field` is the form field; `type` the document type, empty when none was chosen yet.

    `original`: the file that was chosen, when `upload` is the PDF that was made of it. `scan`: how it stands with the virus scanner,
    as a sentence for the page; no draft keeps it.
    """

    field: str
    type: str
    upload: Upload
    title: TypedText = ""
    original: Upload | None = None
    scan: str = ""

    @property
    def key(self) -> str:
        """Names the form fields of this file, so that a list that changed never mixes files up."""
        return self.upload.blob.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class ChosenFiles:
    """The files that somebody chose and has not sent yet. `lost`: form field and sentence of each that was thrown away meanwhile, because
    it held a virus; no draft keeps them.
    """

    files: tuple[ChosenFile, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    lost: tuple[tuple[str, str], ...] = ()

    @property
    def once(self) -> str:
        """The one-time key of the action that sends it."""
        return f"held:{self.id}"

    @property
    def blobs(self) -> tuple[str, ...]:
        """Every file in the store that waits, those of which a PDF was made too."""
        return tuple(one.blob for file in self.files for one in (file.upload, file.original) if one is not None)

    def as_data(self) -> dict[str, Any]:
        """Plain data for a sealed text; `from_data` makes the files of it again."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "ChosenFiles":
        return cls(tuple(map(_file, data["files"])), data["id"])


def _file(data: Mapping[str, Any]) -> ChosenFile:
    """Drafts of before release 0.2 name no original."""
    original = data.get("original")
    return ChosenFile(
        data["field"], data["type"], Upload(**data["upload"]), data["title"], Upload(**original) if original else None
    )
