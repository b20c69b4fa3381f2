"""Every page of the administration and of the readers of a draft, at the width of a telephone; the page that draws at that of a desk.

The list of pages is that of the application: a new page is in it by itself.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import pytest
from kit.installation import installation
from kit.people import FENNA, VERA
from kit.web_process import web_process
from playwright.sync_api import Browser

from browser.administration import furnish, places
from browser.visitor import Press, enter
from portal.app import create_app
from processes.storage.services import Services

FACES: Final = ("/beheer", "/meelezen")
DRAFT: Final = "/beheer/zaaktypen/{name}/ontwerp"
FILE, PART = "a file to download, no page", "a part of the page that draws, seen there"
NOT_SEEN: Final = {
    f"{DRAFT}/bestand/tekening": FILE,
    f"{DRAFT}/zip": FILE,
    f"{DRAFT}/bewaringen/{{number}}/tekening": FILE,
    f"{DRAFT}/tekening.bpmn": FILE,
    f"{DRAFT}/woordenschat.json": FILE,
    "/beheer/zaaktypen/nieuw/overnemen/{reference}/tekening": FILE,
    "/beheer/zaaktypen/nieuw/{reference}/tekening": FILE,
    "/beheer/zaaktypen/{process}/voorstel/tekening": FILE,
    "/beheer/zaaktypen/{process}/{version}/tekening": FILE,
    "/beheer/huisstijl/versie/{number}/bestand": FILE,
    "/beheer/huisstijl/voorbeeld/{number}/brief.pdf": FILE,
    "/beheer/vernietiging/verklaringen/{destruction_id}/pdf": FILE,
    "/beheer/inzage/persoon/{package}/bestand": FILE,
    "/beheer/inzage/uitvoer": FILE,
    f"{DRAFT}/element/{{element}}": PART,
    f"{DRAFT}/elementen/{{element}}/paneel": PART,
    "/meelezen/{rest}": "every address behind a link that is none",
}
DRAWN: Final = f"{DRAFT}/tekening"


def nothing(button: str) -> Press:
    return Press(button, blank=True)


LATER: Final = "2031-06-02"
# pages that no address has: what stands there after a press
PRESSES: Final[Mapping[str, Press]] = {
    f"{DRAFT}/statussen/instelling/ComplaintReceived/status.0": nothing("Bewaren"),
    f"{DRAFT}/formulieren/vragen/intake.json": nothing("toevoegen"),
    f"{DRAFT}/brieven/tekst/oordeel": Press("Voorbeeld laten zien", answers=(200,)),
    f"{DRAFT}/elementen/WeekAfter": Press("Reken het voorbeeld uit", answers=(200,)),
    f"{DRAFT}/elementen/Flow_ByCommittee_CommitteeAnnounced": Press("Regel erbij", answers=(200,)),
    f"{DRAFT}/repetities/nieuw": nothing("Begin"),
    f"{DRAFT}/repetities/ingetrokken": Press("Wacht tot die dag", answers=(422,)),
    f"{DRAFT}/in-gebruik": Press("Voorleggen", {"starts_on": "2020-01-01"}, answers=(200, 422)),
    "/beheer/zaaktypen/{process}/kopie": nothing("Kopie maken"),
    "/beheer/zaaktypen/{process}/uit-gebruik": nothing("Voorleggen"),
    "/beheer/zaaktypen/nieuw": nothing("Controleren"),
    "/beheer/zaaktypen/nieuw/overnemen": nothing("Verder"),
    "/beheer/zaaktypen/nieuw/tekenen": nothing("Begin met tekenen"),
    "/beheer/wettelijke-termijnen/regel/{code}/{variant}/wijzigen": Press(
        "Verder", {"valid_from": LATER}, answers=(200, 422)
    ),
    "/beheer/wettelijke-termijnen/dagen/nieuw": Press(
        "Verder",
        {"day": "2031-05-09", "title": "Brugdag", "source": "Een besluit", "checked_on": "2026-11-01"},
        answers=(200, 422),
    ),
    "/beheer/instellingen/{kind}/regel/{code}/wijzigen": Press(
        "Verder", {"reason": "Anders.", "name": "team Klachten en meldingen"}, answers=(200,)
    ),
    "/beheer/afdelingen/nieuw": nothing("Opslaan"),
    "/beheer/vernietiging/vasthouden/nieuw": nothing("Vasthouden"),
    "/meelezen/{share}/statussen": nothing("Verstuur opmerkingen"),
}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with installation(tmp_path_factory.mktemp("beheer"), faces=("admin", "department")) as services:
        furnish(services)
        yield services


def patterns(services: Services) -> list[str]:
    paths = create_app(services).openapi()["paths"]
    return [one for one, methods in paths.items() if "get" in methods and one.startswith(FACES)]


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
@pytest.mark.timeout(600)  # a guard against hanging, on a machine that does much else
def test_a11y_every_page_of_the_administration_reads_on_a_telephone_and_has_no_known_barrier(
    furnished: Services, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    known, wrong = places(furnished), dict[str, list[str]]()
    with web_process(furnished, tmp_path_factory.mktemp("web")) as web:
        fenna, vera = (enter(furnished, chromium, web.address, who) for who in (FENNA, VERA))
        for pattern in patterns(furnished):
            for address in () if pattern in NOT_SEEN else known.addresses(pattern):
                visitor = vera if pattern.startswith("/beheer/inzage") else fenna
                if found := visitor.barriers(address, desk=pattern == DRAWN):
                    wrong[address] = found
    assert wrong == {}, "\n".join(f"{address}: {found}" for address, found in wrong.items())


@pytest.mark.timeout(600)
def test_a11y_what_stands_only_after_a_press_has_no_known_barrier(
    furnished: Services, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    known, wrong = places(furnished), dict[str, list[str]]()
    with web_process(furnished, tmp_path_factory.mktemp("web")) as web:
        fenna = enter(furnished, chromium, web.address, FENNA)
        for pattern, press in PRESSES.items():
            address = known.addresses(pattern)[0]
            if found := fenna.after(press, address):
                wrong[address] = found
    assert wrong == {}, "\n".join(f"{address}: {found}" for address, found in wrong.items())


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
def test_a11y_what_is_not_seen_is_still_there(furnished: Services) -> None:
    assert set(NOT_SEEN) - set(patterns(furnished)) == set()
