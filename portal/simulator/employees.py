"""Staff of the simulator after they signed in: what it says of them, and the page on which a visitor of the demo does what an administrator of a real provider does to accounts of staff."""

import httpx
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from portal.doors import PlainForm, TheServices
from portal.pages import get_services, go_to, render
from portal.sign_on.back_channel import PATH as BACK_CHANNEL
from portal.sign_on.choose import SIMULATOR, own_base
from portal.simulator.provider import AuthorizationRefused, Simulator
from processes.base.actor import StaffRole
from processes.base.errors import NotFound
from processes.demo.people import STAFF, employee
from processes.reads.admin.people import ROLES


def add_userinfo(router: APIRouter, provider: Simulator) -> None:
    """Add the endpoint that a program asks with an access token."""

    @router.get("/userinfo")
    async def person(request: Request) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            return JSONResponse(provider.person_of(token, get_services(request).secrets))
        except AuthorizationRefused as error:
            return JSONResponse({"error": str(error)}, status_code=401)


def add_employees(router: APIRouter, provider: Simulator) -> None:
    """Add the page and its two buttons to the router of this simulator."""

    @router.get("/medewerkers")
    def employees(request: Request, gedaan: str = "") -> Response:
        """Staff of the simulator after they signed in: what it says of them, and the page on which a visitor of the demo takes roles away, closes an account, or signs somebody out."""
        rows = [(one, provider.claims_now(one)["roles"], one.username in provider.closed) for one in STAFF]
        return render(request, "simulator/employees.html", rows=rows, roles=ROLES, done=gedaan)

    @router.post("/medewerkers")
    def change(form: PlainForm) -> Response:
        known = employee(form.one("person"))
        if known is None:
            raise NotFound
        provider.change(known.username, [role for role in StaffRole if form.ticked(role)], closed=form.ticked("closed"))
        return go_to(f"{SIMULATOR}/medewerkers?gedaan={known.username}")

    @router.post("/medewerkers/uit")
    async def sign_out(request: Request, form: PlainForm, services: TheServices) -> Response:
        """Tell the program, as a real provider does, that somebody signed out."""
        base, person = own_base(request, services.settings), form.one("person")
        token = provider.logout_token(person, base + SIMULATOR)
        inside = httpx.ASGITransport(app=request.app)
        async with httpx.AsyncClient(transport=inside) as client:
            await client.post(f"{base}{BACK_CHANNEL}", data={"logout_token": token})
        return go_to(f"{SIMULATOR}/medewerkers?gedaan={person}")
