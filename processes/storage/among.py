"""A condition with a list of ids as one value: however many ids there are, it is the same statement. For questions that are made once
and kept (`among`, or `among_texts` for ids that are texts), and for a list that is known when the question is made (`is_one_of`).
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Dialect,
    String,
    any_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import UserDefinedType

from processes.storage.base import BigId


def in_text(value: date | StrEnum) -> ColumnElement[Any]:
    """A day or a word of our own as a part of the statement: what is there without its values is planned once, with the right numbers of rows.
    Raises TypeError for anything else, which might be typed by somebody.
    """
    if not isinstance(value, date | StrEnum):
        raise TypeError(value)
    return literal_column(f"'{value}'")


@dataclass(frozen=True, slots=True)
class Given:
    """A list of ids that comes under this name when the question is asked."""

    name: str


Ids = Collection[int] | Given


class IdList(UserDefinedType[Collection[int]]):
    """Ids as one value: an array in PostgreSQL, JSON in SQLite, each as the database writes it. Of a text PostgreSQL would make the array
    anew for each row; a value without a type is an array from the start.
    """

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Collection[int] | None], str]:
        form = "{{{}}}" if dialect.name == "postgresql" else "[{}]"
        return lambda value: form.format(",".join(str(int(one)) for one in value or ()))


class TextList(IdList):
    """The same for ids that are texts."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Collection[Any] | None], str]:
        form = (
            "{{{}}}" if dialect.name == "postgresql" else "[{}]"
        )  # a JSON text is also an element of an array of PostgreSQL
        return lambda value: form.format(",".join(json.dumps(str(one), ensure_ascii=False) for one in value or ()))


def among(of: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """A condition on a column `of` ids: it is one of those that are given under `name` when the question is asked."""
    return _Among(of.expression, bindparam(name, type_=IdList()))


def among_texts(of: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """The same for a column of ids that are texts."""
    return _Among(of.expression, bindparam(name, type_=TextList()))


def is_one_of(of: InstrumentedAttribute[Any], ids: Collection[int]) -> ColumnElement[bool]:
    """The same with these ids, for a question that is asked once. For few, `is_in` lets the database see how many they are."""
    return _Among(of.expression, literal(ids, IdList()))


def is_in(of: InstrumentedAttribute[Any], ids: Ids) -> ColumnElement[bool]:
    """A condition on a column `of` ids: it is one of these, which are known now or given later."""
    return among(of, ids.name) if isinstance(ids, Given) else of.in_(ids)


class _Among(ColumnElement[bool]):
    __visit_name__ = "among"
    inherit_cache = True
    type = Boolean()
    _is_implicitly_boolean = True  # in SQLite too, where a column that holds a boolean is compared with 1
    _traverse_internals = [  # noqa: RUF012 - as SQLAlchemy asks it of an element with parts
        ("of", InternalTraversal.dp_clauseelement),
        ("ids", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, of: ColumnElement[Any], ids: ColumnElement[Any]) -> None:
        self.of, self.ids = of, ids

    @property
    def _from_objects(self) -> Any:
        return self.of._from_objects  # noqa: SLF001 - the table of the column is in the question


@compiles(_Among)
def _in_json(element: _Among, compiler: Any, **how: Any) -> str:
    rows = func.json_each(element.ids).table_valued("value")
    return str(compiler.process(element.of.in_(select(rows.c.value)), **how))


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: Any, **how: Any) -> str:
    each: Any = String if isinstance(element.ids.type, TextList) else BigId
    return str(compiler.process(element.of == any_(cast(element.ids, ARRAY(each))), **how))
