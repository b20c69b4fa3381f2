"""Numbers and addresses that cannot be: a page with a sentence, never a 500."""

from datetime import date

import pytest
from kit.browser import ORIGIN, TestClient
from kit.cases import register_bezwaar
from kit.people import NOOR, TESS, signed_in

from portal.app import create_app
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.registering import NewDecision, RegisterCase
from processes.base.clock import local_date
from processes.base.errors import Invalid
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import Case

HUGE = 10**30
CASE = "/werk/zaken/{number}"


@pytest.fixture
def noor(services: Services) -> TestClient:
    client = TestClient(create_app(services))
    made = signed_in(services, NOOR)
    client.cookies.set(cookie_name(services.settings, "staff"), made.cookie)
    client.csrf = made.csrf  # type: ignore[attr-defined]
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/inloggen?terug=//[",
        "/inloggen/start/digid?terug=//[x",
        "/sessie/verloopt?soort=staff&terug=//[",
        f"/demo/postvak/{HUGE}",
    ],
)
def test_a_strange_address_is_no_trouble(noor: TestClient, address: str) -> None:
    assert noor.get(address).status_code in {200, 404}


@pytest.mark.parametrize(
    ("address", "fields", "status"),
    [
        (f"{CASE}/antwoord", {"party-reply": "²", "text-reply": "x"}, 422),
        (f"{CASE}/antwoord", {"party-reply": str(HUGE), "text-reply": "x"}, 422),
        (f"{CASE}/knop/extend", {"instance": "²"}, 404),
        (f"{CASE}/knop/extend", {"instance": str(HUGE)}, 404),
        (f"{CASE}/brieven/{HUGE}/verzonden", {f"sent_on-{HUGE}": "2026-01-01"}, 404),
        (f"{CASE}/verzoeken/{HUGE}/termijn", {f"due-{HUGE}": "2027-01-01"}, 404),
        (f"{CASE}/verzoeken/link/{HUGE}", {}, 404),
    ],
)
def test_a_number_that_names_nothing(
    noor: TestClient, services: Services, address: str, fields: dict[str, str], status: int
) -> None:
    data = {"csrf": noor.csrf, "form_key": "k", **fields}  # type: ignore[attr-defined]
    answer = noor.post(address.format(number=register_bezwaar(services)), data=data, headers=ORIGIN)
    assert answer.status_code == status


def test_an_origin_that_is_no_address_is_another_site(noor: TestClient) -> None:
    assert noor.post("/uitloggen", headers={"Origin": "http://["}).status_code == 403


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("9999-12-31", "Dit jaartal klopt niet"), ("2085-01-01", "Kies een datum die dichterbij ligt")],
)
def test_the_clock_of_the_demo_does_not_leave_the_years_we_know(
    noor: TestClient, services: Services, day: str, sentence: str
) -> None:
    moved = {"move": "date", "date": day}
    before = business_now(services)
    answer = noor.post("/demo/klok", data={"csrf": services.secrets.digest("csrf:/demo/klok"), **moved}, headers=ORIGIN)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert (business_now(services) - before).days == 0


@pytest.mark.parametrize("announced", [date(1900, 1, 1), date(1966, 1, 1), date(1993, 12, 31)])
def test_a_date_before_the_law_names_its_field(services: Services, announced: date) -> None:
    decisions = (NewDecision("Vergunning", "1", None, announced, "parkeren"),)
    action = RegisterCase("bezwaar", "letter", local_date(business_now(services)), (TESS,), decisions, {"grounds": "x"})
    with pytest.raises(Invalid, match="Controleer het jaar") as refused:
        act(services, NOOR, action)
    assert list(refused.value.fields) == ["decision-0-announced_on"]
    with services.sessions() as session:
        assert session.query(Case).count() == 0
