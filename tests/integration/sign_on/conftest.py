from collections.abc import Iterator

import pytest
from kit.saml_portal import SERVICE, SamlPortal, saml_portal

WAYS = {"digid": {}, "eherkenning": SERVICE, "eidas": {}}


@pytest.fixture(scope="module")
def by_way(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SamlPortal]:
    """A portal whose one way, named by the test, goes over SAML."""
    with saml_portal(tmp_path_factory.mktemp(request.param), request.param, **WAYS[request.param]) as made:
        yield made
