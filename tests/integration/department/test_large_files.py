"""P2: a large file comes in by pieces (tus 1.0), goes on after a cut, and is delivered as any other file."""

import hashlib
import html
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from kit.browser import ORIGIN, Browser, hidden
from kit.desk import Desk, desk, form_of
from kit.documents import PDF
from kit.tus import VERSION, Tus, tus_of
from sqlalchemy import update

from processes.jobs.assembling import assemble
from processes.jobs.clock_process import sweep_orphans
from processes.jobs.held_files_sweep import AGE, sweep_held_files
from processes.jobs.large_upload_sweep import sweep_large_uploads
from processes.jobs.workers import drain
from processes.storage.tables import DocumentRow, DraftRow, LargeUpload, TaskRow, UploadPart, UploadRow

SCAN = PDF + b"% een groot dossier\n" * 5000
SMALL = {"link_day_megabytes": 2, "waiting_megabytes": 1}


@pytest.fixture
def tus(office: Desk) -> Tus:
    return tus_of(office)


def task_of(office: Desk) -> str:
    return f"?task={form_of(office.client.get(office.address).text.partition('/aanleveren')[2])['task']}"


def stored(office: Desk) -> list[str]:
    """What stands in the store beside the documents of the case itself."""
    ours = {row.blob for row in office.rows(DocumentRow)} - {row.blob for row in delivered(office)}
    return [file.blob for file in office.services.files.all_blobs() if file.blob not in ours]


def delivered(office: Desk) -> list[DocumentRow]:
    return [row for row in office.rows(DocumentRow) if row.origin == "department" and row.type == "contested_decision"]


def older(office: Desk, by: timedelta) -> None:
    with office.services.sessions.begin() as session:
        session.execute(update(LargeUpload).values(at=datetime.now(UTC) - by))


@contextmanager
def encrypting(folder: Path) -> Iterator[Desk]:
    with desk(folder, encrypt_files=True) as made:
        yield made


def deliver(office: Desk) -> None:
    """Press on to the receipt, with nothing chosen beside what waits."""
    held = hidden(office.client.get(office.address).text, "held")
    check = office.choose(held=held).text
    kinds = {name: "contested_decision" for name in form_of(check) if name.startswith("type-")}
    assert "ontvangst" in str(office.press(check, **kinds).url)


def test_p2_a_large_file_is_delivered_after_a_cut_as_any_other(office: Desk, tus: Tus) -> None:
    place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
    assert tus.add(place, 0, SCAN[:30_000]).headers["upload-offset"] == "30000"
    answer = tus.ask(place)
    assert (answer.headers["upload-offset"], answer.headers["upload-length"]) == ("30000", str(len(SCAN)))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["upload-expires"].endswith("GMT")
    assert tus.add(place, 30_000, SCAN[30_000:]).status_code == 204
    assert drain(office.services)
    deliver(office)
    (document,) = delivered(office)
    assert (document.file_name, document.sha256) == ("groot.pdf", hashlib.sha256(SCAN).hexdigest())
    assert b"".join(office.services.files.read(document.blob, document.file_key)) == SCAN
    assert (office.rows(UploadPart), office.rows(LargeUpload), office.rows(DraftRow)) == ([], [], [])
    assert document.blob in stored(office)
    assert not sweep_orphans(office.services)


def test_p2_the_parts_and_the_file_are_encrypted_where_the_installation_asks(tmp_path: Path) -> None:
    with encrypting(tmp_path) as office:
        tus = tus_of(office)
        place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
        tus.add(place, 0, SCAN[:30_000])
        assert all(b"dossier" not in file.read_bytes() for file in tmp_path.rglob("blobs/*/*"))
        tus.add(place, 30_000, SCAN[30_000:])
        assert all(part.file_key for part in office.rows(UploadPart))
        drain(office.services)
        deliver(office)
        (document,) = delivered(office)
        assert document.file_key
        assert b"".join(office.services.files.read(document.blob, document.file_key)) == SCAN
        assert all(b"dossier" not in file.read_bytes() for file in tmp_path.rglob("blobs/*/*"))


PROTOCOL = [
    ("a piece that does not follow", {"offset": 7}, 409, "sluit niet aan"),
    ("more than was announced", {"body": b"x" * 200_000}, 413, "groter dan werd aangekondigd"),
    ("no piece", {"Content-Type": "text/plain"}, 415, "geen deel van een bestand"),
    ("another version", {"Tus-Resumable": "0.2.2"}, 412, "Laad de pagina opnieuw"),
    ("no token", {"X-CSRF-Token": ""}, 403, "hoort niet bij uw huidige bezoek"),
    ("another site", {"Origin": "https://boef.example"}, 403, "niet van onze eigen pagina"),
    ("no number", {"Upload-Offset": "-1"}, 400, "afgebroken"),
]


@pytest.mark.parametrize(("what", "said", "status", "sentence"), PROTOCOL, ids=[row[0] for row in PROTOCOL])
def test_p2_what_is_no_next_piece_is_refused_in_words(
    office: Desk, tus: Tus, what: str, said: dict, status: int, sentence: str
) -> None:
    place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
    headers = {name: value for name, value in said.items() if name not in {"offset", "body"}}
    answer = tus.add(place, said.get("offset", 0), said.get("body", b"%PDF-1.7"), **headers)
    assert (what, answer.status_code) == (what, status)
    assert sentence in answer.text
    assert tus.ask(place).headers["upload-offset"] == "0" or status == 413
    assert answer.headers.get("tus-version") == ("1.0.0" if status == 412 else None)


ANNOUNCED = [
    ("empty", "a.pdf", 0, 422, "is leeg"),
    ("a kind that is not taken", "a.exe", 10, 422, "kunt u hier niet toevoegen"),
    ("larger than any kind takes", "a.pdf", 100_000_001, 413, "hoogstens 100 MB"),
    ("larger than a script can count", "a.pdf", 2**60, 400, "afgebroken"),
]


@pytest.mark.parametrize(("what", "name", "size", "status", "sentence"), ANNOUNCED, ids=[row[0] for row in ANNOUNCED])
def test_p2_what_cannot_be_taken_is_said_before_a_byte_is_sent(
    office: Desk, tus: Tus, what: str, name: str, size: int, status: int, sentence: str
) -> None:
    answer = tus.announce(name, size, task_of(office))
    assert (what, answer.status_code) == (what, status)
    assert sentence in answer.text
    assert office.rows(LargeUpload) == []


def test_p2_the_server_says_what_it_can(office: Desk, tus: Tus) -> None:
    answer = office.client.request("OPTIONS", tus.at)
    assert (answer.status_code, answer.headers["tus-version"]) == (204, "1.0.0")
    assert answer.headers["tus-extension"] == "creation,expiration,termination"
    assert int(answer.headers["tus-max-size"]) == 300_000_000


def test_p2_two_at_once_do_not_mix(office: Desk, tus: Tus) -> None:
    place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
    with office.services.sessions.begin() as session:
        busy = {"writer": "iemand", "writer_until": datetime.now(UTC) + timedelta(seconds=20)}
        session.execute(update(LargeUpload).values(busy))
    answer = tus.add(place, 0, SCAN)
    assert (answer.status_code, answer.headers["retry-after"]) == (423, "30")
    assert "in een ander venster" in answer.text
    with office.services.sessions.begin() as session:
        session.execute(update(LargeUpload).values(writer_until=datetime.now(UTC) - timedelta(seconds=1)))
    assert tus.add(place, 0, SCAN).status_code == 204  # who is silent for so long has gone


def test_p2_of_many_at_once_one_brings_the_piece(office: Desk, tus: Tus) -> None:
    place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
    statuses: list[int] = []
    each = [Tus(Browser(office.services).client, tus.at, tus.csrf) for _ in range(4)]
    assert [one.add(place, 7, SCAN).status_code for one in each] == [409] * 4  # so that each application is warm
    threads = [Thread(target=lambda one=one: statuses.append(one.add(place, 0, SCAN).status_code)) for one in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(204) == 1
    assert set(statuses) <= {204, 409, 423}
    drain(office.services)
    (made,) = office.rows(UploadRow)
    assert made.size == len(SCAN)


def test_p2_of_another_link_there_is_nothing(office: Desk, tus: Tus) -> None:
    place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
    with office.services.sessions.begin() as session:
        session.execute(update(LargeUpload).values(owner="department:999"))
    assert [tus.ask(place).status_code, tus.remove(place).status_code, tus.add(place, 0, SCAN).status_code] == [404] * 3
    assert office.client.get(place, headers=VERSION).status_code == 404


def test_p2_what_is_removed_is_gone_at_once(office: Desk, tus: Tus) -> None:
    place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
    tus.add(place, 0, SCAN[:5000])
    assert len(stored(office)) == 1
    assert tus.remove(place).status_code == 204
    assert stored(office) == []
    assert [tus.ask(place).status_code, tus.add(place, 5000, b"x").status_code, tus.remove(place).status_code] == [
        410
    ] * 3
    assert "niet meer bewaard" in tus.add(place, 5000, b"x").text


@pytest.mark.parametrize("pieces", [1, 2])
def test_p2_after_seven_days_it_is_gone(office: Desk, tus: Tus, pieces: int) -> None:
    place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
    tus.add(place, 0, SCAN[: len(SCAN) // pieces])
    drain(office.services)
    older(office, timedelta(days=6, hours=23))
    assert sweep_large_uploads(office.services) == 0
    assert tus.ask(place).status_code == 200
    older(office, timedelta(days=7, minutes=1))
    assert tus.ask(place).status_code == 410
    assert sweep_large_uploads(office.services) == 1
    assert (stored(office), office.rows(UploadPart)) == ([], [])
    older(office, timedelta(days=15))
    sweep_large_uploads(office.services)
    assert office.rows(LargeUpload) == []


def test_p2_with_the_request_its_files_go(office: Desk, tus: Tus) -> None:
    tus.announce("half.pdf", 5000, task_of(office))
    tus.whole("groot.pdf", SCAN, task_of(office))
    drain(office.services)
    assert sweep_large_uploads(office.services) == 0
    office.change(TaskRow, state="done")
    with office.services.sessions.begin() as session:
        session.execute(update(TaskRow).values(state="cancelled"))
    assert sweep_large_uploads(office.services) == 2
    assert stored(office) == []
    assert tus.announce("nog.pdf", 10, "?task=weg").status_code == 409


def test_p2_a_large_file_counts_from_its_beginning(tmp_path: Path) -> None:
    with desk(tmp_path, **SMALL) as office:
        tus = tus_of(office)
        place = tus.announce("a.pdf", 900_000, task_of(office)).headers["location"]
        answer = tus.announce("b.pdf", 200_000, task_of(office))
        assert answer.status_code == 413
        assert "hoogstens 1 MB aan bestanden hebben klaarstaan" in answer.text
        tus.add(place, 0, PDF + b"x" * 700_000)
        tus.remove(place)
        for _ in range(1):
            tus.remove(tus.announce("c.pdf", 900_000, task_of(office)).headers["location"])
        place = tus.announce("d.pdf", 900_000, task_of(office)).headers["location"]
        tus.add(place, 0, PDF + b"x" * 700_000)
        tus.remove(place)
        answer = tus.announce("e.pdf", 900_000, task_of(office))
        assert "in 24 uur hoogstens 2 MB" in answer.text  # what came in and was removed counts for the day


def test_p2_a_file_that_is_something_else_is_refused_with_a_sentence(office: Desk, tus: Tus) -> None:
    place = tus.whole("groot.pdf", b"geen pdf " * 1000, task_of(office))
    drain(office.services)
    assert stored(office) == []
    assert "past niet bij de naam" in tus.ask(place).text or tus.ask(place).status_code == 410
    assert "past niet bij de naam" in html.unescape(office.client.get(office.address).text)
    assert "past niet bij de naam" in html.unescape(office.choose().text)
    assert "past niet bij de naam" not in html.unescape(office.choose().text)


def test_p2_while_it_is_put_together_the_page_says_so_and_goes_on_by_itself(office: Desk, tus: Tus) -> None:
    tus.whole("groot.pdf", SCAN, task_of(office))
    page = office.choose(remark="Deel een").text
    assert "Uw bestanden worden klaargezet" in page
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "Wij zetten het nu klaar" in page
    drain(office.services)
    back = office.client.get(f"{office.address}/klaarzetten{task_of(office)}")
    assert str(back.url).endswith(office.address)
    assert "Deel een" in back.text
    assert "groot.pdf" in back.text


def test_p2_what_is_half_in_waits_and_can_be_taken_away_without_a_script(office: Desk, tus: Tus) -> None:
    place = tus.announce("groot.pdf", len(SCAN), task_of(office)).headers["location"]
    tus.add(place, 0, SCAN[:30_000])
    page = office.choose(("besluit.pdf", PDF)).text
    assert "kies hetzelfde bestand nog een keer" in page
    assert "refresh" not in page
    assert "groot.pdf" in office.client.get(office.address).text  # also after the browser was closed
    data = {"csrf": office.csrf, "upload": place.rpartition("/")[2], "task": task_of(office).partition("=")[2]}
    page = office.client.post(f"{office.address}/klaarzetten", data=data, headers=ORIGIN).text
    assert "groot.pdf" not in page
    assert "besluit.pdf" in page
    deliver(office)
    assert [row.file_name for row in delivered(office)] == ["besluit.pdf"]


def test_p2_a_file_that_waits_is_not_swept_and_begin_again_throws_it_away(office: Desk, tus: Tus) -> None:
    tus.whole("groot.pdf", SCAN, task_of(office))
    drain(office.services)
    with office.services.sessions.begin() as session:
        session.execute(update(UploadRow).values(at=datetime.now(UTC) - AGE - timedelta(minutes=1)))
    sweep_held_files(office.services)
    assert [row.gone_at for row in office.rows(UploadRow)] == [None]
    task = task_of(office).partition("=")[2]
    data = {"csrf": office.csrf, "form": f"aanleveren/{task}", "bevestiging": "ja"}
    office.client.post(f"{office.address}/opnieuw", data=data, headers=ORIGIN)
    assert stored(office) == []


def test_p2_a_worker_that_comes_twice_does_no_harm(office: Desk, tus: Tus) -> None:
    place = tus.whole("groot.pdf", SCAN, task_of(office))
    for _ in range(2):
        assemble(office.services, {"upload": place.rpartition("/")[2]})
    assert len(office.rows(UploadRow)) == 1
    assert len(stored(office)) == 1
