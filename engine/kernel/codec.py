"""The state of an instance as bytes: rows of live tokens, apart from the drawing.

First byte: format. Second byte: 0 plain, 1 compressed. Then JSON: `[finished, flows]`, the instance first; a flow is
`[holder, rows]` with the token id of its subprocess, a row is `[id, element, parent row or -1, state, data]`. An instance
of one task alone has that element as a third item.
"""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given

from typing import Any

import orjson
import zstandard

from engine.errors import UnknownState
from engine.kernel.tokens import Token, TopFlow

FORMAT = 1
PLAIN, COMPRESSED = 0, 1
WORTH_COMPRESSING = 2_048  # below it zstd costs time and saves next to nothing
LARGEST = 16_000_000  # thousands of times what an instance needs; a bound for what is unpacked

Document = list[Any]


def pack(document: Document) -> bytes:
    body = orjson.dumps(document)
    if len(body) < WORTH_COMPRESSING:
        return bytes((FORMAT, PLAIN)) + body
    return bytes((FORMAT, COMPRESSED)) + zstandard.ZstdCompressor(level=1).compress(body)


def unpack(state: bytes) -> Document:
    if len(state) < 3 or state[0] != FORMAT or state[1] not in (PLAIN, COMPRESSED):  # noqa: PLR2004 - two bytes of header
        raise UnknownState
    body = state[2:]
    try:
        if state[1] == COMPRESSED:
            body = zstandard.ZstdDecompressor().decompress(body, max_output_size=LARGEST)
        document: Document = orjson.loads(body)
    except (zstandard.ZstdError, orjson.JSONDecodeError) as error:
        raise UnknownState from error
    return document


def document_of(flow: TopFlow) -> Document:
    flows = [[part.parent_task_id, _rows(part, keep_all=flow.keeps_history)] for part in flow.flows()]
    element = flow.script_engine.alone
    return [flow.completed, flows, *([element] if element else [])]


def alone_in(document: Document) -> str | None:
    """The one task that the instance holds, when it is of one task alone."""
    return document[2] if len(document) > 2 else None  # noqa: PLR2004 - the third item


def _rows(flow: Any, *, keep_all: bool) -> list[list[Any]]:
    index: dict[str, int] = {}
    rows: list[list[Any]] = []
    for token in flow.tasks.values():
        if token is flow.task_tree or not (token.live or keep_all):
            continue
        index[token.id] = len(rows)
        rows.append(
            [token.id, token.task_spec.name, index.get(token._parent, -1), token._state, token.internal_data or 0]
        )
    return rows


def restore(flow: TopFlow, document: Document) -> None:
    """Put the tokens of a document into an empty instance."""
    try:
        finished, flows = document[:2]
        for holder, rows in flows:
            part = flow if holder is None else _subflow(flow, holder)
            _place(part, rows)
        flow.completed = finished
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise UnknownState from error


def _subflow(flow: TopFlow, holder: str) -> Any:
    token = flow.get_task_from_id(holder)
    if token is None:
        raise KeyError(holder)
    return flow.create_subprocess(token, token.task_spec.spec)


def _place(flow: Any, rows: list[list[Any]]) -> None:
    placed: list[Token] = []
    for key, name, parent, state, data in rows:
        above = placed[parent] if parent >= 0 else flow.task_tree
        token = Token.restored(flow, flow.spec.task_specs[name], above, state, key)
        if data:
            token.internal_data = data
        placed.append(token)
