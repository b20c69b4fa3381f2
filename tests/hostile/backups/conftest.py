"""An installation with two stored files and its backup, on SQLite; and the keys that open it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.documents import PDF, stored
from kit.installation import installation, nothing

from processes.jobs.backup.making import make_backup
from processes.jobs.backup.sealing import new_pair, public_key
from processes.storage.services import Services


@pytest.fixture
def keys() -> tuple[str, str]:
    return new_pair()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, nothing) as opened:
        for content in (PDF, PDF + b"2"):
            stored(opened, content=content)
        yield opened


@pytest.fixture
def place(services: Services, tmp_path: Path, keys: tuple[str, str]) -> Path:
    make_backup(services, tmp_path / "backups", public_key(keys[1]))
    return tmp_path / "backups"
