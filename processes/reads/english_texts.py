"""The texts of the case types in use in English: pairs of a Dutch text and the same text as its makers wrote it in English.

Read from the newest version of each process, once for each set of versions. A text that was filled in afterwards still has its places:
`{{ deadline.beslissen|date }}`.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

import orjson

from engine import Model
from engine.translating import ENGLISH, FORM_TEXTS, PROPERTIES, texts_in
from processes.base.errors import ZaakspoorError
from processes.reads.opening import reading
from processes.storage.model_cache import Deployed
from processes.storage.services import Services

Pair = tuple[str, str]


def read_english_texts(services: Services) -> tuple[Pair, ...]:
    """The pairs of all case types; none while the database cannot be read, so that the page which says so is still made."""
    with suppress(ZaakspoorError), reading(services) as (session, _):
        current = services.models.all_current(session)
        return tuple(pair for name in sorted(current) for pair in _kept(_Whole(current[name])))
    return ()


def pairs_of(model: Model, forms: Mapping[str, bytes]) -> tuple[Pair, ...]:
    """The pairs of one drawing with its forms."""
    return (*texts_in(model, ENGLISH), *_of_forms(forms))


class _Whole:
    """A version that is worked out once: two of one id are the same."""

    def __init__(self, deployed: Deployed) -> None:
        self.deployed = deployed
        self.name = (deployed.process, deployed.version, id(deployed))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Whole) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


@lru_cache(maxsize=200)  # a case type or called process each
def _kept(whole: _Whole) -> tuple[Pair, ...]:
    return pairs_of(whole.deployed.model, whole.deployed.folder.forms)


def _of_forms(files: Mapping[str, bytes]) -> Iterator[Pair]:
    for name in sorted(files):
        with suppress(orjson.JSONDecodeError, KeyError, TypeError):
            for part in orjson.loads(files[name])["components"]:
                yield from _of_part(part)


def _of_part(part: Mapping[str, Any]) -> Iterator[Pair]:
    said = part.get(PROPERTIES) or {}
    for text in FORM_TEXTS:
        if part.get(text) and said.get(f"{text}.{ENGLISH}"):
            yield str(part[text]), str(said[f"{text}.{ENGLISH}"])
    for choice in part.get("values") or ():
        yield from _of_part(choice)
