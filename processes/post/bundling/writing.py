"""A PDF that is written from front to back (ISO 32000-1, 7.5): an object goes to disk as soon as it is there, in any order.

Only the place of each object stays in memory, eight bytes each; the table of places is the end of the file.
"""

import zlib
from array import array
from pathlib import Path
from types import TracebackType
from typing import Final, Self

HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
FREE: Final = b"0000000000 65535 f \n"


class PdfBody:
    """The file, open at its end. Objects are numbered from 1; `reserve` gives a number to what comes later."""

    def __init__(self, place: Path, at: int = 0, first: int = 1) -> None:
        """`at` and `first`: where a part that is added begins, and its first number; at 0 a new file begins."""
        self._file = place.open("r+b" if at else "wb")
        self._file.seek(at)
        self._file.truncate()
        self._first = first
        self._places = array("Q")
        self._at = at or self._file.write(HEAD)

    @property
    def next_number(self) -> int:
        return self._first + len(self._places)

    @property
    def end(self) -> int:
        """Where the file ends now, in bytes."""
        return self._at

    @property
    def places(self) -> list[int]:
        """The place of each object from the first number on; 0 for one that was not written."""
        return list(self._places)

    def reserve(self) -> int:
        self._places.append(0)
        return self.next_number - 1

    def put(self, number: int, content: bytes) -> None:
        """Write the object with this number, which was reserved here."""
        self._places[number - self._first] = self._at
        self._at += self._file.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def put_stream(self, number: int, words: bytes, content: bytes) -> None:
        """`words`: the inside of its dictionary, without its length."""
        self.put_whole_stream(number, b"<< %b /Length %d >>" % (words, len(content)), content)

    def put_whole_stream(self, number: int, head: bytes, content: bytes | memoryview) -> None:
        """`head`: its dictionary, with its length. The content, which may be a page of a scan, is not copied on its way."""
        self._places[number - self._first] = self._at
        write = self._file.write
        self._at += write(b"%d 0 obj\n%b\nstream\n" % (number, head)) + write(content) + write(b"\nendstream\nendobj\n")

    def add(self, content: bytes) -> int:
        """Write an object under the next number, which is the answer."""
        number = self.reserve()
        self.put(number, content)
        return number

    def add_stream(self, content: bytes, words: bytes = b"") -> int:
        number = self.reserve()
        self.put_stream(number, words + b" /Filter /FlateDecode", zlib.compress(content))
        return number

    def take_over(self, places: list[int], end: int) -> None:
        """Another process added these objects at the end of the file, under the next numbers."""
        self._places.extend(places)
        self._at = end
        self._file.seek(end)

    def back_to(self, end: int) -> None:
        """Throw away what somebody wrote behind this place and did not tell of."""
        self._file.seek(end)
        self._file.truncate()

    def flush(self) -> None:
        self._file.flush()

    def finish(self, root: int, info: int, identity: bytes) -> None:
        """The table of places and the end. `identity`: 16 bytes."""
        self._file.write(b"xref\n0 %d\n" % self.next_number + FREE)
        for place in self._places:
            self._file.write(b"%010d 00000 n \n" % place if place else FREE)
        named = b"<%b>" % identity.hex().encode()
        words = b"/Size %d /Root %d 0 R /Info %d 0 R /ID [ %b %b ]" % (self.next_number, root, info, named, named)
        self._file.write(b"trailer\n<< %b >>\nstartxref\n%d\n%%%%EOF\n" % (words, self._at))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()


def text(words: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2)."""
    return b"<%b>" % ("\ufeff" + words).encode("utf-16-be", "replace").hex().encode()


def references(numbers: list[int]) -> bytes:
    return b"[ %b ]" % b" ".join(b"%d 0 R" % number for number in numbers)
