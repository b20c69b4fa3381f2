"""A filing or answer is read again in the words of that day, and proves it by fingerprints (J2, C1, B6)."""

import hashlib
import html
from collections.abc import Callable

import pytest
from citizen_kit import ILSE, TESS, Browser, filled, intake, register
from kit.cases import open_task, rows
from kit.documents import PDF

from processes.jobs.workers import drain
from processes.storage.tables import DocumentRow, FiledRow

Open = Callable[[str], Browser]
MAKING = "Van deze woorden wordt een document gemaakt."


def file_bezwaar(tess: Browser) -> str:
    """Through the pages; the number of the case. The page is the receipt now."""
    tess.get("/mijn/nieuw/bezwaar")
    tess.post("/mijn/nieuw/bezwaar", filled(tess), {"submission": ("brief.pdf", PDF, "application/pdf")})
    page = tess.post("/mijn/nieuw/bezwaar/versturen", {**filled(tess), "held": tess.hidden("held")})
    return page.split("/mijn/zaken/")[1].split('"')[0].split("/")[0]


def test_j2_the_receipt_has_the_words_and_their_fingerprint_at_once(tess: Browser) -> None:
    file_bezwaar(tess)
    (row,) = rows(tess.services, FiledRow)
    page = html.unescape(tess.html)
    for said in ("Waarom bent u het er niet mee eens?", "Ik woon hier al jaren", "brief.pdf", row.sha256, MAKING):
        assert said in page
    drain(tess.services)
    number = tess.get(f"/mijn/ingediend/{page.split('<strong>')[1].split('</strong>')[0]}")
    (whole,) = [one for one in rows(tess.services, DocumentRow) if one.id == row.document_id]
    assert MAKING not in number
    assert (row.sha256 in number, whole.sha256 in number) == (True, True)


def test_c1_who_filed_reads_it_again_and_proves_it(tess: Browser) -> None:
    number = file_bezwaar(tess)
    (row,) = rows(tess.services, FiledRow)
    case = tess.get(f"/mijn/zaken/{number}")
    assert "Dit document wordt nog gemaakt." in case
    address = f"/mijn/zaken/{number}/ingestuurd/{row.id}"
    assert f'href="{address}"' in case
    assert "Ik woon hier al jaren" in tess.get(address)
    text = tess.client.get(f"{address}/tekst").content
    assert hashlib.sha256(text).hexdigest() == row.sha256
    assert tess.client.get(f"/mijn/documenten/{row.document_id}").status_code == 409
    drain(tess.services)
    assert f'href="/mijn/documenten/{row.document_id}"' in tess.get(f"/mijn/zaken/{number}")
    assert tess.client.get(f"/mijn/documenten/{row.document_id}").content.startswith(b"%PDF")


@pytest.mark.parametrize("path", ["/mijn/zaken/{number}/ingestuurd/{filed}", "/mijn/zaken/{number}/ingestuurd/{filed}/tekst",
                                  "/mijn/zaken/{own}/ingestuurd/{filed}", "/mijn/documenten/{document}"])  # fmt: skip
def test_c1_nobody_else_reads_it(tess: Browser, browser: Open, path: str) -> None:
    number, own = file_bezwaar(tess), register(tess.services, ILSE)
    drain(tess.services)
    (row,) = [one for one in rows(tess.services, FiledRow) if one.entered_by is None]
    browser(ILSE).get(path.format(number=number, own=own, filed=row.id, document=row.document_id), status=404)


def test_c1_an_answer_is_read_again_on_its_receipt_and_at_the_case(tess: Browser) -> None:
    number = register(tess.services, TESS)
    intake(tess.services, complete=False)
    task = open_task(tess.services, "RepairByCitizen")
    tess.get(f"/mijn/taken/{task}")
    page = tess.post(f"/mijn/taken/{task}", {"repair_text": "Mijn redenen staan hier."})
    (row,) = rows(tess.services, FiledRow, task_id=task)
    assert "Mijn redenen staan hier." in page
    assert row.sha256 in page
    assert "Mijn redenen staan hier." in tess.get(f"/mijn/zaken/{number}/ingestuurd/{row.id}")
