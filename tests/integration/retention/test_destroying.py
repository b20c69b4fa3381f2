"""O37: after the destruction nothing of the dossier is left, wherever one looks, and a kill half way leaves no ruin."""

import os
import pkgutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from kit.dossiers import ARCHIVIST, NOW, SECOND, Made, listed, make_case
from kit.dossiers import approve as order_destruction
from leftovers import database_dump, left_of
from sqlalchemy import select, update

from processes.base.errors import Busy
from processes.jobs import destroying
from processes.jobs.destroying import REMAINS, case_tables, destroy
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.workers import drain
from processes.post.certificate import certificate_pdf, certificate_text
from processes.storage import audit
from processes.storage.base import Base
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import AuditRow, Case, DestructionRow, DocumentRow, OutboxRow, PersonProfile

BSN, OTHER_BSN = "111222333", "123456782"


def approve(services: Services, *cases: Made) -> tuple[int, ...]:
    sweep_retention(services)
    ids = tuple(listed(services, made.case_id).id for made in cases)
    order_destruction(services, *ids)
    return ids


def test_the_search_finds_every_word_before_the_destruction(archive: Services) -> None:
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    assert set(left_of(archive, made)) == {*made.words, *made.blobs} - {BSN}  # the BSN is sealed from the start


def test_every_table_that_points_at_a_case_is_emptied_or_named_as_proof() -> None:
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name == "case" for key in table.foreign_keys) or "case_id" in table.columns
    }
    assert {table.name for table in case_tables()} == pointing - REMAINS


def test_the_dossiers_of_these_tests_fill_every_table_of_a_case(archive: Services) -> None:
    make_case(archive, "vol", bsn=BSN)
    with archive.sessions() as session:
        empty = [table.name for table in case_tables() if session.execute(select(table)).first() is None]
    assert empty == []


def test_o37_nothing_of_a_destroyed_dossier_is_left_anywhere(archive: Services) -> None:
    made, other = (
        make_case(archive, "Kwibus7391", bsn=BSN),
        make_case(archive, "Blijvert", bsn=OTHER_BSN, destroy_from=None),
    )
    before = left_of(archive, other)
    _change_texts(archive, made)
    (row_id,) = approve(archive, made)
    assert drain(archive) == 1
    assert left_of(archive, made) == []
    assert left_of(archive, other) == before
    assert b"Oude tekst" not in database_dump(archive)
    row = listed(archive, made.case_id)
    assert (row.id, row.state, row.exception) == (row_id, "destroyed", None)
    with archive.sessions() as session:
        assert audit.check(session) == []


def _change_texts(services: Services, made: Made) -> None:
    """An earlier text of the case, which a database file may hold long after it was changed."""
    for value in ("Oude tekst Kwibus7391 " * 400, "kort"):
        with services.sessions.begin() as session:
            session.execute(update(Case).where(Case.id == made.case_id).values(result_explanation=value))


def test_b6_the_certificate_says_what_when_why_and_by_whom_without_personal_data(archive: Services) -> None:
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    approve(archive, made)
    drain(archive)
    row = listed(archive, made.case_id)
    shown = certificate_text(row, {ARCHIVIST.subject: ARCHIVIST.name, SECOND.subject: SECOND.name})
    expected = (
        made.number, "Bezwaar", "13.1 Geschil behandeld (5 jaar)", f"Goedgekeurd door: {ARCHIVIST.name}, op ",
        f"Voorgesteld door: {SECOND.name}, op ", "2 documenten", "2 betrokkenen",
        "1 zaak", "1 profiel van een burger", "overige gegevens", *made.hashes,
    )  # fmt: skip
    assert [part for part in expected if part not in shown] == []
    assert [word for word in made.words if word in shown] == []
    assert certificate_pdf(row, "Gemeente Voorbeeldstad").startswith(b"%PDF")
    with archive.sessions() as session:
        assert session.scalars(select(AuditRow.action).order_by(AuditRow.id.desc())).first() == "destroyed"


def test_there_is_no_certificate_before_the_destruction(archive: Services) -> None:
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    approve(archive, made)
    with pytest.raises(ValueError, match="before"):
        certificate_text(listed(archive, made.case_id))


def test_the_profile_of_someone_with_another_case_stays(archive: Services) -> None:
    gone, kept = make_case(archive, "weg", bsn=BSN), make_case(archive, "blijft", bsn=BSN, destroy_from=None)
    approve(archive, gone)
    drain(archive)
    with archive.sessions() as session:
        assert session.get(PersonProfile, archive.secrets.index(f"bsn:{BSN}")) is not None
        assert session.get(Case, kept.case_id) is not None


def test_the_number_of_a_destroyed_case_is_never_given_out_again(archive: Services) -> None:
    gone = make_case(archive, "weg", bsn=BSN)
    approve(archive, gone)
    drain(archive)
    assert make_case(archive, "nieuw", bsn=BSN).number != gone.number


@pytest.mark.parametrize("state", ["listed", "excepted", "proposed"])
def test_an_order_for_a_case_that_is_not_approved_does_nothing(archive: Services, state: str) -> None:
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    sweep_retention(archive)
    with archive.sessions.begin() as session:
        session.execute(update(DestructionRow).values(state=state))
    destroy(archive, {"destruction": listed(archive, made.case_id).id})
    assert set(made.blobs) == {file.blob for file in archive.files.all_blobs()}
    assert listed(archive, made.case_id).state == state


def test_a_batch_is_destroyed_whole_and_twice_is_once(archive: Services) -> None:
    made = [make_case(archive, f"Kwibus{number}x", bsn=BSN) for number in range(3)]
    ids = approve(archive, *made)
    assert drain(archive) == 3
    first = [listed(archive, one.case_id).destroyed_at for one in made]
    for row_id in ids:
        destroy(archive, {"destruction": row_id})
    assert [listed(archive, one.case_id).destroyed_at for one in made] == first
    assert [left_of(archive, one) for one in made] == [[], [], []]


class Killed(BaseException):
    """The process dies here: nothing that comes after it may run."""


def die_after(calls: int) -> Callable[[Callable[..., object]], Callable[..., object]]:
    def wrap(real: Callable[..., object]) -> Callable[..., object]:
        left = iter(range(calls))

        def mortal(*arguments: object, **named: object) -> object:
            if next(left, None) is None:
                raise Killed
            return real(*arguments, **named)

        return mortal

    return wrap


PLACES = {
    "before the first file": ("processes.storage.files.FileStore.delete", 0),
    "between two files": ("processes.storage.files.FileStore.delete", 1),
    "before the first row": ("processes.jobs.destroying.write_certificate", 0),
    "between two tables": ("processes.jobs.destroying._count", 6),
    "just before the commit": ("processes.execution.unit_of_work.UnitOfWork.audit", 0),
    "after the commit, before the wiping": ("processes.jobs.destroying.wipe_leftovers", 0),
}


@pytest.mark.parametrize(("place", "calls"), PLACES.values(), ids=PLACES.keys())
def test_o37_a_destruction_that_breaks_off_resumes_and_never_lies(
    archive: Services, monkeypatch: pytest.MonkeyPatch, place: str, calls: int
) -> None:
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    (row_id,) = approve(archive, made)
    with monkeypatch.context() as patch:
        patch.setattr(place, die_after(calls)(pkgutil.resolve_name(place)))
        with pytest.raises(Killed):
            destroy(archive, {"destruction": row_id})
    half = listed(archive, made.case_id)
    rows_left = "Kwibus7391" in str(_documents(archive))
    assert (half.state == "approved") == rows_left  # `destroyed` is only said when the rows are gone
    destroy(archive, {"destruction": row_id})
    assert left_of(archive, made) == []
    assert sorted(listed(archive, made.case_id).certificate["documents"]) == sorted(made.hashes)


def _documents(services: Services) -> list[str]:
    with services.sessions() as session:
        return list(session.scalars(select(DocumentRow.title)))


KILLER = """
import os, signal, sys
from processes.storage.files import FileStore
from processes.wiring import open_services
from processes.jobs.destroying import destroy
from processes.base.settings import Settings
real, left = FileStore.delete, [1]
def mortal(store, blob):
    real(store, blob)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
FileStore.delete = mortal
services = open_services(Settings(database=sys.argv[1], files=sys.argv[2], secret=sys.argv[3]))
destroy(services, {"destruction": int(sys.argv[4])})
"""


def test_o37_a_killed_worker_leaves_an_order_that_the_next_one_finishes(archive: Services) -> None:
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    (row_id,) = approve(archive, made)
    address = archive.sessions.kw["bind"].url.render_as_string(hide_password=False)
    known = archive.settings
    done = subprocess.run(
        [sys.executable, "-c", KILLER, address, known.files, known.secret, str(row_id)],
        check=False, cwd=Path(__file__).parents[3], env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert len(list(archive.files.all_blobs())) == 4
    assert listed(archive, made.case_id).state == "approved"
    assert drain(archive) == 1
    assert left_of(archive, made) == []


def test_three_workers_at_once_destroy_one_case_once(archive: Services) -> None:
    """A lease may run out during a large dossier, and then another worker starts on it, too."""
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    (row_id,) = approve(archive, made)
    with ThreadPoolExecutor(3) as workers:
        outcomes = [workers.submit(destroy, archive, {"destruction": row_id}) for _ in range(3)]
    errors = [outcome.exception() for outcome in outcomes]
    assert [error for error in errors if error is not None and not isinstance(error, Busy)] == []
    destroy(archive, {"destruction": row_id})
    assert left_of(archive, made) == []
    with archive.sessions() as session:
        destroyed = select(AuditRow).where(AuditRow.action == "destroyed")
        assert len(session.scalars(destroyed).all()) == 1
        assert audit.check(session) == []


def test_a_document_filed_while_the_files_went_goes_too(archive: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    (row_id,) = approve(archive, made)
    late: list[str] = []

    def late_document(services: Services, destruction_id: int) -> set[str]:
        gone = real(services, destruction_id)
        with services.files.open_incoming() as incoming:
            incoming.write(b"te laat Kwibus7391")
            blob, sha256, size = incoming.finish()
        late.append(blob)
        with services.sessions.begin() as session:
            session.add(_late_row(made, blob, sha256, size))
        return gone

    real = destroying._delete_files
    monkeypatch.setattr(destroying, "_delete_files", late_document)
    destroy(archive, {"destruction": row_id})
    assert left_of(archive, made) == []
    assert not archive.files.exists(late[0])
    assert len(listed(archive, made.case_id).certificate["documents"]) == 3


def _late_row(made: Made, blob: str, sha256: str, size: int) -> DocumentRow:
    return DocumentRow(
        case_id=made.case_id, reference="laat", type="stuk", title="laat", file_name="laat.pdf", media_type="x", size=size,
        sha256=sha256, blob=blob, origin="worker", confidentiality="intern", added_at=NOW, added_by="iemand",
    )  # fmt: skip


def test_a_long_read_delays_the_wiping_but_not_for_ever(archive: Services) -> None:
    if archive.sessions.kw["bind"].dialect.name != "sqlite":
        return  # only SQLite keeps deleted rows in a file of ours
    made = make_case(archive, "Kwibus7391", bsn=BSN)
    approve(archive, made)
    reader = archive.sessions()
    read_only(reader).scalars(select(Case)).all()
    assert drain(archive, rounds=1) == 0
    reader.close()
    with archive.sessions.begin() as session:
        order = session.scalars(select(OutboxRow).where(OutboxRow.kind == "destroy")).one()
        assert order.done_at is None
        assert order.error is not None
        order.not_before = NOW - timedelta(minutes=1)
    assert drain(archive) == 1
    assert left_of(archive, made) == []
