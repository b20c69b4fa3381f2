"""One press on the page of a rehearsal: a step added or dropped, or all of them saved in the draft.

The steps so far travel in the form itself, so that no process keeps anything of them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from portal.admin.studio.pages import home_of
from portal.admin.studio.rehearsal_forms import Step, next_step, task_step, time_step
from portal.admin.studio.rehearsal_more import (
    correct_step,
    give_step,
    join_step,
    letter_step,
    message_step,
    posted_step,
    retry_step,
    term_step,
)
from portal.admin.studio.rehearsal_pages import CASE_PAGES, NO_PAGES, asked_pages
from portal.admin.studio.rehearsal_shown import NEW, PLACE, StepsShown, shown_page
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.base.errors import Invalid, NotFound
from processes.reads.studio import Stage, file_of, read_meanwhile
from processes.rehearsal.writing import expecting, read_raw, renewed, titled, with_step, without_last
from processes.storage.services import Services
from processes.studio.files import typed_into
from processes.studio.revisions import ChangedMeanwhile

NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def press(request: Request, services: Services, actor: Actor, stage: Stage, rehearsal: str, form: Received) -> Response:
    """One press. `r-script` is the text so far, `r-do` what is asked."""
    text = form.text("r-script").replace("\r\n", "\n") + "\n"
    asked = form.one("r-do")
    chosen = int(form.one("r-task")) if re.fullmatch(r"\d{1,3}", form.one("r-task")) else 0
    pages = asked_pages(form.one("r-pages"))
    try:
        read_raw(text)
        if asked in {"save", "remove", "renew"}:
            return _kept(request, services, actor, stage, rehearsal, text, form)
        if asked == "drop":
            return shown_page(
                request, stage, rehearsal, cut(text, form.one("r-from")), StepsShown(pages=_of_next(pages))
            )
        if asked in STEPS:
            return _added(request, stage, rehearsal, text, form, chosen)
    except Invalid as wrong:
        return shown_page(
            request, stage, rehearsal, text, StepsShown(wrong.fields, form, chosen, wrong.status, pages=pages)
        )
    return shown_page(request, stage, rehearsal, text, StepsShown(chosen=chosen, pages=pages))


def _added(request: Request, stage: Stage, rehearsal: str, text: str, form: Received, chosen: int) -> Response:
    """With the step that was pressed; when that cannot be done it is not kept, and the page says why. Raises Invalid."""
    pages = asked_pages(form.one("r-pages"))
    now = stage.play(rehearsal, text, pages)  # as it was shown, so that it need not be played again
    if now.failed_at is not None or not now.view:
        raise Invalid({"": "Deze repetitie loopt vast. Haal eerst de stap weg waar het misgaat."})
    longer = with_step(text, STEPS[form.one("r-do")](stage, now.view, form, chosen))
    played = stage.play(rehearsal, longer, _of_next(pages))
    if played.failure:
        raise Invalid(played.fields or {"": played.failure})
    return shown_page(request, stage, rehearsal, longer, StepsShown(pages=_of_next(pages)))


def _of_next(pages: str) -> str:
    """The pages after another step: a task that was looked at may be gone."""
    return pages if pages == NO_PAGES else CASE_PAGES


def _kept(
    request: Request, services: Services, actor: Actor, stage: Stage, rehearsal: str, text: str, form: Received
) -> Response:
    """Saved in the draft as a revision, or taken out of it. Raises Invalid."""
    draft, seen = stage.checked.head.name, form.one("r-seen")
    if form.one("r-do") == "remove":
        change = SaveDraftFiles(draft, seen, f"Repetitie '{rehearsal}' weggehaald.", drop=(file_of(rehearsal),))
    else:
        renews = form.one("r-do") == "renew"
        rehearsal, text = (rehearsal, _renewed(stage, rehearsal)) if renews else _to_keep(stage, rehearsal, text, form)
        put = {file_of(rehearsal): typed_into(stage.files.get(file_of(rehearsal)), text)}
        change = SaveDraftFiles(draft, seen, f"Repetitie '{rehearsal}' opgenomen.", put)
    try:
        act(services, actor, change, once=form.form_key)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return shown_page(
            request, stage, rehearsal, text, StepsShown(typed=form, status=changed.status, meanwhile=meanwhile)
        )
    here = f"{home_of(draft)}/{PLACE}"
    return go_to(f"{here}?gedaan=weg" if form.one("r-do") == "remove" else f"{here}/{rehearsal}?bewaard=ja")


def _renewed(stage: Stage, rehearsal: str) -> str:
    """The steps as they were recorded, also when the page shows fewer, with what now comes of them. Raises Invalid and NotFound."""
    if file_of(rehearsal) not in stage.files:
        raise NotFound
    text = stage.files[file_of(rehearsal)].decode()
    played = stage.play(rehearsal, text)
    if played.failure:
        raise Invalid({"": "Deze repetitie loopt vast. Haal eerst de stap weg waar het misgaat."})
    return renewed(text, played.seen, played.differences)


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


def cut(text: str, first: str) -> str:
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
    "message": message_step,
    "term": term_step,
    "posted": posted_step,
    "retry": retry_step,
    "letter": letter_step,
    "join": join_step,
    "give": give_step,
    "correct": correct_step,
}
