"""The parts that a change of the secret must write again: how the rows are found, judged and sealed again.

`processes.jobs.resealing` goes through the parts and writes; `processes.jobs.secret_check` goes through them and only looks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from processes.access.links import token_of
from processes.base.errors import FileBroken
from processes.base.secrets import SealBroken
from processes.jobs.judging_seals import judged, judged_or_goes, write_sealed
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
from processes.jobs.sealed_sign_ins import (
    judge_session,
    judge_sign_in,
    judge_tokens,
    write_sessions,
    write_sign_ins,
    write_tokens,
)
from processes.storage.citizens import move_people, moves_of
from processes.storage.sealed_columns import (
    DRAFT,
    HEARING_NOTE,
    IDENTITY,
    LARGE_UPLOAD,
    LINK,
    PROFILE_IDENTITY,
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
    SignInRow,
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


# -- the numbers of parties, with every row that names the same person ------------------------------------------------


def _judge_party(services: Services, row: Any) -> SealState:
    return judged(services.secrets, row.identity, IDENTITY, row.id, row.identity_index)


def _write_parties(session: Session, services: Services, rows: Sequence[Any]) -> None:
    secrets = services.secrets
    numbers = [(row, secrets.open(row.identity, IDENTITY, row.id)) for row in rows]
    write_sealed(session, IDENTITY, [(row.id, secrets.seal(number, IDENTITY, row.id)) for row, number in numbers])
    moved = {number.decode() for row, number in numbers if row.identity_index != secrets.index(number.decode())}
    move_people(session, secrets, [move for number in sorted(moved) for move in moves_of(secrets, number)])


# -- profiles, of people who may have no case ---------------------------------------------------------------------------


def _judge_profile(services: Services, row: Any) -> SealState:
    return judged(services.secrets, row.identity, PROFILE_IDENTITY, row.identity_index, row.identity_index)


def _write_profiles(session: Session, services: Services, rows: Sequence[Any]) -> None:
    secrets = services.secrets
    for row in rows:
        number = secrets.open(row.identity, PROFILE_IDENTITY, row.identity_index)
        write_sealed(
            session,
            PROFILE_IDENTITY,
            [(row.identity_index, secrets.seal(number, PROFILE_IDENTITY, row.identity_index))],
        )
        move_people(session, secrets, moves_of(secrets, number.decode()))


# -- the links of departments and persons ----------------------------------------------------------------------------------


def _judge_link(services: Services, row: Any) -> SealState:
    secrets = services.secrets
    if row.sealed_token is not None:
        return judged(secrets, row.sealed_token, LINK, row.id)
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
    write_sealed(session, LINK, tokens)


# -- forms that were not sent yet -------------------------------------------------------------------------------------------


def _judge_draft(services: Services, row: Any) -> SealState:
    return judged_or_goes(services, row.data, DRAFT, row.id)


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
    write_sealed(session, DRAFT, made)


def _judge_note(services: Services, row: Any) -> SealState:
    return judged(services.secrets, row.text, HEARING_NOTE, row.id)


def _write_notes(session: Session, services: Services, rows: Sequence[Any]) -> None:
    secrets = services.secrets
    opened = [(row.id, secrets.open(row.text, HEARING_NOTE, row.id)) for row in rows]
    write_sealed(session, HEARING_NOTE, [(note, secrets.seal(text, HEARING_NOTE, note)) for note, text in opened])


def _judge_large_upload(services: Services, row: Any) -> SealState:
    return judged_or_goes(services, row.data, LARGE_UPLOAD, row.id)


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
    write_sealed(session, LARGE_UPLOAD, made)


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
        _columns(WebSession, "id_hash", "data"), judge_session, write_sessions,
    ),
    SealedPart(
        "tokens", "Sleutels van de inlogdienst", WebSession.__table__.c.id_hash,
        _columns(WebSession, "id_hash", "tokens").where(WebSession.tokens.is_not(None)), judge_tokens, write_tokens,
    ),
    SealedPart(
        "sign_ins", "Wanneer mensen inlogden", SignInRow.__table__.c.id_hash,
        _columns(SignInRow, "id_hash", "data"), judge_sign_in, write_sign_ins,
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
