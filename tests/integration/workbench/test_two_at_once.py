"""The same press twice at one moment, by two people or in two tabs: one effect, and who is late reads what was done, by whom and when."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta
from threading import Barrier
from typing import Any

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, make_secret, put_in_use, register_bezwaar, rows, today
from kit.documents import stored
from kit.installation import installation
from kit.people import FENNA, NOOR, PIET, SEM, TESS, known
from sqlalchemy import func, select

from processes.actions import act
from processes.actions.case_access import AskAccess, EndAccess, GiveAccess
from processes.actions.checklist import AddPoints, StrikePoint, TickPoint
from processes.actions.colleague_tasks import (
    AskColleague,
    FinishColleagueTask,
    HandBackColleagueTask,
    WithdrawColleagueTask,
)
from processes.actions.correcting_document import CorrectDocument
from processes.actions.course import AssignHandler, ChangeRemark, ReturnToTeam
from processes.actions.dated import SaveSetting
from processes.actions.departments import SaveDepartment
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.law import SaveLawRule
from processes.actions.messages import AddNote, ReadNews
from processes.actions.phone_notes import AddPhoneNote
from processes.actions.reopening import CloseAgain, ReopenCase
from processes.actions.substitution import EndSubstitute, SetSubstitute
from processes.actions.views import DropView, SaveView
from processes.actions.withdrawing import Withdraw
from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM
from processes.base.department_data import mark_of_department, typed_of
from processes.base.errors import Invalid, ZaakspoorError
from processes.base.marks import mark_of
from processes.dated.kinds import KINDS
from processes.dated.typed_settings import TypedSetting, mark_of_versions
from processes.reads.admin import typed_rule
from processes.storage import tables as t
from processes.storage.services import Services

ADMIN_TOO = replace(FENNA, subject="femke", name="Femke Beheer")
PIET_DECIDES = replace(PIET, roles=frozenset({"decider"}))
BY = r"door (Noor|Sem|Piet|een medewerker).*, op \d+ \w+ \d{4} om "
Presses = list[tuple[Actor, object]]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with installation(tmp_path_factory.mktemp("once"), _furnish) as opened:
        yield opened


def _furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, SEM, PIET, FENNA, ADMIN_TOO):
        known(services, actor)
    first = TypedSetting(
        "staff_post",
        "noor",
        today(services).isoformat(),
        {"name": "N.", "function": "jurist", "phone": ""},
        "Nieuw.",
        new=True,
    )
    act(services, FENNA, SaveSetting(first))


def both(command: object) -> Presses:
    return [(NOOR, command), (SEM, command)]


def task(services: Services, number: str) -> int:
    act(services, NOOR, AskColleague(number, "Zoek het op", "sem", today(services)))
    return rows(services, t.ColleagueTask)[-1].id


def point(services: Services, number: str) -> int:
    act(services, NOOR, AddPoints(number, "Klopt het adres?"))
    return rows(services, t.ChecklistItem)[-1].id


def closed(services: Services, number: str) -> str:
    act(services, NOOR, Withdraw(number, "Per brief"))
    return number


def reopened(services: Services, number: str) -> str:
    act(services, NOOR, ReopenCase(closed(services, number), "Te vroeg", "Uw zaak loopt weer."))
    return number


def asked(services: Services, number: str) -> int:
    """Piet asks to see a secret case of Noor."""
    act(services, NOOR, AssignHandler(number, "noor"))
    make_secret(services, number)
    act(services, PIET, AskAccess(number, "Ik moet het zien."))
    return rows(services, t.CaseAccess)[-1].id


def entitled(command: object) -> Presses:
    return [
        (replace(one, roles=one.roles | {"clearance-geheim"}), command)
        for one in (SEM, replace(NOOR, roles=frozenset({"decider"})))
    ]


def given(services: Services, number: str) -> int:
    access = asked(services, number)
    ((first, command), _) = entitled(GiveAccess(access, (today(services) + timedelta(3)).isoformat()))
    act(services, first, command)
    return access


def away(services: Services, days: int = 200) -> SetSubstitute:
    """A substitution of Noor; each test that asks has days of its own."""
    first = today(services) + timedelta(days)
    return SetSubstitute("sem", first.isoformat(), (first + timedelta(2)).isoformat())


def substituted(services: Services) -> int:
    return int(act(services, NOOR, away(services, 100)))


def paper(services: Services, number: str) -> str:
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services, "stuk.pdf"), "report", "Verslag"),)))
    return rows(services, t.DocumentRow)[-1].id


def view(services: Services) -> int:
    act(services, NOOR, SaveView("Weg ermee", "stand=alle"))
    return rows(services, t.SavedView)[-1].id


def handled(services: Services, number: str) -> str:
    act(services, NOOR, AssignHandler(number, "noor"))
    return number


Row = tuple[Callable[[Services, str], Presses], str, str | None]
# what is pressed twice -> the press, the word in the audit trail of the case (or a table) that must be there once, and what who is late reads
TABLE: dict[str, Row] = {
    "task done": (lambda s, n: both(FinishColleagueTask(n, task(s, n))), "finish_colleague_task", f"al gedaan {BY}"),
    "task taken back": (lambda s, n: [(NOOR, WithdrawColleagueTask(n, task(s, n)))] * 2, "withdraw_colleague_task", f"al ingetrokken {BY}"),
    "task given back": (lambda s, n: both(HandBackColleagueTask(n, task(s, n), "Geen tijd")), "hand_back_colleague_task", "ligt al bij wie"),
    "point ticked": (lambda s, n: both(TickPoint(n, point(s, n), done=True)), "tick_point", f"al afgevinkt {BY}"),
    "point struck": (lambda s, n: both(StrikePoint(n, point(s, n), "Geen adres")), "strike_point", f"al doorgestreept {BY}"),
    "points added": (lambda _s, n: both(AddPoints(n, "Is er een tolk?")), "add_points", "staat al op de lijst"),
    "reopened": (lambda s, n: both(ReopenCase(closed(s, n), "Te vroeg", "Uw zaak loopt weer.")), "reopen", f"al heropend {BY}"),
    "closed again": (lambda s, n: both(CloseAgain(reopened(s, n), "ingetrokken")), "close_again", "is afgerond"),
    "access given": (lambda s, n: entitled(GiveAccess(asked(s, n), (today(s) + timedelta(3)).isoformat())), "access_given", f"al beantwoord {BY}"),
    "access ended": (lambda s, n: entitled(EndAccess(given(s, n))), "access_ended", f"al beëindigd {BY}"),
    "back to the team": (lambda s, n: both(ReturnToTeam(handled(s, n), "Ik ga weg")), "return_to_team", "Niemand behandelt"),
    "retyped": (lambda s, n: both(CorrectDocument(paper(s, n), "report", "Ander verslag", "Typefout")), "correct_document", "niets veranderd"),
    "access asked": (lambda s, n: [(PIET, AskAccess(n, "Nog eens.")) for _ in "12" if asked(s, n)], "access_asked", None),
    "handed over": (lambda _s, n: both(AssignHandler(n, "piet")), "overgedragen aan Piet", None),
}  # fmt: skip


@pytest.mark.parametrize("what", TABLE)
def test_w6_w13_w14_w17_the_same_press_twice_at_once_has_one_effect(services: Services, what: str) -> None:
    number = register_bezwaar(services, TESS, subject=what)
    presses, once, told = TABLE[what]
    answers = together(services, presses(services, number))
    late = [one for one in answers if isinstance(one, ZaakspoorError)]
    assert len(late) == (1 if told else 0)
    (case,) = rows(services, t.Case, number=number)
    with services.sessions() as session:
        steps = session.scalar(
            select(func.count()).select_from(t.AuditRow).where(t.AuditRow.chain == case.id, t.AuditRow.action == once)
        )
    notes = [note for note in rows(services, t.NoteRow, case_id=case.id) if once in note.text]
    assert (steps or len(notes)) == 1
    if told:
        assert_says(late[0], told)


Form = Callable[[Services, str], Callable[[str], object]]


def remark(_services: Services, number: str) -> Callable[[str], object]:
    return lambda text: ChangeRemark(number, text)


def corrected(services: Services, number: str) -> Callable[[str], object]:
    document = paper(services, number)
    return lambda text: CorrectDocument(document, "report", text, "Typefout", mark_of("report", "Verslag"))


def setting(services: Services, _number: str) -> Callable[[str], object]:
    with services.sessions() as session:
        seen = mark_of_versions(services.law.shelf(session), KINDS["staff_post"], "noor")
    post = {"name": "mr. N. Behandelaar", "phone": "0111 22"}
    day = today(services).isoformat()
    return lambda text: SaveSetting(
        TypedSetting("staff_post", "noor", day, {**post, "function": text}, "Nieuw.", seen=seen)
    )


def mailbox(services: Services, _number: str) -> Callable[[str], object]:
    """The page shows the department with its mailboxes as they are."""
    (row,) = rows(services, t.DepartmentRow, code="parkeren")
    seen = mark_of_department(typed_of(row), None)
    return lambda text: SaveDepartment("parkeren", text, row.email, row.manager_email, reason="Nieuw.", seen=seen)


def rule(services: Services, _number: str) -> Callable[[str], object]:
    shown = typed_rule(services, FENNA, "awb-7-10", "standard")
    checked = replace(
        shown,
        valid_from=today(services).isoformat(),
        source="Een verzonnen wet",
        checked_on="2020-01-01",
        certainty="sure",
    )
    return lambda text: SaveLawRule(replace(checked, title=text))


# a text that two people change on pages that show the same -> what each sends, and who may
TEXTS: dict[str, tuple[Form, tuple[Actor, Actor]]] = {
    "remark for departments": (remark, (NOOR, SEM)),
    "title of a document": (corrected, (NOOR, SEM)),
    "setting": (setting, (FENNA, ADMIN_TOO)),
    "rule of the law": (rule, (FENNA, ADMIN_TOO)),
    "department": (mailbox, (FENNA, ADMIN_TOO)),
}


@pytest.mark.parametrize("what", TEXTS)
def test_w6_who_saves_a_text_that_a_colleague_changed_meanwhile_is_refused_and_nothing_is_lost(
    services: Services, what: str
) -> None:
    number = register_bezwaar(services, TESS, subject=what)
    made, (first, second) = TEXTS[what]
    sent = made(services, number)
    answers = together(services, [(first, sent("Van de een")), (second, sent("Van de ander"))])
    late = [one for one in answers if isinstance(one, ZaakspoorError)]
    assert len(late) == 1
    assert_says(late[0], "Een collega veranderde dit")


def test_w6_the_remark_of_before_stays_on_the_timeline_and_who_was_late_keeps_what_was_typed(
    services: Services,
) -> None:
    number = register_bezwaar(services, TESS)
    noor, piet = Browser(services, NOOR), Browser(services, PIET)
    place, send = f"/werk/zaken/{number}/verzoeken", f"/werk/zaken/{number}/opmerkingen"
    noor.get(place)
    noor.post(send, {"remark": "Graag ook de foto's."})
    for one in (noor, piet):
        one.get(place)
    noor.post(send, {"remark": "Niet opnieuw sturen, advies is binnen."})
    page = piet.post(send, {"remark": "Van Piet."}, status=422)
    assert "Een collega veranderde dit" in page
    assert "Nu staat er:" in page
    assert "Niet opnieuw sturen, advies is binnen." in page
    assert "Van Piet.</textarea>" in page
    assert "hoogstens 2000 tekens" in piet.post(send, {"remark": "x" * 2001}, status=422)
    piet.post(send, {"remark": "Van Piet."})
    assert "U heeft niets veranderd" in piet.post(send, {"remark": "Van Piet."}, status=422)
    told = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "Daarvoor stond er:\nNiet opnieuw sturen, advies is binnen." in told
    assert "Daarvoor stond er:\nGraag ook de foto's." in told


def together(services: Services, presses: Presses, once: str | None = None) -> list[Any]:
    """The answers of presses at one moment, of one form when they have a key; of who is late the refusal."""
    gate = Barrier(len(presses))

    def press(one: tuple[Actor, object]) -> Any:
        gate.wait()
        try:
            return act(services, *one, once=once)
        except ZaakspoorError as late:
            return late

    with ThreadPoolExecutor(len(presses)) as people:
        return list(people.map(press, presses))


def assert_says(refused: ZaakspoorError, pattern: str) -> None:
    words = " ".join(refused.fields.values()) if isinstance(refused, Invalid) else str(refused)
    assert re.search(pattern, words), words


def test_w6_w7_what_belongs_to_no_case_is_done_once_too(services: Services) -> None:
    number = register_bezwaar(services, TESS)
    act(services, SEM, AssignHandler(number, "noor"))
    act(services, SEM, AddNote(number, "@Noor, kijk jij?"))
    wanted = away(services)
    set_twice = together(services, [(NOOR, wanted), (NOOR, wanted)])
    assert_says(next(one for one in set_twice if isinstance(one, Invalid)), "Er is al vervanging")
    ended = together(services, [(NOOR, EndSubstitute(substituted(services)))] * 2)
    assert_says(next(one for one in ended if isinstance(one, ZaakspoorError)), f"al beëindigd {BY}")
    saved = together(services, [(NOOR, SaveView("Op nummer", "stand=alle"))] * 2)
    assert saved == ["Op nummer"] * 2
    assert len(rows(services, t.SavedView, name="Op nummer")) == 1
    dropped = together(services, [(NOOR, DropView(view(services)))] * 2)
    assert [isinstance(one, ZaakspoorError) for one in dropped].count(True) == 1
    newest = max(row.id for row in rows(services, t.NewsRow, staff="noor"))
    assert together(services, [(NOOR, ReadNews(upto=newest))] * 2) == ["", ""]
    assert all(row.read_at for row in rows(services, t.NewsRow, staff="noor"))


def test_w13_a_telephone_note_that_one_form_sends_twice_at_once_is_there_once(services: Services) -> None:
    number = register_bezwaar(services, TESS)
    at = datetime.combine(today(services), time(), AMSTERDAM)
    note = AddPhoneNote(
        number,
        None,
        "De buurvrouw",
        "",
        at,
        "Zij komt ook.",
        "Bel terug",
        AskColleague(number, "Bel terug", "sem", today(services)),
    )
    assert together(services, [(NOOR, note)] * 2, once="form-1") == [number] * 2
    (case,) = rows(services, t.Case, number=number)
    assert len(rows(services, t.NoteRow, case_id=case.id, kind="phone")) == 1
    assert len(rows(services, t.ColleagueTask, case_id=case.id)) == 1


def test_w6_two_colleagues_who_hand_over_the_same_cases_at_once_leave_each_with_one_handler(services: Services) -> None:
    """Each case is a change of its own, so that their orders may cross."""
    numbers = [register_bezwaar(services, TESS) for _ in range(3)]
    gate = Barrier(2)

    def hand_over(who: Actor, to: str, order: list[str]) -> None:
        gate.wait()
        for number in order:
            act(services, who, AssignHandler(number, to, "Verdeling."))

    with ThreadPoolExecutor(2) as people:
        moves = [people.submit(hand_over, NOOR, "piet", numbers), people.submit(hand_over, SEM, "noor", numbers[::-1])]
        for one in moves:
            one.result()
    names = {"piet": "Piet", "noor": "Noor"}
    for number in numbers:
        (case,) = rows(services, t.Case, number=number)
        told = [note.text for note in rows(services, t.NoteRow, case_id=case.id) if "overgedragen aan" in note.text]
        assert len(told) == 2
        assert f"overgedragen aan {names[case.handler]}" in told[-1]
