"""How a draft was taken over from a drawing of another tool: the file `overname.json` beside its drawing.

It holds the drawing as it came, and what was answered to the questions, so that somebody can answer differently later. It stays with the draft:
neither a version in use nor a package has it.
"""

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import orjson

from processes.studio.copying import NewNames

TAKEN_OVER: Final = "overname.json"
MOST_SOURCE: Final = 2 * 1024 * 1024  # of the drawing as it came: the limit that the engine sets to a drawing

NO_NAMES: Final = NewNames("", "", "")


@dataclass(frozen=True, slots=True)
class TakenOver:
    """`file`: the name of what was uploaded, `source` its content; `answers` by the code of their question.

    `names` are empty as long as nobody gave any: then they are made from the drawing.
    """

    file: str
    source: bytes
    answers: Mapping[str, str] = field(default_factory=dict)
    names: NewNames = NO_NAMES

    def as_file(self) -> bytes:
        return orjson.dumps({
            "file": self.file,
            "source": base64.b64encode(zlib.compress(self.source, 9)).decode(),
            "answers": dict(self.answers),
            "names": [self.names.title, self.names.identification, self.names.prefix],
        })  # fmt: skip


def read_taken_over(content: bytes) -> TakenOver:
    """The content of `overname.json`."""
    record = orjson.loads(content)
    source = zlib.decompressobj().decompress(base64.b64decode(record["source"]), MOST_SOURCE)
    return TakenOver(record["file"], source, record["answers"], NewNames(*record["names"]))
