"""Files that hold files, a mail or a zip: what hides in each of those, named with the file that it is in. Only read in a child with limits.

Bounded in depth, number and bytes; what lies beyond is named as not looked into. A file inside that cannot be read is named, and costs no other.
"""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pikepdf import PasswordError

from processes.base.file_types import COMPOUND, OTHERS, format_of
from processes.base.hidden_content import BROKEN, LOCKED, OTHER_KIND, TOO_LARGE, hides_nothing
from processes.base.hidden_kinds import HiddenKind, HiddenThing
from processes.base.hidden_office import of_docx, of_odt, of_pptx, of_xlsx
from processes.base.hidden_pdf import of_pdf
from processes.base.hidden_pictures import of_picture
from processes.base.mail_file import blind_copies, file_of, mail_files, opens_in_outlook_alone, read_mail

DEEPEST: Final = 3  # a zip in a mail in a zip
MOST_MEMBERS: Final = 300
MOST_UNPACKED: Final = 300 * 1024 * 1024  # bytes of all together
LARGEST: Final = 100 * 1024 * 1024  # bytes of one
TOO_MANY: Final = "er zitten te veel bestanden in om ze alle te bekijken"
TOO_DEEP: Final = "het zit te diep in andere bestanden"
IN_OUTLOOK: Final = "het opent alleen in Outlook"
NOT_SHOWN: Final = "een bestand dat de meeste programma's niet laten zien"
ENCRYPTED: Final = 0x1  # bit 0 of the flags of a member (APPNOTE 4.4.4)

PLAIN: Final[Mapping[str, Callable[[bytes], Iterator[HiddenThing]]]] = {
    "pdf": of_pdf, "docx": of_docx, "xlsx": of_xlsx, "pptx": of_pptx, "odt": of_odt, "jpg": of_picture, "png": of_picture, "heic": of_picture,
}  # fmt: skip


@dataclass(slots=True)
class Room:
    """How much may still be looked into, of the whole file that came in."""

    members: int = MOST_MEMBERS
    size: int = MOST_UNPACKED

    def takes(self, size: int) -> bool:
        """Whether one more of so many bytes may be read; it is counted then."""
        if not self.members or size > min(self.size, LARGEST):
            return False
        self.members, self.size = self.members - 1, self.size - size
        return True

    @property
    def why_not(self) -> str:
        return TOO_LARGE if self.members else TOO_MANY


def of_mail(content: bytes) -> Iterator[HiddenThing]:
    """Files that go along, with what hides in them, and who got the mail without the others seeing it."""
    yield from _in_mail(content, Room(), 1)


def of_zip(content: bytes) -> Iterator[HiddenThing]:
    """Nothing for a member that hides nothing: who opens a zip sees its members. Raises BadZipFile."""
    yield from _in_zip(content, Room(), 1)


def _in_mail(content: bytes, room: Room, depth: int) -> Iterator[HiddenThing]:
    mail = read_mail(content)
    for part in mail_files(mail):
        yield HiddenThing(HiddenKind.ATTACHMENT, "", part.get_filename() or "zonder naam")
        name, held = file_of(part)
        if room.takes(len(held)):
            yield from _in_member(name, held, room, depth)
        else:
            yield HiddenThing(HiddenKind.UNREADABLE, name, room.why_not)
    for name in opens_in_outlook_alone(content):
        yield HiddenThing(HiddenKind.UNREADABLE, name, IN_OUTLOOK)
    if names := blind_copies(content, mail):
        yield HiddenThing(HiddenKind.NAMES, "bcc", names)


def _in_zip(content: bytes, room: Room, depth: int) -> Iterator[HiddenThing]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if words := archive.comment.decode(errors="replace").strip():
            yield HiddenThing(HiddenKind.COMMENTS, "", words)
        for member in archive.infolist():
            if words := member.comment.decode(errors="replace").strip():
                yield HiddenThing(HiddenKind.COMMENTS, member.filename, words)
            if member.is_dir():
                continue
            if not room.members:
                yield HiddenThing(HiddenKind.UNREADABLE, "", TOO_MANY)
                return
            yield from _of_archive(archive, member, room, depth)


def _of_archive(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: Room, depth: int) -> Iterator[HiddenThing]:
    name = member.filename
    if any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
        yield HiddenThing(HiddenKind.ATTACHMENT, name, NOT_SHOWN)
    elif member.flag_bits & ENCRYPTED:
        yield HiddenThing(HiddenKind.UNREADABLE, name, LOCKED)
    elif not room.takes(member.file_size):
        yield HiddenThing(HiddenKind.UNREADABLE, name, room.why_not)
    else:
        held = _unpacked(archive, member)
        if held is None:
            yield HiddenThing(HiddenKind.UNREADABLE, name, BROKEN)
        else:
            yield from _in_member(name, held, room, depth)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """The member, of no more bytes than it says; None when it is damaged, or packed in a way that is not known here."""
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
        return None
    except Exception:  # noqa: BLE001 - each way of packing has errors of its own, such as zlib.error and LZMAError
        return None


def _in_member(name: str, content: bytes, room: Room, depth: int) -> Iterator[HiddenThing]:
    """The things that a file inside hides, each with its name."""
    if hides_nothing(name) or not content:
        return
    kind = format_of(name)
    try:
        found = list(_looked(kind, content, room, depth))
    except PasswordError:
        found = [HiddenThing(HiddenKind.UNREADABLE, "", LOCKED)]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a reader meets in a damaged file; the others are still looked into
        locked = kind in OTHERS and content.startswith(COMPOUND)
        found = [HiddenThing(HiddenKind.UNREADABLE, "", LOCKED if locked else BROKEN)]
    for one in found:
        yield HiddenThing(one.kind, ", ".join(part for part in (name, one.where) if part), one.what)


def _looked(kind: str | None, content: bytes, room: Room, depth: int) -> Iterator[HiddenThing]:
    if kind is not None and kind in PLAIN:
        yield from PLAIN[kind](content)
    elif kind not in {"zip", "eml", "msg"}:
        yield HiddenThing(HiddenKind.UNREADABLE, "", OTHER_KIND)
    elif depth == DEEPEST:
        yield HiddenThing(HiddenKind.UNREADABLE, "", TOO_DEEP)
    else:
        yield from (_in_zip if kind == "zip" else _in_mail)(content, room, depth + 1)
