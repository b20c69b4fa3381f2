"""The published files as sitemaps, by which the Woo index finds them."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.reads.public.pages import PublicDocument, PublishedLine, documents_of, line_of, pages_shown
from processes.storage.services import Services
from processes.storage.tables import PublicationRow

PER_SITEMAP: Final = 100  # pages; a sitemap may hold 50,000 addresses


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """One public page with all its files."""

    line: PublishedLine
    files: tuple[PublicDocument, ...]


def sitemaps(services: Services) -> int:
    """How many sitemaps there are, counted from 1."""
    with reading(services) as (session, _):
        count = session.scalar(select(func.count()).select_from(pages_shown().subquery())) or 0
        return max(1, -(-count // PER_SITEMAP))


def read_sitemap(services: Services, number: int) -> tuple[SitemapPage, ...]:
    """The pages of one sitemap, oldest first, so that a new page changes only the last one. Raises NotFound."""
    if not 1 <= number <= sitemaps(services):
        raise NotFound
    with reading(services) as (session, _):
        found = pages_shown().order_by(PublicationRow.published_at, PublicationRow.id)
        rows = session.execute(found.limit(PER_SITEMAP).offset((number - 1) * PER_SITEMAP)).all()
        files = documents_of(session, [row for row, _ in rows])
        return tuple(
            SitemapPage(line_of(session, services, row, case), tuple(one for _, one in files[row.id]))
            for row, case in rows
        )
