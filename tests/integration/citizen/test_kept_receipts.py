"""B6, C1: the receipt of documents stands on a page and in a PDF with all that it proves, and is of one sender and one moment."""

import html
import io
from collections.abc import Callable
from datetime import timedelta

import pypdf
from citizen_kit import TESS, TOGA, Browser, register
from kit.browser import ORIGIN
from kit.cases import handed_in
from kit.documents import PDF

from processes.actions.registering import NewParty
from processes.base.dutch import long_moment
from processes.storage.services import Services

Open = Callable[[str], Browser]
SAVE = "Bewaar als PDF"
REPRESENTS = NewParty("representative", "mr. P. Toga", kind="company", identity=TOGA, channel="portal")


def send(who: Browser, number: str, *names: str) -> str:
    """Documents added through the pages; the page is the receipt now, and the answer the address of its file."""
    place = f"/mijn/zaken/{number}/document"
    who.get(place)
    chosen = [("files", (name, PDF, "application/pdf")) for name in names]
    data = {"csrf": who.csrf, "form_key": names[0], "type": "submission", "title": "Foto's <plek>"}
    who.html = who.client.post(place, data=data, files=chosen, headers=ORIGIN).text
    who.post(f"{place}/versturen", {"held": who.hidden("held")})
    assert SAVE in who.html
    return html.unescape(who.html.partition(SAVE)[0].rpartition('href="')[2].partition('"')[0])


def words_of(content: bytes) -> str:
    """The text of a PDF without its spaces: a fingerprint may stand on two lines."""
    return squeezed(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_c1_the_receipt_of_documents_is_kept_as_a_pdf_with_all_that_its_page_says(
    services: Services, browser: Open
) -> None:
    number = register(services, TESS, extra=(REPRESENTS,))
    toga = browser(TOGA)
    answer = toga.client.get(send(toga, number, "plek een.pdf", "plek twee.pdf"))
    rows = handed_in(services)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith(
        f'attachment; filename="ontvangstbewijs-{rows[0].reference}'
    )
    page, made = squeezed(html.unescape(toga.html)), words_of(answer.content)
    said = [number, "mr. P. Toga, namens Tess Testeling", long_moment(services.clock.now()), "via Mijn zaken"]
    for row in rows:
        said += [row.title, row.file_name, row.reference, row.sha256]
    assert [row.title for row in rows] == ["Foto's <plek> (1 van 2)", "Foto's <plek> (2 van 2)"]
    assert [one for one in map(squeezed, said) if one not in page] == []
    assert [one for one in map(squeezed, said) if one not in made] == []
    assert squeezed(services.settings.organisation) in made


def test_b6_a_receipt_never_says_another_moment_or_sender_than_that_of_each_document(
    services: Services, browser: Open
) -> None:
    number = register(services, TESS, extra=(REPRESENTS,))
    tess, toga = browser(TESS), browser(TOGA)
    first = send(tess, number, "eerste.pdf")
    services.clock.ahead += timedelta(hours=1)
    second = send(tess, number, "tweede.pdf")
    mixed = f"{first}&{second.partition('?')[2]}"
    for address, status in ((first, 200), (second, 200), (mixed, 404)):
        assert (tess.status(address), tess.status(address.replace(".pdf", ""))) == (status, status)
    for address in (first, second, mixed):
        assert (toga.status(address), toga.status(address.replace(".pdf", ""))) == (404, 404)
    assert handed_in(services)[0].reference in toga.get(f"/mijn/zaken/{number}"), "who represents reads the document"
