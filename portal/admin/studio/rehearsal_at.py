"""*Wat ziet de burger hier?*: the pages of everybody as they are when the case stands at an element of the draft.

The shortest way there of all recorded rehearsals is shown, by what is known of those that were played before. What must still be played
is played on a press, and so is the search for a way where no rehearsal passes.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from portal.admin.guard import played_or_ordered, playing_now
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.admin.studio.rehearsal_presses import cut
from portal.admin.studio.rehearsal_shown import NEW, PLACE, StepsShown, guard_of_stage, shown_page
from portal.admin.studio.rehearsal_words import StepWords
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from processes.actions import act
from processes.actions.rehearsing import OrderRehearsals
from processes.base.errors import NotFound
from processes.reads.studio import Stage, WayThere, at_work, read_stage, read_way_found, search_of, shortest_way

router = APIRouter(prefix="/{name}/ontwerp/repetities/bij")
ElementId = Annotated[str, Path(max_length=200)]
SEARCH: Final = "search"


@router.get("/{element}")
def at_element(request: Request, name: str, element: ElementId, actor: Admin, services: TheServices) -> Response:
    stage = read_stage(services, actor, name)
    what, guard = _in_words(stage, element), guard_of_stage(services, stage)
    way = shortest_way(stage, element, guard)
    if way is not None and (not guard.missing or way.step <= 1):
        return _recorded(request, stage, what, way)
    found = None if guard.missing or way else read_way_found(services, stage, guard, element)
    if found and found.text:
        told = f"Dit is wat ieder ziet bij '{what}': een weg die wij zochten, na stap {found.steps}"
        return shown_page(request, stage, NEW, found.text, StepsShown(at_element=told, searched=True))
    return draft_page(
        request, "rehearsal_at.html", stage.checked, PLACE, what=what, element=element, guard=guard, known=way, found=found,
        playable=stage.playable, words=StepWords(stage.model, stage.called), playing=playing_now(services, guard),
        searching=not guard.missing and at_work(services, search_of(stage, guard, element)),
    )  # fmt: skip


@router.post("/{element}")
def play_or_search(name: str, element: ElementId, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """`r-do`: play what must still be played, or search for a way."""
    stage = read_stage(services, actor, name)
    _in_words(stage, element)
    guard = guard_of_stage(services, stage)
    if form.one("r-do") != SEARCH:
        played_or_ordered(services, actor, guard)
    elif stage.playable:
        act(services, actor, OrderRehearsals(guard.folder, search_of(stage, guard, element), element))
    return go_to(f"{home_of(name)}/{PLACE}/bij/{element}")


def _in_words(stage: Stage, element: str) -> str:
    """The name of an element of the draft. Raises NotFound."""
    drawn = stage.model.elements.get(element) if stage.model else None
    if stage.playable and drawn is None:
        raise NotFound("Dit onderdeel staat niet (meer) in de tekening. Kijk in de tekening welke onderdelen er zijn.")
    return (drawn.name if drawn else "") or element


def _recorded(request: Request, stage: Stage, what: str, way: WayThere) -> Response:
    text, words = cut(stage.text(way.rehearsal), str(way.step + 1)), f"Dit is wat ieder ziet bij '{what}'"
    told = f"{words}: repetitie '{stage.line(way.rehearsal).title}', na stap {way.step}"
    return shown_page(request, stage, way.rehearsal, text, StepsShown(at_element=told))
