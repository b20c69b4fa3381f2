"""The pages of rehearsals: the list, the beginning of a new one, and one that is played up to its last step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from portal.admin.guard import playing_now
from portal.admin.studio.pages import draft_page
from portal.admin.studio.rehearsal_forms import TaskForm, start_fields, task_form
from portal.admin.studio.rehearsal_more import LETTER, more_steps
from portal.admin.studio.rehearsal_pages import CASE_PAGES, marks, shown_pages, standing_places
from portal.admin.studio.rehearsal_words import StepWords
from portal.admin.studio.way_back import WayBack
from portal.pages import get_services
from portal.received import Received
from portal.security.sessions import sender_of
from processes.actions import act
from processes.actions.rehearsing import KeepSteps
from processes.base.clock import local_date
from processes.base.errors import Invalid
from processes.base.isolated_play import PlayedThrough
from processes.reads.studio import DeployGuard, Stage, file_of, guard_of, sources_of
from processes.rehearsal.writing import read_raw
from processes.storage.business_time import business_now
from processes.storage.services import Services

PLACE: Final = "repetities"
NEW: Final = "nieuw"


@dataclass(frozen=True, slots=True)
class StepsShown:
    """The things that a page of a rehearsal shows beside its steps: what somebody typed and what is wrong with it. `chosen`: the place of
    the task whose form is open; `pages`: which real pages are rendered; `at_element`: which
    element was looked for, in words; `searched`: nobody recorded these steps, they were found by looking for a way.
    """

    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Received | None = None
    chosen: int = 0
    status: int = 200
    saved: bool = False
    meanwhile: Any = None
    pages: str = CASE_PAGES
    at_element: str = ""
    searched: bool = False


def guard_of_stage(services: Services, stage: Stage) -> DeployGuard:
    """The recorded rehearsals of a draft with what is known of them; none for a draft that cannot be played."""
    folder = stage.checked.check.folder
    return guard_of(services, folder) if stage.playable else DeployGuard(folder)


def list_page(
    request: Request, stage: Stage, *, played: Mapping[str, PlayedThrough] | None = None, done: str = "",
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """`played`: those that were played just now, by name."""
    services = get_services(request)
    guard = guard_of_stage(services, stage)
    known = {**{one.line.name: one.played for one in guard.rehearsals}, **(played or {})}
    return draft_page(
        request, "rehearsals.html", stage.checked, PLACE, Invalid.status if errors else 200, done=done, errors=errors or {},
        lines=tuple(stage.line(one, known.get(one)) for one in stage.names), playing=playing_now(services, guard),
        playable=stage.playable, words=StepWords(stage.model, stage.called),
    )  # fmt: skip


def beginning_page(
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


def shown_page(request: Request, stage: Stage, rehearsal: str, text: str, shown: StepsShown | None = None) -> Response:
    shown = shown or StepsShown()
    raw = read_raw(text)
    words = StepWords(stage.model, stage.called)
    played = stage.play(rehearsal, text, shown.pages) if stage.playable else PlayedThrough()
    places = standing_places(played.view["stands"], stage.model, stage.called) if played.view else ()
    form = task_form(stage, played.view, shown.chosen, shown.typed, shown.errors) if played.view else None
    return draft_page(
        request, "rehearsal.html", stage.checked, PLACE, shown.status, rehearsal=rehearsal, text=text,
        title=raw.get("title", ""), start=words.start(raw["start"]), steps=[words.of(one) for one in raw["steps"]],
        played=played, view=played.view, task=form, words=words, playable=stage.playable,
        errors=_at_fields(shown.errors, form),
        typed=shown.typed or Received(), saved=shown.saved, meanwhile=shown.meanwhile, new=rehearsal == NEW,
        recorded=stage.files.get(file_of(rehearsal), b"").decode("utf-8", "replace") == text,
        pages=shown_pages(played.pages), pages_asked=shown.pages, places=places, marks=marks(places),
        more=more_steps(played.view, stage.model) if played.view else None, doings=LETTER, sources=sources_of(stage),
        shown_again=_way_back(request, stage, rehearsal, raw, text),
        own_process=stage.model.process if stage.model else "", at_element=shown.at_element,
        searched=shown.searched,
    )  # fmt: skip


def _way_back(request: Request, stage: Stage, rehearsal: str, raw: Mapping[str, Any], text: str) -> str:
    """The query by which these steps can be shown again, to who was at a setting. Steps that are not recorded are kept for that."""
    steps = str(len(raw["steps"]))
    if _is_recorded(stage, rehearsal, raw):
        return WayBack(rehearsal, steps).query
    sender = sender_of(request)
    kept = act(get_services(request), sender, KeepSteps(text)) if sender and stage.playable else ""
    return WayBack(rehearsal, steps, kept).query if kept else ""


def _is_recorded(stage: Stage, rehearsal: str, raw: Mapping[str, Any]) -> bool:
    """Whether these are the first steps of a recorded rehearsal."""
    if rehearsal not in stage.names:
        return False
    recorded, steps = read_raw(stage.text(rehearsal)), raw["steps"]
    return bool(recorded["start"] == raw["start"] and recorded["steps"][: len(steps)] == steps)


def _at_fields(errors: Mapping[str, str], form: TaskForm | None) -> dict[str, str]:
    """The errors by field; what is about no field of this page comes together under ''."""
    known = {one.name for one in form.fields} if form else set()
    at = {name: one for name, one in errors.items() if name in known or name.startswith("r-")}
    rest = " ".join(one for name, one in errors.items() if name not in at)
    return {**({"": rest} if rest else {}), **at}
