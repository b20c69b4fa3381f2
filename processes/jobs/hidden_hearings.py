"""A session was changed or cancelled by somebody who may not see all of its cases: the parties of the others are told by the system."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from processes.actions import act
from processes.actions.agenda import CannotFollow, FollowSession
from processes.base.actor import SYSTEM
from processes.base.errors import AlreadyDone, Busy, Invalid, NoRoom, NotFound, ZaakspoorError
from processes.storage.services import Services


def tell_hidden(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"item": id}`. What is refused becomes news for the handler of that case. Raises Busy and NoRoom, to be tried again."""
    item = int(payload["item"])
    try:
        act(services, SYSTEM, FollowSession(item))
    except (Busy, NoRoom):
        raise
    except (AlreadyDone, NotFound):  # told by now, or off the agenda
        return
    except Invalid as refused:
        _cannot(services, item, " ".join(refused.fields.values()))
    except ZaakspoorError as refused:
        _cannot(services, item, str(refused))


def _cannot(services: Services, item: int, why: str) -> None:
    with suppress(NotFound):
        act(services, SYSTEM, CannotFollow(item, why), once=f"cannot-follow:{item}:{why}")
