"""The parts that a change of the secret must write again: how the rows are found, judged and sealed again.

`processes.jobs.resealing` goes through the parts and writes; `processes.jobs.secret_check` goes through them and only looks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.orm import Session

from processes.access.links import token_of
from processes.base.errors import FileBroken
from processes.base.secrets import SealBroken, Secrets
from processes.jobs.sealed_file_keys import (
    SealState,
    judge_file_key,
    seal_file_key_again,
    write_bundle_keys,
    write_file_keys,
    write_package_keys,
    write_part_keys,
    write_post_keys,
    write_scan_keys,
)
from processes.storage.citizens import identity_of, move_people, moves_of
from processes.storage.sealed_columns import (
    DRAFT,
    HEARING_NOTE,
    IDENTITY,
    LARGE_UPLOAD,
    LINK,
    PROFILE_IDENTITY,
    SEALED,
    SESSION,
    TOKENS,
)
from processes.storage.services import Services
from processes.storage.tables import (
    CaseBundle,
    DocumentRow,
    Dossier,
    DraftRow,
    FileScan,
    HearingNote,
    LargeUpload,
    Party,
    PersonPackage,
    PersonProfile,
    PostFile,
    UploadPart,
    WebSession,
)
from processes.storage.words import LargeUploadState


@dataclass(frozen=True, slots=True)
class SealedPart:
    """One kind of rows. `wanted` asks for them in the order of `key`, which names a row; `write` seals those that are old.

    `title` is Dutch, for who waits. Parts whose table has a `case_id` are written under the locks of their cases.
    """

    code: str
    title: str
    key: Any
    wanted: Select[Any]
    judge: Callable[[Services, Any], SealState]
    write: Callable[[Session, Services, Sequence[Any]], None]

    @property
    def table(self) -> Any:
        return self.key.table


def _judged(secrets: Secrets, sealed: bytes, place: str, row: object, index: str | None = None) -> SealState:
    """`index`: the blind index beside a sealed identity, which must be of that identity."""
    try:
        plain = secrets.open(sealed, place, row).decode() if index else secrets.open(sealed, place, row)
    except (SealBroken, UnicodeDecodeError):
        return SealState.BROKEN
    known = secrets.indexes(str(plain)) if index else ()
    if index and index not in known:
        return SealState.BROKEN
    return SealState.CURRENT if secrets.is_current(sealed) and index in {None, *known[:1]} else SealState.OLD


def _judged_or_goes(services: Services, sealed: bytes, place: str, row: object) -> SealState:
    """Judged as the others; but one that does not open is worth nothing to anybody: it is old as well, and goes when it is written."""
    state = _judged(services.secrets, sealed, place, row)
    return SealState.OLD if state == SealState.BROKEN else state


def _write_sealed(session: Session, place: str, values: Sequence[tuple[object, bytes]]) -> None:
    column = next(one for one in SEALED if one.place == place)
    if values:
        change = (
            update(column.key.table).where(column.key == bindparam("row")).values({column.value: bindparam("made")})
        )
        session.execute(change, [{"row": row, "made": made} for row, made in values])


# -- the numbers of parties, with every row that names the same person ------------------------------------------------


def _judge_party(services: Services, row: Any) -> SealState:
    return _judged(services.secrets, row.identity, IDENTITY, row.id, row.identity_index)


def _write_parties(session: Session, services: Services, rows: Sequence[Any]) -> None:
    secrets = services.secrets
    numbers = [(row, secrets.open(row.identity, IDENTITY, row.id)) for row in rows]
    _write_sealed(session, IDENTITY, [(row.id, secrets.seal(number, IDENTITY, row.id)) for row, number in numbers])
    moved = {number.decode() for row, number in numbers if row.identity_index != secrets.index(number.decode())}
    move_people(session, secrets, [move for number in sorted(moved) for move in moves_of(secrets, number)])


# -- profiles, of people who may have no case ---------------------------------------------------------------------------


def _judge_profile(services: Services, row: Any) -> SealState:
    return _judged(services.secrets, row.identity, PROFILE_IDENTITY, row.identity_index, row.identity_index)


def _write_profiles(session: Session, services: Services, rows: Sequence[Any]) -> None:
    secrets = services.secrets
    for row in rows:
        number = secrets.open(row.identity, PROFILE_IDENTITY, row.identity_index)
        _write_sealed(
            session,
            PROFILE_IDENTITY,
            [(row.identity_index, secrets.seal(number, PROFILE_IDENTITY, row.identity_index))],
        )
        move_people(session, secrets, moves_of(secrets, number.decode()))


# -- sign-ins -------------------------------------------------------------------------------------------------------------


def _judge_session(services: Services, row: Any) -> SealState:
    return _judged_or_goes(services, row.data, SESSION, row.id_hash)


def _write_sessions(session: Session, services: Services, rows: Sequence[Any]) -> None:
    made = []
    for row in rows:
        try:
            plain = services.secrets.open(row.data, SESSION, row.id_hash)
        except SealBroken:
            session.execute(delete(WebSession).where(WebSession.id_hash == row.id_hash))
            continue
        made.append((row.id_hash, services.secrets.seal(_of_now(services.secrets, plain), SESSION, row.id_hash)))
    _write_sealed(session, SESSION, made)


def _judge_tokens(services: Services, row: Any) -> SealState:
    return _judged_or_goes(services, row.tokens, TOKENS, row.id_hash)  # without them the person signs in again


def _write_tokens(session: Session, services: Services, rows: Sequence[Any]) -> None:
    made = []
    for row in rows:
        try:
            plain = services.secrets.open(row.tokens, TOKENS, row.id_hash)
        except SealBroken:
            session.execute(update(WebSession).where(WebSession.id_hash == row.id_hash).values(tokens=None))
            continue
        made.append((row.id_hash, services.secrets.seal(plain, TOKENS, row.id_hash)))
    _write_sealed(session, TOKENS, made)


def _of_now(secrets: Secrets, plain: bytes) -> bytes:
    """The same sign-in, of a citizen under the index of now."""
    data = orjson.loads(plain)
    identity = identity_of(data.get("identity") or {})
    if identity is not None and data["subject"] in secrets.indexes(identity):
        data["subject"] = secrets.index(identity)
    return orjson.dumps(data)


# -- the links of departments and persons ----------------------------------------------------------------------------------


def _judge_link(services: Services, row: Any) -> SealState:
    secrets = services.secrets
    if row.sealed_token is not None:
        return _judged(secrets, row.sealed_token, LINK, row.id)
    if secrets.token_hash(secrets.link_token(row.salt)) == row.token_hash:
        return SealState.CURRENT
    try:
        token_of(secrets, row)
    except SealBroken:
        return SealState.BROKEN
    return SealState.OLD


def _write_links(session: Session, services: Services, rows: Sequence[Any]) -> None:
    secrets = services.secrets
    tokens = [(row.id, secrets.seal(token_of(secrets, row).encode(), LINK, row.id)) for row in rows]
    _write_sealed(session, LINK, tokens)


# -- forms that were not sent yet -------------------------------------------------------------------------------------------


def _judge_draft(services: Services, row: Any) -> SealState:
    return _judged_or_goes(services, row.data, DRAFT, row.id)


def _write_drafts(session: Session, services: Services, rows: Sequence[Any]) -> None:
    made = []
    for row in rows:
        try:
            plain = orjson.loads(services.secrets.open(row.data, DRAFT, row.id))
            for file in plain["held"]["files"]:
                seal_file_key_again(services, file["upload"])
        except (SealBroken, FileBroken):
            session.execute(delete(DraftRow).where(DraftRow.id == row.id))
            continue
        made.append((row.id, services.secrets.seal(orjson.dumps(plain), DRAFT, row.id)))
    _write_sealed(session, DRAFT, made)


def _judge_note(services: Services, row: Any) -> SealState:
    return _judged(services.secrets, row.text, HEARING_NOTE, row.id)


def _write_notes(session: Session, services: Services, rows: Sequence[Any]) -> None:
    secrets = services.secrets
    opened = [(row.id, secrets.open(row.text, HEARING_NOTE, row.id)) for row in rows]
    _write_sealed(session, HEARING_NOTE, [(note, secrets.seal(text, HEARING_NOTE, note)) for note, text in opened])


def _judge_large_upload(services: Services, row: Any) -> SealState:
    return _judged_or_goes(services, row.data, LARGE_UPLOAD, row.id)


def _write_large_uploads(session: Session, services: Services, rows: Sequence[Any]) -> None:
    """One that does not open is given up with its parts; the files are then nobody's, and swept."""
    made = []
    for row in rows:
        try:
            plain = orjson.loads(services.secrets.open(row.data, LARGE_UPLOAD, row.id))
            if plain["upload"]:
                seal_file_key_again(services, plain["upload"])
        except (SealBroken, FileBroken):
            plain = {"name": "", "field": "", "changed": "", "why": "", "upload": None}
            session.execute(delete(UploadPart).where(UploadPart.upload_id == row.id))
            gone = update(LargeUpload).where(LargeUpload.id == row.id)
            session.execute(gone.values(state=LargeUploadState.GONE, writer=None, writer_until=None, blob=None))
        made.append((row.id, services.secrets.seal(orjson.dumps(plain), LARGE_UPLOAD, row.id)))
    _write_sealed(session, LARGE_UPLOAD, made)


def _columns(of: Any, *names: str) -> Select[Any]:
    return select(*(of.__table__.c[name] for name in names))


PARTS: Final = (
    SealedPart(
        "parties", "Nummers van betrokkenen", Party.__table__.c.id,
        _columns(Party, "id", "case_id", "identity", "identity_index").where(Party.identity.is_not(None)),
        _judge_party, _write_parties,
    ),
    SealedPart(
        "profiles", "Gegevens van inwoners", PersonProfile.__table__.c.identity_index,
        _columns(PersonProfile, "identity_index", "identity").where(PersonProfile.identity.is_not(None)),
        _judge_profile, _write_profiles,
    ),
    SealedPart(
        "sessions", "Inlogsessies", WebSession.__table__.c.id_hash,
        _columns(WebSession, "id_hash", "data"), _judge_session, _write_sessions,
    ),
    SealedPart(
        "tokens", "Sleutels van de inlogdienst", WebSession.__table__.c.id_hash,
        _columns(WebSession, "id_hash", "tokens").where(WebSession.tokens.is_not(None)), _judge_tokens, _write_tokens,
    ),
    SealedPart(
        "links", "Links van afdelingen", Dossier.__table__.c.id,
        _columns(Dossier, "id", "case_id", "salt", "token_hash", "sealed_token").where(Dossier.revoked_at.is_(None)),
        _judge_link, _write_links,
    ),
    SealedPart(
        "drafts", "Formulieren die nog niet zijn verstuurd", DraftRow.__table__.c.id,
        _columns(DraftRow, "id", "case_id", "data"), _judge_draft, _write_drafts,
    ),
    SealedPart(
        "file_keys", "Sleutels van bestanden", DocumentRow.__table__.c.id,
        _columns(DocumentRow, "id", "case_id", "blob", "file_key").where(DocumentRow.file_key.is_not(None)),
        judge_file_key, write_file_keys,
    ),
    SealedPart(
        "package_keys", "Sleutels van pakketten", PersonPackage.__table__.c.id,
        _columns(PersonPackage, "id", "blob", "file_key").where(PersonPackage.file_key.is_not(None)),
        judge_file_key, write_package_keys,
    ),
    SealedPart(
        "bundle_keys", "Sleutels van dossiers als PDF of zip", CaseBundle.__table__.c.id,
        _columns(CaseBundle, "id", "case_id", "blob", "file_key").where(CaseBundle.file_key.is_not(None)),
        judge_file_key, write_bundle_keys,
    ),
    SealedPart(
        "hearing_notes", "Eigen aantekeningen bij zittingen", HearingNote.__table__.c.id,
        _columns(HearingNote, "id", "case_id", "text"), _judge_note, _write_notes,
     ),
     SealedPart(
        "post_keys", "Sleutels van bestanden in de postkamer", PostFile.__table__.c.id,
        _columns(PostFile, "id", "case_id", "blob", "file_key").where(PostFile.file_key.is_not(None)),
        judge_file_key, write_post_keys,
    ),
    SealedPart(
        "large_uploads", "Bestanden die nog binnenkomen", LargeUpload.__table__.c.id,
        _columns(LargeUpload, "id", "case_id", "data"), _judge_large_upload, _write_large_uploads,
    ),
    SealedPart(
        "part_keys", "Sleutels van delen van bestanden", UploadPart.__table__.c.blob,
        _columns(UploadPart, "case_id", "blob", "file_key").where(UploadPart.file_key.is_not(None)),
        judge_file_key, write_part_keys,
    ),
    SealedPart(
        "scan_keys", "Sleutels van bestanden die op de viruscontrole wachten", FileScan.__table__.c.blob,
        _columns(FileScan, "blob", "file_key").where(FileScan.file_key.is_not(None)), judge_file_key, write_scan_keys,
    ),
)  # fmt: skip
