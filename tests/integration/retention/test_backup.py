"""T9: what a backup holds comes back whole, what was destroyed stays destroyed, and no mail leaves twice."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kit.browser import Browser, TestClient
from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows
from kit.documents import PDF, stored
from kit.dossiers import Made, approve, listed, make_case, prepare
from kit.installation import SQLITE, TEST_SECRET, database_on, open_at
from kit.people import FENNA, NOOR, TESS, known, signed_in
from sqlalchemy import func, inspect, select, text, update

from portal.app import create_app
from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.mailing import LetMailGo
from processes.base.errors import AlreadyDone, NotAllowed
from processes.jobs import destroyed_marks
from processes.jobs.backup import making, restoring
from processes.jobs.backup.making import PlaceOfOtherKey, make_backup
from processes.jobs.backup.place import BackupPlace, NoBackup
from processes.jobs.backup.restoring import CannotRestore, restore
from processes.jobs.backup.sealing import NotForThisKey, WrongBackupKey, new_pair, private_key, public_key
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.post import sending
from processes.storage import web_sessions
from processes.storage.base import Base
from processes.storage.files import DESTROYED
from processes.storage.known_secrets import check_secret
from processes.storage.restored import read_restored
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    CaseValue,
    DestructionRow,
    Instance,
    MailRow,
    OutboxRow,
    Party,
    SettingRow,
    TaskRow,
    WebSession,
)
from processes.wiring import close_services

BSN, OTHER_BSN = "999990019", "999993653"
PRIVATE, PUBLIC = new_pair()
NOT_OF_A_CASE = {
    "hearing_seat",
    "hearing_session",
    "desk_mail", "saved_view", "destruction", "law_rule", "closed_day", "anchor", "staff", "staff_identity", "mailbox_change", "setting_change", "department_network",
    "own_address", "sign_in", "rate", "mailbox", "mailbox_code", "taken_mail", "model_draft", "model_draft_revision", "model_draft_file",
    "version_proposal", "case_type_change", "out_of_use", "draft_share", "draft_comment", "rehearsal_kept",
    "house_style", "house_style_file", "substitution", "print_batch",
}  # fmt: skip
# files and keys are the same on each kind of database, and a new one on PostgreSQL takes seconds to make
ON_ONE_KIND = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
Somewhere = Callable[..., Services]


class CutOff(Exception):
    """The power goes."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def elsewhere(database_server: str, tmp_path: Path) -> Iterator[Somewhere]:
    """Opens installations without a table, each in a folder of its own; on the kind of database of this test, or on `server`."""
    with ExitStack() as opened:

        def open_one(name: str = "elders", server: str = database_server, **settings: Any) -> Services:
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            made_at = (
                f"sqlite:///{folder}/zaakspoor.db" if server == SQLITE else opened.enter_context(database_on(server))
            )
            services = open_at(made_at, folder, **settings)
            opened.callback(close_services, services)
            return services

        yield open_one


def backup(services: Services, place: Path, **how: Any) -> str:
    return make_backup(services, place, public_key(PUBLIC), **how)


def put_back(services: Services, place: Path, **how: Any) -> str:
    return restore(services, place, private_key(PRIVATE), **how)


def everything(services: Services) -> dict[str, list[Any]]:
    """Every row of every table, but for what a restore itself writes or ends."""
    left_out = {"setting", "web_session", "search"}
    with services.sessions() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in left_out
        }


def everything_in_files(services: Services) -> dict[str, bytes]:
    return {one.blob: b"".join(services.files.read(one.blob)) for one in services.files.all_blobs()}


def in_use(services: Services) -> str:
    """A bezwaar on its way, and two files that came in."""
    check_secret(services)
    for content in (PDF, PDF + b"2"):
        stored(services, content=content)
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    known(services, NOOR)
    number = register_bezwaar(services, TESS)
    act(services, NOOR, AssignHandler(number, NOOR.subject))
    do(services, "Intake", **INTAKE, route="ambtelijk")
    return number


def archived(services: Services, **more: Any) -> Made:
    """A closed case with a row in every table of a case."""
    check_secret(services)
    prepare(services)
    return make_case(services, "Kwibus7391", bsn=BSN, **more)


@pytest.mark.parametrize("target", ["the same kind", "sqlite"])
def test_t9_everything_comes_back_and_the_case_goes_on(
    services: Services, elsewhere: Somewhere, place: Path, target: str
) -> None:
    number = in_use(services)
    name = backup(services, place)
    there = elsewhere() if target == "the same kind" else elsewhere(server=SQLITE)
    assert put_back(there, place) == name
    assert everything(there) == everything(services)
    assert everything_in_files(there) == everything_in_files(services)
    assert [problem.code for problem in verify(there)] == [problem.code for problem in verify(services)]
    with there.sessions() as session:
        assert session.scalar(select(Case.state).where(Case.number == number)) == "running"
    new = register_bezwaar(there, TESS)
    assert new != number
    tasks = [task.element for task in rows(there, TaskRow, state="open")]
    assert tasks.count("Intake") == 1


@pytest.mark.parametrize("target", ["the same kind", "sqlite"])
def test_t9_a_row_of_every_table_comes_back(services: Services, elsewhere: Somewhere, place: Path, target: str) -> None:
    archived(services, destroy_from=None)
    backup(services, place)
    there = elsewhere() if target == "the same kind" else elsewhere(server=SQLITE)
    put_back(there, place)
    found = everything(services)
    assert everything(there) == found
    assert everything_in_files(there) == everything_in_files(services)
    assert {name for name in found if not found[name]} <= NOT_OF_A_CASE


@pytest.mark.parametrize("kind_of_database", ["postgres"], indirect=True)
def test_t9_the_database_knows_what_came_back_before_anybody_asks(
    services: Services, elsewhere: Somewhere, place: Path
) -> None:
    archived(services)
    backup(services, place)
    there = elsewhere()
    put_back(there, place)
    with there.sessions() as session:
        told = text(
            "SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL AND last_analyze IS NOT NULL"
        )
        assert {"case", "task"} <= {*session.scalars(told)}


def test_t9_an_answer_that_was_left_open_comes_back(services: Services, elsewhere: Somewhere, place: Path) -> None:
    """In JSON: the word null, in a column that is never NULL."""
    in_use(services)
    with services.sessions.begin() as session:
        of = session.scalars(select(Instance)).first()
        session.add(CaseValue(case_id=of.case_id, instance_id=of.id, code="leeg-gelaten", value=None))
    backup(services, place)
    put_back(there := elsewhere(), place)
    assert everything(there)["case_value"] == everything(services)["case_value"]
    assert [row.value for row in rows(there, CaseValue, code="leeg-gelaten")] == [None]


@ON_ONE_KIND
def test_t9_sessions_of_before_are_worth_nothing_after(services: Services, elsewhere: Somewhere, place: Path) -> None:
    made = signed_in(services, NOOR)
    assert web_sessions.load(services, made.cookie) is not None
    backup(services, place)
    put_back(there := elsewhere(), place)
    assert (web_sessions.load(there, made.cookie), rows(there, WebSession)) == (None, [])


def test_t9_no_mail_leaves_twice(
    services: Services, elsewhere: Somewhere, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(sending, "send", lambda _services, mail, _body, _sender: sent.append(mail.message_id))
    in_use(services)
    backup(services, place)
    drain(services)
    first = sorted(sent)
    assert len(first) >= 2
    sent.clear()
    there = elsewhere()
    put_back(there, place)
    drain(there)
    assert sent == []
    waiting = rows(there, MailRow, sent_at=None, error=None)
    assert {mail.message_id for mail in waiting} >= set(first)
    with pytest.raises(NotAllowed):
        act(there, NOOR, LetMailGo(all=True))
    chosen = waiting[0]
    act(there, FENNA, LetMailGo((chosen.id,)))
    drain(there)
    assert sent == [chosen.message_id]
    assert rows(there, MailRow, sent_at=None, error=None) == []
    with pytest.raises(AlreadyDone):
        act(there, FENNA, LetMailGo())
    register_bezwaar(there, replace(TESS, email="later@post.example"))
    drain(there)
    assert len(sent) > 1


@ON_ONE_KIND
def test_t9_all_mail_that_waits_leaves_when_an_administrator_says_so(
    services: Services, elsewhere: Somewhere, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(sending, "send", lambda _services, mail, _body, _sender: sent.append(mail.message_id))
    in_use(services)
    backup(services, place)
    put_back(there := elsewhere(), place)
    waiting = {mail.message_id for mail in rows(there, MailRow, sent_at=None, error=None)}
    act(there, FENNA, LetMailGo(all=True))
    drain(there)
    assert (set(sent), len(sent)) == (waiting, len(waiting))
    assert [row for row in rows(there, OutboxRow, kind="mail") if row.done_at is None] == []


def test_t9_what_was_destroyed_after_the_backup_stays_destroyed(
    services: Services, elsewhere: Somewhere, place: Path, tmp_path: Path
) -> None:
    prepare(services)
    gone, kept = (
        make_case(services, "Kwibus7391", bsn=BSN),
        make_case(services, "Blijvert", bsn=OTHER_BSN, destroy_from=None),
    )
    old = backup(services, place)
    sweep_retention(services)
    approve(services, listed(services, gone.case_id).id)
    drain(services)
    backup(services, later := tmp_path / "later")
    for name, more in {"uit een latere back-up": later, "uit de bestandsopslag": None}.items():
        there = elsewhere(name)
        if more is None:  # the store outlived the database
            shutil.copytree(
                Path(services.settings.files) / "blobs" / DESTROYED, tmp_path / name / "files" / "blobs" / DESTROYED
            )
            marks = []
        else:
            marks = b"".join(BackupPlace(more).newest().read("destroyed")).splitlines()
        put_back(there, place, name=old, destroyed=marks)
        assert [case.number for case in rows(there, Case)] == [kept.number]
        assert [row.state for row in rows(there, DestructionRow)] == ["destroyed"]
        assert set(everything_in_files(there)) == set(kept.blobs)
        assert "audit_broken" not in [problem.code for problem in verify(there)]


@ON_ONE_KIND
def test_t9_a_forged_mark_destroys_nothing(services: Services, elsewhere: Somewhere, place: Path) -> None:
    made = archived(services, destroy_from=None)
    backup(services, place)
    signed = destroyed_marks.signed(services, {"case_number": "ANDERS-1", "destroyed_at": None})
    forged = [signed.replace(b"ANDERS-1", made.number.encode()), b"{}", b"\xff\xfe", b"[1]", b'{"row": 5, "digest": 6}']
    there = elsewhere()
    put_back(there, place, destroyed=forged)
    assert [case.number for case in rows(there, Case)] == [made.number]


@ON_ONE_KIND
def test_t9_an_acceptance_copy_sends_no_mail_and_says_so_on_every_page(
    services: Services, elsewhere: Somewhere, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(sending, "send", lambda _services, mail, _body, _sender: sent.append(mail.message_id))
    in_use(services)
    backup(services, place)
    put_back(there := elsewhere(), place, copy=True)
    drain(there)
    register_bezwaar(there, TESS)
    drain(there)
    assert sent == []
    words = "Dit is een kopie om te proberen."
    for address in ("/", "/mijn", "/werk", "/beheer", "/verzoek/bestaat-niet", "/bestaat-niet"):
        assert words in TestClient(create_app(there)).get(address, follow_redirects=True).text, address
        assert words not in TestClient(create_app(services)).get(address, follow_redirects=True).text, address


@ON_ONE_KIND
def test_t9_nothing_in_a_backup_can_be_read_without_the_key(services: Services, place: Path) -> None:
    archived(services)
    backup(services, place)
    words = [word.encode() for word in ("Kwibus7391", BSN, TEST_SECRET, "naam-", "BZW-")]
    for file in place.rglob("*"):
        if file.is_file():
            assert [word for word in words if word in file.read_bytes()] == [], file
            assert file.stat().st_mode & 0o077 == 0, file


@ON_ONE_KIND
@pytest.mark.parametrize("at", ["rows", "destroyed", "files.txt", "whole"])
def test_t9_a_backup_that_was_cut_off_is_never_restored_and_goes_on(
    services: Services, elsewhere: Somewhere, place: Path, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use(services)
    write = making.BackupFolder.write

    def cut(folder: Any, name: str, chunks: Any) -> None:
        if name == at:
            raise CutOff
        write(folder, name, chunks)

    with monkeypatch.context() as patch:
        patch.setattr(making.BackupFolder, "write", cut)
        with pytest.raises(CutOff):
            backup(services, place)
    with pytest.raises(NoBackup):
        put_back(elsewhere("eerst"), place)
    there_already = {file: file.stat().st_mtime_ns for file in (place / "files").rglob("*") if file.is_file()}
    whole = backup(services, place, keep=1)
    assert [one.name for one in BackupPlace(place).all()] == [whole]
    assert {file: file.stat().st_mtime_ns for file in there_already} == there_already
    put_back(there := elsewhere(), place)
    assert everything(there) == everything(services)


@pytest.mark.parametrize("at", ["_files", "_rows", "_search", "_destroy_again"])
def test_t9_a_restore_that_was_cut_off_goes_on(
    services: Services, elsewhere: Somewhere, place: Path, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use(services)
    backup(services, place)
    there = elsewhere()

    def cut(*_: Any, **__: Any) -> None:
        raise CutOff

    with monkeypatch.context() as patch:
        patch.setattr(restoring, at, cut)
        with pytest.raises(CutOff):
            put_back(there, place)
    put_back(there, place)
    assert everything(there) == everything(services)
    with there.sessions() as session:
        assert read_restored(session).destroyed_again


@ON_ONE_KIND
def test_t9_a_wrong_key_secret_or_place_is_refused_and_nothing_is_written(
    services: Services, elsewhere: Somewhere, place: Path, tmp_path: Path
) -> None:
    in_use(services)
    name = backup(services, place)
    other, _ = new_pair()
    refused = (
        (NotForThisKey, lambda there: restore(there, place, private_key(other))),
        (NoBackup, lambda there: put_back(there, tmp_path / "nergens")),
        (NoBackup, lambda there: put_back(there, place, name="20200101T000000Z")),
        (CannotRestore, lambda _: put_back(elsewhere("ander", secret="een-heel-ander-geheim-van-32-tekens"), place)),
    )
    for tries, (error, say) in enumerate(refused):
        there = elsewhere(f"poging{tries}")
        with pytest.raises(error):
            say(there)
    with pytest.raises(WrongBackupKey):
        public_key(PRIVATE)
    before = everything(services)
    with pytest.raises(CannotRestore, match="niet leeg"):
        put_back(services, place, name=name)
    assert everything(services) == before


def _bytes_changed(folder: Path, name: str) -> None:
    content = bytearray((folder / name / "rows").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name / "rows").write_bytes(content)


def _cut_short(folder: Path, name: str) -> None:
    content = (folder / name / "rows").read_bytes()
    (folder / name / "rows").write_bytes(content[:-40])


def _of_another(folder: Path, name: str) -> None:
    """The rows of an older backup under the name of this one."""
    other = next(one for one in BackupPlace(folder).all() if one.name != name)
    shutil.copy(other.folder / "rows", folder / name / "rows")


def _forged(folder: Path, name: str) -> None:
    """Rows by somebody who has the public key only."""
    lines = [b'{"backup": "%b", "schema": "0001"}\n' % name.encode(), b'{"digest": "0"}\n']
    BackupPlace(folder).newest(name).write(
        "rows", making.sealed(making._compressed(lines), public_key(PUBLIC), f"{name}/rows")
    )


def _files_swapped(folder: Path, _name: str) -> None:
    first, second, *_ = (file for file in (folder / "files").rglob("*") if file.is_file())
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


@ON_ONE_KIND
@pytest.mark.parametrize("spoil", [_bytes_changed, _cut_short, _of_another, _forged, _files_swapped])
def test_t9_a_backup_that_was_changed_is_refused_whole(
    services: Services, elsewhere: Somewhere, place: Path, spoil: Callable[[Path, str], None]
) -> None:
    in_use(services)
    backup(services, place)
    name = backup(services, place)
    spoil(place, name)
    there = elsewhere()
    with pytest.raises((NotForThisKey, CannotRestore)):
        put_back(there, place)
    has_tables = inspect(there.sessions.kw["bind"]).has_table("case")
    assert (rows(there, Case) if has_tables else []) == []


@ON_ONE_KIND
def test_t9_a_new_key_needs_a_new_place(services: Services, elsewhere: Somewhere, place: Path, tmp_path: Path) -> None:
    """Files that lie in a place are for the key of before: a backup of them would open with neither key."""
    in_use(services)
    backup(services, place)
    private, public = new_pair()
    before = sorted(place.rglob("*"))
    with pytest.raises(PlaceOfOtherKey):
        make_backup(services, place, public_key(public))
    assert sorted(place.rglob("*")) == before
    make_backup(services, tmp_path / "nieuw", public_key(public))
    restore(there := elsewhere(), tmp_path / "nieuw", private_key(private))
    assert everything_in_files(there) == everything_in_files(services)


@ON_ONE_KIND
def test_t9_old_backups_go_with_their_files(services: Services, place: Path) -> None:
    made = archived(services)
    first = backup(services, place)
    sweep_retention(services)
    approve(services, listed(services, made.case_id).id)
    drain(services)
    second = backup(services, place)
    assert [one.name for one in BackupPlace(place).all()] == [first, second]
    assert all(BackupPlace(place).has(blob) for blob in made.blobs)
    third = backup(services, place, keep=1)
    assert [one.name for one in BackupPlace(place).all()] == [third]
    assert not any(BackupPlace(place).has(blob) for blob in made.blobs)


def test_t9_work_goes_on_while_a_backup_is_made(services: Services, elsewhere: Somewhere, place: Path) -> None:
    """The rows are of one moment: what a change wrote meanwhile is in it whole or not at all."""
    in_use(services)
    before = everything(services)
    changed: list[str] = []

    def change(what: str, done: int, _total: int) -> None:
        if what == "Bestanden" and not done:
            changed.append(register_bezwaar(services, TESS))

    backup(services, place, tell=change)
    put_back(there := elsewhere(), place)
    assert changed
    assert everything(there) == before


def test_t9_the_page_lets_an_administrator_choose(services: Services, elsewhere: Somewhere, place: Path) -> None:
    in_use(services)
    with services.sessions.begin() as session:
        session.execute(update(Party).where(Party.email == TESS.email).values(confidential=True))
    backup(services, place)
    put_back(there := elsewhere(), place)
    browser = Browser(there, FENNA)
    assert "Alle mail wacht" in browser.get("/beheer")
    page = browser.get("/beheer/herstel")
    with there.sessions() as session:
        count = session.scalar(select(func.count()).select_from(MailRow).where(MailRow.sent_at.is_(None)))
        setting = session.get(SettingRow, "restored").value
    assert page.count('name="ids"') == count
    assert "tess@post.example" not in page
    assert setting["mail_held"] is True
    assert "Kies wat er met de mail moet gebeuren" in browser.post("/beheer/herstel/mail", {"ids": "1"}, status=422)
    browser.post("/beheer/herstel/mail", {"way": "geen"})
    assert "De mail gaat gewoon weg" in browser.get("/beheer/herstel")
