"""Rehearsals of a draft: the list, and one that is its list of steps.

Each press adds a step and plays the whole list anew. Steps that are not saved yet travel in the form itself, so that no process keeps
anything of them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.admin.studio.rehearsal_forms import (
    Step,
    TaskForm,
    next_step,
    start_fields,
    start_of,
    task_form,
    task_step,
    time_step,
)
from portal.admin.studio.rehearsal_words import StepWords
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.base.clock import local_date
from processes.base.errors import Invalid, NotFound
from processes.base.isolated_play import PlayedThrough
from processes.reads.studio import RehearsalLine, Stage, file_of, play_all, read_meanwhile, read_stage
from processes.rehearsal.writing import expecting, read_raw, titled, with_step, without_last, written
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.studio.files import typed_into
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/repetities")
PLACE: Final = "repetities"
NEW: Final = "nieuw"
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
RehearsalName = Annotated[str, Path(max_length=100)]


@dataclass(frozen=True, slots=True)
class StepsShown:
    """The things that a page of a rehearsal shows beside its steps: what somebody typed and what is wrong with it. `chosen`: the place of
    the task whose form is open.
    """

    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Received | None = None
    chosen: int = 0
    status: int = 200
    saved: bool = False
    meanwhile: Any = None


@router.get("")
def rehearsals(request: Request, name: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    stage = read_stage(services, actor, name)
    done = "Weggehaald" if gedaan == "weg" else ""
    return _list(request, stage, tuple(map(stage.line, stage.names)), done=done)


@router.post("")
def play(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """One of them (`rehearsal`), or all."""
    stage = read_stage(services, actor, name)
    asked = form.one("rehearsal")
    names = [one for one in stage.names if asked in {"", one}] if stage.playable else []
    played = {one.name: one for one in play_all(stage, names)}
    return _list(request, stage, tuple(played.get(one) or stage.line(one) for one in stage.names))


@router.get(f"/{NEW}")
def begin(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    return _beginning(request, services, read_stage(services, actor, name))


@router.post(f"/{NEW}")
def begun(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """The beginning of a new one, and then each step of it as long as it has no name."""
    stage = read_stage(services, actor, name)
    if form.one("r-do") != "start":
        return _step(request, services, actor, stage, NEW, form)
    try:
        like = form.one("r-like")
        start = read_raw(stage.text(like))["start"] if like else start_of(stage, form)
    except Invalid as wrong:
        return _beginning(request, services, stage, wrong.fields, form)
    text = written(f"Repetitie van {stage.checked.head.title}", start)
    if stage.playable and (failed := stage.play(NEW, text)).failed_at == 0:
        return _beginning(request, services, stage, failed.fields or {"": failed.failure}, form)
    return _shown(request, stage, NEW, text)


@router.get("/{rehearsal}")
def one(
    request: Request, name: str, rehearsal: RehearsalName, actor: Admin, services: TheServices, bewaard: str = ""
) -> Response:
    stage = read_stage(services, actor, name)
    text = stage.text(rehearsal)
    try:
        read_raw(text)
    except Invalid as wrong:
        return _list(request, stage, tuple(map(stage.line, stage.names)), errors=wrong.fields)
    return _shown(request, stage, rehearsal, text, StepsShown(saved=bewaard == "ja"))


@router.post("/{rehearsal}")
def step(
    request: Request, name: str, rehearsal: RehearsalName, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    stage = read_stage(services, actor, name)
    stage.text(rehearsal)
    return _step(request, services, actor, stage, rehearsal, form)


def _step(request: Request, services: Services, actor: Actor, stage: Stage, rehearsal: str, form: Received) -> Response:
    """One press. `r-script` is the text so far, `r-do` what is asked."""
    text = form.text("r-script").replace("\r\n", "\n") + "\n"
    asked = form.one("r-do")
    chosen = int(form.one("r-task")) if re.fullmatch(r"\d{1,3}", form.one("r-task")) else 0
    try:
        read_raw(text)
        if asked in {"save", "remove"}:
            return _kept(request, services, actor, stage, rehearsal, text, form)
        if asked == "drop":
            return _shown(request, stage, rehearsal, _cut(text, form.one("r-from")))
        if asked in STEPS:
            return _added(request, stage, rehearsal, text, form, chosen)
    except Invalid as wrong:
        return _shown(request, stage, rehearsal, text, StepsShown(wrong.fields, form, chosen, wrong.status))
    return _shown(request, stage, rehearsal, text, StepsShown(chosen=chosen))


def _added(request: Request, stage: Stage, rehearsal: str, text: str, form: Received, chosen: int) -> Response:
    """With the step that was pressed; when that cannot be done it is not kept, and the page says why. Raises Invalid."""
    now = stage.play(rehearsal, text)
    if now.failed_at is not None or not now.view:
        raise Invalid({"": "Deze repetitie loopt vast. Haal eerst de stap weg waar het misgaat."})
    longer = with_step(text, STEPS[form.one("r-do")](stage, now.view, form, chosen))
    played = stage.play(rehearsal, longer)
    if played.failure:
        raise Invalid(played.fields or {"": played.failure})
    return _shown(request, stage, rehearsal, longer)


def _kept(
    request: Request, services: Services, actor: Actor, stage: Stage, rehearsal: str, text: str, form: Received
) -> Response:
    """Saved in the draft as a revision, or taken out of it. Raises Invalid."""
    draft, seen = stage.checked.head.name, form.one("r-seen")
    if form.one("r-do") == "remove":
        change = SaveDraftFiles(draft, seen, f"Repetitie '{rehearsal}' weggehaald.", drop=(file_of(rehearsal),))
    else:
        rehearsal, text = _to_keep(stage, rehearsal, text, form)
        put = {file_of(rehearsal): typed_into(stage.files.get(file_of(rehearsal)), text)}
        change = SaveDraftFiles(draft, seen, f"Repetitie '{rehearsal}' opgenomen.", put)
    try:
        act(services, actor, change, once=form.form_key)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return _shown(
            request, stage, rehearsal, text, StepsShown(typed=form, status=changed.status, meanwhile=meanwhile)
        )
    here = f"{home_of(draft)}/{PLACE}"
    return go_to(f"{here}?gedaan=weg" if form.one("r-do") == "remove" else f"{here}/{rehearsal}?bewaard=ja")


def _to_keep(stage: Stage, rehearsal: str, text: str, form: Received) -> tuple[str, str]:
    """The name and the text to save. Raises Invalid."""
    name, title, wrong = form.one("r-name"), form.one("r-title"), dict[str, str]()
    if (not NAME.fullmatch(name) and name != rehearsal) or name == NEW:
        wrong["r-name"] = "Gebruik kleine letters, cijfers en streepjes, bijvoorbeeld ingetrokken."
    elif name != rehearsal and name in stage.names:
        wrong["r-name"] = f"'{name}' bestaat al. Kies een andere naam."
    if not title or len(title) > 200:  # noqa: PLR2004 - what fits on a line of the list
        wrong["r-title"] = "Vul in wat deze repetitie laat zien, hoogstens 200 tekens."
    if wrong:
        raise Invalid(wrong)
    text = titled(text, title)
    return name, expecting(text, stage.play(rehearsal, text).seen) if form.ticked("r-expect") else text


def _cut(text: str, first: str) -> str:
    """Without the last step, or without the steps from `first` on. Raises Invalid."""
    steps = len(read_raw(text)["steps"])
    until = max(0, int(first) - 1) if re.fullmatch(r"[1-9]\d{0,2}", first) else steps - 1
    for _ in range(max(0, steps - until)):
        text = without_last(text)
    return text


def _task(stage: Stage, view: Mapping[str, Any], form: Received, chosen: int) -> Step:
    if chosen >= len(view["tasks"]):
        raise NotFound("Deze taak staat niet meer open.")
    return task_step(stage, view["tasks"][chosen], view["decisions"], form)


def _press(_: Stage, view: Mapping[str, Any], form: Received, __: int) -> Step:
    button = form.one("r-button")
    if button not in {code for code, _label in view["buttons"]}:
        raise NotFound("Deze knop is er nu niet.")
    return {"press": button}


def _next(_: Stage, view: Mapping[str, Any], __: Received, ___: int) -> Step:
    if not view["next_at"]:
        raise Invalid({"": "Er staat niets te wachten op een dag."})
    return next_step(view["next_at"])


def _withdraw(_: Stage, __: Mapping[str, Any], form: Received, ___: int) -> Step:
    by = ActorKind.CITIZEN if form.one("r-by") == ActorKind.CITIZEN else StaffRole.WORKER
    return {"withdraw": str(by), **({"reason": "Wil niet verder."} if by == StaffRole.WORKER else {})}


STEPS: Final[Mapping[str, Callable[[Stage, Mapping[str, Any], Received, int], Step]]] = {
    "task": _task,
    "press": _press,
    "next": _next,
    "time": lambda _, view, form, __: time_step(form, date.fromisoformat(view["today"])),
    "withdraw": _withdraw,
    "look": lambda *_: {},
}


def _list(
    request: Request, stage: Stage, lines: Sequence[RehearsalLine], *, done: str = "",
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    return draft_page(
        request, "rehearsals.html", stage.checked, PLACE, Invalid.status if errors else 200, lines=lines, done=done,
        playable=stage.playable, words=StepWords(stage.model, stage.called), errors=errors or {},
    )  # fmt: skip


def _beginning(
    request: Request, services: Services, stage: Stage, errors: Mapping[str, str] | None = None,
    typed: Received | None = None,
) -> Response:  # fmt: skip
    given = {"fields": start_fields(stage, typed, errors or {})} if stage.playable else {"fields": ()}
    today = local_date(business_now(services)).isoformat()
    return draft_page(
        request, "rehearsal_new.html", stage.checked, PLACE, Invalid.status if errors else 200, errors=errors or {},
        typed=typed or Received(), playable=stage.playable, today=today,
        recorded=[(one, stage.line(one).title) for one in stage.names], **given,
    )  # fmt: skip


def _shown(request: Request, stage: Stage, rehearsal: str, text: str, shown: StepsShown | None = None) -> Response:
    shown = shown or StepsShown()
    raw = read_raw(text)
    words = StepWords(stage.model, stage.called)
    played = stage.play(rehearsal, text) if stage.playable else PlayedThrough()
    form = task_form(stage, played.view, shown.chosen, shown.typed, shown.errors) if played.view else None
    return draft_page(
        request, "rehearsal.html", stage.checked, PLACE, shown.status, rehearsal=rehearsal, text=text,
        title=raw.get("title", ""), start=words.start(raw["start"]), steps=[words.of(one) for one in raw["steps"]],
        played=played, view=played.view, task=form, words=words, playable=stage.playable,
        errors=_at_fields(shown.errors, form),
        typed=shown.typed or Received(), saved=shown.saved, meanwhile=shown.meanwhile, new=rehearsal == NEW,
        recorded=stage.files.get(file_of(rehearsal), b"").decode("utf-8", "replace") == text,
    )  # fmt: skip


def _at_fields(errors: Mapping[str, str], form: TaskForm | None) -> dict[str, str]:
    """The errors by field; what is about no field of this page comes together under ''."""
    known = {one.name for one in form.fields} if form else set()
    at = {name: one for name, one in errors.items() if name in known or name.startswith("r-")}
    rest = " ".join(one for name, one in errors.items() if name not in at)
    return {**({"": rest} if rest else {}), **at}
