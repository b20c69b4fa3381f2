"""/robots.txt and the sitemaps by which the Woo index of the government finds what was published.

The form is that of the Woo metadata in a sitemap (standaarden.overheid.nl/diwoo/metadata). Read on 29 November 2026 in a published
copy of its schema 0.9.1: the required parts are all here, in any order, with the codes of category and act. The version in force
then was 0.9.8, whose schema was not at hand: check a sitemap with it before registering this site. A sitemap names each file itself, since
the index reads files and no pages. The publisher must be named by its address in the lists of the government: without the
setting for it there is a sitemap without metadata, which the index takes too.
"""

from collections.abc import Iterator
from typing import Annotated, Final
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Depends, Path
from starlette.responses import PlainTextResponse, Response

from portal.doors import TheServices
from portal.security.limits import allow_address
from processes.base.limit_kinds import LimitKind
from processes.base.settings import Settings
from processes.reads.public import PublicDocument, PublishedLine, read_sitemap, sitemaps
from processes.storage.current_settings import current_settings

router = APIRouter(dependencies=[Depends(allow_address(LimitKind.PUBLIC))])
XML: Final = "application/xml"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
DIWOO: Final = "https://standaarden.overheid.nl/diwoo/metadata/"
# members of the lists of the government: information category 3.3(2)(i), and the act by which a document came to be
CATEGORY: Final = ("https://identifier.overheid.nl/tooi/def/thes/kern/c_3baef532", "Woo-verzoeken en -besluiten")
DECIDED: Final = ("https://identifier.overheid.nl/tooi/def/thes/kern/c_641ecd76", "vaststelling")
DUTCH: Final = ("http://publications.europa.eu/resource/authority/language/NLD", "Nederlands")
FILE_TYPES: Final = "http://publications.europa.eu/resource/authority/file-type/"
ENDINGS: Final = {"pdf": "PDF", "docx": "DOCX", "odt": "ODT", "xlsx": "XLSX", "pptx": "PPTX", "txt": "TXT", "jpg": "JPEG", "png": "PNG"}  # fmt: skip


@router.get("/robots.txt")
def robots(services: TheServices) -> Response:
    """Programs that search may read the public pages, and nothing else."""
    site = _site(services.settings)
    lines = ("User-agent: *", "Allow: /openbaar", "Disallow: /", "", f"Sitemap: {site}/openbaar/sitemap.xml")
    return PlainTextResponse("\n".join(lines) + "\n")


@router.get("/openbaar/sitemap.xml")
def index(services: TheServices) -> Response:
    """The list of sitemaps."""
    site = _site(services.settings)
    numbers = range(1, sitemaps(services) + 1)
    lines = (f"<sitemap><loc>{site}/openbaar/sitemap/{number}.xml</loc></sitemap>" for number in numbers)
    body = "\n".join(lines)
    return Response(f'{HEAD}<sitemapindex xmlns="{SITEMAP}">\n{body}\n</sitemapindex>\n', media_type=XML)


@router.get("/openbaar/sitemap/{number}.xml")
def one(services: TheServices, number: Annotated[int, Path(ge=1, le=100_000)]) -> Response:
    """One sitemap: every file, with its metadata."""
    settings = current_settings(services)
    pages = read_sitemap(services, number)
    body = "\n".join(_address(settings, page.line, file) for page in pages for file in page.files)
    return Response(f'{HEAD}<urlset xmlns="{SITEMAP}" xmlns:diwoo="{DIWOO}">\n{body}\n</urlset>\n', media_type=XML)


def _address(settings: Settings, line: PublishedLine, file: PublicDocument) -> str:
    parts = [
        f"<loc>{escape(f'{_site(settings)}/openbaar/{line.id}/{file.id}')}</loc>",
        f"<lastmod>{line.published_on.isoformat()}</lastmod>",
        *([f"<diwoo:Document><diwoo:DiWoo>{''.join(_metadata(settings, line, file))}</diwoo:DiWoo></diwoo:Document>"]
          if settings.organisation_id else []),
    ]  # fmt: skip
    return f"<url>{''.join(parts)}</url>"


def _metadata(settings: Settings, line: PublishedLine, file: PublicDocument) -> Iterator[str]:
    publisher = (settings.organisation_id, settings.organisation)
    yield f"<diwoo:creatiedatum>{line.decided_on.isoformat()}</diwoo:creatiedatum>"
    yield _member("publisher", publisher)
    if kind := ENDINGS.get(file.name.rpartition(".")[2]):
        yield _member("format", (FILE_TYPES + kind, kind.lower()))
    yield _member("language", DUTCH)
    yield f"<diwoo:identifiers><diwoo:identifier>{escape(file.reference)}</diwoo:identifier></diwoo:identifiers>"
    title = f"{line.title}: {file.title}"
    yield f"<diwoo:titelcollectie><diwoo:officieleTitel>{_text(title)}</diwoo:officieleTitel></diwoo:titelcollectie>"
    category = f"<diwoo:informatiecategorieen>{_member('informatiecategorie', CATEGORY)}</diwoo:informatiecategorieen>"
    yield f"<diwoo:classificatiecollectie>{category}</diwoo:classificatiecollectie>"
    when = f"<diwoo:atTime>{line.decided_on.isoformat()}T00:00:00</diwoo:atTime>"
    handled = f"<diwoo:documenthandeling>{_member('soortHandeling', DECIDED)}{when}</diwoo:documenthandeling>"
    yield f"<diwoo:documenthandelingen>{handled}</diwoo:documenthandelingen>"


def _member(name: str, member: tuple[str, str]) -> str:
    address, words = member
    return f"<diwoo:{name} resource={quoteattr(address)}>{_text(words)}</diwoo:{name}>"


def _text(words: str) -> str:
    """Without the signs that XML cannot hold."""
    return escape("".join(sign for sign in words if sign >= " "))


def _site(settings: Settings) -> str:
    return settings.public_url.rstrip("/")
