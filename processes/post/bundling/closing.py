"""The end of a bundle: what holds its pages, its bookmarks, its tags and layers, and what it says of itself."""

import string
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from processes.post.bundling.order import BundleOrder
from processes.post.bundling.writing import PdfBody, references, text

if TYPE_CHECKING:
    from processes.post.bundling.binding import BundleSection, BundleWritten

PRODUCER: Final = "Zaakspoor"
PLAIN: Final = frozenset(string.ascii_letters + string.digits + "_-.")  # signs of a name
XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{organisation}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>nl</rdf:li></rdf:Bag></dc:language><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def close_bundle(
    body: PdfBody, order: BundleOrder, written: "BundleWritten", sections: Sequence["BundleSection"]
) -> None:
    """`sections`: the front, and then every paper in order; one without pages has no bookmark."""
    filled = [one for one in sections if one.pages]
    for one in filled:
        words = (len(one.pages), references(one.pages), written.pages)
        body.put(one.node, b"<< /Type /Pages /Count %d /Kids %b /Parent %d 0 R >>" % words)
    nodes, count = references([one.node for one in filled]), sum(len(one.pages) for one in filled)
    body.put(written.pages, b"<< /Type /Pages /Count %d /Kids %b >>" % (count, nodes))
    parts = [b"/Type /Catalog /Pages %d 0 R /Lang (nl) /PageMode /UseOutlines" % written.pages]
    parts.append(b"/ViewerPreferences << /DisplayDocTitle true >> /Outlines %d 0 R" % _bookmarks(body, sections))
    parts.append(_tags(body, written, whole=all(one.is_tagged for one in filled)))
    parts.append(_layers(written))
    packet = XMP.format(title=escape(order.title), organisation=escape(order.organisation), producer=PRODUCER).encode()
    metadata = body.reserve()
    body.put_stream(metadata, b"/Type /Metadata /Subtype /XML", packet)
    parts.append(b"/Metadata %d 0 R" % metadata)
    body.put(written.root, b"<< %b >>" % b" ".join(part for part in parts if part))
    said = (text(order.title), text(order.organisation), text(PRODUCER), order.made_at.encode())
    info = body.add(b"<< /Title %b /Author %b /Producer %b /CreationDate (%b) >>" % said)
    body.finish(written.root, info, bytes.fromhex(order.identity))


def _bookmarks(body: PdfBody, sections: Sequence["BundleSection"]) -> int:
    """Titles from the case, never those of a file itself (12.3.3)."""
    named = [
        (f"{number}. {one.title}" if number else one.title, one.pages[0])
        for number, one in enumerate(sections)
        if one.pages
    ]
    root = body.reserve()
    items = [body.reserve() for _ in named]
    for at, (title, page) in enumerate(named):
        before = b" /Prev %d 0 R" % items[at - 1] if at else b""
        after = b" /Next %d 0 R" % items[at + 1] if at + 1 < len(items) else b""
        words = (text(title), root, page, before, after)
        body.put(items[at], b"<< /Title %b /Parent %d 0 R /Dest [ %d 0 R /Fit ]%b%b >>" % words)
    body.put(root, b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (items[0], items[-1], len(items)))
    return root


def _tags(body: PdfBody, written: "BundleWritten", *, whole: bool) -> bytes:
    """The tags of all papers in one tree. Where a paper has none the file says that its tags may be lacking (14.7.1)."""
    if not written.parts:
        return b""
    pairs = b" ".join(b"%d %d 0 R" % pair for pair in sorted(written.parents))
    parents = body.add(b"<< /Nums [ %b ] >>" % pairs)
    roles = b" ".join(_name(name) + b" " + _name(what) for name, what in written.roles.items())
    words = (references(written.parts), parents, written.next_key, roles)
    body.put(
        written.tags,
        b"<< /Type /StructTreeRoot /K %b /ParentTree %d 0 R /ParentTreeNextKey %d /RoleMap << %b >> >>" % words,
    )
    marked = b"/Marked true" if whole else b"/Marked true /Suspects true"
    return b"/StructTreeRoot %d 0 R /MarkInfo << %b >>" % (written.tags, marked)


def _name(name: str) -> bytes:
    """A name with every sign but letters, digits and a few others written as a number (7.3.5)."""
    return b"/" + b"".join(b"%c" % sign if chr(sign) in PLAIN else b"#%02X" % sign for sign in name[1:].encode())


def _layers(written: "BundleWritten") -> bytes:
    if not written.layers:
        return b""
    off = references(written.off)
    return b"/OCProperties << /OCGs %b /D << /BaseState /ON /OFF %b >> >>" % (references(written.layers), off)
