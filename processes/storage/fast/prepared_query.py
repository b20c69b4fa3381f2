"""A query that is made once and kept."""

from dataclasses import dataclass
from typing import Any

from processes.storage.base import Base


@dataclass(frozen=True, slots=True, eq=False)
class PreparedQuery:
    """A select of tables or columns, made once and kept, so that what it compiles to is kept with it. Values are bound by name.

    `of`: the class of a table whose every column is selected; its rows are then objects of the session, else tuples.
    """

    statement: Any
    of: type[Base] | None = None
