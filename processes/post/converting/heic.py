"""A photo of a telephone (HEIC) as a page that everybody can open. Only read in the child: the reader of such files is a program in C."""

from typing import Final

from pi_heif import register_heif_opener

from processes.post.converting.layout import ConvertedBody
from processes.post.converting.pictures import picture_body

HEIF: Final = ("HEIF",)


def heic_body(content: bytes, title: str) -> ConvertedBody:
    """A page with the picture. Raises what the reader of pictures meets in a damaged one."""
    register_heif_opener(thumbnails=False)
    return picture_body(content, title, HEIF)
