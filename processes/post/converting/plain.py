"""Plain text as it stands: its lines and empty lines stay."""

from typing import Final

from processes.post.converting.layout import ConvertedBody
from processes.post.pdf import markup

ENCODINGS: Final = ("utf-8-sig", "cp1252")
MARKS_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def text_body(content: bytes, _title: str) -> ConvertedBody:
    """Raises UnicodeDecodeError for what is no text in any of these encodings."""
    return ConvertedBody("\n".join(f"<p>{part.strip(chr(10))}</p>" for part in _paragraphs(markup(_text(content)))))


def _text(content: bytes) -> str:
    if content.startswith(MARKS_UTF_16):
        return content.decode("utf-16")
    try:
        return content.decode(ENCODINGS[0])
    except UnicodeDecodeError:
        return content.decode(ENCODINGS[1])


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]
