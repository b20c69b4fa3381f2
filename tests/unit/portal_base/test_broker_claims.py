"""A broker may name claims, levels and scopes in its own way: settings say how, for each way to sign in (D10, D11, D12)."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from kit.browser import TestClient
from kit.small_portal import portal, services_of

from portal.sign_on.broker_claims import DEFAULTS, ClaimNames, claim_names
from portal.sign_on.errors import NotForOthers, Restricted, SignInFailed, TooWeak, WrongWay
from portal.sign_on.identity import known_citizen
from processes.base.settings import settings_in

KVK = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
OTHERWISE = {
    "digid_claim": "nin", "digid_level_claim": "acr", "digid_levels": "loa:3=substantial loa:4=high", "digid_kind": "idp=digid",
    "eidas_claim": "nin", "eidas_kind": "idp=eidas", "eherkenning_claim": "entity", "eherkenning_kind": f"soort={KVK}",
    "eherkenning_branch_claim": "vestiging", "eherkenning_acting_claim": "pseudoniem", "eherkenning_name_claim": "bedrijf",
}  # fmt: skip
NAMES = claim_names(OTHERWISE)
BY_NAME = {"named": "yes"}  # the provider told the name


def test_d10_claims_with_other_names_are_read(client: TestClient) -> None:
    claims = {"nin": "s00000000:999993653", "acr": "loa:3", "idp": "digid", "name": "Tess"}
    found = known_citizen(services_of(client), claims, "digid", NAMES)
    assert (found.name, found.identity) == ("Tess", {"bsn": "999993653", "level": "substantial", **BY_NAME})


COMPANY = {
    "entity": "68750110", "soort": KVK, "loa": "urn:etoegang:core:assurance-class:loa4", "bedrijf": "Van Loon", "pseudoniem": "A1@F9",
}  # fmt: skip
RESTRICTION = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
OLD_KIND = "urn:etoegang:1.9:ServiceRestriction:SubdossierNr"
BRANCH = {"for": "kvk:68750110", "for_name": "Van Loon", "branch": "000012345678"}


@pytest.mark.parametrize(
    "claims", [{"vestiging": "000012345678"}, {RESTRICTION: ["000012345678"], OLD_KIND: "0001"}], ids=["as set", "as told, beside the old kind"]
)  # fmt: skip
def test_c14_who_may_act_for_one_branch_is_somebody_else_than_the_company(
    client: TestClient, claims: dict[str, Any]
) -> None:
    services = services_of(client)
    found = known_citizen(services, COMPANY | claims, "eherkenning", NAMES)
    assert found.subject == services.secrets.index("kvk:68750110/000012345678")
    assert found.identity == {"kvk": "68750110", "level": "high", "acting": "A1@F9", **BRANCH, **BY_NAME}


def test_d11_in_a_chain_the_office_acts_for_the_company(client: TestClient) -> None:
    chain = COMPANY | {"intermediate_kvk": "90004760", "intermediate_name": "mr. P. Toga"}
    for more, branch in (({}, {}), ({"vestiging": "000012345678"}, {"branch": "000012345678"})):
        found = known_citizen(services_of(client), chain | more, "eherkenning", NAMES)
        assert (found.name, found.subject) == ("mr. P. Toga", services_of(client).secrets.index("kvk:90004760"))
        assert found.identity == {
            "kvk": "90004760", "level": "high", "acting": "A1@F9", "for": "kvk:68750110", "for_name": "Van Loon", **branch, **BY_NAME,
        }  # fmt: skip


PERSON = {"bsn": "999990676", "loa": "high", "name": "Bram"}
TESS = {"represented_bsn": "s00000000:999993653", "represented_name": "Tess"}
MACHTIGEN = claim_names({"digid_other_claim": "aanvrager.bsn", "digid_acting_claim": "gemachtigde.bsn"})


@pytest.mark.parametrize(
    ("claims", "names"),
    [(PERSON | TESS, DEFAULTS), ({"aanvrager.bsn": "999993653", "gemachtigde.bsn": "999990676", "loa": "high"}, MACHTIGEN)],
    ids=["our names", "both named apart"],
)  # fmt: skip
def test_d10_by_digid_machtigen_who_acts_and_for_whom_are_kept_apart(
    client: TestClient, claims: dict[str, Any], names: dict[str, ClaimNames]
) -> None:
    found = known_citizen(services_of(client), claims, "digid", names)
    assert found.subject == services_of(client).secrets.index("bsn:999990676")
    assert (found.identity["bsn"], found.identity["for"]) == ("999990676", "bsn:999993653")
    assert "acting" not in found.identity  # a number of a person is no pseudonym


# the office between is told, and not for which company; who acts is told, and not which of the two is represented
OFFICE_ALONE = COMPANY | {"entity": "", "intermediate_kvk": "90004760"}
TESS_ALONE = {"bsn": "999993653", "gemachtigde.bsn": "s00000000:999990676", "loa": "high"}


@pytest.mark.parametrize(
    ("claims", "way", "names", "error"),
    [
        (COMPANY | TESS, "eherkenning", NAMES, WrongWay), (PERSON | {"intermediate_kvk": "90004760"}, "digid", DEFAULTS, WrongWay),
        (PERSON | {"represented_bsn": "999990676"}, "digid", DEFAULTS, NotForOthers),
        (PERSON | {"represented_bsn": "123456789"}, "digid", DEFAULTS, SignInFailed),
        ({"aanvrager.bsn": "999993653", "loa": "high"}, "digid", MACHTIGEN, SignInFailed),
        ({"gemachtigde.bsn": "999990676", "loa": "high"}, "digid", MACHTIGEN, SignInFailed),
        ({"intermediate_kvk": "90004760", "loa": "high"}, "eherkenning", DEFAULTS, SignInFailed),
        (COMPANY | {"urn:etoegang:1.9:IntermediateEntityID:KvKnr": "90004760"}, "eherkenning", NAMES, NotForOthers),
        (COMPANY | {"mandate_until": 1}, "eherkenning", NAMES, NotForOthers),
        (COMPANY | {"mandate_until": "gisteren"}, "eherkenning", NAMES, NotForOthers), (COMPANY | {"mandate_until": [9]}, "eherkenning", NAMES, NotForOthers),
        (PERSON | TESS | {RESTRICTION: "000012345678"}, "digid", DEFAULTS, NotForOthers),
        (PERSON | TESS | {"loa": "low"}, "digid", DEFAULTS, TooWeak),
        (OFFICE_ALONE, "eherkenning", NAMES, NotForOthers), (OFFICE_ALONE | {"entity": " "}, "eherkenning", NAMES, SignInFailed),
        (COMPANY | {"intermediate_kvk": ["90004760"]}, "eherkenning", NAMES, SignInFailed),
        (COMPANY | {"intermediate_kvk": "123"}, "eherkenning", NAMES, SignInFailed),
        (PERSON | {"represented_bsn": ["999993653"]}, "digid", DEFAULTS, SignInFailed),
        (TESS_ALONE, "digid", MACHTIGEN, NotForOthers), (TESS_ALONE | {"gemachtigde.bsn": ["999990676"]}, "digid", MACHTIGEN, SignInFailed),
        (PERSON | {"mandate_until": 1}, "digid", DEFAULTS, NotForOthers),
        (COMPANY | {"intermediate_name": "mr. P. Toga"}, "eherkenning", NAMES, NotForOthers),
        (COMPANY | {"intermediate_kvk": ""}, "eherkenning", NAMES, NotForOthers),
        (COMPANY | {"urn:etoegang:1.13:attribute-intermediate:CompanyName": "Toga"}, "eherkenning", NAMES, NotForOthers),
        (PERSON | {"represented_name": "Tess"}, "digid", DEFAULTS, NotForOthers),
    ],
)  # fmt: skip
def test_c2_claims_of_a_mandate_that_do_not_fit_together_let_nobody_in(
    client: TestClient, claims: dict[str, Any], way: str, names: dict[str, ClaimNames], error: type[Exception]
) -> None:
    with pytest.raises(error):
        known_citizen(services_of(client), claims, way, names)


@pytest.mark.parametrize(
    "told", ["6875011", "687501100", "RSIN 68750110", "68750110/1", ["68750110"], ["1", "2"], {"nr": "68750110"}, True]
)
def test_d11_a_company_is_known_by_a_number_that_can_be_right_and_no_other(client: TestClient, told: Any) -> None:
    with pytest.raises(SignInFailed):
        known_citizen(services_of(client), COMPANY | {"entity": told}, "eherkenning", NAMES)


def test_d12_an_identifier_of_blanks_is_nobody(client: TestClient) -> None:
    with pytest.raises(SignInFailed, match="niet verteld wie u bent"):
        known_citizen(services_of(client), {"eidas_id": " ", "loa": "high"}, "eidas")


def test_d10_who_acts_for_themselves_may_be_told_twice_and_no_moment_is_forgotten(client: TestClient) -> None:
    """The number as DigiD writes it and without its zero in front are of one person."""
    claims = {"bsn": "012345672", "gemachtigde.bsn": "s00000000:12345672", "loa": "high", "mandate_until": 4102444800}
    found = known_citizen(services_of(client), claims, "digid", MACHTIGEN)
    assert found.identity == {"bsn": "012345672", "level": "high", "until": "2100-01-01T00:00:00+00:00"}


@pytest.mark.parametrize("beside", [{}, {"vestiging": None, RESTRICTION: None, "intermediate_kvk": None}])
def test_d11_who_acts_is_kept_when_a_claim_is_named_for_it(client: TestClient, beside: dict[str, Any]) -> None:
    found = known_citizen(services_of(client), COMPANY | beside, "eherkenning", NAMES)
    assert found.name == "Van Loon"
    assert found.identity == {"kvk": "68750110", "level": "high", "acting": "A1@F9", **BY_NAME}


@pytest.mark.parametrize(
    ("claims", "names"),
    [
        (COMPANY | {"vestiging": ["000012345678", "000087654321"]}, NAMES), (COMPANY | {"vestiging": "1234"}, NAMES),
        (COMPANY | {"vestiging": "000012345678", RESTRICTION: "000087654321"}, NAMES), (COMPANY | {OLD_KIND: "0001"}, NAMES),
        ({"kvk": "68750110", "loa": "high", RESTRICTION: ["x"]}, DEFAULTS), (COMPANY | {"urn:x:ServiceRestriction:Iets": "1"}, NAMES),
        (COMPANY | {RESTRICTION: ""}, NAMES), (COMPANY | {RESTRICTION: []}, NAMES), (COMPANY | {"vestiging": ""}, NAMES), (COMPANY | {OLD_KIND: ""}, NAMES),
    ],
    ids=["two", "no number", "two claims", "only the old kind", "no number in a list", "unknown kind", "empty", "an empty list", "empty, as set", "empty, of the old kind"],
)  # fmt: skip
def test_c14_a_restriction_that_we_cannot_read_opens_nothing(
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
