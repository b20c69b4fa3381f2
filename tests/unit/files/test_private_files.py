"""Files and folders of an installation are its own account's alone, whatever the umask says; what is wider is named."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.installation import open_at

from processes.base.settings import Settings
from processes.jobs.private_places import wide_places
from processes.storage.session import transaction, upgrade
from processes.storage.tables import SettingRow
from processes.wiring import close_services


@pytest.fixture(params=[0o000, 0o022, 0o277], ids=lambda mask: f"umask {mask:03o}")
def umask(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {
        str(place.relative_to(folder)): f"{stat.S_IMODE(place.stat().st_mode):o}" for place in sorted(folder.rglob("*"))
    }


@pytest.mark.usefixtures("umask")
def test_t5_all_that_an_installation_makes_is_closed_to_others(tmp_path: Path) -> None:
    data = tmp_path / "var"
    address = f"sqlite:///{data}/db/zaakspoor.db"
    upgrade(address)
    services = open_at(address, data, secret="")
    with services.files.open_incoming() as file, transaction(services.sessions) as session:
        file.write(b"x")
        session.add(SettingRow(name="x", value=1))
        session.flush()
        busy = modes(data)
        blob, _, _ = file.finish()
    made = busy | modes(data)
    close_services(services)
    expected = {"db/zaakspoor.db", "db/zaakspoor.db-wal", "db/zaakspoor.db-shm", "db/zaakspoor.db.migrating", "secret",
                f"files/blobs/{blob}"}  # fmt: skip
    assert expected <= made.keys()
    assert {name: mode for name, mode in made.items() if mode != ("700" if (data / name).is_dir() else "600")} == {}
    assert f"{stat.S_IMODE(data.stat().st_mode):o}" == "700"


def test_t5_a_folder_that_is_there_already_keeps_the_rights_it_was_given(tmp_path: Path) -> None:
    data = tmp_path / "var"
    data.mkdir(mode=0o750)
    data.chmod(0o750)
    upgrade(f"sqlite:///{data}/zaakspoor.db")
    assert stat.S_IMODE(data.stat().st_mode) == 0o750


def test_t5_check_names_each_place_that_others_may_use(tmp_path: Path) -> None:
    data = tmp_path / "var"
    settings = Settings(database=f"sqlite:///{data}/zaakspoor.db", files=f"{data}/files", data=data)
    upgrade(settings.database)
    services = open_at(settings.database, data, secret="")
    with services.files.open_incoming() as file:
        file.write(b"x")
        blob, _, _ = file.finish()
    close_services(services)
    assert list(wide_places(settings)) == []
    wide = [data, data / "zaakspoor.db", data / "secret", data / "files" / "incoming", data / "files" / "blobs" / blob]
    for place in wide:
        place.chmod(0o755 if place.is_dir() else 0o640)
    told = list(wide_places(settings))
    assert [any(f"bij {place} (" in one and f"chmod -R go= {place}" in one for one in told) for place in wide] == [
        True
    ] * 5
    assert len(told) == len(wide)
