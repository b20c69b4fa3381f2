"""What every test would make again, made once per process: the SQL of a statement, the PDF of a page, a drawing that is read and compiled,
the findings of a folder, an empty database, the case types of a rehearsal.

Each test has an installation of its own, and so an engine, letters and case types of its own; what they make from the same question, page
or drawing is the same. Half of the processor time of the tests went there.
"""

import atexit
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from sqlite3 import connect
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from engine import Compiled, Finding, Folder, Model, read_model
from kit.installation import nothing, template
from processes import wiring
from processes.actions import putting_in_use
from processes.base import isolated_check
from processes.base.private_files import make_private_folder, touch_private
from processes.jobs.backup import restoring
from processes.post import pdf
from processes.rehearsal import sandbox
from processes.storage import model_cache
from processes.storage.session import MIGRATIONS

STATEMENTS: LRUCache[object, object] = LRUCache(5000)
PAGES = 1000  # of some 40 kB each
DRAWINGS = 200


def share_what_is_made() -> None:
    """From now on in this process. The engine itself reads and compiles each time: its own tests are about that."""
    _in_processes(read_model, lru_cache(DRAWINGS)(read_model))
    model_cache.compile_model = _compiled_once(model_cache.compile_model)
    isolated_check._ask = _answered_once(isolated_check._ask.__wrapped__)
    Engine._compiled_cache = property(lambda _: STATEMENTS, lambda _, __: None)
    DefaultDialect.__hash__ = lambda dialect: hash(_kind(dialect))
    DefaultDialect.__eq__ = lambda dialect, other: isinstance(other, DefaultDialect) and _kind(dialect) == _kind(other)
    pdf.made = lru_cache(PAGES)(pdf.made)
    putting_in_use.lint = _found_once(putting_in_use.lint)
    scripts = cache(lambda: ScriptDirectory(str(MIGRATIONS)))
    ScriptDirectory.from_config = staticmethod(lambda _: scripts())
    wiring.upgrade = restoring.upgrade = _copied_when_empty(wiring.upgrade)
    prepared = _prepared_once(sandbox.prepared)
    _in_processes(sandbox.sandbox, _on_prepared(sandbox.sandbox, prepared))
    _in_processes(sandbox.prepared, prepared)


def _kind(dialect: DefaultDialect) -> tuple[object, ...]:
    """Two dialects of one kind write the same SQL: every engine of the tests is made with the same options."""
    return type(dialect), dialect.driver, dialect.paramstyle


def _compiled_once(compile_model: Callable[[bytes, Model], Compiled]) -> Callable[[bytes, Model], Compiled]:
    """The model is read from the drawing, so that the drawing alone says what comes of it."""
    known: dict[bytes, Compiled] = {}

    def compiled(drawing: bytes, model: Model) -> Compiled:
        key = sha256(drawing).digest()
        if key not in known:
            known[key] = compile_model(drawing, model)
        return known[key]

    return compiled


def _answered_once(ask: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """What is asked holds every folder in use, megabytes: the digest of it is kept."""
    known: dict[bytes, bytes] = {}

    def answered(asked: bytes) -> bytes:
        key = sha256(asked).digest()
        if key not in known:
            known[key] = ask(asked)
        return known[key]

    answered.cache_clear = known.clear  # type: ignore[attr-defined]
    return answered


def _copied_when_empty(upgrade: Callable[..., None]) -> Callable[..., None]:
    """A new SQLite database is a copy of the one that was brought through all schemas; what there is already is really upgraded."""

    def upgraded(address: str, schema: str = "head", **more: Any) -> None:
        place = Path(address.removeprefix("sqlite:///"))
        if more or schema not in {"head", _newest()} or not address.startswith("sqlite:") or _has_tables(place):
            upgrade(address, schema, **more)
            return
        make_private_folder(place.parent)
        touch_private(place)
        with closing(connect(template(nothing).place)) as source, closing(connect(place)) as target:
            source.backup(target)

    return upgraded


def _has_tables(place: Path) -> bool:
    if not place.exists():
        return False
    with closing(connect(place)) as there:
        return there.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


@cache
def _newest() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _found_once(lint: Callable[..., list[Finding]]) -> Callable[..., list[Finding]]:
    """What the check of a folder finds beside the same others under the same law."""
    known: dict[bytes, list[Finding]] = {}

    def found(folder: Folder, models: Mapping[str, Model], **rules: Any) -> list[Finding]:
        key = sha256(pickle.dumps((folder, sorted(models.items()), sorted(rules.items())))).digest()
        if key not in known:
            known[key] = lint(folder, models, **rules)
        return list(known[key])

    return found


def _prepared_once(prepared: Callable[..., Any]) -> Callable[..., Any]:
    """Folders that were put in use for one rehearsal lie ready for the next one with the same folders."""
    known: dict[bytes, Path] = {}
    open_ones = ExitStack()
    atexit.register(open_ones.close)

    @contextmanager
    def once(folder: Folder, library: Mapping[str, Folder]) -> Iterator[Path]:
        key = sha256(pickle.dumps((folder, dict(library)))).digest()
        if key not in known:
            known[key] = open_ones.enter_context(prepared(folder, library))
        yield known[key]

    return once


def _on_prepared(opened: Callable[..., Any], prepared: Callable[..., Any]) -> Callable[..., Any]:
    @contextmanager
    def sandboxed(folder: Folder, library: Mapping[str, Folder], ground: Path | None = None) -> Iterator[Any]:
        with prepared(folder, library) as found, opened(folder, library, ground or found) as made:
            yield made

    return sandboxed


def _in_processes(old: Any, new: Any) -> None:
    """In each module of the program that imported it by name."""
    for module in [one for name, one in sys.modules.items() if name.startswith("processes.")]:
        for name, value in list(vars(module).items()):
            if value is old:
                setattr(module, name, new)
