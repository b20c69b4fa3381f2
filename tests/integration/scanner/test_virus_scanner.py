"""V5.4.3: what comes in is scanned by ClamAV where it is configured, and nobody reads it before it is clean."""

import hashlib
import html
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import notes_of
from kit.clamd import FOUND, INFECTED, LARGEST, Clamd, says
from kit.desk import Desk, desk, form_of
from kit.documents import PDF, stored
from kit.log_lines import log_lines
from kit.people import FENNA, NOOR, TESS_BSN

from processes.actions import act
from processes.actions.judging import Judgement
from processes.actions.registering import NewParty
from processes.actions.tasks import CompleteTask
from processes.base.errors import HoldsVirus, Invalid, NotScannedYet
from processes.jobs import scanning
from processes.jobs.workers import drain
from processes.storage import outbox
from processes.storage.tables import Delivery, DocumentRow, FileScan, MailRow, OutboxRow, UploadRow

TESS = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal")
SUBMISSION = {"type": "submission", "title": "Mijn stuk"}
KILLER = """
import sys
from processes.base.settings import Settings
from processes.wiring import open_services
from processes.jobs.scanning import scan_file

services = open_services(Settings(database=sys.argv[1], files=sys.argv[2], secret=sys.argv[3], clamav=sys.argv[4]))
scan_file(services, {"blob": sys.argv[5]})
"""


def words(answer) -> str:
    return html.unescape(answer.text)


def brought(office: Desk) -> DocumentRow:
    """The one file that somebody brought in."""
    (row,) = [one for one in office.handed_in() if one.file_name == "stuk.pdf"]
    return row


def scan_work(office: Desk) -> list[OutboxRow]:
    return [row for row in office.rows(OutboxRow) if row.kind == "scan"]


def again(office: Desk) -> None:
    """What waits for its next try is tried now."""
    with office.services.sessions.begin() as session:
        for row in scan_work(office):
            outbox.retry(session, row.id)
    drain(office.services)


def receipt_of(office: Desk) -> str:
    return f"{office.address}/ontvangst/{office.rows(Delivery)[0].receipt}"


def kinds(page: str) -> dict[str, str]:
    return {name: "contested_decision" for name in form_of(page) if name.startswith("type-")}


def judge(office: Desk) -> None:
    verdicts = {row.id: Judgement(accepted=True) for row in office.rows(DocumentRow) if row.state == "offered"}
    act(office.services, NOOR, CompleteTask(office.task("JudgeDelivery"), {}, judgements=verdicts))


def test_nobody_reads_a_delivered_file_before_it_is_clean(office: Desk) -> None:
    receipt = words(office.deliver(("stuk.pdf", PDF)))
    row = brought(office)
    assert (row.scan, row.state) == ("waiting", "offered")
    assert "Wordt gecontroleerd" in receipt
    noor = Browser(office.services, NOOR)
    for page in ("documenten", "verzoeken"):
        assert "Wordt gecontroleerd op virussen" in noor.get(f"/werk/zaken/{office.number}/{page}")
    task = noor.get(f"/werk/taken/{office.task('JudgeDelivery')}")
    assert "Wordt gecontroleerd op virussen" in task
    assert f"/werk/documenten/{row.id}" not in task
    for rest in ("", "/bestand", "/inzien"):
        assert "wordt gecontroleerd op virussen" in noor.get(f"/werk/documenten/{row.id}{rest}", 409)
    with pytest.raises(Invalid, match="wordt nog gecontroleerd"):
        judge(office)
    drain(office.services)
    assert brought(office).scan == "clean"
    assert noor.client.get(f"/werk/documenten/{row.id}/bestand").content == PDF
    assert "Wordt bekeken" in words(office.client.get(receipt_of(office)))
    judge(office)


def test_of_an_infected_file_only_the_hash_stays_and_sender_and_worker_are_told(office: Desk) -> None:
    office.deliver(("stuk.pdf", INFECTED))
    blob = brought(office).blob
    with log_lines() as told:
        drain(office.services)
    row = brought(office)
    assert (row.scan, row.state, row.blob) == ("infected", "refused", "")
    assert row.sha256 == hashlib.sha256(INFECTED).hexdigest()
    assert not office.services.files.exists(blob)
    with pytest.raises(HoldsVirus):
        office.services.files.read(blob)
    assert FOUND in words(office.client.get(receipt_of(office)))
    assert any(
        mail.template == "virus" and mail.recipient == "parkeren@voorbeeldstad.example" for mail in office.rows(MailRow)
    )
    assert any(FOUND in note and "e-mail" in note for note in notes_of(office.services))
    noor = Browser(office.services, NOOR)
    assert "virus gevonden" in noor.get(f"/werk/documenten/{row.id}", 409)
    assert "virus gevonden" in noor.get(f"/werk/zaken/{office.number}/documenten")
    (line,) = [one for one in told if one.get("event") == "virus_found"]
    assert (line["case"], line["sha256"], line["found"]) == (office.number, row.sha256, FOUND)


def test_a_citizen_reads_on_the_page_of_the_case_what_became_of_an_infected_file(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    place = f"/mijn/zaken/{office.number}"
    tess.get(f"{place}/document")
    check = tess.post(f"{place}/document", SUBMISSION, {"files": ("stuk.pdf", INFECTED, "application/pdf")})
    assert "Wordt gecontroleerd op virussen" in check
    tess.post(f"{place}/document/versturen")
    row = brought(office)
    page = tess.get(place)
    assert "Wordt gecontroleerd op virussen" in page
    assert f"/mijn/documenten/{row.id}" not in page
    tess.get(f"/mijn/documenten/{row.id}", 409)
    drain(office.services)
    assert "In dit bestand is een virus gevonden." in tess.get(place)
    assert "virus gevonden" in tess.get(f"/mijn/documenten/{row.id}", 409)
    assert "virus" in [mail.template for mail in office.rows(MailRow)]


@pytest.mark.parametrize("trouble", ["stopped", "asleep"])
def test_a_scanner_that_does_not_answer_is_asked_again_and_the_file_stays_shut(
    office: Desk, daemon: Clamd, trouble: str
) -> None:
    office.deliver(("stuk.pdf", PDF))
    with getattr(daemon, trouble)():
        drain(office.services)
        row = brought(office)
        assert row.scan == "unchecked"
        with pytest.raises(NotScannedYet):
            office.services.files.read(row.blob)
        (work,) = scan_work(office)
        assert (work.done_at, work.attempts) == (None, 1)
        page = Browser(office.services, FENNA).get("/beheer")
        for said in (
            "Een bestand op virussen controleren",
            "De viruscontrole antwoordt niet",
            "Bestanden die nog wachten",
        ):
            assert said in page
        again(office)
        assert scan_work(office)[0].attempts == 2
    again(office)
    assert brought(office).scan == "clean"
    assert b"".join(office.services.files.read(brought(office).blob)) == PDF


def test_a_file_that_the_scanner_does_not_take_whole_is_not_clean(office: Desk) -> None:
    office.deliver(("stuk.pdf", PDF + b"%" * LARGEST))
    drain(office.services)
    assert brought(office).scan == "unchecked"
    assert "StreamMaxLength" in Browser(office.services, FENNA).get("/beheer")


def test_a_connection_that_is_cut_on_the_way_says_nothing_of_the_file(tmp_path: Path) -> None:
    with says(b"", hang_up_after=100) as address, desk(tmp_path, clamav=address, clamav_seconds=1) as office:
        office.deliver(("stuk.pdf", PDF + b"%" * 5000))
        drain(office.services)
        assert brought(office).scan == "unchecked"
        assert "brak de verbinding af" in scan_work(office)[0].error


def test_a_worker_killed_between_the_scanner_and_the_commit_loses_nothing(office: Desk, daemon: Clamd) -> None:
    office.deliver(("stuk.pdf", INFECTED))
    known = office.services.settings
    done = subprocess.run(
        [sys.executable, "-c", KILLER, known.database, known.files, known.secret, daemon.address, brought(office).blob],
        check=False, cwd=Path(__file__).parents[3], env={**os.environ, "CRASH_POINT": "scanned"},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert brought(office).scan == "waiting"
    again(office)  # when its lease is over
    assert brought(office).scan == "infected"
    assert [mail.template for mail in office.rows(MailRow)].count("virus") == 1


def test_a_file_that_is_filed_while_it_is_scanned_is_refused_all_the_same(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = office.choose(("stuk.pdf", INFECTED)).text
    asked = scanning._found

    def filed_meanwhile(services, row) -> str:
        office.press(page, **kinds(page))
        return asked(services, row)

    monkeypatch.setattr(scanning, "_found", filed_meanwhile)
    drain(office.services)
    assert (brought(office).scan, brought(office).state) == ("infected", "refused")


def test_a_chosen_file_that_is_infected_is_never_sent_and_never_left_out_in_silence(office: Desk) -> None:
    check = office.choose(("stuk.pdf", INFECTED), remark="Alsjeblieft").text
    assert "Wordt gecontroleerd op virussen" in check
    drain(office.services)
    page = words(office.press(check, **kinds(check)))
    assert "In 'stuk.pdf' is een virus gevonden." in page
    assert "Alsjeblieft" in page
    assert [row for row in office.handed_in() if row.origin == "department"] == []
    (upload,) = office.rows(UploadRow)
    assert upload.gone_at
    assert not office.services.files.exists(upload.blob)


def test_a_kept_delivery_says_which_file_was_thrown_away(office: Desk) -> None:
    office.choose(("stuk.pdf", INFECTED), ("goed.pdf", PDF), stap="bewaren")
    drain(office.services)
    page = words(office.client.get(office.address))
    assert "In 'stuk.pdf' is een virus gevonden." in page
    assert "goed.pdf" in page


def test_a_citizen_who_sends_later_reads_that_the_file_was_thrown_away(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    place = f"/mijn/zaken/{office.number}"
    tess.get(f"{place}/document")
    tess.post(f"{place}/document", SUBMISSION, {"files": ("stuk.pdf", INFECTED, "application/pdf")})
    drain(office.services)
    page = tess.post(f"{place}/document/versturen", status=422)
    assert "In 'stuk.pdf' is een virus gevonden." in page
    assert [row for row in office.handed_in() if row.origin == "citizen"] == []


def test_without_a_scanner_nothing_waits_and_nothing_changes(tmp_path: Path) -> None:
    with desk(tmp_path) as office:
        receipt = words(office.deliver(("stuk.pdf", INFECTED)))
        assert "gecontroleerd" not in receipt
        assert (office.rows(FileScan), scan_work(office), brought(office).scan) == ([], [], None)
        assert b"".join(office.services.files.read(brought(office).blob)) == INFECTED


def test_what_waited_stays_shut_when_the_scanner_is_switched_off(office: Desk) -> None:
    office.deliver(("stuk.pdf", PDF))
    object.__setattr__(office.services.settings, "clamav", "")
    drain(office.services)
    assert brought(office).scan == "unchecked"
    assert "ZAAKSPOOR_CLAMAV weer aan" in scan_work(office)[0].error


def test_a_file_that_was_there_before_the_scanner_stays_as_it_is(office: Desk) -> None:
    before = stored(office.services)
    with office.services.sessions() as session:
        assert session.get(FileScan, before.blob) is None
    assert b"".join(office.services.files.read(before.blob)) == PDF


def test_an_encrypted_file_is_scanned_as_it_was_sent(daemon: Clamd, tmp_path: Path) -> None:
    with desk(tmp_path, clamav=daemon.address, encrypt_files=True) as office:
        office.deliver(("stuk.pdf", INFECTED))
        drain(office.services)
        assert brought(office).scan == "infected"
        assert [row.file_key for row in office.rows(FileScan)] == [None]


def test_the_administrator_sees_whether_and_with_what_files_are_scanned(office: Desk, daemon: Clamd) -> None:
    fenna = Browser(office.services, FENNA)
    page = fenna.get("/beheer")
    for said in (daemon.address, "ClamAV", "geen van ClamAV zelf"):
        assert said in page
    with says(b"ClamAV 1.4.3/27700/Mon Mar  2 10:35:00 2020\0") as address:
        object.__setattr__(office.services.settings, "clamav", address)
        page = fenna.get("/beheer")
    assert "27700 van 2 maart 2020" in page
    assert "De signaturen van de viruscontrole zijn oud" in page
    object.__setattr__(office.services.settings, "clamav", "")
    assert "Viruscontrole staat uit" in fenna.get("/beheer")
