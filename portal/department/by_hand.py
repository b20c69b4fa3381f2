"""Nothing final follows from a form that nobody typed in: programs that check links press buttons too (B7).

In: the form as it came, and what its page showed. A form that comes back exactly as it was shown is sent only with the word `ja`, which
no such program types.
"""

from collections.abc import Mapping
from typing import Any, Final

from portal.begun import FIELD as BEGUN
from portal.drafts import typed_in
from portal.received import Received
from processes.base.errors import Invalid
from processes.storage.drafts import Draft

WORD_FIELD: Final = "bevestiging"
WORD: Final = "ja"
NOT_TYPED_YET: Final = (
    "Typ het woord ja. Zo weten wij dat u dit zelf verstuurt, en niet een programma dat links in mail controleert."
)
TRUTH: Final = {True: "ja", False: "nee"}


def only_by_hand(form: Received, draft: Draft | None, current: Mapping[str, Any]) -> None:
    """Raises Invalid for a form that is as its page showed it, without the word. `draft`: what was kept of it; `current`: what the
    case knows by now.
    """
    if not said_yes(form) and not _typed(form, draft, current):
        raise Invalid({WORD_FIELD: NOT_TYPED_YET})


def said_yes(form: Received) -> bool:
    """Whether somebody typed the word."""
    return form.one(WORD_FIELD).casefold() == WORD


def _typed(form: Received, draft: Draft | None, current: Mapping[str, Any]) -> bool:
    if any(form.files.values()):
        return True
    kept, sent = _filled(Received(draft.fields)) if draft else {}, _filled(form)
    known = {
        name: [str(TRUTH.get(value, value) if isinstance(value, bool) else value)] for name, value in current.items()
    }
    return bool(kept.keys() - sent.keys()) or any(
        values not in (kept.get(name), known.get(name)) for name, values in sent.items()
    )


def _filled(form: Received) -> dict[str, list[str]]:
    found = {name: [one.strip() for one in values if one.strip()] for name, values in typed_in(form).items()}
    return {name: values for name, values in found.items() if values and name not in {WORD_FIELD, BEGUN}}
