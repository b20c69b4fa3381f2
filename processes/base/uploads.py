"""A file that has arrived whole in the store but belongs to no case yet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """`blob` is the key in the file store, `sha256` in hexadecimal, `size` in bytes; the name is already made safe."""

    name: str
    media_type: str
    size: int
    sha256: str
    blob: str
