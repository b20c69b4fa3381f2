"""Files that an administrator may replace while the program runs: read again when they changed, so that keys roll over without a stop.

`read` makes something of the bytes; it is a function of a module, because what it made is kept by it.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from portal.sign_on.errors import UnreadableFile

KEPT = 64  # several keys for each of three ways, and what they were before
Read = TypeVar("Read")


def as_it_is_now(place: Path, read: Callable[[bytes], Read]) -> Read:
    """The content of a file now, as `read` makes it. Raises UnreadableFile when it is not there, and what `read` raises."""
    try:
        state = place.stat()
    except OSError as error:
        raise UnreadableFile from error
    return cast("Read", _read(place, state.st_mtime_ns, state.st_size, read))


@lru_cache(KEPT)
def _read(place: Path, changed: int, size: int, read: Callable[[bytes], object]) -> object:  # noqa: ARG001 - part of the key
    try:
        return read(place.read_bytes())
    except OSError as error:
        raise UnreadableFile from error
