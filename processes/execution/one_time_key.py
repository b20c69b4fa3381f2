"""The one-time key of a form, as it is stored: it counts only for who sent it, and only for what was sent.

So a key that somebody else gets hold of gives no answer away, and a form that was changed after it was sent (the Back
button of a browser) is not confirmed with the answer to what it said before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from processes.base.actor import Actor
from processes.base.secrets import Secrets
from processes.base.uploads import Upload

HELD = "held:"  # before the key of files that wait in the store: these become documents once, whatever else is said


@dataclass(frozen=True, slots=True)
class OneTimeKey:
    """64 hexadecimal digits, which is what the table holds of a key; `earlier`: what it held under secrets of before."""

    now: str
    earlier: tuple[str, ...] = ()


def bound(secrets: Secrets, actor: Actor, action: object, once: str) -> OneTimeKey:
    """The key of a form for this person and what was sent."""
    said = type(action).__name__ if once.startswith(HELD) else repr(_said(action))
    now, *earlier = (
        digest
        for who in (actor.subject, *actor.earlier)
        for digest in secrets.digests(f"once:{actor.kind}:{who}:{once}:{said}")
    )
    return OneTimeKey(now, tuple(earlier))


def one_time_key(secrets: Secrets, text: str) -> OneTimeKey:
    """The key of something that is done once, told by a text."""
    now, *earlier = secrets.digests(text)
    return OneTimeKey(now, tuple(earlier))


def _said(value: Any) -> Any:
    """The same for the same content: of a file counts what is in it, not where this copy of it arrived."""
    if isinstance(value, Upload):
        return replace(value, blob="", file_key=None)
    if is_dataclass(value):
        return type(value).__name__, [_said(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, Mapping):
        return [(name, _said(item)) for name, item in value.items()]
    if isinstance(value, list | tuple):
        return [_said(item) for item in value]
    return value
