"""Rehearsals of a draft: the list, the beginning of a new one, and one that is its list of steps.

Each press adds a step and plays the whole list anew (portal.admin.studio.rehearsal_presses).
"""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from portal.admin.guard import played_or_ordered
from portal.admin.roles import Admin
from portal.admin.studio.pages import home_of
from portal.admin.studio.rehearsal_forms import start_of
from portal.admin.studio.rehearsal_pages import CASE_PAGES
from portal.admin.studio.rehearsal_presses import cut, press
from portal.admin.studio.rehearsal_shown import (
    NEW,
    PLACE,
    StepsShown,
    beginning_page,
    guard_of_stage,
    list_page,
    shown_page,
)
from portal.admin.studio.way_back import KEPT, STEP
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from processes.base.errors import Invalid
from processes.jobs.rehearsing import keep_answers
from processes.reads.studio import Stage, read_kept_steps, read_stage
from processes.rehearsal.writing import read_raw, written
from processes.storage.services import Services

router = APIRouter(prefix="/{name}/ontwerp/repetities")
RehearsalName = Annotated[str, Path(max_length=100)]
Until = Annotated[str, Query(alias="stap", pattern=STEP.pattern)]
Kept = Annotated[str, Query(alias="stappen", pattern=KEPT.pattern)]
GONE: Final = "Deze stappen zijn niet meer bewaard. Speel ze opnieuw, en bewaar ze als repetitie."


@router.get("")
def rehearsals(request: Request, name: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    done = "Weggehaald" if gedaan == "weg" else ""
    return list_page(request, read_stage(services, actor, name), done=done)


@router.post("")
def play(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """One of them (`rehearsal`), or all; many are played by the workers."""
    stage, asked = read_stage(services, actor, name), form.one("rehearsal")
    if not stage.playable:
        return list_page(request, stage)
    if asked:
        text = stage.text(asked)
        played = stage.play(asked, text)
        keep_answers(services, {stage.content(asked, text): played})
        return list_page(request, stage, played={asked: played})
    if played_or_ordered(services, actor, guard_of_stage(services, stage)).missing:
        return go_to(f"{home_of(name)}/{PLACE}")
    return list_page(request, stage)


@router.get(f"/{NEW}")
def begin(request: Request, name: str, actor: Admin, services: TheServices, kept: Kept = "") -> Response:
    """`kept`: the steps that nobody recorded are shown again, as when somebody comes back from a setting."""
    stage = read_stage(services, actor, name)
    if kept:
        return _shown_again(request, services, stage, NEW, kept)
    return beginning_page(request, services, stage)


@router.post(f"/{NEW}")
def begun(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """The beginning of a new one, and then each step of it as long as it has no name."""
    stage = read_stage(services, actor, name)
    if form.one("r-do") != "start":
        return press(request, services, actor, stage, NEW, form)
    try:
        like = form.one("r-like")
        start = read_raw(stage.text(like))["start"] if like else start_of(stage, form)
    except Invalid as wrong:
        return beginning_page(request, services, stage, wrong.fields, form)
    text = written(f"Repetitie van {stage.checked.head.title}", start)
    if stage.playable and (failed := stage.play(NEW, text, CASE_PAGES)).failed_at == 0:
        return beginning_page(request, services, stage, failed.fields or {"": failed.failure}, form)
    return shown_page(request, stage, NEW, text)


@router.get("/{rehearsal}")
def one(
    request: Request, name: str, rehearsal: RehearsalName, actor: Admin, services: TheServices, bewaard: str = "",
    until: Until = "", kept: Kept = "",
) -> Response:  # fmt: skip
    """`until`: only the steps up to this one are shown, as when somebody comes back from a setting; `kept`: steps that differ from
    what is recorded.
    """
    stage = read_stage(services, actor, name)
    text = stage.text(rehearsal)
    if kept:
        return _shown_again(request, services, stage, rehearsal, kept)
    try:
        shown = cut(text, str(int(until) + 1)) if until else text
        read_raw(shown)
    except Invalid as wrong:
        return list_page(request, stage, errors=wrong.fields)
    told = "" if shown == text else f"Dit is de repetitie tot en met stap {until}"
    return shown_page(request, stage, rehearsal, shown, StepsShown(saved=bewaard == "ja", at_element=told))


@router.post("/{rehearsal}")
def step(
    request: Request, name: str, rehearsal: RehearsalName, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    stage = read_stage(services, actor, name)
    stage.text(rehearsal)
    return press(request, services, actor, stage, rehearsal, form)


def _shown_again(request: Request, services: Services, stage: Stage, rehearsal: str, kept: str) -> Response:
    text = read_kept_steps(services, kept)
    if text is None:
        return list_page(request, stage, errors={"": GONE})
    return shown_page(request, stage, rehearsal, text)
