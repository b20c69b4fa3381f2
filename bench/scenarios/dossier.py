"""`dossier`: one PDF of many papers with cover, inventory, bookmarks, tags and numbers, against joining the same files with the library alone.

`dossier-memory-mb`: what the process that binds them, or the largest of its children, grows to beyond what it needs for a tenth of them. Papers are
scans of some pages, as most of a file is. What lays out letters is loaded before, as a worker loads it once for many.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from bench.figures import Effort, Figure, alternate, at_most
from bench.postgres import PostgresServer
from bench.scenarios.upload_floor import share
from processes.post.bundling.binding import bind
from processes.post.bundling.order import BundleOrder, Paper
from processes.post.pdf import load_layout

TARGET = 0.5
FLAT_MEGABYTES = 48.0
PAGES = 8  # of one paper
TELL_MEMORY = """
import re, resource, sys
from pathlib import Path
from processes.post.bundling.child import main
main()
status = Path("/proc/self/status").read_text()  # getrusage tells of the process that started this one too
own = int(re.search("VmHWM: *\t *([0-9]+)", status).group(1))
sys.stderr.write(str(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)))
"""


def run(_server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    load_layout()
    with tempfile.TemporaryDirectory(prefix="zs-dossier-") as name:
        folder = Path(name)
        papers = [_scan(folder / f"{number}.pdf") for number in range(effort.papers)]
        works = (lambda: _join(papers, folder / "joined.pdf"), lambda: _bind(papers, folder / "bundle.pdf"))
        rounds = [alternate(works, 1) for _ in range(effort.rounds)]
        few, many = (_needs(papers[:count], folder) for count in (max(1, len(papers) // 10), len(papers)))
    yield share("dossier", [(base, bound) for base, bound in rounds], TARGET)
    yield at_most("dossier-memory-mb", [max(0.0, many - few)], FLAT_MEGABYTES, {"few_mb": few, "many_mb": many})


def _scan(place: Path) -> Path:
    """A paper of pages with a picture each; no two pictures are the same."""
    pdf = pikepdf.Pdf.new()
    for _ in range(PAGES):
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        made = BytesIO()
        noise = Image.frombytes("L", (150, 200), os.urandom(30_000)).resize((600, 800))
        noise.save(made, "JPEG", quality=80)
        picture = pdf.make_stream(
            made.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=600, Height=800, BitsPerComponent=8, ColorSpace=Name.DeviceGray,
        )  # fmt: skip
        picture.stream_dict.Filter = Name.DCTDecode
        page.Resources = Dictionary(XObject=Dictionary(I1=picture))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I1 Do Q")
    pdf.save(place)
    return place


def _join(papers: list[Path], place: Path) -> None:
    """With the library alone."""
    with pikepdf.Pdf.new() as joined:
        opened = [pikepdf.open(paper) for paper in papers]
        for one in opened:
            joined.pages.extend(one.pages)
        joined.save(place)
        for one in opened:
            one.close()


def _bind(papers: list[Path], place: Path) -> None:
    bind(_order(papers), place, lambda _: None)


def _order(papers: list[Path]) -> BundleOrder:
    given = tuple(Paper(f"Stuk {at}", "Brief, 1 december 2026", path=str(one)) for at, one in enumerate(papers, 1))
    return BundleOrder("0" * 32, "Dossier", "Voorbeeldstad", (("Voor", "de rechtbank"),), given, "D:20261201")


def _needs(papers: list[Path], folder: Path) -> float:
    """Megabytes that the child of a worker needs at most to bind these."""
    (folder / "order.json").write_bytes(_order(papers).as_json())
    command = [sys.executable, "-c", TELL_MEMORY, str(folder / "order.json"), str(folder / "bundle.pdf")]
    told = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - a fixed command
    return int(told.stderr) / 1024
