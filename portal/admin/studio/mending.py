"""Findings with one right mending mend themselves: one of them, or all. It is a save as any other, which can be taken back."""

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import home_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from processes.actions import act
from processes.actions.drafting import EditDraft, SaveDraftFiles
from processes.reads.studio import mending_for, read_all_mended

router = APIRouter(prefix="/{name}/ontwerp")


@router.post("/herstel")
def mend(name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """`key` names the finding, none means all; `back` is the page that it was pressed on."""
    seen, back = form.one("seen"), form.one("back")
    if form.one("key"):
        words, edit = mending_for(services, actor, name, form.one("key"))
        act(services, actor, EditDraft(name, seen, f"Hersteld: {words}", (edit,)), once=form.form_key)
    else:
        mended = read_all_mended(services, actor, name)
        words = f"Hersteld: {' '.join(mended.words)}"
        act(services, actor, SaveDraftFiles(name, seen, words, mended.files), once=form.form_key)
    home, path = home_of(name), urlsplit(back).path
    return go_to(f"{path if path.startswith(f'{home}/') else home}?hersteld=ja")
