"""Signing in at the simulator for tests of sign-on: its accounts changed, its tokens forged, its clock moved."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.util import urlsafe_b64encode
from sqlalchemy import select, update

from kit.browser import TestClient
from kit.installation import BASE
from kit.small_portal import services_of
from portal.sign_on.back_channel import PATH
from portal.sign_on.tokens import LOGOUT
from portal.simulator.provider import Simulator
from processes.storage.session_ending import provider_session_digests
from processes.storage.sign_in import SIMULATED
from processes.storage.tables import WebSession
from processes.storage.web_sessions import person_digests

ISSUER = f"{BASE}/demo/aanmelden"


def simulator_of(client: TestClient) -> Simulator:
    made: Simulator = client.app.state.simulator
    return made


def later(client: TestClient, since: timedelta) -> None:
    """Every session was last confirmed this long ago."""
    then = datetime.now(UTC) - since
    with services_of(client).sessions.begin() as session:
        session.execute(update(WebSession).values(asked_at=then, confirmed_at=then))


def sessions(client: TestClient) -> list[WebSession]:
    with services_of(client).sessions() as session:
        return list(session.scalars(select(WebSession)))


def with_sid(client: TestClient, number: str, sid: str) -> None:
    """The sessions of this member of staff began in this session of the provider."""
    services = services_of(client)
    mine = update(WebSession).where(WebSession.person.in_(person_digests(services, "staff", number)))
    with services.sessions.begin() as session:
        session.execute(mine.values(provider_session=provider_session_digests(services, SIMULATED, sid)[0]))


def signed(client: TestClient, claims: Mapping[str, Any], **header: Any) -> str:
    """A token of the simulator's own key; a header or claim that is None is left out."""
    head = {name: value for name, value in {"alg": "ES256", "kid": "demo", **header}.items() if value is not None}
    body = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(head, body, simulator_of(client).key)


def unsigned(claims: Mapping[str, Any]) -> str:
    """A token that says that it needs no signature."""
    parts = [urlsafe_b64encode(json.dumps(part).encode()).decode() for part in ({"alg": "none"}, claims)]
    return ".".join([*parts, ""])


def logout_claims(**change: Any) -> dict[str, Any]:
    """The claims of a good logout token for noor, with changes."""
    now = int(time.time())
    good = {
        "iss": ISSUER, "aud": "zaakspoor-staff", "iat": now, "exp": now + 60, "jti": f"jti-{time.monotonic_ns()}",
        "sub": "noor", "events": {LOGOUT: {}},
    }  # fmt: skip
    return {**good, **change}


def tell_logout(client: TestClient, token: str) -> int:
    """What the provider's server does: no cookie, no Origin. The status of the answer."""
    return TestClient(client.app).post(PATH, data={"logout_token": token}).status_code
