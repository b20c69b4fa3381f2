"""Discovery and keys of providers, kept for a while in each process, so that a sign-in does not ask for them again.

A key that is not known yet is looked up at once, but at most once in KEYS_SECONDS: a forged token cannot make us ask for ever. What is known stays
until something newer came, and however many want an address at one moment, it is asked for once.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
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
    asking: dict[str, asyncio.Future[Document]] = field(default_factory=dict)
    tried: dict[str, float] = field(default_factory=dict)

    async def get(self, address: str, ask: Ask) -> Document:
        """The document at an address, asked for when it is not known or too old. Raises what `ask` raises."""
        found = self.kept.get(address)
        if found is None or self.now() - found.at > LIVES_SECONDS:
            return await self._asked(address, ask)
        return found.document

    async def keys(self, address: str, kid: str | None, ask: Ask) -> Document:
        """The keys at an address, asked for again when `kid` is none of them and they are not of just now."""
        document = await self.get(address, ask)
        if kid is None or kid in _kids(document) or self.now() - self.tried[address] < KEYS_SECONDS:
            return document
        return await self._asked(address, ask)

    async def _asked(self, address: str, ask: Ask) -> Document:
        """The answer to the question that is on its way, else to a new one."""
        asked = self.asking.get(address)
        if asked is None:
            self.tried[address] = self.now()
            asked = self.asking[address] = asyncio.ensure_future(ask())
            asked.add_done_callback(partial(self._came, address))
        return await asyncio.shield(asked)  # who goes away leaves it to the others

    def _came(self, address: str, asked: asyncio.Future[Document]) -> None:
        del self.asking[address]
        if not asked.cancelled() and asked.exception() is None:
            self.kept[address] = _Kept(asked.result(), self.now())


def _kids(document: Document) -> set[Any]:
    keys = document.get("keys")
    return {key.get("kid") for key in keys if isinstance(key, dict)} if isinstance(keys, list) else set()
