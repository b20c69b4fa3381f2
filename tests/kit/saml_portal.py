"""A small portal whose citizens sign in over SAML, with the provider of `kit.saml_provider` behind one way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.browser import TestClient
from kit.installation import BASE
from kit.saml_keys import Authority
from kit.saml_provider import Answer, Request, SamlProvider, saml_provider
from kit.small_portal import portal

WHO = "/proef/wie"
# a service as it stands in the catalogue of eHerkenning
SERVICE = {
    "service_index": "1", "service_id": "urn:etoegang:DV:00000001234567890000:services:1",
    "service_uuid": "0d2f8a54-1f0a-4f5e-8f39-6f1e3f3d7a10",
}  # fmt: skip


@dataclass
class SamlPortal:
    """`client` is a browser at our side, `own` the file of our key."""

    client: TestClient
    provider: SamlProvider
    own: Path
    way: str
    saml: dict[str, str]

    @property
    def entity_id(self) -> str:
        return f"{BASE}/inloggen/saml/metadata/{self.way}"

    def leave(self, client: TestClient | None = None) -> Request:
        """The request with which a browser arrives at the provider."""
        answer = (client or self.client).get(
            f"/inloggen/start/{self.way}", params={"terug": WHO}, follow_redirects=False
        )
        assert answer.status_code == 303, answer.text
        return self.provider.read(answer.headers["location"])

    def sign_in(self, answer: Answer | None = None, client: TestClient | None = None) -> Any:
        """All of it; the last answer of our side."""
        address, query = self.provider.back(self.leave(client), answer)
        return (client or self.client).get(address, params=query)


@contextmanager
def saml_portal(
    folder: Path, way: str = "digid", *, provider: dict[str, Any] | None = None, **more: str
) -> Iterator[SamlPortal]:
    """`more` are settings of this way. The provider knows our metadata as they stand on our site."""
    authority = Authority(folder)
    own = authority.issue("zaakspoor")
    with saml_provider(folder, authority, **(provider or {})) as other:
        saml = {
            "keys": str(own), "authorities": str(authority.place), f"{way}_metadata": str(other.metadata),
            **{f"{way}_{name}": text for name, text in more.items()},
        }  # fmt: skip
        with portal(folder, saml=saml) as app:
            client = TestClient(app)
            told = client.get(f"/inloggen/saml/metadata/{way}")
            assert told.status_code == 200, told.text
            other.begin(told.text)
            yield SamlPortal(client, other, own, way, saml)
