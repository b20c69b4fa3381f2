"""T1: what one person or link puts on the disk is bounded by day and in files that wait, and is said in a sentence."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from kit.browser import ORIGIN, Browser
from kit.cases import rows
from kit.desk import Desk, desk
from kit.drafts import grow_older
from kit.log_lines import log_lines
from kit.people import NOOR, TESS

from processes.base.errors import QuotaReached
from processes.base.uploads import Upload
from processes.jobs.held_files_sweep import AGE, LAST_CHANCE, sweep_held_files
from processes.storage.files import FileStore
from processes.storage.tables import UploadRow
from processes.storage.upload_room import note_uploads

MEGABYTE_PDF = b"%PDF-1.7\n" + b"x" * 990_000
DAY = timedelta(days=1, minutes=1)
SMALL = {"person_day_megabytes": 3, "link_day_megabytes": 4, "waiting_megabytes": 2, "staff_day_megabytes": 5,
         "staff_waiting_megabytes": 3}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, faces=("citizen", "department", "workbench"), **SMALL) as made:
        yield made


def bytes_on_disk(office: Desk) -> int:
    return sum(place.stat().st_size for place in Path(office.services.settings.files).rglob("*") if place.is_file())


def choose(tess: Browser, number: str, status: int = 200) -> str:
    tess.get(f"/mijn/zaken/{number}/document")
    files = {"files": ("a.pdf", MEGABYTE_PDF, "application/pdf")}
    return tess.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Mijn foto"}, files, status)


def send(tess: Browser, number: str) -> None:
    tess.post(f"/mijn/zaken/{number}/document/versturen")


def test_t1_a_citizen_sends_so_much_in_a_day_and_no_more(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    for _ in range(3):
        choose(tess, office.number)
        send(tess, office.number)
    before = bytes_on_disk(office)
    with log_lines() as lines:
        for _ in range(10):
            page = choose(tess, office.number, 422)
    assert "hoogstens 3 MB aan bestanden" in page
    assert "stuur de rest morgen" in page
    assert 'value="Mijn foto"' in page
    assert bytes_on_disk(office) == before
    assert {line["limit"] for line in lines if line.get("event") == "limit_reached"} == {"upload_day"}
    grow_older(office.services, DAY)
    assert "nog niet verstuurd" in choose(tess, office.number)


def test_t1_what_waits_and_is_never_sent_is_bounded_by_itself(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    choose(tess, office.number)
    choose(tess, office.number)
    page = choose(tess, office.number, 422)
    assert "hoogstens 2 MB aan bestanden hebben klaarstaan" in page
    assert "Verstuur eerst wat klaarstaat" in page


def test_t1_what_was_thrown_away_still_counts_for_the_day(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    for _ in range(3):
        choose(tess, office.number)
        tess.post(f"/mijn/zaken/{office.number}/document/versturen", {"stap": "terug"})
    assert "hoogstens 3 MB" in choose(tess, office.number, 422)
    assert bytes_on_disk(office) == 0


def test_t1_a_link_sends_so_much_in_a_day_and_keeps_the_remark(office: Desk) -> None:
    for _ in range(4):
        office.deliver(("besluit.pdf", MEGABYTE_PDF))
    before = bytes_on_disk(office)
    page = office.choose(("besluit.pdf", MEGABYTE_PDF), remark="Dit is de laatste.").text
    assert "Via deze link kunt u in 24 uur hoogstens 4 MB" in page
    assert "Dit is de laatste." in page
    assert bytes_on_disk(office) == before


def test_t1_staff_have_more_room_of_their_own(office: Desk) -> None:
    noor = Browser(office.services, NOOR)
    statuses = []
    for _ in range(6):
        noor.get(f"/werk/zaken/{office.number}/documenten")
        data = {"csrf": noor.csrf, "type": "report", "title": "Verslag"}
        answer = noor.client.post(
            f"/werk/zaken/{office.number}/documenten", data=data, headers=ORIGIN,
            files={"files": ("a.pdf", MEGABYTE_PDF, "application/pdf")},
        )  # fmt: skip
        statuses.append(answer.status_code)
    assert statuses == [200] * 5 + [422]
    assert "hoogstens 5 MB" in answer.text
    assert len(office.handed_in()) == 5


def test_t1_one_upload_over_the_limit_is_stopped_while_it_streams(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    tess.get(f"/mijn/zaken/{office.number}/document")
    files = {"files": ("a.pdf", MEGABYTE_PDF * 5, "application/pdf")}
    page = tess.post(f"/mijn/zaken/{office.number}/document", {"type": "submission", "title": "x"}, files, 422)
    assert "MB aan bestanden" in page
    assert (bytes_on_disk(office), rows(office.services, UploadRow)) == (0, [])


def test_t1_a_million_empty_files_count_as_what_they_take_of_the_disk(office: Desk) -> None:
    tiny = [Upload("a.pdf", "application/pdf", 1, "0" * 64, f"aa/{number:032x}") for number in range(500)]
    with pytest.raises(QuotaReached, match="klaarstaan"):
        note_uploads(office.services, Browser(office.services, TESS).actor, tiny)
    assert rows(office.services, UploadRow) == []


def test_t1_files_that_no_draft_holds_are_gone_within_an_hour(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    choose(tess, office.number)
    (held,) = rows(office.services, UploadRow)
    grow_older(office.services, AGE + timedelta(minutes=1))
    assert (sweep_held_files(office.services), sweep_held_files(office.services)) == (0, 0)
    assert office.services.files.exists(held.blob)  # it waits in the draft of the form
    send_later = tess.held(f"/mijn/zaken/{office.number}/document/versturen")
    tess.post("/mijn/opnieuw", {"form": f"/mijn/zaken/{office.number}/document", "zeker": "ja"})
    assert sweep_held_files(office.services) == 0  # given up: no page offers it any more
    data = {"csrf": tess.csrf, **send_later}
    answer = tess.client.post(f"/mijn/zaken/{office.number}/document/versturen", data=data, headers=ORIGIN)
    assert "Wij hebben uw bestand niet meer" in answer.text
    grow_older(office.services, LAST_CHANCE + timedelta(minutes=1))
    assert sweep_held_files(office.services) == 1
    assert (bytes_on_disk(office), sweep_held_files(office.services)) == (0, 0)


def test_t1_what_became_a_document_is_never_swept(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    choose(tess, office.number)
    send(tess, office.number)
    for _ in range(3):
        grow_older(office.services, DAY)
        assert sweep_held_files(office.services) == 0
    (document,) = office.handed_in()
    assert office.services.files.exists(document.blob)
    assert rows(office.services, UploadRow) == []  # kept for two days


def test_t1_uploads_that_end_at_one_moment_do_not_pass_the_limit_together(installed) -> None:
    services = installed(**SMALL)
    tess = Browser(services, TESS).actor
    told: list[str] = []

    def bring(number: int) -> None:
        try:
            upload = Upload("a.pdf", "application/pdf", 900_000, "0" * 64, f"aa/{number:032x}")
            note_uploads(services, tess, [upload])
        except QuotaReached as error:
            told.append(str(error))

    threads = [Thread(target=bring, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(rows(services, UploadRow)), len(told)) == (2, 6)


def test_t1_without_a_good_token_not_a_byte_of_a_file_reaches_the_disk(office: Desk, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(FileStore, "open_incoming", lambda *_: opened.append("file"))
    files = {"files": ("a.pdf", MEGABYTE_PDF, "application/pdf")}
    noor, tess = Browser(office.services, NOOR), Browser(office.services, TESS)
    doors = (
        (tess, f"/mijn/zaken/{office.number}/document"),
        (tess, "/mijn/nieuw/bezwaar"),
        (noor, f"/werk/zaken/{office.number}/documenten"),
        (noor, "/werk/nieuw/bezwaar"),
        (Browser(office.services), f"{office.address}/aanleveren"),
    )
    for browser, address in doors:
        for token in ("", "x", "A" * 300):
            answer = browser.client.post(address, data={"csrf": token, "title": "x"}, files=files, headers=ORIGIN)
            assert (address, answer.status_code) == (address, 403)
    assert (opened, bytes_on_disk(office), rows(office.services, UploadRow)) == ([], 0, [])
