"""W10: a paper that is made to hang, grow or mislead its reader costs only itself: a sheet stands in its place, and the others are whole."""

import zlib

import pikepdf
import pypdfium2
import pytest
from kit.bundles import all_bytes, bound, paper_of
from pikepdf import Array, Dictionary, Name, Pdf

from processes.post.bundling import binding


def huge_content(pdf: Pdf) -> None:
    """Content of a gigabyte in a megabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(b"q Q " * 250_000) for _ in range(1100)), packer.flush()])
    pdf.pages[0].obj.Contents = pdf.make_stream(packed)
    pdf.pages[0].obj.Contents.stream_dict.Filter = Name.FlateDecode


def nested(pdf: Pdf) -> None:
    """Arrays in arrays, deeper than anybody follows, in a key that must be looked through."""
    deep = Array([Dictionary(AF=Array([]))])
    for _ in range(400):
        deep = Array([deep])
    pdf.pages[0].obj.Resources.Deep = deep


def loop_of_pages() -> bytes:
    """A page tree that holds itself."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 3 /Kids [ 2 0 R 2 0 R ] >>\nendobj\n"
        b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n130\n%%EOF\n"
    )


HOSTILE = {
    "bom": lambda: paper_of("bom", dress=huge_content),
    "diep": lambda: paper_of("diep", dress=nested),
    "lus": loop_of_pages,
    "leeg": lambda: b"",
    "rommel": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "wachtwoord": lambda: paper_of("dicht", encryption=pikepdf.Encryption(user="u", owner="o", R=6)),
}


def texts(place):
    document = pypdfium2.PdfDocument(place)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_w10_hostile_papers_get_a_sheet_and_the_others_are_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(binding, "MEMORY", 700 * 1024 * 1024)
    papers = {name: make() for name, make in HOSTILE.items()}
    place, made = bound(tmp_path, {"voor": paper_of("heel-voor"), **papers, "na": paper_of("heel-na")})
    said = texts(place)
    assert set(made.sheets) == set(range(1, len(papers) + 1))
    assert "heel-voor" in said[made.first_pages[0] - 1]
    assert "heel-na" in said[made.first_pages[-1] - 1]
    for number, name in enumerate(papers, 2):
        assert f"Stuk {number}: {name}" in said[made.first_pages[number - 1] - 1]
    with pikepdf.open(place) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == made.pages


def test_w10_a_paper_that_takes_the_child_of_many_down_costs_none_of_them(tmp_path, monkeypatch):
    """Good papers around each hostile one, all read by one child: those behind it are whole, and in their place."""
    monkeypatch.setattr(binding, "MEMORY", 700 * 1024 * 1024)
    papers = {}
    for at, (name, make) in enumerate(HOSTILE.items()):
        papers |= {f"goed {at}": paper_of(f"heel-{at}"), name: make()}
    place, made = bound(tmp_path, {**papers, "goed laatst": paper_of("heel-laatst")})
    said = texts(place)
    for at in range(len(HOSTILE)):
        assert f"heel-{at}" in said[made.first_pages[2 * at] - 1]
    assert "heel-laatst" in said[made.first_pages[-1] - 1]


def test_w10_of_a_file_that_was_cut_off_the_inventory_says_so(tmp_path):
    place, made = bound(tmp_path, {"Half": paper_of(*"abcdef")[:1500]})
    assert made.sheets == {}
    assert "het bestand is beschadigd" in texts(place)[1]


def test_w10_a_huge_picture_is_taken_as_it_is(tmp_path):
    """It is not opened: forty thousand by forty thousand signs of one colour stay some kilobytes."""

    def dress(pdf):
        row = zlib.compress(bytes(40_000 * 100), 9)
        picture = pdf.make_stream(
            row,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=40_000,
            Height=40_000,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )
        picture.stream_dict.Filter = Name.FlateDecode
        pdf.pages[0].obj.Resources.XObject = Dictionary(I1=picture)
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q 500 0 0 500 0 0 cm /I1 Do Q")

    place, made = bound(tmp_path, {"Foto": paper_of("x", dress=dress)})
    assert made.sheets == {}
    assert place.stat().st_size < 300_000


@pytest.mark.parametrize("key", ["/Names", "/Resources", "/Parent", "/B", "/Elders"])
def test_w10_what_a_page_points_at_beside_its_looks_stays_out(tmp_path, key):
    def dress(pdf):
        other = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=pikepdf.String("geheim-pad"),
                EF=Dictionary(F=pdf.make_stream(b"geheim-inhoud", Type=Name.EmbeddedFile)),
            )
        )
        page = pdf.pages[0].obj
        (page if key != "/Resources" else page.Resources)["/Elders" if key == "/Resources" else key] = other

    place, _ = bound(tmp_path, {"Stuk": paper_of("een", dress=dress)})
    assert b"geheim" not in all_bytes(place)


def test_w10_a_title_cannot_break_out_of_the_pages_that_we_make(tmp_path):
    titles = ["</title><script>alert(1)</script>", "(een) \\ haakje", "\u202emor" + "x" * 160, "<<>> endobj 1 0 R"]
    place, made = bound(tmp_path, {title: paper_of("x") for title in titles})
    with pikepdf.open(place) as pdf, pdf.open_outline() as outline:
        assert [one.title for one in outline.root][1:] == [
            f"{number}. {title}" for number, title in enumerate(titles, 1)
        ]
        assert pdf.check_pdf_syntax() == []
    assert "<script>alert(1)</script>" in texts(place)[1]
    assert made.pages == made.front + len(titles)
