"""A mail as Outlook keeps it (.msg, MS-OXMSG), in a compound file (MS-CFB 3) that is written here: no library writes one."""

import struct
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

FREE, END, FAT, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
SECTOR, SMALL, CUT_OFF = 512, 64, 4096
STORAGE, STREAM, ROOT = 1, 2, 5
TEXT, BYTES, NUMBER, INSIDE = 0x001F, 0x0102, 0x0003, 0x000D
SUBJECT, BODY, HTML, HEADERS = 0x0037, 0x1000, 0x1013, 0x007D
SENDER, ADDRESS, CODE_PAGE = 0x0C1A, 0x0C1F, 0x3FDE
FILE, FILE_NAME, METHOD = 0x3701, 0x3707, 0x3705
BY_VALUE, EMBEDDED = 1, 5
UTF_8: Final = 65001


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    children: "list[_Entry]" = field(default_factory=list)
    at: int = END
    number: int = 0
    right: int = NONE


def outlook_mail(
    subject: str, body: str | None, files: dict[str, bytes | None], *, html: str | None = None, sender: str = "Bo Verzonnen"
) -> bytes:  # fmt: skip
    """`files`: content by name; None for a mail inside the mail, which Outlook keeps in parts."""
    texts: dict[int, str | bytes | int] = {
        SUBJECT: subject,
        SENDER: sender,
        ADDRESS: "bo@voorbeeld.example",
        CODE_PAGE: UTF_8,
    }
    if body is not None:
        texts[BODY] = body
    if html is not None:
        texts[HTML] = html.encode()
    head = struct.pack("<8x4I8x", 0, len(files), 0, len(files))
    root = _Entry("Root Entry", ROOT, children=_properties(head, texts))
    for at, (name, content) in enumerate(files.items()):
        of_file: dict[int, str | bytes | int] = {FILE_NAME: name, METHOD: EMBEDDED if content is None else BY_VALUE}
        if content is not None:
            of_file[FILE] = content
        root.children.append(_Entry(f"__attach_version1.0_#{at:08X}", STORAGE, children=_properties(bytes(8), of_file)))
    return _compound(root)


def _properties(head: bytes, values: dict[int, str | bytes | int]) -> list[_Entry]:
    rows, parts = b"", []
    for tag, value in values.items():
        if isinstance(value, int):
            rows += struct.pack("<HHIII", NUMBER, tag, 6, value, 0)
            continue
        kind = TEXT if isinstance(value, str) else BYTES
        plain = value.encode("utf-16-le") if isinstance(value, str) else value
        rows += struct.pack("<HHIII", kind, tag, 6, len(plain) + (2 if kind == TEXT else 0), 0)
        parts.append(_Entry(f"__substg1.0_{tag:04X}{kind:04X}", STREAM, plain))
    return [_Entry("__properties_version1.0", STREAM, head + rows), *parts]


def _compound(root: _Entry) -> bytes:
    entries = _numbered(root)
    small, small_table, sectors = b"", list[int](), list[bytes]()
    table: list[int] = []

    def large(content: bytes) -> int:
        start, parts = len(sectors), [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
        for nth, part in enumerate(parts):
            sectors.append(part.ljust(SECTOR, b"\0"))
            table.append(start + nth + 1 if nth + 1 < len(parts) else END)
        return start if parts else END

    for one in entries:
        if one.kind == STREAM and 0 < len(one.content) < CUT_OFF:
            one.at = len(small) // SMALL
            many = -(-len(one.content) // SMALL)
            small += one.content.ljust(many * SMALL, b"\0")
            small_table += [one.at + nth + 1 if nth + 1 < many else END for nth in range(many)]
        elif one.kind == STREAM and one.content:
            one.at = large(one.content)
    root.content = small
    root.at = large(small)
    first_small = large(_numbers(small_table)) if small_table else END
    many_small = -(-len(small_table) * 4 // SECTOR)
    directory = large(b"".join(_line(one) for one in entries))
    many_fat = 1
    while many_fat * (SECTOR // 4) < len(sectors) + many_fat:
        many_fat += 1
    fat = list(range(len(sectors), len(sectors) + many_fat))
    table += [FAT] * many_fat
    sectors += [_numbers(table, many_fat)[at * SECTOR : (at + 1) * SECTOR] for at in range(many_fat)]
    header = struct.pack(
        "<8s16xHHHHH6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, many_fat, directory, 0,
        CUT_OFF, first_small, many_small, END, 0,
    )  # fmt: skip
    return header + struct.pack("<109I", *fat, *[FREE] * (109 - many_fat)) + b"".join(sectors)


def _numbered(root: _Entry) -> list[_Entry]:
    found = [root]
    for one in found:
        one.children.sort(key=lambda child: (len(child.name), child.name.upper()))
        found += one.children
    for at, one in enumerate(found):
        one.number = at
    for one in found:
        for left, right in pairwise(one.children):
            left.right = right.number
    return found


def _line(one: _Entry) -> bytes:
    """The children of a storage hang in one chain of right-hand siblings, in the order of their names: a tree, if a lean one."""
    name = one.name.encode("utf-16-le") + b"\0\0"
    child = one.children[0].number if one.children else NONE
    return struct.pack(
        "<64sHBBIII36xIQ", name, len(name), one.kind, 1, NONE, one.right, child,
        one.at, len(one.content),
    )  # fmt: skip


def _numbers(table: list[int], sectors: int | None = None) -> bytes:
    many = sectors or -(-len(table) * 4 // SECTOR)
    return struct.pack(f"<{len(table)}I", *table).ljust(many * SECTOR, b"\xff")
