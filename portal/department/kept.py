"""A delivery that a department kept and has not sent yet, for the page on which it is chosen."""

from dataclasses import dataclass

from portal.chosen_files import only_there, seal
from portal.drafts import NOTHING_KEPT, ShownDraft, kept_typed
from portal.received import Received
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile
from processes.reads.department import DossierPage, OpenRequest, enter
from processes.reads.drafts import read_draft, read_large_files
from processes.storage.large_uploads import LargeFile
from processes.storage.services import Services


@dataclass(frozen=True, slots=True)
class KeptDelivery:
    """`sealed` is the list of the files for the form; `typed` None when nothing was typed."""

    kept: ShownDraft = NOTHING_KEPT
    typed: Received | None = None
    files: tuple[ChosenFile, ...] = ()
    large: tuple[LargeFile, ...] = ()
    sealed: str = ""
    lost: tuple[str, ...] = ()  # a sentence for each file that was thrown away, because it held a virus

    @property
    def remark(self) -> str:
        return self.typed.text("remark") if self.typed else ""


NO_DELIVERY = KeptDelivery()


def form_of(asked: OpenRequest | None) -> str:
    """The name of the form in drafts: of the request that it answers, or of a late supplement."""
    return f"aanleveren/{asked.task if asked else ''}"


def page_of(token: str, page: DossierPage, asked: OpenRequest | None) -> str:
    """The address of the page on which this delivery is chosen."""
    if asked is None:
        return f"/verzoek/{token}/nazending" if page.may_send else f"/verzoek/{token}"
    return f"/verzoek/{token}" if asked == page.requests[0] else f"/verzoek/{token}/taak/{asked.task}"


def purpose_of(guest: Actor) -> str:
    """The purpose that a list of chosen files is sealed for: this dossier and no other."""
    return f"dossier:{guest.dossier}"


def kept_delivery(services: Services, token: str, asked: OpenRequest | None, *, just_now: bool = False) -> KeptDelivery:
    """Raises LinkGone."""
    guest = enter(services, token)
    draft = read_draft(services, guest, form_of(asked))
    large = read_large_files(services, guest, form_of(asked))
    if draft is None:
        return KeptDelivery(large=large)
    held = only_there(services, draft.held)
    sealed = seal(services, guest, purpose_of(guest), held)
    return KeptDelivery(
        ShownDraft(draft, just_now=just_now), kept_typed(draft), held.files, large, sealed,
        tuple(sentence for _, sentence in held.lost),
    )  # fmt: skip
