"""The things that a draft names and this installation does not have: a choice for each, carried out as edits of the draft."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from engine.edits import Edit, EditRefused
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from processes.actions import act
from processes.actions.drafting import EditDraft
from processes.base.errors import Invalid
from processes.reads.studio import LackingPage, LackingThing, read_lacking, read_meanwhile
from processes.studio.needs import edits_for
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/ontbreekt")
PLACE = "ontbreekt"


@router.get("")
def lacking(
    request: Request, name: str, actor: Admin, services: TheServices,
    done: Annotated[str, Query(alias="gedaan", max_length=10)] = "",
) -> Response:  # fmt: skip
    return _shown(request, read_lacking(services, actor, name), done=done == "ja")


@router.post("")
def choose(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    page = read_lacking(services, actor, name)
    chosen = {at: form.one(field_of(at)) for at in range(len(page.things))}
    if wrong := _unknown(page, chosen):
        return _shown(request, page, Invalid.status, errors=wrong, typed=form)
    edits, words = _edits(page, chosen)
    if not edits:
        return go_to(f"{home_of(name)}/{PLACE}")
    try:
        act(services, actor, EditDraft(name, form.one("seen"), words, edits), once=form.form_key)
    except EditRefused as refused:
        return _shown(request, page, Invalid.status, errors={"": str(refused)}, typed=form)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return _shown(request, page, changed.status, meanwhile=meanwhile, typed=form)
    return go_to(f"{home_of(name)}/{PLACE}?gedaan=ja")


def field_of(at: int) -> str:
    """The name of the field for one thing, by its place on the page."""
    return f"thing-{at}"


def _unknown(page: LackingPage, chosen: dict[int, str]) -> dict[str, str]:
    """A choice that is not there: a page that is older than what is here."""
    return {
        field_of(at): "Dit is hier niet (meer). Kies iets anders."
        for at, code in chosen.items()
        if code and code not in dict(page.things[at].choices)
    }


def _edits(page: LackingPage, chosen: dict[int, str]) -> tuple[tuple[Edit, ...], str]:
    """The edits of all choices, and what they do in words."""
    made: list[tuple[LackingThing, str]] = [(page.things[at], code) for at, code in chosen.items() if code]
    edits = edits_for((thing.need, code) for thing, code in made)
    return edits, "Passend gemaakt: " + ", ".join(f"'{thing.need.code}' werd '{code}'" for thing, code in made) + "."


def _shown(request: Request, page: LackingPage, status: int = 200, **more: Any) -> Response:
    given: dict[str, Any] = {"done": False, "meanwhile": None, "typed": None, **more}
    return draft_page(request, "lacking.html", page.checked, PLACE, status, page=page, field_of=field_of, **given)
