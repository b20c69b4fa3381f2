"""C20: over SAML a higher level is asked where it is demanded (RequestedAuthnContext), and an answer below it lets nobody up."""

from typing import Any

import pytest
from kit.browser import TestClient
from kit.saml_portal import WHO, SamlPortal
from kit.saml_provider import CLASSES, SMARTCARD, Answer

PKI = f"{CLASSES}SmartcardPKI"


def asked_level(by_way: SamlPortal, client: TestClient, niveau: str) -> tuple[str, Any]:
    """The level in our request, as pysaml2 reads it, and the request."""
    query = {"terug": WHO, "niveau": niveau}
    left = client.get(f"/inloggen/start/{by_way.way}", params=query, follow_redirects=False)
    request = by_way.provider.read(left.headers["location"])
    context = request.message.requested_authn_context
    assert context.comparison == "minimum"
    return context.authn_context_class_ref[0].text, request


@pytest.mark.parametrize("by_way", ["digid"], indirect=True)
@pytest.mark.parametrize(
    ("niveau", "asked", "told", "status"),
    [
        ("high", PKI, PKI, 200),
        ("high", PKI, SMARTCARD, 403),
        ("substantial", SMARTCARD, SMARTCARD, 200),
        ("hoogst", SMARTCARD, SMARTCARD, 200),
    ],
)
def test_c20_digid_is_asked_for_the_level_that_is_demanded(
    by_way: SamlPortal, niveau: str, asked: str, told: str, status: int
) -> None:
    client = TestClient(by_way.client.app)
    level, request = asked_level(by_way, client, niveau)
    assert level == asked
    address, query = by_way.provider.back(request, Answer(level=told))
    assert client.get(address, params=query).status_code == status, by_way.provider.failed
