"""/werk/stroom: the counters of the open page as they change, as server-sent events (WHATWG HTML, section 9.2).

Each `data` is `{"messages": 2, "news": 1}`. The event `einde` says that the page must not ask again.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Final, cast

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from portal.connections import ENDLESS
from portal.pages import go_to
from portal.security.sessions import session_of
from portal.workbench.doors import Worker
from portal.workbench.streams import Stream, Streams

HEARTBEAT_SECONDS: Final = 20.0  # below the 60 seconds after which proxies let go of a silent line
AGAIN_MILLISECONDS: Final = 15_000  # how long a browser waits when the line broke
EVENTS: Final = "text/event-stream"
END: Final = "event: einde\ndata: {}\n\n"
HEADERS: Final = {"X-Accel-Buffering": "no"}  # nginx passes each word on at once

router = APIRouter()


@router.get("/stroom")
async def stream(request: Request, actor: Worker) -> Response:
    """204, after which a browser does not ask again, when this process has no room for another page; who opens the address as a
    page reads the news.
    """
    if EVENTS not in request.headers.get("accept", ""):
        return go_to("/werk/nieuws")
    session, streams = session_of(request), cast("Streams", request.app.state.streams)
    made = Stream(actor, session.cookie if session else "", asyncio.get_running_loop())
    if not streams.add(made):
        return Response(status_code=204)
    request.scope[ENDLESS] = True
    return StreamingResponse(_said(streams, made), media_type=EVENTS, headers=HEADERS)


async def _said(streams: Streams, stream: Stream) -> AsyncIterator[str]:
    try:
        yield f"retry: {AGAIN_MILLISECONDS}\n\n"
        while not stream.ended:
            try:
                await asyncio.wait_for(stream.changed.wait(), HEARTBEAT_SECONDS)
                stream.changed.clear()
                if not stream.ended:
                    yield _counts(stream)
            except TimeoutError:
                yield ": nog hier\n\n"
        yield END
    finally:
        streams.remove(stream)


def _counts(stream: Stream) -> str:
    counts = asdict(stream.counts) if stream.counts else {}
    return f"data: {json.dumps(counts)}\n\n" if counts else ""
