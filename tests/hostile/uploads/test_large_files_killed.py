"""P2: a worker that is killed while it puts a large file together loses nothing, and leaves nothing twice."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from kit.desk import desk
from kit.documents import PDF
from kit.tus import tus_of

from processes.jobs import clock_process
from processes.jobs.clock_process import sweep_orphans
from processes.jobs.workers import drain
from processes.storage.tables import LargeUpload, UploadPart, UploadRow

KILLER = """
import sys
from processes.base.settings import Settings
from processes.wiring import open_services
from processes.jobs.assembling import assemble

services = open_services(Settings(database=sys.argv[1], files=sys.argv[2], secret=sys.argv[3]))
assemble(services, {"upload": sys.argv[4]})
"""


def test_p2_a_worker_killed_while_it_puts_a_file_together_loses_nothing(tmp_path: Path, monkeypatch) -> None:
    with desk(tmp_path) as office:
        drain(office.services)
        before = {file.blob for file in office.services.files.all_blobs()}
        tus = tus_of(office)
        task = office.client.get(office.address).text.partition('name="task" value="')[2].partition('"')[0]
        place = tus.whole("groot.pdf", PDF + b"x" * 500_000, f"?task={task}")
        known = office.services.settings
        address = office.services.sessions.kw["bind"].url.render_as_string(hide_password=False)
        done = subprocess.run(
            [sys.executable, "-c", KILLER, address, known.files, known.secret, place.rpartition("/")[2]],
            check=False, cwd=Path(__file__).parents[3], env={**os.environ, "CRASH_POINT": "assembling"},
        )  # fmt: skip
        assert done.returncode == -signal.SIGKILL
        assert [row.state for row in office.rows(LargeUpload)] == ["assembling"]
        assert len(office.rows(UploadPart)) == 1
        assert drain(office.services) == 1
        (made,) = office.rows(UploadRow)
        monkeypatch.setattr(clock_process, "ORPHAN_AGE", timedelta(days=-1))  # so that all files are old
        assert sweep_orphans(office.services) == 1  # what the killed one had put together
        assert {file.blob for file in office.services.files.all_blobs()} - before == {made.blob}
