"""S18: what somebody brings as a logo or font: only drawing stays of an SVG, a picture is drawn anew, a font may not grow large."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from processes.house_style.fonts import HEAD, MOST_BYTES, BadFont, font
from processes.house_style.package import packed, unpacked
from processes.house_style.pictures import BadPicture, cleaned, picture
from processes.house_style.themes import TITLES, theme

BUILT = Path(__file__).parents[3] / "portal/static/built/assets"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"{}>{}<path d="M0 0h9v9z"/></svg>'


@pytest.mark.parametrize(
    ("more", "inside"),
    [
        (' onload="alert(1)"', ""),
        ("", "<script>alert(1)</script>"),
        ("", '<script href="https://x.example/x.js"/>'),
        ("", "<style>*{background:url(https://x.example)}</style>"),
        ("", '<image href="https://x.example/x.png"/>'),
        ("", '<use xlink:href="https://x.example/x.svg#a"/>'),
        ("", '<a href="javascript:alert(1)"><path d="M1 1"/></a>'),
        ("", '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></body></foreignObject>'),
        ("", '<rect fill="url(https://x.example/#a)" width="1" height="1"/>'),
        ("", '<rect style="fill:url(//x.example);background:url(https://x.example)" width="1" height="1"/>'),
        ("", '<animate attributeName="href" values="javascript:alert(1)"/>'),
        ("", '<set attributeName="onclick" to="alert(1)"/>'),
        ("", '<g xmlns:x="http://www.w3.org/1999/xhtml"><x:script>alert(1)</x:script></g>'),
        ("", "<svg><script>alert(1)</script></svg>"),
        ("", "<title><![CDATA[</title><script>alert(1)</script>]]></title>"),
    ],
)  # fmt: skip
def test_s18_of_an_svg_only_drawing_stays(more: str, inside: str) -> None:
    made = cleaned(SVG.format(more, inside).encode()).decode()
    assert '<path d="M0 0h9v9z">' in made
    for bad in (
        "<script",
        'alert(1)"',
        "onload",
        "onclick",
        "href",
        "x.example",
        "<style",
        "style=",
        "foreignObject",
        "javascript",
    ):
        assert bad not in made
    assert cleaned(made.encode()).decode() == made


@pytest.mark.parametrize(
    "content",
    [
        b"", b"GIF89a", b"<html/>", b"<svg/>", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.format("", "&b;").encode(),
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + SVG.format("", "").encode(),
        SVG.format("", "<g>" * 100 + "</g>" * 100).encode(), SVG.format("", "<g/>" * 3000).encode(),
        b"\x89PNG\r\n\x1a\n" + b"x" * 50, b"x" * 300_001,
    ],
    ids=range(12),
)  # fmt: skip
def test_s18_a_logo_that_cannot_be_used_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(BadPicture, match=r"[Kk]ies|Sla het op|Maak het|Sla het opnieuw"):
        picture(content)


def test_s18_a_png_is_drawn_anew_and_a_picture_that_grows_large_is_refused() -> None:
    target = BytesIO()
    Image.new("RGB", (8, 8), "red").save(target, "PNG")
    hidden = target.getvalue()[:-12] + _chunk(b"tEXt", b"Comment\0<script>") + target.getvalue()[-12:]
    made = picture(hidden)
    assert (made.media_type, b"<script>" in made.content, Image.open(BytesIO(made.content)).size) == (
        "image/png",
        False,
        (8, 8),
    )
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(b"\0" * 900))
    )
    with pytest.raises(BadPicture, match=r"te veel punten|beschadigd"):
        picture(bomb)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def test_s18_a_real_font_is_taken_and_one_that_grows_large_or_is_something_else_is_not() -> None:
    content = next(path for path in BUILT.glob("noto-sans-latin-400-normal-*.woff2")).read_bytes()
    assert font(content).media_type == "font/woff2"
    head = list(HEAD.unpack_from(content))
    large = HEAD.pack(*head[:5], 2**31, *head[6:]) + content[HEAD.size :]
    collection = HEAD.pack(head[0], 0x74746366, *head[2:]) + content[HEAD.size :]
    tables = HEAD.pack(*head[:3], 60_000, *head[4:]) + content[HEAD.size :]
    for bad in (
        large,
        collection,
        tables,
        content[:-1],
        content[:60],
        b"wOF2",
        b"",
        b"wOFF" + content[4:],
        content + b"x" * MOST_BYTES,
    ):
        with pytest.raises(BadFont):
            font(bad)


@pytest.mark.parametrize("code", TITLES)
def test_s18_a_theme_goes_into_a_file_and_comes_out_the_same(code: str) -> None:
    style, files = theme(code)
    assert unpacked(packed(style, files)) == (style, dict(files))
