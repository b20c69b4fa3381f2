"""/werk/team: the head of a team hands out the cases of the team, with a reason. Each case by itself; none is opened here."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.pages import render
from portal.received import Received
from portal.workbench.figures import Lead
from portal.workbench.handing_over import LONGEST, hand_over, wrong_reason
from processes.actions.led import ONLY_OF_TEAM
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/team")
TO_TEAM: Final = "team"  # in the place of a colleague


@router.get("")
def work_of_team(request: Request, actor: Lead, services: TheServices, wie: str = "", pagina: int = 1) -> Response:
    return _page(request, reads.read_led_work(services, actor, wie, pagina))


@router.post("")
def hand_out(request: Request, actor: Lead, form: PlainForm, services: TheServices) -> Response:
    page = reads.read_led_work(services, actor, form.one("wie"))
    numbers = tuple(dict.fromkeys(form.all("nummer")))[: reads.MOST_AT_ONCE]
    if wrong := _wrong(page, form, numbers):
        return _page(request, page, form, wrong)
    done = [(one, _carry_out(services, actor, form, one)) for one in numbers]
    return render(request, "workbench/led_done.html", place="team", done=done, whose=page.whose)


def _wrong(page: reads.LedWork, form: Received, numbers: tuple[str, ...]) -> dict[str, str]:
    wrong = {}
    if not numbers:
        wrong[""] = "Kies eerst zaken: zet er een vinkje bij."
    if form.one("aan") != TO_TEAM and form.one("aan") not in dict(page.targets):
        wrong["aan"] = ONLY_OF_TEAM
    if why := wrong_reason(form.text("reden")):
        wrong["reden"] = why
    return wrong


def _carry_out(services: Services, actor: Actor, form: Received, number: str) -> str:
    whom = form.one("aan")
    handler = None if whom == TO_TEAM else whom
    return hand_over(services, actor, number, handler, form.text("reden"), form.form_key or None)


def _page(
    request: Request, page: reads.LedWork, typed: Received | None = None, errors: dict[str, str] | None = None
) -> Response:  # fmt: skip
    targets = [*page.targets, *([] if page.whose == reads.NOBODY else [(TO_TEAM, "Terug naar het team")])]
    return render(
        request, "workbench/led_work.html", Invalid.status if errors else 200, place="team", page=page, targets=targets,
        nobody=reads.NOBODY, typed=typed or Received(), errors=errors or {}, most=reads.MOST, longest=LONGEST,
    )  # fmt: skip
