"""One word that ties together all that follows from one request: in the logs, through the outbox, up to the mail."""

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars

NAME: Final = "correlation"
GOOD: Final = re.compile(r"[A-Za-z0-9-]{8,40}")  # shorter than a token, so that logs keep it


def begin(given: str = "") -> str:
    """Start a request: with the word that a proxy gave when it is harmless, else with a fresh one."""
    word = given if GOOD.fullmatch(given) and not given.isdigit() else secrets.token_hex(16)
    bind_contextvars(**{NAME: word})
    return word


def carried() -> dict[str, str]:
    """The correlation word of this task, stored with later work so that its log lines carry the same word."""
    word = get_contextvars().get(NAME)
    return {NAME: word} if word else {}


@contextmanager
def resumed(payload: Mapping[str, Any]) -> Iterator[None]:
    """Go on under the word that stored work carries."""
    with bound_contextvars(**{NAME: str(payload.get(NAME) or secrets.token_hex(16))}):
        yield
