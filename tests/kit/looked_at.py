"""Which parts of pages were looked at in every way in this run, so that the same is not looked at so again in each test.

A part is a template, by the pattern of its addresses (`/werk/zaken/{number}`), or a class of the styles: what a width or a scheme changes hangs
on classes. The processes of one run share a folder with a file for each part; who makes the file looks in every way.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from re import Pattern
from urllib.parse import urlsplit

import pytest

FOLDER = "ZS_TESTS_LOOKED_AT"  # where the processes of -n look

_mine: set[str] = set()  # parts of which this process knows that somebody looked


def share_looking(config: pytest.Config) -> None:
    """From the start of a run to its end; the processes of -n get the folder from the one that started them."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="zs-looked-")
        config.add_cleanup(_forget)


def _forget() -> None:
    shutil.rmtree(os.environ.pop(FOLDER))
    _mine.clear()


def new_parts(parts: Iterable[str]) -> set[str]:
    """Those at which nobody in this run looked in every way before. From now on somebody did: the caller must."""
    return {one for one in set(parts) - _mine if _take(one)}


def _take(part: str) -> bool:
    _mine.add(part)
    try:
        (Path(os.environ[FOLDER]) / sha256(part.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def template_of(address: str) -> str:
    """The pattern of the address of a page; of a page that no face offers, its path."""
    path = urlsplit(address).path
    return next((pattern for matches, pattern in _patterns() if matches.match(path)), path)


@cache
def _patterns() -> list[tuple[Pattern[str], str]]:
    from fastapi.routing import iter_route_contexts  # every test imports this file, and few of them the pages
    from starlette.routing import compile_path

    from portal.app import FACES

    routers = [import_module(name).router for name in FACES.values()]
    found = [context.path for router in routers for context in iter_route_contexts(router.routes)]
    return [(compile_path(pattern)[0], pattern) for pattern in found if pattern]
