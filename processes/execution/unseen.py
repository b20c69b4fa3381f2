"""Reasons of one change for documents that go out although the eye does not see all of them (W22), and which documents met that question."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from processes.base.errors import Invalid
from processes.storage.tables import DocumentRow

FIELD: Final = "unseen-"  # with the hash of the file: a file that comes with the form is another document at each press


@dataclass
class Unseen:
    """`reasons` by the SHA-256 of a file; `asks`: somebody is there to write them; `brought`: where the store keeps the files that came with this
    change; `met`: by id the documents that hide something and go out by it.
    """

    reasons: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False
    brought: Collection[str] = ()
    met: dict[str, DocumentRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnseenDocument:
    """A document of which somebody must say why it may go out. `field` asks it; `things` in words; `document`: its id, empty for a file that
    came with the form.
    """

    field: str
    title: str
    reference: str
    things: tuple[str, ...]
    document: str


class AsksWhy(Invalid):
    """Schrijf waarom een document met iets wat het oog niet ziet naar buiten mag."""

    def __init__(self, fields: Mapping[str, str], documents: tuple[UnseenDocument, ...]) -> None:
        """`fields` as Invalid has them; `documents`: all that go out, also those with a reason."""
        super().__init__(fields)
        self.documents = documents
