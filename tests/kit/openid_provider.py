"""Providers of OpenID Connect for tests: oidc-provider, which is certified, in a process of Node with our clients and invented people.

`tests/kit/openid_provider.mjs` says what their page offers. They are told where our site stands before either runs, as an administrator does.
"""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.rabbit import free_port
from kit.tus import ASSETS, NODE
from kit.waiting import until

SCRIPT = Path(__file__).with_name("openid_provider.mjs")
SECRET = "geheim-van-de-proef-0123456789"


@dataclass(frozen=True)
class OpenidProvider:
    """One provider for one client of ours. `people` are claims by the name that one types there; `levels` its `acr_values`."""

    client: str
    people: Mapping[str, Mapping[str, Any]]
    levels: tuple[str, ...] = ()
    back_channel: bool = True
    takes_forms: bool = False  # one signs out there by a form too, not by an address alone
    port: int = field(default_factory=free_port)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sign_out_page(self) -> str:
        """Where somebody signs out without having been sent by us."""
        return f"{self.issuer}/session/end"

    def close(self, name: str) -> None:
        """The account is closed: nothing is told of it any more."""
        httpx.post(f"{self.issuer}/proef/sluit", data={"name": name}).raise_for_status()

    @property
    def asked(self) -> list[dict[str, str]]:
        """What each sign-in that reached its page asked, the last one last."""
        found: list[dict[str, str]] = httpx.get(f"{self.issuer}/proef/gevraagd").raise_for_status().json()
        return found


@contextmanager
def openid_providers(folder: Path, site: str, *providers: OpenidProvider) -> Iterator[None]:
    """They answer until the test is over; `site` is our address."""
    told = {
        "packages": str(ASSETS), "site": site,
        "providers": [
            {"port": one.port, "client": one.client, "secret": SECRET, "levels": one.levels, "people": one.people,
             "backChannel": one.back_channel, "takesForms": one.takes_forms}
            for one in providers
        ],
    }  # fmt: skip
    with (folder / "providers.log").open("wb") as words:
        process = subprocess.Popen(
            [NODE, str(SCRIPT), json.dumps(told)], stdin=subprocess.PIPE, stdout=words, stderr=words
        )
        try:
            assert until(lambda: process.poll() is not None or all(map(_answers, providers)))
            assert process.poll() is None, (folder / "providers.log").read_text()
            yield
        finally:
            process.stdin.close()  # Node may run below a starter, to which a signal would go alone
            process.wait(30)


def _answers(provider: OpenidProvider) -> bool:
    try:
        return httpx.get(f"{provider.issuer}/.well-known/openid-configuration", timeout=5).is_success
    except httpx.TransportError:
        return False
