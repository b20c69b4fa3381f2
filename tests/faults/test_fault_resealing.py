"""`zaakspoor reseal` killed after each batch: the next one goes on where it was, and in the end nothing needs the old secret.

On a database of its own, beside the installation of the other experiments.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kit.desk import asked
from kit.installation import TEST_SECRET, installation
from kit.secrets import NEWER_SECRET, under
from sqlalchemy import func, insert, select

from processes.base.crash_points import VARIABLE
from processes.base.keys import keys_of
from processes.jobs.resealing import BATCH, REACHED
from processes.jobs.secret_check import look_at_secrets
from processes.jobs.verification import verify
from processes.storage.known_secrets import check_secret
from processes.storage.services import Services
from processes.storage.tables import Case, Party, PersonProfile, SettingRow

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]
PEOPLE = 3 * BATCH


def crowd(services: Services) -> None:
    """A case with many parties, each sealed as release 0.1 did, and half of them with a profile."""
    asked(services)
    sealing, secrets = keys_of(TEST_SECRET).sealing, services.secrets
    with services.sessions.begin() as session:
        case = session.scalars(select(Case.id)).one()
        numbers = [f"kvk:{90000000 + at}" for at in range(PEOPLE)]
        session.add_all(
            Party(
                case_id=case, role="objector", kind="company", name=f"Verzonnen {at}", channel="portal",
                identity=b"\x01" + b"n" * 12 + sealing.encrypt(b"n" * 12, number.encode(), b"party.identity"),
                identity_index=secrets.index(number),
            )
            for at, number in enumerate(numbers)
        )  # fmt: skip
        session.execute(insert(PersonProfile), [{"identity_index": secrets.index(one)} for one in numbers[::2]])


def reseal(services: Services, point: str = "") -> int:
    known = services.settings
    settings = {"DATABASE": known.database, "FILES": known.files, "DATA": str(known.data), "SECRET": NEWER_SECRET,
                "SECRET_OLD": TEST_SECRET}  # fmt: skip
    given = {f"ZAAKSPOOR_{name}": value for name, value in settings.items()}
    armed = {VARIABLE: point} if point else {}
    words = [sys.executable, "-m", "portal.commands", "reseal"]
    return subprocess.run(
        words, env={**os.environ, **given, **armed}, cwd=ROOT, check=False, capture_output=True, timeout=120
    ).returncode


def reached(services: Services) -> tuple[str, int] | None:
    with services.sessions() as session:
        row = session.get(SettingRow, REACHED)
        return (row.value["part"], row.value["done"]) if row else None


def test_t5_a_reseal_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    with installation(tmp_path, crowd) as services:
        check_secret(services)
        places = []
        for point in ("resealed", "resealed:2"):
            assert reseal(services, point) == -signal.SIGKILL
            places.append(reached(services))
            found = look_at_secrets(under(services, NEWER_SECRET, TEST_SECRET))
            assert (found.broken, found.changing) == ([], True)
        assert places == [("parties", BATCH), ("parties", 3 * BATCH)]
        assert reseal(services) == 0
        after = under(services, NEWER_SECRET)
        assert verify(after) == []
        assert reached(after) is None
        with services.sessions() as session:
            moved = (
                select(func.count())
                .select_from(Party)
                .join(PersonProfile, PersonProfile.identity_index == Party.identity_index)
            )
            assert session.scalar(moved) == PEOPLE // 2
