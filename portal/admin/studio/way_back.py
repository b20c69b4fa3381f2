"""The way back from a setting to the step of a rehearsal that showed it. It travels in the address: `?van=hoofdpad&stap=3`.

Steps that nobody recorded are kept under a name that travels along: `&stappen=<64 hexadecimal digits>`.
"""

import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

REHEARSAL: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
STEP: Final = re.compile(r"[1-9]\d{0,2}|0")
KEPT: Final = re.compile(r"[0-9a-f]{64}")
REDIRECTS: Final = range(300, 400)


@dataclass(frozen=True, slots=True)
class WayBack:
    """`query` is what an address has behind its question mark; `to` the rehearsal, behind the address of the list."""

    rehearsal: str = ""
    step: str = ""
    kept: str = ""

    @property
    def query(self) -> str:
        return f"van={self.rehearsal}&stap={self.step}{self._kept}" if self.rehearsal else ""

    @property
    def behind(self) -> str:
        """The query with its question mark; empty when there is no way back."""
        return f"?{self.query}" if self.rehearsal else ""

    @property
    def place(self) -> str:
        """The step in words."""
        return "het begin" if self.step == "0" else f"stap {self.step}"

    @property
    def to(self) -> str:
        return f"{self.rehearsal}?stap={self.step}{self._kept}"

    @property
    def _kept(self) -> str:
        return f"&stappen={self.kept}" if self.kept else ""


def way_back(asked: Mapping[str, str]) -> WayBack:
    """The way that the query of an address names; none when it names none."""
    rehearsal, step, kept = asked.get("van", ""), asked.get("stap", ""), asked.get("stappen", "")
    if not REHEARSAL.fullmatch(rehearsal) or not STEP.fullmatch(step):
        return WayBack()
    return WayBack(rehearsal, step, kept if KEPT.fullmatch(kept) else "")


class KeepsWayBack(APIRoute):
    """A route whose redirects keep the way back."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def keeping(request: Request) -> Response:
            answer = await handle(request)
            way, to = way_back(request.query_params), answer.headers.get("location", "")
            if way.rehearsal and answer.status_code in REDIRECTS:
                answer.headers["location"] = f"{to}{'&' if '?' in to else '?'}{way.query}"
            return answer

        return keeping
