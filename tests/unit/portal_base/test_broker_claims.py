"""A broker may name claims, levels and scopes in its own way: settings say how, for each way to sign in (D10, D11, D12)."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from kit.browser import TestClient
from kit.small_portal import portal, services_of

from portal.sign_on.broker_claims import DEFAULTS, ClaimNames, claim_names
from portal.sign_on.errors import Restricted, SignInFailed, TooWeak, WrongWay
from portal.sign_on.identity import known_citizen
from processes.base.settings import settings_in

KVK = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
OTHERWISE = {
    "digid_claim": "nin", "digid_level_claim": "acr", "digid_levels": "loa:3=substantial loa:4=high", "digid_kind": "idp=digid",
    "eidas_claim": "nin", "eidas_kind": "idp=eidas", "eherkenning_claim": "entity", "eherkenning_kind": f"soort={KVK}",
    "eherkenning_branch_claim": "vestiging", "eherkenning_acting_claim": "pseudoniem", "eherkenning_name_claim": "bedrijf",
}  # fmt: skip
NAMES = claim_names(OTHERWISE)


def test_d10_claims_with_other_names_are_read(client: TestClient) -> None:
    claims = {"nin": "s00000000:999993653", "acr": "loa:3", "idp": "digid", "name": "Tess"}
    found = known_citizen(services_of(client), claims, "digid", NAMES)
    assert (found.name, found.identity) == ("Tess", {"bsn": "999993653", "level": "substantial"})


COMPANY = {
    "entity": "68750110", "soort": KVK, "loa": "urn:etoegang:core:assurance-class:loa4", "bedrijf": "Van Loon", "pseudoniem": "A1@F9",
}  # fmt: skip
RESTRICTION = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"


@pytest.mark.parametrize("beside", [{}, {"vestiging": ""}, {"vestiging": None, RESTRICTION: []}])
def test_d11_who_acts_is_kept_when_a_claim_is_named_for_it(client: TestClient, beside: dict[str, Any]) -> None:
    found = known_citizen(services_of(client), COMPANY | beside, "eherkenning", NAMES)
    assert found.name == "Van Loon"
    assert found.identity == {"kvk": "68750110", "level": "high", "acting": "A1@F9"}


@pytest.mark.parametrize(
    ("claims", "names"),
    [
        (COMPANY | {"vestiging": "000012345678"}, NAMES), (COMPANY | {"vestiging": ["000012345678", "000087654321"]}, NAMES),
        (COMPANY | {RESTRICTION: "000012345678"}, NAMES), ({"kvk": "68750110", "loa": "high", RESTRICTION: ["x"]}, DEFAULTS),
    ],
    ids=["one branch", "two", "by its own name", "without settings"],
)  # fmt: skip
def test_c14_a_broker_does_not_open_a_company_for_who_acts_for_a_branch(
    client: TestClient, claims: dict[str, Any], names: dict[str, ClaimNames]
) -> None:
    with pytest.raises(Restricted, match="deel van het bedrijf"):
        known_citizen(services_of(client), claims, "eherkenning", names)


@pytest.mark.parametrize(
    ("claims", "way", "error"),
    [
        ({"nin": "999993653", "acr": "loa:3", "idp": "eidas"}, "digid", WrongWay),
        ({"nin": "PL/NL/1", "loa": "high", "idp": "digid"}, "eidas", WrongWay),
        ({"nin": "999993653", "acr": "loa:3"}, "digid", SignInFailed),
        ({"nin": "999993653", "acr": "loa:3", "idp": ["digid"]}, "digid", SignInFailed),
        ({"bsn": "999993653", "acr": "loa:3", "idp": "digid"}, "digid", SignInFailed),
        ({"nin": "999993653", "acr": "substantial", "idp": "digid"}, "digid", TooWeak),
        ({"nin": "999993653", "acr": ["loa:3"], "idp": "digid"}, "digid", TooWeak),
        ({"nin": "s00000001:999993653", "acr": "loa:3", "idp": "digid"}, "digid", SignInFailed),
        ({"entity": "68750110", "soort": "RSIN", "loa": "high"}, "eherkenning", SignInFailed),
        ({"entity": "68750110", "soort": KVK, "loa": "urn:etoegang:core:assurance-class:loa2plus"}, "eherkenning", TooWeak),
    ],
)  # fmt: skip
def test_d10_d11_d12_nobody_comes_in_as_another_kind_or_too_weakly(
    client: TestClient, claims: dict[str, Any], way: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        known_citizen(services_of(client), claims, way, NAMES)


def test_d10_what_no_setting_says_stays_as_it_was() -> None:
    assert {way: (one.number, one.level, one.name, one.kind) for way, one in DEFAULTS.items()} == {
        "digid": ("bsn", "loa", "name", None), "eherkenning": ("kvk", "loa", "name", None), "eidas": ("eidas_id", "loa", "name", None),
    }  # fmt: skip


def test_d10_each_way_asks_with_its_own_scope_and_acr(tmp_path) -> None:
    oidc = {"digid_acr": "idp:digid loa:substantial", "digid_scope": "openid nin", "citizen_scope": "openid"}
    with portal(tmp_path, demo=True, oidc=oidc) as app:
        client, asked = TestClient(app), {}
        for way in ("digid", "eidas"):
            left = client.get(f"/inloggen/start/{way}", follow_redirects=False)
            query = parse_qs(urlsplit(left.headers["location"]).query)
            asked[way] = (query["acr_values"], query["scope"])
    assert asked == {"digid": (["idp:digid loa:substantial"], ["openid nin"]), "eidas": (["eidas"], ["openid"])}


@pytest.mark.parametrize(
    ("name", "text"),
    [("DIGID_LEVELS", "loa:1=low"), ("DIGID_LEVELS", "substantial"), ("EIDAS_LEVELS", "=high"), ("DIGID_KIND", "soort"), ("EHERKENNING_KIND", "=x")],
)  # fmt: skip
def test_d10_a_setting_of_a_broker_that_makes_no_sense_is_named(name: str, text: str) -> None:
    _, wrong = settings_in({f"ZAAKSPOOR_OIDC_{name}": text})
    assert [(one.variable, "moet" in one.sentence) for one in wrong] == [(f"ZAAKSPOOR_OIDC_{name}", True)]
