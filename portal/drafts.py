"""Keeping a form as far as it was filled in, and showing it again: what the faces share.

A page that keeps drafts calls `keep` where its form is sent with the button "Bewaren en later verder", `kept_typed` where it
is opened, and hands the address of the form to `act(..., form=...)` where it is sent, with which the draft goes.
"""

import re
from dataclasses import dataclass

from portal.received import Received
from portal.security.csrf import FIELD, KEY_FIELD
from processes.actions import act
from processes.actions.drafts import DropDraft, SaveDraft
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFiles
from processes.base.errors import DraftTooLong
from processes.reads.drafts import read_drafts
from processes.storage.drafts import Draft, DraftContent
from processes.storage.services import Services

STEP, KEEP = "stap", "bewaren"  # name and value of the button
LANGUAGE = "taal"  # the value of the button that reads the page in another language, of a form that keeps no draft
TO = "naar"  # of a form in parts: name of the button that goes to another part, whatever is filled in
SURE = "zeker"  # a hidden field of the page that asks whether what was kept may go
# about the sending itself, not typed by anybody; what is held and what was ticked away stands in the list of files
PART, WHOLE, CHECK = (
    "deel",
    "alles",
    "nakijken",
)  # of a filing: the part on the page; every part on one page; everything once more
NOT_TYPED = {FIELD, KEY_FIELD, STEP, TO, "held", "weg", PART}
# a page that shows its draft by itself, and where its form is sent
PAGES = re.compile(r"(/mijn/nieuw/[^/]+|/indienen/[^/]+|/mijn/taken/[^/]+)(?:/versturen)?")
FILING = re.compile(r"(?:/mijn/nieuw|/indienen)/[^/]+(?P<send>/versturen)?")


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """The draft that a page shows, for the notice above its form; `just_now`: the button was pressed a moment ago."""

    draft: Draft | None = None
    just_now: bool = False


NOTHING_KEPT = ShownDraft()


def typed_in(form: Received) -> dict[str, list[str]]:
    """The fields of a form that somebody filled in."""
    return {name: values for name, values in form.fields.items() if name not in NOT_TYPED}


def asks_language(form: Received) -> bool:
    """Whether a form was sent only to read its page in another language: nothing of it is checked, counted as a try or taken."""
    return form.one(STEP) == LANGUAGE


def filing_form(code: str, *, visitor: bool = False) -> str:
    """The address of the form by which a citizen files this case type; `visitor`: without signing in."""
    return f"/indienen/{code}" if visitor else f"/mijn/nieuw/{code}"


def form_at(path: str) -> str:
    """The address of the form that is sent to this path: that of its page where the page shows its draft, else the path."""
    page = PAGES.fullmatch(path)
    return page[1] if page else path


def part_of(path: str, typed: Received) -> str:
    """Which part of a filing was on the page from which this form was sent; empty for another form, and for one that says an unknown part."""
    page = FILING.fullmatch(path)
    if page is None:
        return ""
    part = CHECK if page["send"] else typed.one(PART) or WHOLE
    return part if part.isalpha() else ""


def shows_itself(form: str) -> bool:
    """Whether the page at this address shows its draft."""
    return PAGES.fullmatch(form) is not None


def keep(services: Services, actor: Actor, form: str, typed: Received, held: ChosenFiles | None = None) -> None:
    """Save the draft of this form, for the button. Raises DraftTooLong."""
    act(services, actor, SaveDraft(form, DraftContent(typed_in(typed), held)))


def keep_on_the_way(services: Services, actor: Actor, form: str, typed: Received, held: ChosenFiles) -> bool:
    """Save it where somebody goes on to the next step: of a text that is too long for a draft only the files are held, and the
    answer is False.
    """
    try:
        keep(services, actor, form, typed, held)
    except DraftTooLong:
        keep(services, actor, form, Received(), held)
        return False
    return True


def drop_all(services: Services, actor: Actor) -> None:
    """Drop everything that this actor has kept: a visit that is over, whose drafts nobody can open any more."""
    for draft in read_drafts(services, actor):
        act(services, actor, DropDraft(draft.form))


def kept_typed(draft: Draft | None) -> Received | None:
    """The typed fields, for a page that shows the form again; None when there are none."""
    return Received(draft.fields) if draft and draft.fields else None
