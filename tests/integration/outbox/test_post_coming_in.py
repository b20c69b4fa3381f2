"""W12: post comes in by itself from a folder and a mailbox, each piece once, also when the program stops in between."""

import os
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from time import time

import pytest
from kit.cases import rows, today
from kit.documents import PDF
from kit.imap import ImapServer, dovecot

from processes.jobs import post_coming_in
from processes.jobs.clock_process import sweep_orphans
from processes.jobs.connections import NoConnection, try_post_folder, try_post_mailbox
from processes.jobs.mailbox_reading import read_mailbox
from processes.jobs.post_coming_in import sweep_post_folder
from processes.storage.services import Services
from processes.storage.tables import PostFile, PostItem
from processes.storage.words import MailboxPurpose

ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


class Stopped(BaseException):
    """The program ends here: nothing in it catches this."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scans"
    made.mkdir()
    return made


@pytest.fixture
def watching(services: Services, folder: Path) -> Services:
    return replace(services, settings=replace(services.settings, post_folder=str(folder)))


def scanned(folder: Path, name: str, content: bytes = PDF, seconds: int = 60) -> Path:
    """A file that was written so many seconds ago."""
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (time() - seconds, time() - seconds))
    return path


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = (
        "Tess Testeling <tess@post.example>",
        "Bezwaar",
        "<een@post.example>",
    )
    made.set_content("Hierbij mijn bezwaar.")
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="bezwaar.pdf")
    return made.as_bytes()


@ON_SQLITE
def test_w12_files_of_a_folder_become_post_once_they_lie_still(watching: Services, folder: Path) -> None:
    scanned(folder, "brief.pdf")
    scanned(folder, "nog-bezig.pdf", seconds=1)
    scanned(folder, ".verborgen.pdf")
    scanned(folder, "bericht.eml", mail())
    assert sweep_post_folder(watching) == 2
    assert sweep_post_folder(watching) == 0
    assert sorted(one.name for one in (folder / "opgehaald").iterdir()) == ["bericht.eml", "brief.pdf"]
    assert {(row.channel, row.sender, row.taken_by) for row in rows(watching, PostItem)} == {
        ("post", "", None), ("mail", "Tess Testeling <tess@post.example>", None),
    }  # fmt: skip
    assert sorted(file.name for file in rows(watching, PostFile)) == ["bericht.eml", "bezwaar.pdf", "brief.pdf"]
    sweep_orphans(watching)
    assert all(watching.files.exists(file.blob) for file in rows(watching, PostFile))


@ON_SQLITE
def test_w12_a_program_that_stops_before_the_file_moved_takes_it_once(
    watching: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise Stopped

    scanned(folder, "brief.pdf")
    with monkeypatch.context() as patched:
        patched.setattr(post_coming_in, "_move", stop)
        with pytest.raises(Stopped):
            sweep_post_folder(watching)
    assert sweep_post_folder(watching) == 1
    assert len(rows(watching, PostItem)) == 1
    assert {file.blob for file in watching.files.all_blobs()} == {file.blob for file in rows(watching, PostFile)}


@ON_SQLITE
def test_w12_a_file_that_cannot_be_taken_is_told_in_the_post_room(watching: Services, folder: Path) -> None:
    scanned(folder, "raar.exe", b"MZ")
    scanned(folder, "kapot.pdf", b"geen pdf")
    assert sweep_post_folder(watching) == 2
    assert sorted(one.name for one in (folder / "geweigerd").iterdir()) == ["kapot.pdf", "raar.exe"]
    assert all("kon niet worden ingelezen" in row.words for row in rows(watching, PostItem))
    assert not rows(watching, PostFile)


@ON_SQLITE
def test_w12_two_files_of_one_name_are_both_kept(watching: Services, folder: Path) -> None:
    for content in (PDF, PDF + b"% nog een\n"):
        scanned(folder, "scan.pdf", content)
        assert sweep_post_folder(watching) == 1
    assert sorted(one.name for one in (folder / "opgehaald").iterdir()) == ["scan-2.pdf", "scan.pdf"]
    assert len(rows(watching, PostItem)) == 2


@ON_SQLITE
def test_w12_check_says_whether_the_folder_can_be_read(watching: Services, services: Services, folder: Path) -> None:
    assert "te lezen en te schrijven" in try_post_folder(watching.settings)
    assert "met de hand" in try_post_folder(services.settings)
    assert "met de hand" in try_post_mailbox(services.settings)
    with pytest.raises(NoConnection, match="POST_FOLDER"):
        try_post_folder(replace(services.settings, post_folder=str(folder / "weg")))


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    with dovecot() as server:
        yield server


@ON_SQLITE
def test_w12_a_mail_in_the_mailbox_becomes_post_with_its_files_and_stays_there(
    services: Services, running: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
    running.empty()
    running.receive(mail())
    there = replace(services, settings=replace(services.settings, post_mailbox=running.address()))
    for _ in range(2):
        read_mailbox(there, {"purpose": MailboxPurpose.POST})
    (item,) = rows(there, PostItem)
    assert (item.channel, item.subject, item.received_on) == ("mail", "Bezwaar", today(there))
    assert "Hierbij mijn bezwaar." in item.words
    assert [file.name for file in rows(there, PostFile)] == ["Bezwaar.eml", "bezwaar.pdf"]
    assert "1 berichten" in try_post_mailbox(there.settings)
