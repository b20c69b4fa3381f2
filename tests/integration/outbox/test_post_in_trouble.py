"""W12: one mail or file that is in trouble keeps no other back, and nothing of it is lost."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time

import pytest
from kit.cases import rows
from kit.documents import PDF
from kit.log_lines import log_lines
from sqlalchemy import update
from sqlalchemy.exc import DataError

from processes.jobs import mailbox_reading, post_coming_in
from processes.jobs.mailbox_reading import TRIES, read_mailbox
from processes.jobs.mailbox_sweep import sweep_answers
from processes.jobs.post_coming_in import sweep_post_folder
from processes.post.incoming import arriving
from processes.post.incoming.mailbox import Mailbox, MailboxSilent, RawMail
from processes.storage.services import Services
from processes.storage.tables import MailboxRow, PostFile, PostItem
from processes.storage.words import MailboxPurpose

ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
ON_POSTGRES = pytest.mark.parametrize("kind_of_database", ["postgres"], indirect=True)


@dataclass
class Held:
    """A mailbox with these mails, the first under UID 1; None is one that the server fails to give."""

    mails: list[bytes | None]
    uid_validity: int = 1
    asked: list[int] = field(default_factory=list)

    def after(self, uid: int, most: int) -> list[int]:
        return list(range(uid + 1, len(self.mails) + 1))[:most]

    def mail(self, uid: int, most_bytes: int) -> RawMail:
        self.asked.append(uid)
        content = self.mails[uid - 1]
        if content is None:
            raise MailboxSilent("Het gesprek met het postvak brak af.")
        return RawMail(uid, content[:most_bytes], cut=False)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    mailbox = Held([])

    @contextmanager
    def opened(*_: object) -> Iterator[Held]:
        yield mailbox

    monkeypatch.setattr(mailbox_reading, "open_mailbox", opened)
    return mailbox


@pytest.fixture
def here(services: Services) -> Services:
    return replace(services, settings=replace(services.settings, post_mailbox="imaps://post:woord@post.example/INBOX"))


def look(services: Services, times: int = 1) -> None:
    for _ in range(times):
        read_mailbox(services, {"purpose": MailboxPurpose.POST})


def mail(number: int, body: bytes = b"Dag", headers: bytes = b"") -> bytes:
    begin = f"From: Tess <tess@post.example>\nMessage-ID: <{number}@post.example>\nMIME-Version: 1.0\n".encode()
    return begin + (headers or f"Subject: Brief {number}\n".encode()) + b"\n" + body


def subjects(services: Services) -> list[str]:
    return [row.subject for row in sorted(rows(services, PostItem), key=lambda row: row.id)]


@ON_POSTGRES
def test_w12_signs_that_no_database_keeps_are_left_out_of_a_mail(here: Services, held: Held) -> None:
    odd = b"Subject: =?utf-8?q?a=00b?=\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n"
    held.mails = [mail(1, b"voor=00na\nen verder=1B\n", odd), mail(2)]
    look(here)
    first, second = sorted(rows(here, PostItem), key=lambda row: row.id)
    assert (first.subject, first.words) == ("a b", "voorna\nen verder")
    assert second.subject == "Brief 2"


@ON_SQLITE
def test_w12_a_mail_that_the_database_refuses_is_put_aside_and_those_behind_it_come(
    here: Services, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = post_coming_in.take_in_post

    def refuse(work, action) -> str:
        if action.pieces[0].subject == "Brief 1":
            raise DataError("insert", {}, ValueError())
        return real(work, action)

    monkeypatch.setattr(post_coming_in, "take_in_post", refuse)
    held.mails = [mail(1), mail(2)]
    look(here, TRIES)
    assert subjects(here) == ["(onleesbaar)", "Brief 2"]
    assert {file.blob for file in here.files.all_blobs()} == {file.blob for file in rows(here, PostFile)}


@ON_SQLITE
def test_w12_a_mail_that_the_server_fails_to_give_is_put_aside_and_those_behind_it_come(
    here: Services, held: Held
) -> None:
    held.mails = [mail(1), None, None, mail(4)]
    look(here, TRIES)
    assert subjects(here) == ["Brief 1", "(onleesbaar)"]
    look(here, TRIES + 1)
    assert subjects(here) == ["Brief 1", "(onleesbaar)", "(onleesbaar)", "Brief 4"]


@pytest.mark.parametrize("day", [datetime.min, datetime.max])  # noqa: DTZ901 - as the reader of IMAP gives them
def test_w12_a_mail_of_a_day_that_no_clock_knows_is_fetched(day: datetime) -> None:
    class Server:
        def fetch(self, uids: list[int], _: object) -> dict[int, dict[bytes, object]]:
            return {uids[0]: {b"BODY[]<0>": b"x", b"RFC822.SIZE": 1, b"INTERNALDATE": day}}

    assert Mailbox(Server(), {}).mail(1, 10) == RawMail(1, b"x", cut=False)


@ON_SQLITE
@pytest.mark.parametrize("apart", [True, False])
def test_w12_a_mail_that_cannot_be_taken_apart_keeps_its_sender_subject_and_text(
    here: Services, held: Held, monkeypatch: pytest.MonkeyPatch, *, apart: bool
) -> None:
    if not apart:
        monkeypatch.setattr(arriving, "mail_parts", lambda _: None)
    odd = b"Subject: Bezwaar\nContent-Type: text/plain; charset=onbekend-8\n"
    held.mails = [mail(1, "Mijn bezwaar: één".encode(), odd)]
    look(here)
    (item,) = rows(here, PostItem)
    assert (item.channel, item.subject, item.words) == ("mail", "Bezwaar", "Mijn bezwaar: één")
    assert "tess@post.example" in item.sender
    assert [file.name for file in rows(here, PostFile)] == ["Bezwaar.eml"]


@ON_SQLITE
def test_w12_mail_of_long_ago_is_not_new_when_uids_count_anew(here: Services, held: Held) -> None:
    held.mails = [mail(1)]
    look(here)
    with here.sessions.begin() as session:
        session.execute(update(mailbox_reading.TakenMail).values(taken_at=datetime.now(UTC) - timedelta(days=400)))
    sweep_answers(here)
    held.uid_validity, held.mails = 2, [mail(1), mail(2)]
    look(here)
    assert subjects(here) == ["Brief 1", "Brief 2"]
    assert rows(here, MailboxRow)[0].uid_validity == held.uid_validity


@pytest.fixture
def watching(services: Services, tmp_path: Path) -> Services:
    folder = tmp_path / "scans"
    folder.mkdir()
    return replace(services, settings=replace(services.settings, post_folder=str(folder)))


def scanned(services: Services, name: str, seconds: float = 60) -> Path:
    path = Path(services.settings.post_folder) / name
    path.write_bytes(PDF)
    os.utime(path, (time() - seconds, time() - seconds))
    return path


@ON_SQLITE
def test_w12_a_file_with_a_name_that_is_no_text_is_taken_once(watching: Services) -> None:
    path = scanned(watching, os.fsdecode(b"brief-\xe9.pdf"))
    assert sweep_post_folder(watching) == 1
    assert not path.exists()
    assert [file.name for file in rows(watching, PostFile)] == ["brief-.pdf"]
    assert sweep_post_folder(watching) == 0


@ON_SQLITE
@pytest.mark.parametrize("where", ["_chunks", "mail_arrived", "act"])
def test_w12_a_file_that_cannot_be_read_keeps_no_other_back_and_leaves_nothing_in_the_store(
    watching: Services, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    bad, good = scanned(watching, "a.pdf"), scanned(watching, "b.pdf")
    real, failing = getattr(post_coming_in, where), iter([True, False])

    def fail_once(*given: object, **more: object) -> object:
        if next(failing):
            raise PermissionError
        return real(*given, **more)

    monkeypatch.setattr(post_coming_in, where, fail_once)
    with log_lines() as lines:
        assert sweep_post_folder(watching) == 1
    assert [line["name"] for line in lines if line["event"] == "post_folder.file_trouble"] == [bad.name]
    assert (bad.exists(), good.exists()) == (True, False)
    assert {file.blob for file in watching.files.all_blobs()} == {file.blob for file in rows(watching, PostFile)}


@ON_SQLITE
def test_w12_a_file_of_a_clock_that_runs_ahead_is_taken_when_it_lies_still(
    watching: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned(watching, "morgen.pdf", seconds=-86_400)
    assert sweep_post_folder(watching) == 0
    monkeypatch.setattr(post_coming_in, "time", lambda: time() + 60)
    assert sweep_post_folder(watching) == 1


@ON_SQLITE
def test_w12_a_mail_in_the_folder_that_cannot_be_taken_apart_came_by_mail(
    watching: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned(watching, "bericht.eml").write_bytes(mail(1))
    os.utime(Path(watching.settings.post_folder) / "bericht.eml", (time() - 60, time() - 60))
    scanned(watching, "brief.pdf")
    monkeypatch.setattr(post_coming_in, "mail_arrived", lambda *_: None)
    assert sweep_post_folder(watching) == 2
    channels = {row.id: row.channel for row in rows(watching, PostItem)}
    assert {file.name: channels[file.item_id] for file in rows(watching, PostFile)} == {
        "bericht.eml": "mail", "brief.pdf": "post",
    }  # fmt: skip
