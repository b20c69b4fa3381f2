"""Drafts as rows, on both kinds of database: one per form, at most so many, of so much, for so long; gone when sent."""

from datetime import timedelta
from threading import Thread

import pytest
from kit.cases import BEZWAAR, add_departments, open_task, put_in_use, register_bezwaar, rows
from kit.documents import stored
from kit.drafts import grow_older
from kit.people import NOOR, TESS, citizen
from sqlalchemy import update

from processes.actions import act
from processes.actions.drafts import DropDraft, SaveDraft
from processes.actions.messages import AddNote
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import DraftTooLong, NotFound
from processes.jobs.clock_process import sweep_orphans
from processes.jobs.held_files_sweep import sweep_held_files
from processes.reads.drafts import read_draft, read_drafts
from processes.storage.drafts import LONGEST, MOST, DraftContent
from processes.storage.services import Services
from processes.storage.tables import DraftRow, UploadRow
from processes.storage.upload_room import note_uploads

FORM = "/mijn/nieuw/bezwaar"


@pytest.fixture
def tess(services: Services) -> Actor:
    return citizen(services, TESS)


def save(services: Services, actor: Actor, form: str = FORM, text: str = "Niet eens", **more: object) -> str:
    return act(services, actor, SaveDraft(form, DraftContent({"grounds": [text]}, **more)))  # type: ignore[arg-type]


def held(services: Services, actor: Actor) -> ChosenFiles:
    """One file that this person chose."""
    upload = stored(services)
    note_uploads(services, actor, [upload])
    return ChosenFiles((ChosenFile("files", "", upload),))


def test_t1_a_form_has_one_draft_the_last_that_was_saved(services: Services, tess: Actor) -> None:
    first, second = save(services, tess), save(services, tess, text="Toch niet eens")
    found = read_draft(services, tess, FORM)
    assert found
    assert (first, found.fields, len(rows(services, DraftRow))) == (second, {"grounds": ["Toch niet eens"]}, 1)


def test_t1_windows_that_save_at_one_moment_all_get_their_turn(services: Services, tess: Actor) -> None:
    errors: list[Exception] = []

    def write(number: int) -> None:
        try:
            save(services, tess, text=f"venster {number}")
        except Exception as error:  # noqa: BLE001 - the test tells what happened in the thread
            errors.append(error)

    threads = [Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (errors, len(rows(services, DraftRow))) == ([], 1)


def test_t1_of_more_forms_than_are_kept_the_oldest_goes(services: Services, tess: Actor) -> None:
    noor = save(services, NOOR)
    for number in range(MOST + 3):
        save(services, tess, f"/mijn/taken/{number}")
    kept = [draft.form for draft in read_drafts(services, tess)]
    assert kept == [f"/mijn/taken/{number}" for number in range(MOST + 2, 2, -1)]
    assert noor in {row.id for row in rows(services, DraftRow)}


def test_t1_what_is_too_long_is_refused_and_leaves_what_was_kept(services: Services, tess: Actor) -> None:
    save(services, tess)
    with pytest.raises(DraftTooLong, match="200 kB"):
        save(services, tess, text="a" * LONGEST)
    found = read_draft(services, tess, FORM)
    assert found
    assert found.fields == {"grounds": ["Niet eens"]}


def test_t1_a_draft_goes_after_thirty_days(services: Services, tess: Actor) -> None:
    save(services, tess, held=held(services, tess))
    grow_older(services, timedelta(days=30) - timedelta(hours=1))
    sweep_held_files(services)
    assert len(rows(services, DraftRow)) == 1
    grow_older(services, timedelta(hours=2))
    for _ in range(3):
        sweep_held_files(services)
        grow_older(services, timedelta(hours=1))
    assert (rows(services, DraftRow), list(services.files.all_blobs())) == ([], [])


def test_t1_a_file_waits_as_long_as_its_draft(services: Services, tess: Actor) -> None:
    mine = held(services, tess)
    save(services, tess, held=mine)
    grow_older(services, timedelta(days=5))
    sweep_held_files(services)
    save(services, tess, text="later")  # typed in another window, which knows nothing of the file
    found = read_draft(services, tess, FORM)
    assert found
    assert (found.held, [row.draft_id for row in rows(services, UploadRow)]) == (mine, [found.id])
    assert sweep_orphans(services) == 0


def test_t1_nobody_holds_a_file_of_somebody_else(services: Services, tess: Actor) -> None:
    save(services, NOOR, held=held(services, tess))
    assert [row.draft_id for row in rows(services, UploadRow)] == [None]


def test_t1_begin_again_forgets(services: Services, tess: Actor) -> None:
    save(services, tess)
    act(services, tess, DropDraft(FORM))
    assert read_drafts(services, tess) == ()


def test_t1_what_is_sent_drops_its_draft_and_what_is_refused_does_not(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    number = register_bezwaar(services)
    address = f"/werk/zaken/{number}/notitie"
    save(services, NOOR, address)
    assert [row.case_id for row in rows(services, DraftRow)] == [1]
    with pytest.raises(NotFound):
        act(services, NOOR, AddNote("BZW-2026-999999", "Gebeld"), form=address)
    assert len(read_drafts(services, NOOR)) == 1
    act(services, NOOR, AddNote(number, "Gebeld"), form=address)
    assert read_drafts(services, NOOR) == ()


def test_t1_the_form_of_a_task_belongs_to_the_case_of_the_task(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    register_bezwaar(services)
    save(services, NOOR, f"/werk/taken/{open_task(services, 'Intake')}")
    assert [row.case_id for row in rows(services, DraftRow)] == [1]


def test_t1_a_draft_that_cannot_be_opened_is_as_none(services: Services, tess: Actor) -> None:
    save(services, tess)
    with services.sessions.begin() as session:
        session.execute(update(DraftRow).values(data=b"kapot"))
    assert read_draft(services, tess, FORM) is None
    save(services, tess, text="opnieuw")
    found = read_draft(services, tess, FORM)
    assert found
    assert found.fields == {"grounds": ["opnieuw"]}
