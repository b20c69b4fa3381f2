"""An answer of a citizen can be changed until it was used (C13): by the real pages, and what becomes of it in the case."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from citizen_kit import ILSE, TESS, Browser, intake, register
from kit import hearings, people
from kit.cases import (
    INTAKE,
    bezwaar_in_use,
    days_later,
    do,
    handed_in,
    open_task,
    put_in_use,
    register_bezwaar,
    rows,
    shipped,
)
from kit.documents import PDF
from kit.people import NOOR, citizen

from processes.actions import act
from processes.actions.changing_answer import CHANGED_MEANWHILE, ChangeAnswer
from processes.actions.tasks import ANSWER_CHANGED, CompleteTask, TakeTask
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.answer_use import BY_STAFF
from processes.execution.given_answers import UNCHANGED, filed_with_any
from processes.storage.services import Services
from processes.storage.tables import (
    AuditRow,
    CaseValue,
    DocumentRow,
    FiledRow,
    Instance,
    MailRow,
    NewsRow,
    NoteRow,
    TaskRow,
)

Open = Callable[[str], Browser]
FIRST, SECOND = "Er was geen bord", "Er was een bord, maar het lag op de grond"


def answered(tess: Browser, *others: str, file: str = "bewijs.pdf") -> tuple[str, str]:
    """A case whose objector answered what was asked; its number and the id of that task."""
    number = register(tess.services, TESS, *others)
    intake(tess.services, complete=False)
    task = next(
        row.id
        for row in rows(tess.services, TaskRow, element="RepairByCitizen")
        if row.party_id == _party(tess.services)
    )
    tess.get(f"/mijn/taken/{task}")
    tess.post(f"/mijn/taken/{task}", {"repair_text": FIRST}, {"repair_files": (file, PDF, "application/pdf")})
    return number, task


def _party(services: Services) -> int:
    return next(row.party_id for row in rows(services, TaskRow, element="RepairByCitizen") if row.party_id)


def value(services: Services, code: str, **where: Any) -> list[Any]:
    return [row.value for row in rows(services, CaseValue, code=code, **where)]


def change(tess: Browser, task: str, status: int = 200, **typed: Any) -> str:
    """Open the form and send it as it is, but for what is `typed`."""
    page = tess.get(f"/mijn/taken/{task}/veranderen")
    files = typed.pop("files", None)
    fields = {"versie": tess.hidden("versie"), "begonnen": tess.hidden("begonnen"), "repair_text": FIRST, **typed}
    assert FIRST in page or SECOND in page
    return tess.post(f"/mijn/taken/{task}/veranderen", fields, files, status=status)


def test_c13_an_answer_changes_and_both_answers_stay_with_the_case(tess: Browser) -> None:
    number, task = answered(tess)
    services = tess.services
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Verander uw antwoord" in page
    assert "U kunt uw antwoord veranderen tot een medewerker ermee verder gaat." in page
    old = handed_in(services)[0]
    assert "bewijs.pdf" in tess.get(f"/mijn/taken/{task}/veranderen")
    new = {"repair_files": ("foto.pdf", PDF + b"%nieuw", "application/pdf")}
    page = change(tess, task, repair_text=SECOND, weg=old.id, files=new)
    assert "Verstuurd" in page
    assert SECOND in page
    assert value(services, "repair_text", instance_id=_instance(services, task)) == [SECOND]
    assert _root_value(services, "repair_text") == [SECOND], "the case has it too, for the next step"
    first, second = rows_of_task(services, task)
    documents = {row.id: row for row in rows(services, DocumentRow)}
    was, now = documents[first.document_id], documents[second.document_id]
    assert (was.state, now.state, now.version_of, now.version) == ("replaced", "accepted", was.id, 2)
    assert (documents[old.id].state, documents[old.id].on_portal) == ("removed", False)
    assert "weg" not in (documents[old.id].refusal or "")
    assert FIRST in first.body
    assert SECOND in second.body
    (changed,) = [row for row in rows(services, AuditRow) if row.action == "change_answer"]
    assert (changed.detail["filed"], changed.detail["earlier"]) == (second.id, first.id)
    told = rows(services, NoteRow, kind="upload")[0]
    assert not told.read_by_handler
    assert f"Het nieuwe antwoord is {now.reference}, in de plaats van {was.reference}." in told.text
    assert SECOND not in told.text, "what somebody wrote stands in the document alone"
    page = tess.get(f"/mijn/zaken/{number}")
    assert SECOND in page
    page = tess.get(f"/mijn/zaken/{number}/ingestuurd/{first.id}")
    assert FIRST in page
    assert "Dit is een eerder antwoord" in page


def _instance(services: Services, task: str) -> int:
    return next(row.instance_id for row in rows(services, TaskRow, id=task))


def _root_value(services: Services, code: str) -> list[Any]:
    root = next(row.id for row in rows(services, Instance, is_root=True))
    return value(services, code, instance_id=root)


def rows_of_task(services: Services, task: str) -> list[FiledRow]:
    with services.sessions() as session:
        return list(session.scalars(filed_with_any([task])))


def test_c13_once_a_worker_took_the_next_task_it_stands_and_what_was_typed_stays(tess: Browser) -> None:
    number, task = answered(tess)
    tess.get(f"/mijn/taken/{task}/veranderen")
    fields = {"versie": tess.hidden("versie"), "repair_text": SECOND}
    act(tess.services, NOOR, TakeTask(open_task(tess.services, "JudgeRepair")))
    page = tess.post(f"/mijn/taken/{task}/veranderen", fields, status=409)
    assert BY_STAFF in page
    assert SECOND in page
    assert "Schrijf ons een bericht" in page
    assert "Verstuur uw nieuwe antwoord" not in page
    page = tess.get(f"/mijn/zaken/{number}")
    assert f"U kunt dit antwoord niet meer veranderen. {BY_STAFF}" in page
    assert "Verander uw antwoord" not in page
    assert len(rows_of_task(tess.services, task)) == 1
    act(
        tess.services, NOOR, TakeTask(open_task(tess.services, "JudgeRepair"), back=True)
    )  # given back: nobody works with it after all
    assert "Verander uw antwoord" in tess.get(f"/mijn/zaken/{number}")


def test_c13_of_two_windows_the_second_reads_what_holds_now_and_keeps_what_was_typed(
    tess: Browser, browser: Open
) -> None:
    _, task = answered(tess)
    other = browser(TESS)
    other.get(f"/mijn/taken/{task}/veranderen")
    old = {"versie": other.hidden("versie"), "repair_text": "Mijn tweede venster"}
    change(tess, task, repair_text=SECOND)
    page = other.post(f"/mijn/taken/{task}/veranderen", old, status=422)
    assert CHANGED_MEANWHILE.split(",")[0] in page
    assert SECOND in page
    assert "Mijn tweede venster" in page
    other.post(f"/mijn/taken/{task}/veranderen", {**old, "versie": other.hidden("versie")})
    assert value(other.services, "repair_text", instance_id=_instance(other.services, task)) == ["Mijn tweede venster"]
    assert [row.version for row in rows(other.services, DocumentRow) if row.version] == [2, 3]


def test_c13_an_answer_that_is_the_same_or_empty_is_said_at_once(tess: Browser) -> None:
    _, task = answered(tess)
    assert "U heeft niets veranderd" in change(tess, task, status=422)
    only = handed_in(tess.services)[0].id
    assert "Uw antwoord is nu leeg" in change(tess, task, status=422, repair_text="", weg=only)
    wrong = {"repair_files": ("bewijs.pdf", b"geen pdf", "application/pdf")}
    page = change(tess, task, status=422, repair_text=SECOND, files=wrong)
    assert SECOND in page
    assert len(rows_of_task(tess.services, task)) == 1


def test_c13_nobody_changes_the_answer_of_another(tess: Browser, browser: Open) -> None:
    _, task = answered(tess, ILSE)
    ilse = browser(ILSE)
    ilse.get(f"/mijn/taken/{task}/veranderen", status=404)
    ilse.post(f"/mijn/taken/{task}/veranderen", {"versie": "2", "repair_text": "x"}, status=404)
    for actor in (NOOR, ilse.actor):
        with pytest.raises(NotFound):
            act(tess.services, actor, ChangeAnswer(task, 2, {"repair_text": "x"}))
    own = next(row.id for row in rows(tess.services, TaskRow, element="RepairByCitizen") if row.id != task)
    with pytest.raises(NotFound):
        act(tess.services, ilse.actor, ChangeAnswer(own, 1, {"repair_text": "x"}))  # what she did not answer yet


def test_c13_while_others_still_answer_each_changes_the_own_one(tess: Browser) -> None:
    _, task = answered(tess, ILSE)
    change(tess, task, repair_text=SECOND)
    (given,) = _root_value(tess.services, "answers.repair_text")
    assert list(given.values()) == [SECOND]


def test_c13_what_a_letter_read_stays_and_the_rest_may_change(tess: Browser) -> None:
    whole = shipped("bezwaar")
    letters = {
        name: text + b"\n{{ repair_text }}\n" if name == "nieuwe-datum.txt" else text
        for name, text in whole.mails.items()
    }
    put_in_use(tess.services, replace(whole, mails=letters, rehearsals={}))
    number, task = answered(tess)
    page = tess.get(f"/mijn/taken/{task}/veranderen")
    assert "Hiermee is uw zaak al verder gegaan" in page
    assert 'name="repair_text"' not in page
    new = {"repair_files": ("foto.pdf", PDF + b"%nieuw", "application/pdf")}
    late = {"versie": tess.hidden("versie"), "repair_text": "Later getypt"}
    page = tess.post(f"/mijn/taken/{task}/veranderen", late, new, status=422)
    assert "Later getypt" in page, "what was typed before the letter went is not lost in silence"
    tess.post(f"/mijn/taken/{task}/veranderen", {"versie": tess.hidden("versie")}, new)
    assert value(tess.services, "repair_text", instance_id=_instance(tess.services, task)) == [FIRST]
    assert FIRST in rows_of_task(tess.services, task)[-1].body
    assert len(handed_in(tess.services, state="accepted")) == 2 + len(
        rows(tess.services, DocumentRow, type="correspondence")
    )
    assert number in tess.get("/mijn")


def test_c13_a_worker_who_read_the_old_answer_is_told_before_the_task_is_done(tess: Browser) -> None:
    _, task = answered(tess)
    services = tess.services
    change(tess, task, repair_text=SECOND)
    judge = CompleteTask(open_task(services, "JudgeRepair"), {"after_repair": "verder"}, answers_seen=UNCHANGED)
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, judge)
    assert refused.value.fields == {"": ANSWER_CHANGED}


def test_c13_the_receipt_and_the_news_tell_of_a_changed_answer(services: Services) -> None:
    register_bezwaar(services, people.TESS)
    sem = people.known(services, people.SEM_WHO_WORKS_TOO)
    act(services, NOOR, TakeTask(open_task(services, "Intake")))
    do(services, "Intake", sem, **{**INTAKE, "complete": False, "missing_items": "uw redenen"})
    tess, task = citizen(services, people.TESS), open_task(services, "RepairByCitizen")
    act(services, tess, CompleteTask(task, {"repair_text": FIRST}))
    act(services, tess, ChangeAnswer(task, 2, {"repair_text": SECOND, "repair_files": None}))
    assert "uw veranderde antwoord bij 'Vul uw bezwaar aan'" in rows(services, MailRow, template="receipt")[-1].body
    assert [(row.staff, row.kind) for row in rows(services, NewsRow)] == [(sem.subject, "answer")]


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_c13_an_answer_to_an_invitation_changes_until_the_day_of_the_hearing(
    installed: Callable[..., Services],
) -> None:
    services = installed(hearings.furnish)
    number = hearings.waiting_case(services)
    hearings.planned(services, hearings.session_on(services), number)
    tess, task = citizen(services, people.TESS), open_task(services, "AnswerInvitation", number)
    act(services, tess, CompleteTask(task, {"coming": True, "coming_persons": 2}))
    act(services, tess, ChangeAnswer(task, 2, {"coming": False, "coming_persons": None}))
    assert value(services, "coming", instance_id=_instance(services, task)) == [False]
    assert _root_value(services, "coming") == [False]
    days_later(services, 40)
    with pytest.raises(NotNow, match="Veranderen kon tot"):
        act(services, tess, ChangeAnswer(task, 3, {"coming": True, "coming_persons": 1}))


@pytest.mark.parametrize("again", range(2))
def test_c13_of_a_change_and_a_worker_at_one_moment_one_wins(installed: Callable[..., Services], again: int) -> None:
    services = installed(bezwaar_in_use)
    register_bezwaar(services, people.TESS)
    do(services, "Intake", **{**INTAKE, "complete": False, "missing_items": "uw redenen"})
    tess, task = citizen(services, people.TESS), open_task(services, "RepairByCitizen")
    act(services, tess, CompleteTask(task, {"repair_text": FIRST}))
    judge = CompleteTask(open_task(services, "JudgeRepair"), {"after_repair": "verder"}, answers_seen=UNCHANGED)
    works = [
        lambda: act(services, tess, ChangeAnswer(task, 2, {"repair_text": SECOND})),
        lambda: act(services, NOOR, judge),
    ]
    gate = threading.Barrier(2)

    def run(work: Callable[[], Any]) -> Any:
        gate.wait(20)
        try:
            return work()
        except (Invalid, NotNow) as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        change, judged = pool.map(run, works if again else works[::-1])
    if not again:
        change, judged = judged, change
    if isinstance(change, NotNow):
        assert str(change) == BY_STAFF
        assert isinstance(judged, str)
    else:
        assert isinstance(judged, Invalid)
        assert judged.fields == {"": ANSWER_CHANGED}
    said = FIRST if isinstance(change, NotNow) else SECOND
    assert value(services, "repair_text", instance_id=_instance(services, task)) == [said]
