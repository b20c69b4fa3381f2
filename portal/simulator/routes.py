"""The provider over HTTP, at /demo/aanmelden. Not mounted in production."""

from dataclasses import asdict
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from portal.doors import PlainForm, TheServices
from portal.pages import get_services, go_to, render
from portal.sign_on.choose import CALLBACK, SIMULATOR, own_base
from portal.sign_on.errors import SignInFailed
from portal.sign_on.identity import WAYS
from portal.simulator.employees import add_employees, add_userinfo
from portal.simulator.provider import AuthorizationRefused, AuthorizationRequest, Simulator
from portal.simulator.variants import AS_USUAL, variants_of
from portal.uploads import FORM_BYTES, receive
from processes.demo.people import STAFF, citizens_by
from processes.storage.services import Services

TOKEN_PATH = f"{SIMULATOR}/token"
NAMES = {"client_id", "redirect_uri", "state", "nonce"}


def simulator_router(provider: Simulator) -> APIRouter:
    """The pages of one provider, with its own key and codes.

    A program asks from a thread of a request that waits: whatever it asks has no dependency, and so needs no other thread.
    """
    router = APIRouter(prefix=SIMULATOR)

    @router.get("/.well-known/openid-configuration")
    async def about(request: Request) -> Response:
        issuer = own_base(request, get_services(request).settings) + SIMULATOR
        return JSONResponse({
            "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks", "userinfo_endpoint": f"{issuer}/userinfo", "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
        })  # fmt: skip

    @router.get("/jwks")
    async def keys() -> Response:
        return JSONResponse(provider.public_keys())

    @router.get("/authorize")
    def people(request: Request, services: TheServices) -> Response:
        """The page on which a visitor of the demo chooses who to be."""
        query = request.query_params
        asked = _asked(dict(query), query.get("code_challenge", ""), query.get("acr_values", ""))
        _check(
            provider, asked, request, services, query.get("response_type", ""), query.get("code_challenge_method", "")
        )
        shown = STAFF if asked.client_id == "zaakspoor-staff" else citizens_by(asked.way)
        way, variants = WAYS.get(asked.way, "medewerkers"), variants_of(asked.way) if asked.way in WAYS else []
        return render(request, "simulator/people.html", people=shown, asked=asdict(asked), way=way, variants=variants)

    @router.post("/authorize")
    def choose(request: Request, form: PlainForm, services: TheServices) -> Response:
        asked = _asked(
            {name: form.one(name) for name in NAMES}, form.one("challenge"), f"{form.one('way')} {form.one('level')}"
        )
        _check(provider, asked, request, services, "code", "S256")
        if form.ticked("stop"):
            return _back(asked, error="access_denied")
        try:
            return _back(asked, code=provider.code_for(asked, form.one("person"), _variant(asked, form.one("told"))))
        except AuthorizationRefused as error:
            return _back(asked, error=str(error))

    @router.post("/token")
    async def token(request: Request) -> Response:
        services = get_services(request)
        form = await receive(request, services, max_bytes=FORM_BYTES, max_files=0, check_csrf=False)
        issuer = own_base(request, services.settings) + SIMULATOR
        try:
            sent = {name: form.one(name) for name in form.fields}
            return JSONResponse(provider.token_for(sent, issuer, services.secrets))
        except AuthorizationRefused as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    add_userinfo(router, provider)
    add_employees(router, provider)
    return router


def _variant(asked: AuthorizationRequest, wanted: str) -> str:
    """The variant that was chosen, where this way has it."""
    known = dict(variants_of(asked.way)) if asked.way in WAYS else {}
    return wanted if wanted in known else AS_USUAL


def _asked(values: dict[str, str], challenge: str, acr: str) -> AuthorizationRequest:
    """`acr`: the way that somebody chose, and a level where one is demanded."""
    known = {name: values.get(name, "") for name in NAMES}
    way, _, level = acr.strip().partition(" ")
    return AuthorizationRequest(**known, challenge=challenge, way=way, level=level)


def _check(
    provider: Simulator, asked: AuthorizationRequest, request: Request, services: Services, kind: str, method: str
) -> None:
    try:
        provider.check(asked, own_base(request, services.settings) + CALLBACK, kind, method)
    except AuthorizationRefused as error:
        # never back to an address that was not checked
        raise SignInFailed(f"Deze aanvraag om in te loggen klopt niet ({error}).") from error


def _back(asked: AuthorizationRequest, **answer: str) -> Response:
    return go_to(f"{asked.redirect_uri}?{urlencode({'state': asked.state, **answer})}")
