"""The part of the house style that everybody may read: the style of a row, to serve it as a stylesheet, and its files."""

from processes.base.errors import NotFound
from processes.house_style.style import DIGEST, HouseStyle, StyleFile
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.style_cache import style_file, style_of_row


def read_style(services: Services, number: int) -> HouseStyle | None:
    """The style of one row, None when there is none."""
    with reading(services) as (session, _):
        return style_of_row(session, number)


def read_style_file(services: Services, digest: str) -> StyleFile:
    """A logo or font by its digest. Raises NotFound."""
    with reading(services) as (session, _):
        found = style_file(session, digest) if DIGEST.fullmatch(digest) else None
    if found is None:
        raise NotFound
    return found
