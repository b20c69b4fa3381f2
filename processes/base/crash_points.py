"""Named places where tests kill the process: random kills alone prove little. Without CRASH_POINT nothing happens."""

import itertools
import os
import signal
from typing import Final, Literal

Point = Literal[
    "claimed",
    "state-written",
    "committed",
    "sent-not-marked",
    "body-half",
    "blob-written",
    "before-commit",
    "before-response",
    "resealed",
    "assembling",
    "scanned",
]
VARIABLE: Final = "CRASH_POINT"  # not ZAAKSPOOR_: it is no setting of an installation
_PASSES = itertools.count(1)


def crash_point(point: Point) -> None:
    """Die here, as by kill -9, when a test has armed this point: `claimed`, or `claimed:3` for the third pass."""
    armed, _, pass_number = os.environ.get(VARIABLE, "").partition(":")
    if armed == point and next(_PASSES) >= int(pass_number or 1):
        os.kill(os.getpid(), signal.SIGKILL)
