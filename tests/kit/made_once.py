"""What every test would make again, made once per process: the SQL of a statement, the PDF of a page.

Each test has an installation of its own, and so an engine and letters of its own; what they make from the same question or the
same page is the same. Half of the processor time of the tests went there.
"""

from functools import lru_cache

from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from processes.post import pdf

STATEMENTS: LRUCache[object, object] = LRUCache(5000)
PAGES = 200  # of some 40 kB each


def share_what_is_made() -> None:
    """From now on in this process."""
    Engine._compiled_cache = property(lambda _: STATEMENTS, lambda _, __: None)
    DefaultDialect.__hash__ = lambda dialect: hash(_kind(dialect))
    DefaultDialect.__eq__ = lambda dialect, other: isinstance(other, DefaultDialect) and _kind(dialect) == _kind(other)
    pdf.made = lru_cache(PAGES)(pdf.made)


def _kind(dialect: DefaultDialect) -> tuple[object, ...]:
    """Two dialects of one kind write the same SQL: every engine of the tests is made with the same options."""
    return type(dialect), dialect.driver, dialect.paramstyle
