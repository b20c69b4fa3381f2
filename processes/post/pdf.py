"""HTML in, an accessible PDF (PDF/UA-1) out.

WeasyPrint needs Pango from the system and takes a second to load, so it is loaded when the first PDF is made, or at the
start of a process that will make some. Commands that make none work on a machine without Pango.
"""

from functools import lru_cache
from typing import Any, Final

from processes.base.errors import ZaakspoorError

PDF: Final = "application/pdf"


class NoLayout(ZaakspoorError):
    """Op deze machine ontbreekt Pango, dat brieven opmaakt. Installeer het met: sh tools/system-packages.sh fonts"""


@lru_cache(maxsize=1)
def load_layout() -> Any:
    """The class that lays out pages. Raises NoLayout when this machine lacks a library that it needs."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - see above
    except OSError as missing:
        raise NoLayout from missing
    return HTML


def pdf(page: str) -> bytes:
    """The page as PDF/UA-1. It fetches nothing: what its text names is not loaded. Raises NoLayout."""
    return bytes(load_layout()(string=page, url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1"))


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, Any]:
    raise ValueError(f"a letter loads nothing, and so not {url[:40]}")
