"""The web application: services in, a FastAPI application out, with the faces that the settings switch on."""

from functools import cache
from importlib import import_module

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from portal import about, beginning, health, house_style, security_txt
from portal.assets import STATIC, VersionedFiles
from portal.compression import Compression
from portal.correlation import Correlation
from portal.house_style import style_now
from portal.language.chosen import ChosenLanguage
from portal.problems import LastResort, add_problem_pages
from portal.route_table import RouteTable
from portal.security.entrance import EntranceCheck
from portal.security.headers import SameOrigin, SecurityHeaders
from portal.security.limits import Limits
from portal.security.looking import RecentLooks
from portal.security.session_pages import router as session_pages
from portal.sign_on.asking import Asking
from portal.sign_on.back_channel import PATH as BACK_CHANNEL
from portal.sign_on.choose import kinds_of, simulator_on
from portal.sign_on.remembered import Remembered
from portal.sign_on.routes import sign_on
from portal.sign_on.saml.logout_pages import MACHINES as SAML_LOGOUT
from portal.simulator.provider import Simulator
from portal.simulator.routes import TOKEN_PATH, simulator_router
from portal.workbench.streams import Streams
from processes.base.settings import Face, Settings
from processes.storage.current_settings import current_settings
from processes.storage.restored import is_copy
from processes.storage.services import Services
from processes.storage.words import SessionKind

# the package of each face offers `router`
FACES = {
    Face.CITIZEN: "portal.citizen",
    Face.DEPARTMENT: "portal.department",
    Face.WORKBENCH: "portal.workbench",
    Face.ADMIN: "portal.admin",
    Face.PUBLIC: "portal.public",
}


def create_app(services: Services) -> FastAPI:
    """Everything that this installation shows over HTTP. API pages of the framework itself are off."""
    # a slash too many is another address: the framework's redirect would go to whatever host the visitor named
    app = FastAPI(title="Zaakspoor", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.services, app.state.remembered, app.state.asking = services, Remembered(), Asking()
    app.state.limits = Limits(services)
    app.state.looks = RecentLooks()
    app.state.streams = Streams(services)
    app.state.is_copy = is_copy(services)
    current_settings(services), style_now(services)  # so that no page is slower for being the first
    add_problem_pages(app)
    app.mount("/static", VersionedFiles(directory=STATIC), name="static")
    if simulator_on(services.settings):
        app.state.simulator = Simulator()  # with a key and codes of its own
        app.include_router(simulator_router(app.state.simulator))
    app.router.routes.extend(_shared_routes(tuple(kinds_of(services.settings)), _faces(services.settings)))
    machines = [BACK_CHANNEL, *SAML_LOGOUT, *([TOKEN_PATH] if simulator_on(services.settings) else [])]
    app.add_middleware(LastResort)
    app.add_middleware(SameOrigin, settings=services.settings, machines=machines)
    app.add_middleware(EntranceCheck, settings=services.settings)
    app.add_middleware(ChosenLanguage, secure=services.settings.public_url.startswith("https://"))
    app.add_middleware(SecurityHeaders, settings=services.settings)
    app.add_middleware(Compression)
    app.add_middleware(Correlation)
    return app


def _faces(settings: Settings) -> tuple[str, ...]:
    names = [FACES[face] for face in FACES if face in settings.faces]
    return (*names, *(["portal.demo"] if settings.demo else []))


@cache
def _shared_routes(kinds: tuple[SessionKind, ...], faces: tuple[str, ...]) -> list[BaseRoute]:
    """The routes that every application with these faces and ways to sign in has: each is worked out once in a process, at the first look at it."""
    together = APIRouter()
    for router in (
        sign_on(kinds),
        health.router,
        security_txt.router,
        beginning.router,
        house_style.router,
        about.router,
        session_pages,
    ):
        together.include_router(router)
    for name in faces:
        together.include_router(import_module(name).router)
    # a table each, so that the routes of a face are worked out when somebody first asks for a face behind it
    return [*(RouteTable([one]) for one in together.routes), *together.routes]
