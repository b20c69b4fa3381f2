"""A worker who typed beside an answer that a citizen changed meanwhile is told of it (C13)."""

import re

from kit.browser import Browser
from kit.cases import INTAKE, do, open_task, register_bezwaar
from kit.people import NOOR, TESS, citizen

from processes.actions import act
from processes.actions.changing_answer import ChangeAnswer
from processes.actions.tasks import ANSWER_CHANGED, CompleteTask


def _mark(worker: Browser) -> str:
    return str(re.findall(r'name="gezien" value="([^"]*)"', worker.html)[-1])


def test_c13_a_worker_is_told_also_after_a_mistake_on_the_own_form(noor: Browser) -> None:
    services = noor.services
    register_bezwaar(services, TESS)
    do(services, "Intake", NOOR, **{**INTAKE, "complete": False, "missing_items": "uw redenen"})
    tess, task = citizen(services, TESS), open_task(services, "RepairByCitizen")
    act(services, tess, CompleteTask(task, {"repair_text": "Er was geen bord"}))
    judge = open_task(services, "JudgeRepair")
    noor.get(f"/werk/taken/{judge}")
    seen = _mark(noor)
    act(services, tess, ChangeAnswer(task, 2, {"repair_text": "Er was een bord"}))
    noor.post(f"/werk/taken/{judge}", {"gezien": seen}, status=422)
    assert _mark(noor) == seen, "the page that comes back was filled in beside the old answer"
    page = noor.post(
        f"/werk/taken/{judge}",
        {"gezien": seen, "after_repair": "verder", "route": "ambtelijk", "department": "parkeren"},
        status=422,
    )
    assert ANSWER_CHANGED.split(".")[0] in page, page[page.find("Niet alles") :][:400]
    assert _mark(noor) != seen
