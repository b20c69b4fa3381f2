"""Shows documents whose minute is over: outbox kind `show`. A second time nothing waits any more."""

from collections.abc import Mapping
from typing import Any

from processes.actions.showing import show_waiting
from processes.storage.services import Services


def show_now(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"documents": [ids], "at": moment}`."""
    show_waiting(services, payload)
