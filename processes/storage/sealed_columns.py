"""Every column that holds something sealed, and every column that names a citizen by the blind index: one table of each.

A change of the secret goes by these tables (`processes.jobs.resealing`), and `verify` looks through them. Tests compare them with
the tables and with what a played case leaves in the database, so that a new column cannot be forgotten.
"""

from dataclasses import dataclass
from typing import Any, Final

from processes.storage.base import Base
from processes.storage.tables import (
    CaseBundle,
    DocumentRow,
    Dossier,
    DraftRow,
    FileScan,
    HearingNote,
    LargeUpload,
    LookRow,
    OwnAddress,
    Party,
    PersonPackage,
    PersonProfile,
    PostFile,
    SignInRow,
    TaskRow,
    UploadPart,
    UploadRow,
    WebSession,
)


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column with sealed bytes. `place` is what they are sealed for, beside the row; `row` is the column that names the row."""

    of: type[Base]
    column: str
    place: str
    row: str

    @property
    def value(self) -> Any:
        """The column itself, for queries."""
        return self.of.__table__.c[self.column]

    @property
    def key(self) -> Any:
        """The column that the value is bound to."""
        return self.of.__table__.c[self.row]


@dataclass(frozen=True, slots=True)
class IndexedColumn:
    """A column that names a citizen by the blind index, behind a `prefix` such as `citizen:` where one stands there.

    `of_case`: the column has no index of its own in the database, so its rows are found by the cases of that person. `key_with`:
    the column that together with this one is the key of the row.
    """

    of: type[Base]
    column: str
    of_case: bool = False
    prefix: str = ""
    key_with: str = ""

    @property
    def value(self) -> Any:
        return self.of.__table__.c[self.column]


IDENTITY: Final = "party.identity"
PROFILE_IDENTITY: Final = "person_profile.identity"
LINK: Final = "dossier.sealed_token"
SESSION: Final = "web_session"
TOKENS: Final = "web_session.tokens"
OWN_SIGN_IN: Final = "sign_in.data"
DRAFT: Final = "draft.data"
LARGE_UPLOAD: Final = "large_upload.data"
HEARING_NOTE: Final = "hearing_note.text"

FILE_KEY: Final = "document.file_key"

SEALED: Final = (
    SealedColumn(Party, "identity", IDENTITY, "id"),
    SealedColumn(PersonProfile, "identity", PROFILE_IDENTITY, "identity_index"),
    SealedColumn(WebSession, "data", SESSION, "id_hash"),
    SealedColumn(WebSession, "tokens", TOKENS, "id_hash"),
    SealedColumn(SignInRow, "data", OWN_SIGN_IN, "id_hash"),
    SealedColumn(Dossier, "sealed_token", LINK, "id"),
    SealedColumn(DraftRow, "data", DRAFT, "id"),
    SealedColumn(LargeUpload, "data", LARGE_UPLOAD, "id"),
    SealedColumn(HearingNote, "text", HEARING_NOTE, "id"),
    SealedColumn(DocumentRow, "file_key", FILE_KEY, "blob"),  # as text; the file store alone opens it
    SealedColumn(PersonPackage, "file_key", FILE_KEY, "blob"),  # as that one
    SealedColumn(CaseBundle, "file_key", FILE_KEY, "blob"),  # as that one
    SealedColumn(UploadPart, "file_key", FILE_KEY, "blob"),  # as that one
    SealedColumn(PostFile, "file_key", FILE_KEY, "blob"),  # as that one
    SealedColumn(FileScan, "file_key", FILE_KEY, "blob"),  # as that one
)

# the first ones are found through the rows of Party, which therefore change last; a profile has the index as its key
INDEXED: Final = (
    IndexedColumn(TaskRow, "done_by", of_case=True),
    IndexedColumn(LookRow, "who"),
    IndexedColumn(LookRow, "for_whom", of_case=True),
    IndexedColumn(SignInRow, "person"),
    IndexedColumn(SignInRow, "company"),
    IndexedColumn(DraftRow, "owner", prefix="citizen:", key_with="form"),
    IndexedColumn(UploadRow, "owner", prefix="citizen:"),
    IndexedColumn(LargeUpload, "owner", prefix="citizen:"),
    IndexedColumn(OwnAddress, "identity_index", key_with="email"),
    IndexedColumn(PersonPackage, "identity_index"),
    IndexedColumn(PersonProfile, "identity_index"),
    IndexedColumn(Party, "identity_index"),
)
