"""Cases that belong together, on the pages: who sees which, relating by number, and a new case with what is known."""

import re
from collections.abc import Callable

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.people import ADA, NOOR, TESS
from kit.small_types import FIRST, SECOND, SIDE, deploy
from kit.small_types import end as end_small
from kit.small_types import register as register_small
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.registering import NewParty
from processes.actions.relating import RelateCases
from processes.base.actor import Actor
from processes.storage.tables import Case, CaseRelation, Decision, Party

TOGA = NewParty("representative", "mr. P. Toga", "company", identity="kvk:90004760", channel="portal")


@pytest.fixture
def types(services) -> None:
    for sketch, name in ((SECOND, "tweede"), (FIRST, "eerste"), (SIDE, "zijzaak")):
        deploy(services, sketch, name)


def test_a_worker_relates_two_cases_and_parts_them_again(services, noor: Browser):
    one, two = register_bezwaar(services), register_bezwaar(services, BRAM, subject="Kapvergunning")
    assert "Er horen geen andere zaken bij deze zaak." in noor.get(f"/werk/zaken/{one}")
    page = noor.post(f"/werk/zaken/{one}/relaties", {"other": two, "kind": "hoofdzaak"})
    assert "De zaken zijn aan elkaar gekoppeld." in page
    assert f'href="/werk/zaken/{two}">Bezwaar {two}: Kapvergunning</a>' in page
    assert "Hoofdzaak" in page
    page = noor.get(f"/werk/zaken/{two}")
    assert f'href="/werk/zaken/{one}"' in page
    assert "Hoort bij deze zaak" in page
    page = noor.post(f"/werk/zaken/{two}/relaties/{one}/weg")
    assert "De zaken horen niet meer bij elkaar." in page
    assert rows(services, CaseRelation) == []
    noor.post(f"/werk/zaken/{two}/relaties/{one}/weg", status=404)


@pytest.mark.parametrize(
    ("other", "kind", "field"),
    [
        ("BZW-2026-999999", "onderwerp", "other"),
        ("", "onderwerp", "other"),
        ("{one}", "onderwerp", "other"),
        ("{two}", "", "kind"),
    ],
)
def test_a_mistake_stands_at_its_field_with_what_was_typed(services, noor: Browser, other, kind, field):
    named = {"one": register_bezwaar(services), "two": register_bezwaar(services)}
    here = f"/werk/zaken/{named['one']}"
    noor.get(here)
    page = noor.post(f"{here}/relaties", {"other": other.format(**named), "kind": kind}, status=422)
    assert f'href="#field-{field}"' in page
    assert f'value="{other.format(**named)}"' in page
    assert "<details" in page
    assert rows(services, CaseRelation) == []


def test_a_committee_member_sees_only_related_cases_of_the_own_agenda(services, browser: Callable[[Actor], Browser]):
    hidden, agenda = (
        register_bezwaar(services, subject="Verborgen"),
        register_bezwaar(services, BRAM, subject="Op de agenda"),
    )
    also = register_bezwaar(services, subject="Ook op de agenda")
    for other in (hidden, also):
        act(services, NOOR, RelateCases(agenda, other, "onderwerp"))
    _on_the_agenda(services, agenda, also)
    page = browser(ADA).get(f"/werk/zaken/{agenda}")
    assert also in page
    assert hidden not in page
    assert "Een andere zaak koppelen" not in page
    browser(ADA).post(f"/werk/zaken/{agenda}/relaties", {"other": hidden, "kind": "onderwerp"}, status=403)


def _on_the_agenda(services, *numbers: str) -> None:
    from processes.storage.tables import TaskRow

    with services.sessions.begin() as session:
        for row in session.query(TaskRow).join(Case, Case.id == TaskRow.case_id).filter(Case.number.in_(numbers)):
            row.side = "committee"


def test_what_follows_and_how_long_a_case_is_kept_stand_on_the_closed_case(services, noor: Browser, types):
    number = register_small(services, decisions=())
    assert "Archiefnominatie" not in noor.get(f"/werk/zaken/{number}")
    end_small(services, number, dictum="verder")
    page = noor.get(f"/werk/zaken/{number}")
    assert "Volgt op deze zaak" in page
    assert "13.1 Geschil behandeld (5 jaar), Selectielijst" in page
    assert "<dd>vernietigen</dd>" in page
    kept = register_small(services, decisions=())
    end_small(services, kept, dictum="klaar", kept=True)
    page = noor.get(f"/werk/zaken/{kept}")
    assert "<dd>blijvend bewaren</dd>" in page
    assert "<dd>nooit</dd>" in page


# -- a new case that belongs to this one ---------------------------------------------------------------------------------


def test_the_case_offers_what_can_belong_to_it_and_fills_it_in(services, noor: Browser, types):
    main = register_bezwaar(services, TESS, TOGA)
    page = noor.get(f"/werk/zaken/{main}")
    assert f'href="/werk/nieuw/zijzaak?bij={main}"' in page
    assert f'href="/werk/nieuw/tweede?bij={main}"' in page
    assert "/werk/nieuw/eerste?bij" not in page
    page = noor.get(f"/werk/nieuw/tweede?bij={main}")
    for words in ("Bij welke zaak hoort deze?", f'value="{main}"', 'value="Tess Testeling"', "BSN ******653",
                  'value="mr. P. Toga"', "KvK-nummer *****760", 'value="PV-1"'):  # fmt: skip
        assert words in page
    assert '<option value="appellant" selected>Eiser</option>' in page
    assert "999993653" not in page
    assert "90004760" not in page


def _typed(page: str) -> dict[str, str]:
    """What a browser would send of a form that nobody changed."""
    form = page.partition('action="/werk/nieuw/')[2].partition("</form>")[0]
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"[^>]* checked', form))
    fields |= dict(re.findall(r'<input class="[^"]*" type="\w+" id="[^"]*" name="([^"]+)" value="([^"]*)"', form))
    fields |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return {name: value for name, value in fields.items() if name not in {"csrf", "form_key"}}


def test_the_filled_in_case_is_registered_with_the_identities_that_no_page_showed(services, noor: Browser, types):
    main = register_bezwaar(services, TESS, TOGA)
    place = f"/werk/nieuw/tweede?bij={main}"
    sent = _typed(noor.get(place))
    assert "De zaak is geregistreerd." in noor.post("/werk/nieuw/tweede", sent)
    assert "Hoofdzaak" in noor.get(noor.url)
    tess, toga, tess_again, toga_again = rows(services, Party)
    assert [tess_again.identity_index, toga_again.identity_index] == [tess.identity_index, toga.identity_index]
    assert (tess_again.role, tess_again.represented_by) == ("appellant", toga_again.id)
    assert [decision.number for decision in rows(services, Decision)] == ["PV-1", "PV-1"]


def test_another_name_does_not_get_the_number_of_the_first(services, noor: Browser, types):
    main = register_bezwaar(services)
    sent = {**_typed(noor.get(f"/werk/nieuw/tweede?bij={main}")), "party-0-name": "Iemand Anders"}
    page = noor.post("/werk/nieuw/tweede", sent, status=422)
    assert "Deze betrokkene staat niet zo in de andere zaak." in page
    assert "Dezelfde als in zaak" in page
    sent = {name: value for name, value in sent.items() if name != "party-0-same"}
    noor.post("/werk/nieuw/tweede", {**sent, "party-0-channel": "post", "party-0-address": "Weg 1"})
    assert rows(services, Party)[-1].identity_index is None


def test_a_required_main_case_is_asked_for_at_its_field(services, noor: Browser, types):
    main = register_bezwaar(services)
    sent = {**_typed(noor.get(f"/werk/nieuw/zijzaak?bij={main}")), "main_case": ""}
    assert 'href="#field-main_case">Vul in bij welke zaak dit hoort' in noor.post(
        "/werk/nieuw/zijzaak", sent, status=422
    )
    page = noor.post("/werk/nieuw/zijzaak", {**sent, "main_case": "BZW-1"}, status=422)
    assert "Er is geen zaak met het nummer BZW-1" in page
    assert len(rows(services, Case)) == 1


def test_an_address_that_names_no_case_to_belong_to_is_no_page(services, noor: Browser, types):
    noor.get("/werk/nieuw/zijzaak?bij=BZW-2026-999999", 404)
    noor.get(f"/werk/nieuw/eerste?bij={register_bezwaar(services)}", 404)
    assert "Bij welke zaak" not in noor.get("/werk/nieuw/eerste")
