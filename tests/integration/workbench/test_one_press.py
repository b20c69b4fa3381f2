"""One press on Vandaag: a letter that went out, a task of a colleague that was done; back at the row, and taken back when it was a mistake."""

import pytest
from kit.browser import Browser
from kit.cases import days_later, register_bezwaar, rows, today
from kit.people import NOOR, SEM
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.colleague_tasks import AskColleague, FinishColleagueTask, OpenColleagueTaskAgain
from processes.actions.post import ConfirmPosted, TakeBackPosted
from processes.base.errors import AlreadyDone, NotFound, NotNow
from processes.storage.tables import ColleagueTask, DeadlineRow, NoticeRow

BACK = {"lijst": "vandaag", "van": "alles", "pagina": "1", "rij": "rij-2"}


@pytest.fixture
def letter(services) -> tuple[str, int]:
    number = register_bezwaar(services, BRAM)
    return number, rows(services, NoticeRow)[0].id


def place(letter: tuple[str, int]) -> str:
    return f"/werk/zaken/{letter[0]}/brieven/{letter[1]}"


def sent_on(services) -> list[object]:
    return [row.sent_on for row in rows(services, NoticeRow)]


def test_w9_a_letter_is_sent_with_one_press_and_taken_back_with_another(services, noor: Browser, letter) -> None:
    before = [(row.code, row.due, row.follows) for row in rows(services, DeadlineRow)]
    assert f'action="{place(letter)}/verzonden-vandaag"' in noor.get("/werk")
    page = noor.post(f"{place(letter)}/verzonden-vandaag", BACK)
    assert "<title>Vandaag" in page
    assert "Print en verzend" not in page
    assert sent_on(services) == [today(services)]
    assert f'action="{place(letter)}/toch-niet"' in page
    page = noor.post(f"{place(letter)}/toch-niet", BACK)
    assert "De brief wacht weer op verzending." in page
    assert "Print en verzend" in page
    assert sent_on(services) == [None]
    assert [(row.code, row.due, row.follows) for row in rows(services, DeadlineRow)] == before
    assert "Brief toch niet verzonden" in noor.get(f"/werk/zaken/{letter[0]}/tijdlijn")


def test_w9_the_second_who_posts_a_letter_reads_who_did_and_when(services, browser, noor: Browser, letter) -> None:
    sem = browser(SEM)
    sem.get("/werk")
    noor.get("/werk")
    noor.post(f"{place(letter)}/verzonden-vandaag", BACK)
    page = sem.post(f"{place(letter)}/verzonden-vandaag", BACK, status=409)
    assert "Deze brief is al verzonden: Noor Behandelaar deed dat op " in page
    assert " uur." in page


def test_w9_a_letter_is_taken_back_only_by_who_sent_it_and_on_that_day(services, letter) -> None:
    act(services, NOOR, ConfirmPosted(letter[1]))
    with pytest.raises(NotNow):
        act(services, SEM, TakeBackPosted(letter[1]))
    days_later(services, 1)
    with pytest.raises(NotNow):
        act(services, NOOR, TakeBackPosted(letter[1]))
    assert None not in sent_on(services)


def test_w9_a_letter_is_not_taken_back_twice(services, letter) -> None:
    with pytest.raises(AlreadyDone):
        act(services, NOOR, TakeBackPosted(letter[1]))


def test_w13_a_call_is_made_with_one_press_and_taken_back_with_another(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    act(services, SEM, AskColleague(number, "Bel de gemachtigde terug", "noor", today(services)))
    (task,) = rows(services, ColleagueTask)
    asked = f"/werk/zaken/{number}/collegataken/{task.id}"
    assert "Gebeld" in noor.get("/werk")
    page = noor.post(f"{asked}/gedaan", BACK)
    assert f'action="{asked}/toch-niet"' in page
    page = noor.post(f"{asked}/toch-niet", BACK)
    assert "De taak staat weer open." in page
    assert f'action="{asked}/gedaan"' in page


def test_w13_a_task_is_opened_again_only_by_who_did_it_and_on_that_day(services) -> None:
    number = register_bezwaar(services)
    act(services, SEM, AskColleague(number, "Zoek de tekening", "noor", today(services)))
    (task,) = rows(services, ColleagueTask)
    act(services, NOOR, FinishColleagueTask(number, task.id))
    with pytest.raises(NotNow):
        act(services, SEM, OpenColleagueTaskAgain(number, task.id))
    with pytest.raises(NotFound):
        act(services, NOOR, OpenColleagueTaskAgain(number, task.id + 1))
    days_later(services, 1)
    with pytest.raises(NotNow):
        act(services, NOOR, OpenColleagueTaskAgain(number, task.id))


def test_w16_a_press_comes_back_at_its_row_and_leads_nowhere_else(services, noor: Browser, letter) -> None:
    noor.get("/werk?pagina=1")
    page = noor.post(f"{place(letter)}/verzonden-vandaag", {**BACK, "rij": '"><b>', "pagina": "x", "van": "zomaar"})
    assert "<title>Vandaag" in page
    for wrong in ("//example.org", "zaken/x/partijen/1", "../beheer", "zaken/a/brieven/1/../../x"):
        assert "toch-niet" not in noor.get(f"/werk?gedaan=verzonden-vandaag&terug={wrong}")


def test_w16_an_answer_begins_at_who_wrote(services, noor: Browser, letter) -> None:
    party = rows(services, NoticeRow)[0].party_id
    assert f'value="{party}" selected' in noor.get(f"/werk/zaken/{letter[0]}/tijdlijn?aan={party}")
