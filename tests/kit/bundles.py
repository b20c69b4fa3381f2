"""Papers and bundles of tests: PDFs with all that must not come along, and a bundle that is bound of them without an installation."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from processes.post.bundling.binding import bind
from processes.post.bundling.order import Bound, BundleOrder, Paper

A4 = (0, 0, 595, 842)
Words = Callable[[Pdf], None]


def paper_of(*words: str, box: Sequence[float] = A4, dress: Words = lambda _: None, **saved: Any) -> bytes:
    """A PDF with a page for each of these words; `dress` changes it before it is saved, with `saved`."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for said in words:
        page = pdf.add_blank_page(page_size=(box[2] - box[0], box[3] - box[1]))
        page.obj.MediaBox = Array(list(box))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"BT /F1 24 Tf {box[0] + 60} {box[3] - 90} Td ({said}) Tj ET".encode())
    dress(pdf)
    made = BytesIO()
    pdf.save(made, **saved)
    return made.getvalue()


def with_secrets(pdf: Pdf) -> None:
    """Bookmarks, a file inside, a remark, a form, a program and metadata, each with a word that begins with `geheim-`."""
    page = pdf.pages[0].obj
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("geheim-bladwijzer", 0))
    pdf.attachments["geheim-bijlage.txt"] = b"geheim-inhoud"
    pdf.docinfo[Name.Author] = "geheim-auteur"
    with pdf.open_metadata() as said:
        said["dc:title"] = "geheim-titel"
    remark = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String("geheim-opmerking")
    )
    file = Dictionary(
        Type=Name.Annot,
        Subtype=Name.FileAttachment,
        Rect=Array([50, 10, 70, 30]),
        FS=pdf.attachments["geheim-bijlage.txt"].obj,
    )
    away = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([90, 10, 99, 30]),
        A=Dictionary(S=Name.JavaScript, JS=String("geheim-programma")),
    )
    page.Annots = Array([pdf.make_indirect(one) for one in (remark, file, away)])
    page.PieceInfo = Dictionary(Tekenaar=Dictionary(LastModified=String("D:2026"), Private=String("geheim-prive")))
    page.Metadata = pdf.make_stream(b"<x>geheim-xmp</x>", Type=Name.Metadata, Subtype=Name.XML)
    page.Resources.Font.F1.Metadata = pdf.make_stream(b"<x>geheim-lettertype</x>", Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("geheim-begin"))
    page.AF = Array([pdf.attachments["geheim-bijlage.txt"].obj])


def with_field(value: str) -> Words:
    """A form with one field that is filled in so, and whose looks the reader has to make."""

    def dress(pdf: Pdf) -> None:
        field = pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("geheim-veldnaam"), V=String(value), F=4,
            Rect=Array([60, 20, 560, 40]), DA=String("/F1 12 Tf 0 g"), TU=String("geheim-uitleg"),
        ))  # fmt: skip
        font = pdf.pages[0].obj.Resources.Font.F1
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([field]),
            NeedAppearances=True,
            DA=String("/F1 12 Tf 0 g"),
            DR=Dictionary(Font=Dictionary(F1=font)),
        )

    return dress


def bound(
    folder: Path, papers: Mapping[str, bytes | Paper], most_pages: int = 10_000, **more: Any
) -> tuple[Path, Bound]:
    """A bundle of these papers by their titles; the file and what is told of it."""
    given = []
    for at, (title, content) in enumerate(papers.items()):
        if isinstance(content, Paper):
            given.append(content)
            continue
        place = folder / f"{at}.in"
        place.write_bytes(content)
        given.append(
            Paper(title, "Brief, Z-1-D1", path=str(place), file_name=f"{title}.pdf", size=len(content), sha256="a" * 64)
        )
    order = BundleOrder(
        "0123456789abcdef" * 2, more.get("title", "Dossier Z-1"), "Gemeente Voorbeeldstad", (("Voor", "de rechtbank"),), tuple(given),
        "D:20261130120000+01'00'", most_pages,
    )  # fmt: skip
    place = folder / "bundle.pdf"
    return place, bind(order, place, more.get("told", lambda _: None))


def all_bytes(place: Path) -> bytes:
    """The file as it is, and every object of it with its streams decompressed and its texts plain."""
    found = [place.read_bytes()]
    with pikepdf.open(place) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                found.append(one.stream_dict.unparse())
                try:
                    found.append(one.read_bytes())
                except pikepdf.PdfError:
                    found.append(one.read_raw_bytes())
            found += [text.encode() for text in _texts(one, 0)]
    return b"\n".join(found)


def _texts(one: Any, depth: int) -> list[str]:
    if isinstance(one, String):
        return [str(one)]
    if isinstance(one, str | bytes):
        return [str(one)]
    if depth and getattr(one, "is_indirect", False):
        return []
    if isinstance(one, Array):
        return [text for part in one for text in _texts(part, depth + 1)]
    if isinstance(one, Dictionary | pikepdf.Stream):
        words = one.stream_dict if isinstance(one, pikepdf.Stream) else one
        return [
            *dict(words.items()),
            *(text for part in dict(words.items()).values() for text in _texts(part, depth + 1)),
        ]
    return []
