"""Routes found by the shape of an address: its number of parts and the first of them. The framework asks each route of each face in
turn, and those of a face once more at each level of routers; of some four hundred routes that took as long as a question to the database.

It stands before the routes themselves and changes nothing of what is found: what it does not know for sure is left to them.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from re import Pattern
from typing import Any, Final

from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

FOUND: Final = "zaakspoor.route"  # in the scope of a request
Shape = tuple[int, str]
Rows = list[tuple[Pattern[str], RouteContext]]


class RouteTable(BaseRoute):
    """One route for all of `routes`, which stand behind it: it takes a request exactly when one of them would, and for that one."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route that takes the request, method and all. Nothing for an address without a route or for another method, of which the
        routes make the right page; nor where something stands earlier that is no plain route.
        """
        if scope["type"] != "http" or scope.get("root_path"):
            return Match.NONE, {}
        path = scope["path"]
        for pattern, route in self.by_shape.get(_shape(path), ()):
            if not pattern.match(path):
                continue
            if not isinstance(route.original_route, APIRoute):
                break
            match, found = route.matches(scope)
            if match == Match.FULL:
                return match, {**found, "route": route.original_route, FOUND: route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that `matches` took."""
        await scope[FOUND].app(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> Any:
        """Raises NoMatchFound: the routes themselves tell their addresses."""
        raise NoMatchFound(name, path_params)

    @cached_property  # when first looked at: the framework works the routes out only then
    def by_shape(self) -> Mapping[Shape, Rows]:
        routes = [(_shape(route.path_format or ""), route) for route in iter_route_contexts(self._routes)]
        found: dict[Shape, Rows] = {shape: [] for shape, route in routes if _is_plain(shape, route)}
        for shape, route in routes:
            for one in [shape] if _is_plain(shape, route) else found:
                found[one].append((route.path_regex, route))
        return found


def work_out(routes: Sequence[BaseRoute]) -> None:
    """Have the tables among these routes ready before anybody comes: a face has hundreds, for which its first visitor would wait."""
    for one in routes:
        if isinstance(one, RouteTable):
            one.by_shape  # noqa: B018 - kept by being asked for


def _shape(path: str) -> Shape:
    parts = path.split("/", 2)
    return path.count("/"), parts[1] if len(parts) > 1 else ""


def _is_plain(shape: Shape, route: RouteContext) -> bool:
    """Whether every address of a route has the shape of its pattern: its first part is a word, and no part holds several."""
    return "{" not in shape[1] and isinstance(route.original_route, APIRoute) and ":path}" not in (route.path or "")
