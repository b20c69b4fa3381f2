"""W10: the file of a case as one PDF: its order, numbers, bookmarks and tags are right, and nothing comes along that is not seen."""

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.bundles import all_bytes, bound, paper_of, with_field, with_secrets
from pikepdf import Array, Dictionary, Name, String

from processes.post.bundling.binding import TooManyPages
from processes.post.bundling.geometry import sheet_of, stamp
from processes.post.bundling.names import numbered_name
from processes.post.bundling.order import Paper
from processes.post.pdf import pdf as laid_out


def texts(place):
    document = pypdfium2.PdfDocument(place)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def bookmarks(place):
    with pikepdf.open(place) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return [(one.title, pages[one.destination[0].objgen]) for one in outline.root]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """Three papers, one of them withheld, one whose file has a password."""
    locked = paper_of("dicht", encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    papers = {
        "Bezwaarschrift": paper_of("een", "twee", dress=with_secrets),
        "Advies": Paper("Advies", withheld="Artikel 8:29 van de Awb: van de landsadvocaat"),
        "Slot": locked,
        "Ünïcode & <titel> (met haken)": paper_of("drie"),
    }
    return bound(tmp_path_factory.mktemp("bundle"), papers)


def test_w10_every_page_says_which_paper_and_which_page_of_the_file_it_is(bundle):
    place, made = bundle
    said = texts(place)
    assert (made.pages, made.front, made.first_pages) == (6, 2, (3, 0, 5, 6))
    assert "stuk 1, blz 2 / dossier blz 4" in said[3]
    assert "stuk 4, blz 1 / dossier blz 6" in said[5]
    assert all(f"dossier blz {number}" in text for number, text in enumerate(said, 1))


def test_w10_a_paper_that_is_withheld_is_named_with_its_ground_and_has_no_page(bundle):
    place, _ = bundle
    assert "van de landsadvocaat" in texts(place)[1]
    assert [title for title, _ in bookmarks(place)] == [
        "Dossier Z-1",
        "1. Bezwaarschrift",
        "3. Slot",
        "4. Ünïcode & <titel> (met haken)",
    ]


def test_w10_a_paper_with_a_password_gets_a_sheet_with_its_name_reason_and_hash(bundle):
    place, made = bundle
    sheet = texts(place)[4]
    assert set(made.sheets) == {2}
    assert "wachtwoord" in sheet
    assert "Slot.pdf" in sheet
    assert "a" * 64 in sheet.replace("\r\n", "")


def test_w10_bookmarks_lead_to_the_first_page_of_each_paper(bundle):
    place, made = bundle
    firsts = [page for page in made.first_pages if page]
    assert [page for _, page in bookmarks(place)] == [1, *firsts]


def test_w10_a_line_of_the_inventory_leads_to_its_paper(bundle):
    place, made = bundle
    with pikepdf.open(place) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [pages[link.Dest[0].objgen] for link in pdf.pages[1].obj.Annots]
    assert links == [page for page in made.first_pages if page]


def test_w10_nothing_of_a_file_comes_along_but_what_is_seen(bundle):
    place, _ = bundle
    assert b"geheim" not in all_bytes(place)
    with pikepdf.open(place) as pdf:
        assert not pdf.attachments
        assert "/AcroForm" not in pdf.Root
        assert "/OpenAction" not in pdf.Root


def test_w10_the_library_finds_nothing_wrong_with_it(bundle):
    place, _ = bundle
    with pikepdf.open(place) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_w10_a_form_is_part_of_the_page_and_its_number_stands_on_top(tmp_path):
    place, _ = bound(tmp_path, {"Formulier": paper_of("vraag", dress=with_field("Ja, dat klopt"))})
    with pikepdf.open(place) as pdf:
        assert "/Annots" not in pdf.pages[2].obj
        assert pdf.pages[2].obj.Contents[-1].read_bytes().count(b"stuk 1, blz 1") == 1
    assert "Ja, dat klopt" in texts(place)[2]
    assert b"geheim" not in all_bytes(place)


def test_w10_links_stay_and_lead_inside_their_own_paper(tmp_path):
    def dress(pdf):
        inside = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=Array([pdf.pages[2].obj, Name.Fit])
        )
        outside = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 9, 9]),
            A=Dictionary(S=Name.URI, URI=String("https://wetten.example/")),
        )
        local = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 9, 9]),
            A=Dictionary(S=Name.URI, URI=String("file:///etc/geheim")),
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(one) for one in (inside, outside, local)])

    place, _ = bound(tmp_path, {"Brief": paper_of("een", "twee", "drie", dress=dress)})
    with pikepdf.open(place) as pdf:
        first, second = pdf.pages[2].obj.Annots
        assert first.Dest[0].objgen == pdf.pages[4].obj.objgen
        assert second.A.URI == "https://wetten.example/"
    assert b"geheim" not in all_bytes(place)


def test_w10_tags_survive_and_the_file_says_truly_whether_all_of_it_has_them(tmp_path):
    tagged = laid_out("<html lang=nl><title>x</title><h1>Kop van een brief</h1><p>Tekst.</p>")
    place, _ = bound(tmp_path, {"Een": tagged, "Twee": tagged})
    with pikepdf.open(place) as pdf:
        assert pdf.Root.MarkInfo == Dictionary(Marked=True)
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        kept = dict(parents.items())
        for page in pdf.pages:
            (first, *_) = [one for one in kept[int(page.obj.StructParents)] if isinstance(one, Dictionary)]
            assert first.Pg.objgen == page.obj.objgen
        assert [str(part.T) for part in pdf.Root.StructTreeRoot.K] == ["Een", "Twee", "Dossier Z-1"]
        assert all(part.P.objgen == pdf.Root.StructTreeRoot.objgen for part in pdf.Root.StructTreeRoot.K)
    mixed, _ = bound(tmp_path, {"Een": tagged, "Twee": paper_of("zonder")})
    with pikepdf.open(mixed) as pdf:
        assert pdf.Root.MarkInfo == Dictionary(Marked=True, Suspects=True)


def test_w10_a_layer_that_is_off_stays_off(tmp_path):
    def dress(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("geheim-laag")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(L1=layer)
        page.Contents = pdf.make_stream(b"/OC /L1 BDC 0 g 0 0 595 842 re f EMC")

    place, _ = bound(tmp_path, {"Tekening": paper_of("een", dress=dress)})
    document = pypdfium2.PdfDocument(place)
    picture = document[2].render(scale=0.1).to_pil().convert("L")
    document.close()
    assert picture.getpixel((20, 20)) == 255
    assert b"geheim" not in all_bytes(place)


@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90])
@pytest.mark.parametrize("box", [(0, 0, 595, 842), (-300, 100, 542, 695), (1000, 1000, 1100, 1060)])
def test_w10_the_number_stands_at_the_bottom_right_as_the_page_is_read(tmp_path, turned, box):
    """Also when the content leaves the state of drawing changed: scaled, moved and not given back."""

    def dress(pdf):
        pdf.pages[0].obj.Rotate = turned
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q 9 0 0 9 400 400 cm q Q Q Q q 0.1 0 0 0.1 5 5 cm")

    place, _ = bound(tmp_path, {"Stuk": paper_of("", box=box, dress=dress)})
    document = pypdfium2.PdfDocument(place)
    picture = document[2].render(scale=2).to_pil().convert("L").point(lambda value: 255 if value < 128 else 0)
    document.close()
    left, top, right, bottom = picture.getbbox()
    wide, high = picture.size
    assert right > wide * 0.9
    assert bottom > high * 0.85
    assert top > high * 0.5
    assert (right - left) > (bottom - top)


def test_w10_a_font_that_is_called_as_something_that_is_left_out_stays(tmp_path):
    def dress(pdf):
        fonts = pdf.pages[0].obj.Resources.Font
        fonts["/AA"] = fonts.F1
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /AA 24 Tf 60 600 Td (leesbaar) Tj ET")

    place, _ = bound(tmp_path, {"Stuk": paper_of("x", dress=dress)})
    assert "leesbaar" in texts(place)[2]


def test_w10_a_file_that_is_encrypted_with_an_empty_password_is_read(tmp_path):
    content = paper_of(
        "open",
        encryption=pikepdf.Encryption(user="", owner="baas"),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    place, made = bound(tmp_path, {"Stuk": content})
    assert made.sheets == {}
    assert "open" in texts(place)[2]


def test_w10_an_inherited_box_and_fonts_are_found(tmp_path):
    def dress(pdf):
        top, page = pdf.Root.Pages, pdf.pages[0].obj
        top.Resources, top.MediaBox, top.Rotate = page.Resources, Array([0, 0, 300, 400]), 90
        for name in ("/Resources", "/MediaBox"):
            del page[name]

    place, _ = bound(tmp_path, {"Stuk": paper_of("geerfd", dress=dress)})
    with pikepdf.open(place) as pdf:
        assert [float(edge) for edge in pdf.pages[2].obj.MediaBox] == [0, 0, 300, 400]
        assert pdf.pages[2].obj.Rotate == 90
    assert "stuk 1, blz 1" in texts(place)[2]


def test_w10_a_bundle_of_too_many_pages_is_not_made(tmp_path):
    with pytest.raises(TooManyPages):
        bound(tmp_path, {"Een": paper_of(*"abc"), "Twee": paper_of(*"de")}, most_pages=4)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lengths=st.lists(st.integers(1, 4), min_size=1, max_size=45), long=st.booleans())
def test_w10_each_line_of_the_inventory_names_the_first_page_of_its_paper(tmp_path, lengths, long):
    """Also when the inventory is longer than was thought."""
    words = "Een titel die over meer dan een regel van de inventaris loopt, zoals er in elk dossier staan " * 2
    papers = {
        f"{at} {words if long else ''}"[:180].strip(): paper_of(*["x"] * many) for at, many in enumerate(lengths, 1)
    }
    place, made = bound(tmp_path, papers)
    said = texts(place)
    assert len(said) == made.front + sum(lengths)
    for number, first in enumerate(made.first_pages, 1):
        assert f"stuk {number}, blz 1 / dossier blz {first}" in said[first - 1]
    inventory = " ".join("".join(said[1 : made.front]).split())
    assert all(f" {first}" in inventory for first in made.first_pages)


@given(
    media=st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=5), crop=st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=5),
    turned=st.integers(-1000, 1000), unit=st.floats(-10, 1e9, allow_nan=False),
)  # fmt: skip
def test_w10_whatever_a_page_says_of_its_size_there_is_a_place_for_its_number(media, crop, turned, unit):
    sheet = sheet_of(media, crop, turned, unit)
    assert sheet.left < sheet.right
    assert sheet.bottom < sheet.top
    assert b"nan" not in stamp(sheet, "stuk 12, blz 3 / dossier blz 145", b"/F")


@pytest.mark.parametrize(
    ("title", "file_name", "name"),
    [
        ("Bezwaarschrift", "scan.PDF", "007 Bezwaarschrift.pdf"),
        ("../../etc/passwd", "x.txt", "007 _._etc_passwd.txt"),
        ('a<b>:c"d|e?f*g\\h/i', "x.docx", "007 a_b__c_d_e_f_g_h_i.docx"),
        ("CON", "CON", "007 CON"),
        ("Één café", "x.pdf", "007 Één café.pdf"),
        ("brief.pdf", "brief.pdf", "007 brief.pdf"),
        ("punten...", "x.pdf", "007 punten.pdf"),
        ("\u202egpj.exe", "x.pdf", "007 gpj.exe.pdf"),
        ("x" * 300, "x.pdf", "007 " + "x" * 82 + ".pdf"),
        ("", "x.exe/../../y", "007 bestand"),
    ],
)
def test_w10_a_name_in_the_zip_is_one_that_every_system_takes(title, file_name, name):
    assert numbered_name(7, 12, title, file_name) == name
