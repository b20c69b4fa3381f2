"""Files that staff send with a form are looked into before the form is carried out: what goes out by the same press is known by then (W22).

Many files, or large ones, would make somebody wait: those a worker looks into right after, and they stay inside until then.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from processes.actions.filing import NewDocument
from processes.base.errors import HoldsVirus, NotScannedYet
from processes.execution.hidden import LookedInto, look_into
from processes.storage.services import Services

MOST_FILES: Final = 10
MOST_BYTES: Final = 30 * 1024 * 1024  # of all together


def looked_into(services: Services, documents: Iterable[NewDocument]) -> tuple[NewDocument, ...]:
    """The documents, each with what the eye does not see in it, as far as that is looked for now."""
    given = tuple(documents)
    few = len(given) <= MOST_FILES and sum(one.upload.size for one in given) <= MOST_BYTES
    return tuple(_looked(services, one) for one in given) if few and services.settings.look_inside else given


def _looked(services: Services, document: NewDocument) -> NewDocument:
    try:
        return replace(document, looked=LookedInto(look_into(services, document.upload)))
    except (NotScannedYet, HoldsVirus):
        return document
