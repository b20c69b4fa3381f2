"""Discovery and keys of providers, kept for a while in each process, so that a sign-in does not ask for them again.

A key that is not known yet is looked up at once, but at most once in KEYS_SECONDS: a forged token cannot make us ask for ever.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

LIVES_SECONDS = 600.0  # keys that a provider withdraws are forgotten within this time
KEYS_SECONDS = 60.0

Ask = Callable[[], Awaitable[dict[str, Any]]]
Document = dict[str, Any]


@dataclass
class _Kept:
    document: Document
    at: float


@dataclass
class Remembered:
    """The documents of every provider, by their address. `now` is replaced in tests."""

    kept: dict[str, _Kept] = field(default_factory=dict)
    now: Callable[[], float] = time.monotonic

    async def get(self, address: str, ask: Ask) -> Document:
        """The document at an address, asked for when it is not known or too old. Raises what `ask` raises."""
        found = self.kept.get(address)
        if found is None or self.now() - found.at > LIVES_SECONDS:
            found = self.kept[address] = _Kept(await ask(), self.now())
        return found.document

    async def keys(self, address: str, kid: str | None, ask: Ask) -> Document:
        """The keys at an address, asked for again when `kid` is none of them and they are not of just now."""
        document = await self.get(address, ask)
        if kid is None or kid in _kids(document) or self.now() - self.kept[address].at < KEYS_SECONDS:
            return document
        del self.kept[address]
        return await self.get(address, ask)


def _kids(document: Document) -> set[Any]:
    keys = document.get("keys")
    return {key.get("kid") for key in keys if isinstance(key, dict)} if isinstance(keys, list) else set()
