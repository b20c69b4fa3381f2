"""Writes what the pages of one opened PDF need, and nothing else of it, as objects of another file under numbers of its own.

Only what is reached from the pages and their tags is written. Where the source points at something that may not come along (a
remark, a file inside, its own bookmarks) stands `null`; keys that hold such a thing are taken out.
"""

import re
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from processes.post.bundling.writing import PdfBody

Mark = tuple[int, int]  # number and generation of an object in its source

# what another file, a program or an earlier hand left beside what is seen (ISO 32000-1, 7.11.4, 12.6, 14.3, 14.5, 14.11.7)
LEFT_OUT: Final = frozenset({
    "/AF", "/Metadata", "/PieceInfo", "/AA", "/JS", "/OPI", "/Thumb", "/LastModified", "/Alternates", "/EF", "/Measure", "/PtData",
    "/Private", "/OpenAction", "/XFA",
})  # fmt: skip
OF_STREAMS: Final = frozenset(
    {"/F", "/FFilter", "/FDecodeParms", "/Ref", "/DL"}
)  # content or a page that lies in another file
FORBIDDEN: Final = frozenset({
    "/Catalog", "/Pages", "/Page", "/Outlines", "/Filespec", "/F", "/EmbeddedFile", "/Metadata", "/Annot", "/Action", "/Sig", "/DocTimeStamp",
    "/ObjStm", "/XRef", "/Bead", "/Thread", "/Collection", "/StructTreeRoot",
})  # fmt: skip
RESOURCES: Final = frozenset({"/Font", "/XObject", "/ExtGState", "/Pattern", "/OCG", "/OCMD", "/Image", "/Form", "/PS"})
TELLING: Final = re.compile(
    rb"/(?:StructParents?|%b)(?=[\s/<(\[])" % b"|".join(re.escape(name[1:].encode()) for name in sorted(LEFT_OUT))
)
# texts and names are read first, so that what looks like a reference inside of them is none
TOKENS: Final = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]*>|/[^\s/\[\]<>()]+|\b(\d+) (\d+) R\b", re.DOTALL)
REFERENCES: Final = re.compile(rb"\b(\d+) (\d+) R\b")  # enough where there are no texts: a name has no spaces
SUSPECT: Final = re.compile(
    rb"/(?:Type /(?!StructElem|Font|XObject|OBJR|MCR)|Rect |S /(?:JavaScript|Launch|Rendition))"
)
DEEPEST: Final = 60


@dataclass(slots=True)
class Emitter:
    """`numbers`: the new number of each object that has one, also of those that the reader of the file writes later.
    `dropped`: objects that may not come along. `parents`: the new key of each old one in the table of tags; empty when the file has
    no tags. `roles`: names of tags that get another name.
    """

    pdf: Pdf
    body: PdfBody
    numbers: dict[Mark, int] = field(default_factory=dict)
    dropped: set[Mark] = field(default_factory=set)
    parents: Mapping[int, int] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    _waiting: list[Mark] = field(default_factory=list)

    def want(self, one: Object) -> int:
        """The number of this indirect object, which is going to be written."""
        return self._number(one.objgen) or 0

    def keep(self, one: Object, instead_of: Mark | None) -> None:
        """Write an object that was made anew, though things of its kind are not written; what pointed at the old one points at it."""
        self.numbers[one.objgen] = self.body.reserve()
        if instead_of is not None:
            self.numbers[instead_of] = self.numbers[one.objgen]
        self._waiting.append(one.objgen)

    def write(self) -> None:
        """Write all that is wanted, and what that needs."""
        while self._waiting:
            mark = self._waiting.pop()
            one = self.pdf.get_object(mark)
            if isinstance(one, Stream):
                self._write_stream(mark, one)
            else:
                self.body.put(self.numbers[mark], self.written(one))

    def _number(self, mark: Mark) -> int | None:
        known = self.numbers.get(mark)
        if known is None and mark not in self.dropped:
            one = self.pdf.get_object(mark)
            if SUSPECT.search(_unparsed(one)) and self._is_forbidden(one):
                self.dropped.add(mark)
                return None
            known = self.numbers[mark] = self.body.reserve()
            self._waiting.append(mark)
        return known

    def _is_forbidden(self, one: Any) -> bool:
        if not isinstance(one, Dictionary | Stream):
            return False
        kind = one.get("/Type")
        is_note = isinstance(one, Dictionary) and "/Rect" in one and "/Subtype" in one
        is_program = isinstance(one, Dictionary) and one.get("/S") in {Name.JavaScript, Name.Launch, Name.Rendition}
        return (isinstance(kind, Name) and str(kind) in FORBIDDEN) or is_note or is_program

    def written(self, one: Any) -> bytes:
        """The object as it is written, with the numbers that things have here."""
        found = _unparsed(one)
        if self.roles or TELLING.search(found):
            self._clean(one, 0)
            found = _unparsed(one)
        return (TOKENS if b"(" in found else REFERENCES).sub(self._renumbered, found)

    def _renumbered(self, found: re.Match[bytes]) -> bytes:
        if found.group(1) is None:
            return found.group()
        number = self._number((int(found.group(1)), int(found.group(2))))
        return b"null" if number is None else b"%d 0 R" % number

    def _write_stream(self, mark: Mark, one: Stream) -> None:
        words = one.stream_dict
        for name in OF_STREAMS & set(words.keys()):
            del words[name]
        raw: bytes | memoryview = memoryview(one.get_raw_stream_buffer())
        if "/Filter" not in words:
            raw = zlib.compress(raw)
            words[Name.Filter] = Name.FlateDecode
            if "/DecodeParms" in words:
                del words[Name.DecodeParms]
        words[Name.Length] = len(raw)
        head = self.written(words)
        self.body.put_whole_stream(self.numbers[mark], head, raw)

    def _clean(self, one: Any, depth: int) -> None:
        """Take out what is left out, here and in what stands directly inside."""
        if depth > DEEPEST:
            raise ValueError("a PDF that is nested too deeply")
        if isinstance(one, Array):
            inside: list[Any] = list(one)
        elif isinstance(one, Dictionary):
            self._clean_keys(one)
            inside = [one[name] for name in one.keys()]  # noqa: SIM118 - it has no iterator of its own
        else:
            return
        for part in inside:
            if isinstance(part, Array | Dictionary) and not part.is_indirect:
                self._clean(part, depth + 1)

    def _clean_keys(self, one: Dictionary) -> None:
        for name in LEFT_OUT & set(one.keys()):
            if not _is_resource(one[name]):
                del one[name]
        for name in ("/StructParents", "/StructParent"):
            if name in one:
                self._place_in_tags(one, name)
        role = one.get("/S")
        if isinstance(role, Name) and str(role) in self.roles:
            one[Name.S] = Name(self.roles[str(role)])

    def _place_in_tags(self, one: Dictionary, name: str) -> None:
        old = one[name]
        if isinstance(old, int) and old in self.parents:
            one[name] = self.parents[old]
        else:
            del one[name]


def _is_resource(value: Any) -> bool:
    """A font or picture that happens to have such a name in the table of what a page uses (7.8.3)."""
    if isinstance(value, Array):
        return len(value) > 0 and isinstance(value[0], Name)
    if not isinstance(value, Dictionary | Stream):
        return isinstance(value, Name)
    kinds = {str(value.get(name)) for name in ("/Type", "/Subtype") if name in value}
    return bool(kinds & RESOURCES) or any(name in value for name in ("/PatternType", "/ShadingType"))


def _unparsed(one: Any) -> bytes:
    """The object as text, of a stream its dictionary. A number or a name comes from the library as one of Python."""
    if not isinstance(one, Object):
        return Array([one]).unparse()[2:-2]
    return (one.stream_dict if isinstance(one, Stream) else one).unparse(resolved=True)


def drop_all(emitter: Emitter, these: Collection[Any]) -> None:
    """None of these objects comes along."""
    emitter.dropped.update(one.objgen for one in these if isinstance(one, Object) and one.is_indirect)
