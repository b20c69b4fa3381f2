"""T9: a folder of backups in which somebody else can write. They have the public key, which stands there in clear.

So they can seal whatever they like: what is put back must not leave its place, and nothing is believed before its digest.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.installation import open_at
from sqlalchemy import inspect

from processes.base.errors import NotFound, ZaakspoorError
from processes.jobs.backup import making, restoring
from processes.jobs.backup.place import BackupPlace, NoBackup
from processes.jobs.backup.restoring import restore
from processes.jobs.backup.sealing import MAGIC, private_key, public_key, sealed
from processes.storage.services import Services
from processes.wiring import close_services

OUTSIDE = (
    "../../uit/de-weg",
    "../uit/de-weg",
    "/uit/de-weg",
    "ab/../../../uit/de-weg",
    "..",
    "",
    "ab/ cd",
    "ab//cd",
    "\udcff",
)
SIZES = ("", "-1", "1e9", "x", "9" * 40)
ABOUTS = (
    "",
    "[]",
    "null",
    "{}",
    '{"format": 1}',
    '{"format": 1, "canary": 7}',
    '{"format": 1, "canary": "zz"}',
    "\udcff",
    "[" * 50_000,
)
ROWS = (
    [], [b""], [b"\n"], [b"[]\n", b"[]\n"], [b"{}\n"], [b"\xff\n"], [b"null\n", b"7\n"],
    [b'{"backup": "%b", "schema": "base"}\n', b'{"table": "no_such", "columns": [["a", "plain"]]}\n', b"[1]\n", b'{"digest": 1}\n'],
    [b'{"backup": "%b", "schema": "base"}\n', b'{"table": "setting", "columns": [["a", "x"]]}\n', b'{"digest": "1"}\n'],
)  # fmt: skip


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Services]:
    """Where it is put back."""
    folder = tmp_path / "elders"
    folder.mkdir()
    opened = open_at(f"sqlite:///{folder}/zaakspoor.db", folder)
    yield opened
    close_services(opened)


def outside(folder: Path) -> set[str]:
    """Every file that lies in neither the installation nor the backups."""
    found = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    return {
        one for one in found if not one.startswith(("backups/", "elders/files/blobs/", "elders/zaakspoor.db", "files/"))
    }


def refused(there: Services, place: Path, keys: tuple[str, str]) -> bool:
    """Whether it is refused with a sentence; any other error fails the test."""
    try:
        restore(there, place, private_key(keys[0]))
    except ZaakspoorError:
        return True
    return False


@pytest.mark.parametrize("blob", OUTSIDE)
def test_t9_no_name_in_a_list_of_files_leads_out_of_the_store(
    there: Services, place: Path, keys: tuple[str, str], tmp_path: Path, blob: str
) -> None:
    backup, before = BackupPlace(place).newest(), outside(tmp_path)
    source = Path(os.path.normpath(place / "files" / os.fsencode(blob).decode(errors="replace")))
    if blob.startswith("..") and blob != "..":
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(b"".join(sealed([b"boef"], public_key(keys[1]), blob)))
        before = outside(tmp_path)
    (backup.folder / "files.txt").write_bytes(b"4 " + os.fsencode(blob) + b"\n")
    assert refused(there, place, keys)
    assert outside(tmp_path) == before
    assert b"boef" not in b"".join(one.read_bytes() for one in (tmp_path / "elders").rglob("*") if one.is_file())


@pytest.mark.parametrize("blob", ["../boef", "/boef", "ab/../../boef", ""])
def test_t9_the_store_itself_takes_no_such_name(there: Services, blob: str) -> None:
    with pytest.raises(NotFound):
        there.files.take(blob, [b"boef"])


def lists(place: Path) -> Iterator[Callable[[], object]]:
    folder = BackupPlace(place).newest().folder
    for size in SIZES:
        yield lambda size=size: (folder / "files.txt").write_text(f"{size} ab/cdef\n")
    yield lambda: (folder / "files.txt").write_bytes(b"\xff\xfe\n")


def test_t9_a_list_that_is_none_is_refused_and_removes_no_file(
    there: Services, place: Path, keys: tuple[str, str]
) -> None:
    files = sorted((place / "files").rglob("*"))
    for spoil in lists(place):
        spoil()
        assert refused(there, place, keys)
        with pytest.raises(NoBackup):
            BackupPlace(place).keep_newest(1)
    assert sorted((place / "files").rglob("*")) == files


@pytest.mark.parametrize("about", ABOUTS, ids=range(len(ABOUTS)))
def test_t9_what_a_backup_tells_of_itself_is_refused_with_a_sentence(
    there: Services, place: Path, keys: tuple[str, str], about: str
) -> None:
    (BackupPlace(place).newest().folder / "about.json").write_bytes(os.fsencode(about))
    assert refused(there, place, keys)


@pytest.mark.parametrize("told", ["", "gisteren", "2026-01-01", "2026-01-01T00:00:00", None, 7, "<script>"])
def test_t9_a_moment_that_is_none_is_never_written_where_pages_read_it(
    there: Services, place: Path, keys: tuple[str, str], told: object
) -> None:
    file = BackupPlace(place).newest().folder / "about.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "made_at": told}))
    assert refused(there, place, keys)


@pytest.mark.parametrize("lines", ROWS, ids=range(len(ROWS)))
def test_t9_rows_that_somebody_else_sealed_do_not_reach_the_database(
    there: Services, place: Path, keys: tuple[str, str], lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = BackupPlace(place).newest()
    named = [line.replace(b"%b", backup.name.encode()) for line in lines]
    backup.write("rows", sealed(making._compressed(named), public_key(keys[1]), f"{backup.name}/rows"))
    monkeypatch.setattr(restoring, "load", lambda *_: pytest.fail("rows that nobody vouches for were loaded"))
    assert refused(there, place, keys)
    assert inspect(there.sessions.kw["bind"]).get_table_names() == []


@pytest.mark.parametrize("content", [b"", MAGIC, MAGIC + bytes(32), MAGIC + bytes(4000), b"ZSB0" + bytes(400)])
def test_t9_bytes_that_nobody_sealed_are_refused(
    there: Services, place: Path, keys: tuple[str, str], content: bytes
) -> None:
    backup = BackupPlace(place).newest()
    for changed in (backup.folder / "rows", next(one for one in (place / "files").rglob("*") if one.is_file())):
        kept = changed.read_bytes()
        changed.write_bytes(content)
        assert refused(there, place, keys)
        changed.write_bytes(kept)


def test_t9_what_is_removed_never_lies_behind_a_link(
    services: Services, place: Path, keys: tuple[str, str], tmp_path: Path
) -> None:
    """Who can write in the place of the backups has the program delete the files of somebody else."""
    elsewhere = tmp_path / "van-iemand-anders"
    (elsewhere / "ab").mkdir(parents=True)
    (elsewhere / "ab" / "cd").write_text("weg?")
    (elsewhere / "about.json").write_text(json.dumps({"format": 1}))
    (place / "00000101T000000Z").symlink_to(elsewhere)
    making.make_backup(services, place, public_key(keys[1]), keep=1)
    (place / "files").rename(tmp_path / "opzij")
    (place / "files").symlink_to(elsewhere)
    with pytest.raises(NoBackup, match="verwijzing"):
        BackupPlace(place).keep_newest(1)
    assert {one.name for one in elsewhere.rglob("*")} == {"ab", "cd", "about.json"}
