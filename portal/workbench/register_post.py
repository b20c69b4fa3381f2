"""A case that is registered from a piece of post: what is known of the post is filled in, and its files come along (W12)."""

from collections.abc import Mapping
from dataclasses import replace
from email.utils import parseaddr
from typing import Final

from portal.doors import row_id
from portal.received import Received
from portal.workbench.draft import RegistrationDraft, empty_draft
from portal.workbench.post_pdf import filed_post, offering_pdf
from processes.actions import act
from processes.actions.post_handling import RegisterPost
from processes.actions.registering import RegisterCase
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import CaseChannel, PostItemChannel

CHANNELS: Final[Mapping[str, CaseChannel]] = {
    PostItemChannel.POST: CaseChannel.LETTER,
    PostItemChannel.COUNTER: CaseChannel.COUNTER,
    PostItemChannel.MAIL: CaseChannel.EMAIL,
}


def post_along(services: Services, actor: Actor, item: str) -> reads.PostItemPage | None:
    """The piece of post with this id, as it stands in an address or form; None for no id. Raises NotFound, AlreadyDone with who was
    first.
    """
    if not item:
        return None
    number = row_id(item)
    if number is None:
        raise NotFound("Dit poststuk bestaat niet.")
    page = reads.read_post_item(services, actor, number)
    if page.handled:
        raise AlreadyDone(
            f"Dit poststuk is al verwerkt door {page.handled_by}. Kijk in de postkamer wat ermee is gebeurd."
        )
    return page


def draft_of_post(page: reads.PostItemPage, role: str) -> RegistrationDraft:
    """A draft in which the sender is filled in as who files the case."""
    draft = empty_draft(role)
    name, address = parseaddr(page.sender) if "@" in page.sender else (page.sender, "")
    party = {**draft.parties[0], "name": name, "email": address}
    return replace(draft, parties=[party, *draft.parties[1:]])


def register_with_post(
    services: Services, actor: Actor, action: RegisterCase, page: reads.PostItemPage, form: Received, draft: str
) -> str:
    """The case together with what the form says of each file of the post; the answer is its number. `draft`: the address of the form.
    Raises what `RegisterPost` raises.
    """
    try:
        with filed_post(services, actor, page, form) as (files, wrong):
            wanted = RegisterPost(page.id, replace(action, wrong={**action.wrong, **wrong}), files)
            return act(services, actor, wanted, once=form.form_key or None, form=draft)
    except Invalid as error:
        raise Invalid(offering_pdf(page, error.fields)) from error
