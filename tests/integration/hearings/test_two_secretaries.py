"""W8: two secretaries who plan the same room, or fill the same agenda, at the same moment."""

from concurrent.futures import ThreadPoolExecutor

from kit.hearings import EVA, agenda, furnish, session_on, typed_session, waiting_case, workday
from kit.people import NOOR

from processes.actions import act
from processes.actions.agenda import PutOnAgenda
from processes.actions.hearing_sessions import PlanSession
from processes.base.errors import AlreadyDone, Busy, Invalid, NotNow


def outcomes(services, *asked) -> list[str]:
    def one(pair) -> str:
        actor, action = pair
        try:
            act(services, actor, action)
        except (Invalid, AlreadyDone, NotNow, Busy) as refused:
            return type(refused).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, asked))


def test_w8_of_two_who_plan_the_same_room_at_once_one_is_refused_in_words(installed) -> None:
    services = installed(furnish)
    plan = PlanSession("bezwaar", typed_session(workday(services, 28)))
    assert outcomes(services, (EVA, plan), (NOOR, plan)) == ["Invalid", "done"]


def test_w8_of_two_who_put_the_same_case_on_an_agenda_at_once_one_hears_that_it_stands_there(installed) -> None:
    services = installed(furnish)
    number, first, second = waiting_case(services), session_on(services), session_on(services, 35)
    told = outcomes(services, (EVA, PutOnAgenda(first, number)), (NOOR, PutOnAgenda(second, number)))
    assert told == ["AlreadyDone", "done"]
    assert len(agenda(services, first)) + len(agenda(services, second)) == 1
