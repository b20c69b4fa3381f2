"""The floor under every upload: the same bytes hashed and on disk, without a store, a database or a network around them."""

import hashlib
import os
from pathlib import Path
from typing import Final

from bench.figures import Figure

CHUNK: Final = os.urandom(256 * 1024)


def copy_and_hash(place: Path, chunks: int) -> None:
    digest = hashlib.sha256()
    with place.open("wb") as file:
        for _ in range(chunks):
            digest.update(CHUNK)
            file.write(CHUNK)
        file.flush()
        os.fsync(file.fileno())
    place.unlink()


def share(name: str, pairs: list[tuple[float, float]], target: float | None) -> Figure:
    """The speed of an upload as a share of the floor's; `pairs` of the floor and the upload, in milliseconds, round by round."""
    shares = sorted(base / own for base, own in pairs)
    told = {"copy_ms": round(pairs[-1][0], 1), "upload_ms": round(pairs[-1][1], 1)}
    rounds = tuple(round(base / own, 3) for base, own in pairs)
    return Figure(name, round(shares[len(shares) // 2], 3), "copy", target, rounds, told)
