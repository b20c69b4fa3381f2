"""The child in which LibreOffice runs: it sets its own limits and then becomes that program. `python -m ... PROGRAM ARGUMENTS`."""

import os
import resource
import sys
from typing import Final

SECONDS: Final = 60  # of processor time
MEMORY: Final = 4 * 1024 * 1024 * 1024  # it reserves much more than it uses
LARGEST_FILE: Final = 200 * 1024 * 1024
OPEN_FILES: Final = 512


def main() -> None:
    """Does not come back."""
    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    os.environ.pop("PYTHONPATH", None)
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the program of the setting, with arguments of ours


if __name__ == "__main__":
    main()
