"""The state of an instance as bytes: rows of live tokens, apart from the drawing.

First byte: format, 2 when messages are kept (a release that cannot keep them refuses such a state, and loses none), else 1. Second byte: 0 plain, 1 compressed. Then JSON: `[finished, flows]`, the instance first; a flow is
`[holder, rows]` with the token id of its subprocess, a row is `[id, element, parent row or -1, state, data]`. An instance
of one task alone has that element as a third item. Format 2 has a fourth: the kept messages, each `[holder, name]`.
"""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given

from typing import Any

import orjson
import zstandard

from engine.errors import UnknownState
from engine.kernel.tokens import Token, TopFlow

FORMAT, WITH_KEPT = 1, 2
ALONE, KEPT = 2, 3  # places in the document
PLAIN, COMPRESSED = 0, 1
WORTH_COMPRESSING = 2_048  # below it zstd costs time and saves next to nothing
LARGEST = 16_000_000  # thousands of times what an instance needs; a bound for what is unpacked

Document = list[Any]


def pack(document: Document) -> bytes:
    body, format_ = orjson.dumps(document), WITH_KEPT if kept_in(document) else FORMAT
    if len(body) < WORTH_COMPRESSING:
        return bytes((format_, PLAIN)) + body
    return bytes((format_, COMPRESSED)) + zstandard.ZstdCompressor(level=1).compress(body)


def unpack(state: bytes) -> Document:
    if len(state) < 3 or state[0] not in (FORMAT, WITH_KEPT) or state[1] not in (PLAIN, COMPRESSED):  # noqa: PLR2004 - two bytes of header
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
    kept = [] if flow.completed else [[part.parent_task_id, name] for part in flow.flows() for name in part.kept]
    return document(finished=flow.completed, flows=flows, element=element, kept=kept)


def document(*, finished: bool, flows: list[Any], element: str | None, kept: list[Any]) -> Document:
    """A state as a document; what is not there at the end is left out, so that a state without it is as it always was."""
    return [finished, flows, *([element] if element or kept else []), *([kept] if kept else [])]


def alone_in(document: Document) -> str | None:
    """The one task that the instance holds, when it is of one task alone."""
    return document[ALONE] if len(document) > ALONE else None


def kept_in(document: Document) -> list[Any]:
    """The kept messages: the id of the token that holds the flow (None: the instance itself), and a name."""
    return document[KEPT] if len(document) > KEPT else []


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
        held = {part.parent_task_id: part for part in flow.flows()}
        for holder, name in kept_in(document):
            held[holder].kept[name] = True
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
