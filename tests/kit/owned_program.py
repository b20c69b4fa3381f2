"""A real program of Debian that a test runs as an ordinary user, in a folder of its own: started, stopped, put to sleep."""

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.waiting import until


def owner() -> pwd.struct_passwd:
    """The user under whom it runs: never root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


class OwnedProgram:
    """Offers `folder`, and says by `_command` what is run and by `_answers` when it is there."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        as_root = os.geteuid() == 0
        who = {"user": owner().pw_uid, "group": owner().pw_gid, "extra_groups": []} if as_root else {}
        with (self.folder / "words").open("wb") as words:
            self.process = subprocess.Popen(self._command(), stdout=words, stderr=words, start_new_session=True, **who)  # type: ignore[call-overload]
        assert until(lambda: self.process.poll() is not None or self._answers(), 30)
        assert self.process.poll() is None, (self.folder / "words").read_text()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """It takes connections (the system does), and says nothing."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError
