"""The text of every PDF stays on its page, has no sign without a shape, and reads as it was written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from lxml import etree
from pdf_kit import folded, lines_of, pages, read, without_space
from pypdf import PdfReader

from processes.demo.documents import paper
from processes.post.certificate import certificate_pdf
from processes.post.inventory import Listed, inventory_pdf
from processes.post.letters import Letter, letter_pdf
from processes.storage.services import Services
from processes.storage.tables import DestructionRow

MM = 72 / 25.4
AIIM = "{http://www.aiim.org"  # begins the names of the standards in the description of a file
DAY = date(2026, 11, 28)
LETTER = Letter("Gemeente Voorbeeldstad", "Tess Jansen", "Laan 1\n1234 AB Stad", DAY, "Besluit", "Beste Tess,", "BZW-1")

LONG = {
    "the address of a rule": "https://lokaleregelgeving.overheid.nl/CVDR637825/3#hoofdstuk_3_paragraaf_3.2_artikel_3.2.1_lid_2_onderdeel_b",
    "an address with a query": "https://zaken.example/mijn?zaak=BZW-2026-00001&sleutel=" + "a1B2" * 60,
    "an e-mail address": "de.heer.van.den.broek.tot.aan.de.overkant@afdeling-vergunningen-en-toezicht.gemeente-voorbeeldstad.example",
    "one word": "aansprakelijkheidswaardevaststellingsveranderingenarbeidsongeschiktheidsverzekeringsmaatschappijhoofdkantoor",
    "300 signs": "x" * 300,
    "wide signs": "W" * 300,
    "no break allowed": "een\u00a0" * 80 + "eind",
    "bound by hyphens": "twee\u2011" * 60 + "eind",
    "Chinese": "王小明" * 60,
    "marks": "e\u0301" * 200,
}


def letter_name(text: str) -> bytes:
    return letter_pdf(replace(LETTER, name=text))


def letter_address(text: str) -> bytes:
    return letter_pdf(replace(LETTER, address=f"{text}\n1234 AB Stad"))


def letter_subject(text: str) -> bytes:
    return letter_pdf(replace(LETTER, subject=f"Besluit over {text}"))


def letter_body(text: str) -> bytes:
    return letter_pdf(replace(LETTER, body=f"Beste Tess,\n\nLees {text} goed."))


def list_title(text: str) -> bytes:
    return inventory_pdf("Gemeente", "WOO-1", [Listed(1, text, "28 september 2026", "Deels openbaar", ("a",), "b")])


def list_remark(text: str) -> bytes:
    row = Listed(12345, "Verslag", "28 september 2026", "Deels openbaar", (text, "intern beraad"), f"Zie {text}")
    return inventory_pdf("Gemeente", "WOO-1", [row, row])


def certificate(text: str) -> bytes:
    known = {"case_type": text, "ground": text, "counts": {"case": 1}, "documents": ["0" * 64]}
    at = datetime(2026, 11, 28, 9, tzinfo=UTC)
    row = DestructionRow(
        case_number="BZW-1", result=text, due_on=DAY, proposed_by="noor", destroyed_at=at, certificate=known
    )
    return certificate_pdf(row, "Gemeente", {"noor": text})


PLACES = (letter_name, letter_address, letter_subject, letter_body, list_title, list_remark, certificate)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", LONG)
def test_a_long_word_breaks_between_the_margins_and_is_whole(place: Callable[[str], bytes], kind: str) -> None:
    content = place(LONG[kind])
    for page in pages(content):
        margin = 15 * MM
        for begin, end, height in lines_of(page):
            assert margin < begin <= end < page.mediabox.width - margin
            assert 7 * MM < height < page.mediabox.height - margin
    assert without_space(LONG[kind]) in without_space(read(content))


def test_a_paper_of_the_demo_stays_on_its_page(services: Services) -> None:
    title = f"Bod & <tegenbod> {LONG['300 signs']}"
    content = b"".join(services.files.read(paper(services, title, "Tess").blob))
    (page,) = pages(content)
    assert all(0 < begin <= end < page.mediabox.width for begin, end, _ in lines_of(page))
    assert without_space(title) in without_space(read(content))


def test_the_address_stays_in_the_window_of_the_envelope_and_what_follows_stands_below_it() -> None:
    many = "\n".join(f"Regel {number} van {'een lang adres ' * 5}" for number in range(8))
    (page, *_) = pages(letter_pdf(replace(LETTER, address=many)))
    lines = list(lines_of(page))
    address = [line for line in lines if line[0] < 25 * MM - 1]
    assert len(address) == 1 + 2 * 8
    assert all(begin == pytest.approx(20 * MM, abs=0.1) for begin, _, _ in address)
    assert all(end <= 110 * MM for _, end, _ in address)
    assert page.mediabox.height - 50 * MM > address[0][2] > page.mediabox.height - 57 * MM
    rest = [height for begin, _, height in lines if begin > 25 * MM - 1]
    assert sum(height > min(line[2] for line in address) for height in rest) == 1  # the name of the organisation


SCRIPTS = {
    "Dutch and its neighbours": "Łukasz Żółć-Ðặng, Hélène Œuvré, Þór Ægisson, İpek Çağlayan, Đorđe, Ștefan Țepeș, Việt Nguyễn, ĳsselmeer",
    "Greek": "Αλέξανδρος Παπαδόπουλος",
    "Cyrillic": "Владимир Щербаков, Ђорђе, Київ Їжак",
    "Arabic": "السيد محمد عبد الله الحسن",
    "Persian and Urdu": "پژمان گودرزی",
    "Hebrew": "דוד בן־גוריון",
    "Armenian": "Արմեն Սարգսյան",
    "Georgian": "გიორგი",
    "Ethiopic": "ሰላም",
    "Thai": "สมชาย",
    "Chinese": "王小明 陳大文 北京市朝阳区",
    "Japanese": "山田太郎 さくら サクラ 髙橋 山﨑",
    "Korean": "김철수 서울특별시",
    "emoji": "😀 👍 🏠 🥰 \U0001fae8",
    "signs": "€ £ ¥ ₺ § ± × ½ ² µ Ω ∑ ≤ ≠ → ✓ ☑ ■ ● • …",
    "not a sign": "a\ufffdb",
}


# Signs of these scripts change places and melt together; WeasyPrint's text layer does not always tell them apart.
ONLY_SHOWN = {"Hindi": "राम शर्मा क्षत्रिय", "Bengali": "শ্রী বন্দ্যোপাধ্যায়", "Tamil": "தமிழ்ச்செல்வன்"}


def to_named(name: str) -> bytes:
    """A letter with the name in its address, its subject and its body."""
    return letter_pdf(replace(LETTER, name=name, subject=f"Besluit: {name}", body=f"Beste {name}\n\nTot ziens."))


@pytest.mark.parametrize("script", [*SCRIPTS, *ONLY_SHOWN])
def test_a_name_in_any_script_has_a_shape(script: str, caplog: pytest.LogCaptureFixture) -> None:
    to_named((SCRIPTS | ONLY_SHOWN)[script])
    assert ".notdef" not in caplog.text


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_in_any_script_reads_back(script: str) -> None:
    name = SCRIPTS[script]
    content = to_named(name)
    text = read(content)
    assert text.count(folded(name)) == 3
    assert "Tot ziens." in text
    assert PdfReader(BytesIO(content)).metadata.title == f"Besluit: {name}"


def test_a_sign_without_a_shape_is_noticed_by_the_test_above(caplog: pytest.LogCaptureFixture) -> None:
    letter_pdf(replace(LETTER, body="\U0001f8ff\U0002ebe0"))
    assert ".notdef" in caplog.text


WRITTEN = {
    "ligatures": "De efficiënte affiche, het profiel, de waffle, fjord: ff fi fl ffi ffl fj, en de tekens \ufb01 \ufb02 \ufb03.",
    "accents in one sign and in two": "é ë ï ő ș; e\u0301 e\u0308 i\u0308 o\u030b s\u0326; een\u0301 twee\u0301e",
    "quotes": "\u2018enkel\u2019 \u201cdubbel\u201d \u201elaag\u201d 'recht' \"recht\" \u00abfrans\u00bb, foto\u2019s, 's-Gravenhage",
    "amounts": "€\u00a01.250,00 en 10\u202f000 en 5\u2009%",
    "dashes": "a-b a\u2010b a\u2011b a\u2013b a\u2014b a\u2212b",
    "soft hyphens and other places to break": "bezwaar\u00adcommissie en\u00adzo\u200bvoort",
    "letters that look alike": "\u00d0 \u0110 \u0189 A \u0391 \u0410 o \u03bf \u043e \u00b5 \u03bc",
    "markup": "1 < 2 & 3 > 2, <b>niet vet</b> &amp; <script>",
    "lines of every kind": "een\vtwee\u2028drie\rvier\x85vijf",
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_text_layer_reads_as_it_was_written(kind: str) -> None:
    body = f"Vooraf.\n\n{WRITTEN[kind]}\n\nErna."
    assert f"Vooraf. {folded(WRITTEN[kind])} Erna." in read(letter_pdf(replace(LETTER, body=body)))


def test_a_soft_hyphen_at_the_end_of_a_line_leaves_no_hyphen() -> None:
    word = "bezwaar\u00adcommissie\u00ad" * 20
    assert without_space(word) in without_space(read(letter_pdf(replace(LETTER, body=word))))


def test_what_was_pasted_from_word_or_is_no_sign_does_not_spoil_the_letter(caplog: pytest.LogCaptureFixture) -> None:
    body = "\uf0b7 een\n\uf0fc twee\x00\x07 \ue123 \ud83d drie"
    assert "• een ✓ twee \ufffd \ufffd drie" in read(letter_pdf(replace(LETTER, body=body)))
    assert ".notdef" not in caplog.text


def test_a_letter_is_pdf_ua_in_dutch_with_every_font_inside() -> None:
    reader = PdfReader(
        BytesIO(letter_pdf(replace(LETTER, name=" ".join(SCRIPTS.values()), body=" ".join(LONG.values()))))
    )
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/ToUnicode" in font
        assert "/FontFile2" in described or "/FontFile3" in described


def test_j13_a_letter_says_that_it_can_be_kept_and_read_aloud() -> None:
    root = PdfReader(BytesIO(letter_pdf(LETTER))).trailer["/Root"]
    packet = root["/Metadata"].get_data().decode()
    told = etree.fromstring(packet[packet.index("<x:xmpmeta") : packet.index("<?xpacket end")])
    (rdf,) = told  # one description of the whole file, as a reader expects
    said = {name: value for described in rdf for name, value in described.attrib.items()}
    assert (said[f"{AIIM}/pdfa/ns/id/}}part"], said[f"{AIIM}/pdfa/ns/id/}}conformance"]) == ("2", "A")
    assert said[f"{AIIM}/pdfua/ns/id/}}part"] == "1"
    assert "PDF/UA identification schema" in packet  # PDF/A knows no other word than its own without it
    assert [intent.get_object()["/S"] for intent in root["/OutputIntents"]] == ["/GTS_PDFA1"]
