"""The web application: services in, a FastAPI application out, with the faces that the settings switch on."""

from importlib import import_module

from fastapi import APIRouter, FastAPI

from portal import beginning, health, security_txt
from portal.assets import STATIC, VersionedFiles
from portal.correlation import Correlation
from portal.problems import LastResort, add_problem_pages
from portal.security.entrance import EntranceCheck
from portal.security.headers import SameOrigin, SecurityHeaders
from portal.security.limits import Limits
from portal.security.looking import RecentLooks
from portal.security.session_pages import router as session_pages
from portal.sign_on.back_channel import PATH as BACK_CHANNEL
from portal.sign_on.choose import simulator_on
from portal.sign_on.remembered import Remembered
from portal.sign_on.routes import sign_on
from portal.simulator.provider import Simulator
from portal.simulator.routes import TOKEN_PATH, simulator_router
from processes.base.settings import Face, Settings
from processes.storage.restored import is_copy
from processes.storage.services import Services

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
    app.state.services, app.state.remembered = services, Remembered()
    app.state.limits = Limits(services)
    app.state.looks = RecentLooks()
    app.state.is_copy = is_copy(services)
    add_problem_pages(app)
    app.mount("/static", VersionedFiles(directory=STATIC), name="static")
    for router in _routers(app, services.settings):
        app.include_router(router)
    machines = [BACK_CHANNEL, *([TOKEN_PATH] if simulator_on(services.settings) else [])]
    app.add_middleware(LastResort)
    app.add_middleware(SameOrigin, settings=services.settings, machines=machines)
    app.add_middleware(EntranceCheck, settings=services.settings)
    app.add_middleware(SecurityHeaders, settings=services.settings)
    app.add_middleware(Correlation)
    return app


def _routers(app: FastAPI, settings: Settings) -> list[APIRouter]:
    routers = [health.router, security_txt.router, beginning.router, session_pages, sign_on(settings)]
    if simulator_on(settings):
        app.state.simulator = Simulator()
        routers.append(simulator_router(app.state.simulator))
    names = [FACES[face] for face in FACES if face in settings.faces]
    if settings.demo:
        names.append("portal.demo")
    return routers + [import_module(name).router for name in names]
