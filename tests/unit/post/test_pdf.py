"""Only who makes a PDF needs Pango; without it that is one sentence, and everything else works."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from processes.post import pdf


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine where WeasyPrint finds no Pango: importing it fails with an OSError."""

    class Finder:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    pdf.load_layout.cache_clear()
    yield
    pdf.load_layout.cache_clear()


@pytest.mark.usefixtures("without_pango")
def test_without_pango_a_pdf_says_what_to_install() -> None:
    with pytest.raises(pdf.NoLayout, match=r"sh tools/system-packages[.]sh fonts"):
        pdf.pdf("<p>een brief</p>")


def test_commands_and_pages_load_without_pango() -> None:
    program = "import sys, portal.commands.web, portal.app; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
