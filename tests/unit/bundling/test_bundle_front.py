"""W10: the front of a bundle is laid out beside the reading of its papers, and says what came of them."""

import mmap
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from kit.bundles import bound, paper_of
from pikepdf import Dictionary, Name

from processes.base.forking import BegunChild
from processes.base.warm_process import FINISHED
from processes.post.bundling import binding, laying_out
from processes.post.bundling.laying_out import InventoryLine, lay_out
from processes.post.bundling.order import BundleOrder, Paper

TELL_MEMORY = """
import re, resource, sys
from pathlib import Path
from processes.post.bundling.child import main
main()
status = Path("/proc/self/status").read_text()  # getrusage tells of the process that started this one too
own = int(re.search("VmHWM: *\t *([0-9]+)", status).group(1))
sys.stderr.write(str(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)))
"""
ROOM_MEGABYTES = 32  # that fifty papers may need beyond what five need: a seventh of what they weigh more


def order_of(papers):
    return BundleOrder(
        "0" * 32, "Dossier Z-1", "Gemeente Voorbeeldstad", (("Voor", "de rechtbank"),), tuple(papers), "D:20261130"
    )


def scan_of(place: Path, pages: int) -> str:
    """Pages of 100 kB that cannot be made smaller."""
    pdf = pikepdf.Pdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        picture = pdf.make_stream(
            os.urandom(100_000), Type=Name.XObject, Subtype=Name.Image, Width=400, Height=250, BitsPerComponent=8, ColorSpace=Name.DeviceGray,
        )  # fmt: skip
        page.Resources = Dictionary(XObject=Dictionary(I1=picture))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I1 Do Q")
    pdf.save(place, compress_streams=False)
    return str(place)


@pytest.mark.parametrize("many", [5, 60, 300])
@pytest.mark.parametrize(
    "title",
    [
        "Besluit van 3 maart",
        "Verslag van de hoorzitting, met de bijlagen die ter zitting zijn overgelegd door bezwaarmaker",
    ],
)
def test_w10_an_inventory_of_usual_titles_is_laid_out_once(tmp_path, monkeypatch, many, title):
    made, real = [], laying_out.pdf

    def counted(page):
        made.append(page)
        return real(page)

    monkeypatch.setattr(laying_out, "pdf", counted)
    papers = [Paper(title, "Brief, Z-2026-000012-D7, 1 december 2026", path="x") for _ in range(many)]
    lay_out(order_of(papers), [InventoryLine(3)] * many, tmp_path / "front.pdf")
    assert len(made) == 1


@pytest.mark.parametrize("taken", [1, 2 * binding.MEMORY], ids=["small", "large"])
def test_w10_a_front_that_was_laid_out_before_is_used_when_it_is_right(tmp_path, monkeypatch, taken):
    """Also when the process that makes the children has much memory of its own, here taken and not filled."""

    def never(*_):
        raise AssertionError("laid out twice")

    monkeypatch.setattr(binding, "lay_out", never)
    papers = {
        "Een": paper_of("een", "twee"),
        "Dicht": paper_of("x", encryption=pikepdf.Encryption(user="a", owner="b")),
    }
    with mmap.mmap(-1, taken):
        _, made = bound(tmp_path, papers)
    assert made.first_pages == (3, 5)


def test_w10_a_front_that_could_not_be_laid_out_before_is_made_of_what_there_is(tmp_path, monkeypatch):
    def falls(*_):
        raise MemoryError

    monkeypatch.setattr(binding, "count_and_lay_out", falls)
    place, made = bound(tmp_path, {"Een": paper_of("een", "twee"), "Twee": paper_of("drie")})
    document = pypdfium2.PdfDocument(place)
    said = document[1].get_textpage().get_text_range().split()
    document.close()
    assert made.first_pages == (3, 5)
    assert {"3", "5"} <= set(said)


def test_w10_a_child_that_nobody_waits_for_is_stopped(tmp_path):
    told = tmp_path / "pid"

    def work():
        told.write_text(str(os.getpid()))
        time.sleep(60)

    with BegunChild(work, lambda: None):
        while not (told.exists() and told.read_text()):
            time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


def test_w10_a_child_works_beside_its_parent_and_is_heard_at_the_end():
    with BegunChild(
        lambda: {"limit": resource.getrlimit(resource.RLIMIT_CORE)[0]},
        lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
    ) as child:
        assert child.answer(30) == FINISHED + b'{"limit": 0}'


def test_w10_what_a_bundle_needs_does_not_grow_with_its_papers(tmp_path):
    def megabytes(papers):
        (tmp_path / "order.json").write_bytes(order_of(papers).as_json())
        command = [sys.executable, "-c", TELL_MEMORY, str(tmp_path / "order.json"), str(tmp_path / "bundle.pdf")]
        return int(subprocess.run(command, capture_output=True, check=True).stderr) / 1024

    papers = [Paper(f"Stuk {at}", path=scan_of(tmp_path / f"{at}.pdf", 50)) for at in range(50)]
    few, many = megabytes(papers[:5]), megabytes(papers)
    assert (tmp_path / "bundle.pdf").stat().st_size > 250_000_000
    assert many - few < ROOM_MEGABYTES, f"{few:.0f} and {many:.0f} megabytes"
