"""The order of a bundle: its cover and its papers in order, and what became of it. As JSON between a worker and its child."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `about`: its kind, number and day, in words. `path`: the PDF of it on disk, empty when there is none and `why` says
    why, or when it is `withheld` on this ground: then nothing of it is told but that. `file_name`, `size` (bytes) and `sha256` are of
    the file as it was kept. `remark`: what the inventory says at it.
    """

    title: str
    about: str = ""
    withheld: str = ""
    path: str = ""
    why: str = ""
    file_name: str = ""
    size: int = 0
    sha256: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class BundleOrder:
    """`identity`: of the bundle, 32 hexadecimal digits. `cover`: what stands on it, line by line, as name and words. `made_at`: as PDF writes a moment."""

    identity: str
    title: str
    organisation: str
    cover: tuple[tuple[str, str], ...]
    papers: tuple[Paper, ...]
    made_at: str
    most_pages: int = 10_000

    def as_json(self) -> bytes:
        return orjson.dumps(asdict(self))

    @staticmethod
    def read(content: bytes) -> "BundleOrder":
        given = orjson.loads(content)
        papers = tuple(Paper(**one) for one in given.pop("papers"))
        cover = tuple((name, words) for name, words in given.pop("cover"))
        return BundleOrder(papers=papers, cover=cover, **given)


@dataclass(frozen=True, slots=True)
class Bound:
    """A bundle that was made: its pages in all, those of its front, and of each paper its first page (0 for one withheld). `sheets`: by the
    place of a paper why a sheet stands for it.
    """

    pages: int
    front: int
    first_pages: tuple[int, ...]
    sheets: Mapping[int, str] = field(default_factory=dict)


def bound_from(told: Mapping[str, Any]) -> Bound:
    sheets = {int(place): why for place, why in told["sheets"].items()}
    return Bound(told["pages"], told["front"], tuple(told["first_pages"]), sheets)
