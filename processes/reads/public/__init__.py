"""All that everybody may read without signing in: the decisions on Woo requests that were published, with their documents."""

from processes.reads.public.pages import (
    PER_PAGE,
    PublicDocument,
    PublicList,
    PublicPage,
    PublishedLine,
    public_file,
    read_public_list,
    read_public_page,
)
from processes.reads.public.sitemap import SitemapPage, read_sitemap, sitemaps

__all__ = [
    "PER_PAGE",
    "PublicDocument",
    "PublicList",
    "PublicPage",
    "PublishedLine",
    "SitemapPage",
    "public_file",
    "read_public_list",
    "read_public_page",
    "read_sitemap",
    "sitemaps",
]
