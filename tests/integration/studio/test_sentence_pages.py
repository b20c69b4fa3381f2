"""Conditions and moments of a draft as sentences, on pages without a script: chosen from lists, saved as an expression."""

import re
from html import unescape
from typing import Any

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, rows
from kit.people import FENNA

from engine.edits import SetCondition
from processes.actions import act
from processes.actions.drafting import EditDraft, StartDraft
from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.tables import ModelDraftRevision
from processes.studio.revisions import contents

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/klacht/ontwerp/elementen"
COMMITTEE = f"{HOME}/Flow_ByCommittee_CommitteeAnnounced"
OTHERWISE = f"{HOME}/Flow_WhoHears_Hear"
GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))
REMINDER = f"{HOME}/TwoDaysBefore"


@pytest.fixture
def fenna(services: Services) -> Browser:
    act(services, FENNA, StartDraft("klacht"))
    return Browser(services, FENNA)


def stored(services: Services, name: str = "klacht") -> list[str]:
    with services.sessions() as session:
        saves = [
            contents(session, one) for one in sorted(rows(services, ModelDraftRevision), key=lambda one: one.number)
        ]
        return [one for one in saves if f"{name}.bpmn" in one][-1][f"{name}.bpmn"].decode().splitlines()


def changed(before: list[str], after: list[str]) -> list[str]:
    """The text of the expression in each line that is another now."""
    pairs = zip(before, after, strict=True)
    return [unescape(re.sub(r"<[^>]*>", "", new)).strip() for old, new in pairs if old != new]


def typed(page: str) -> dict[str, Any]:
    """The fields of the form of the sentence, as a browser would send them."""
    form = page[page.rindex("<form", 0, page.index('name="seen"')) :].split("</form>", maxsplit=1)[0]
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input [^>]*name="([^"]+)"[^>]* value="([^"]*)"', form):
        found.setdefault(name, unescape(value))
    for name, body in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        options = re.findall(r'value="([^"]*)" selected', body) or re.findall(r'value="([^"]*)"', body)
        found[name] = unescape(options[0])
    for kind in ("radio", "checkbox"):
        for name in set(re.findall(rf'<input type="{kind}" [^>]*name="([^"]*)"', form)):
            chosen = re.findall(rf'<input type="{kind}" [^>]*name="{name}" value="([^"]*)" checked', form)
            found[name] = [unescape(one) for one in chosen]
    return found


def test_s4_a_condition_is_built_from_lists_and_read_back_as_the_same_sentence(
    fenna: Browser, services: Services
) -> None:
    assert "als &#39;Wijze van behandelen&#39; is &#39;Een commissie onderzoekt en adviseert&#39;" in _html(fenna, HOME)
    before = stored(services)
    page = fenna.get(COMMITTEE)
    fields = typed(fenna.html)
    fenna.post(COMMITTEE, {**fields, "step": "save"})
    assert stored(services) == before, "what says the same keeps its bytes"
    fields = typed(_html(fenna, COMMITTEE))
    page = fenna.post(COMMITTEE, {**fields, "step": "more"})
    assert "Regel 2" in page
    page = fenna.post(COMMITTEE, {**typed(fenna.html), "r1.name": "solved", "step": "save"})
    assert "Kies nu wat er moet gelden" in page
    page = fenna.post(COMMITTEE, {**typed(fenna.html), "r1.verb": "not_yes", "join": "or", "step": "save"})
    assert changed(before, stored(services)) == ["route == 'commissie' or not solved"]
    assert "of 'De klager is tevreden over de oplossing' is niet ja" in page


def _html(browser: Browser, address: str) -> str:
    browser.get(address)
    return browser.html


def test_s4_what_is_not_chosen_yet_is_named_and_nothing_typed_is_lost(fenna: Browser, services: Services) -> None:
    before = stored(services)
    fields = typed(_html(fenna, COMMITTEE))
    page = fenna.post(COMMITTEE, {**fields, "r0.value": [], "step": "save"}, status=422)
    assert "Kies of typ een waarde voor 'Wijze van behandelen'." in page
    page = fenna.post(COMMITTEE, {**fields, "text": "route ==", "step": "type"}, status=422)
    assert "is niet te lezen" in page
    assert 'value="route =="' in fenna.html
    assert stored(services) == before


def test_s4_what_no_sentence_can_say_stays_as_text_and_is_said(fenna: Browser, services: Services) -> None:
    before = stored(services)
    page = fenna.post(
        COMMITTEE, {**typed(_html(fenna, COMMITTEE)), "text": "len(people) > 2 or solved", "step": "type"}
    )
    assert "is niet in een zin te zeggen" in page
    assert changed(before, stored(services)) == ["len(people) > 2 or solved"]
    assert "len(people) > 2" in fenna.get(HOME)


def test_s4_a_way_becomes_the_one_that_counts_when_no_other_fits(fenna: Browser, services: Services) -> None:
    assert "als geen andere past" in fenna.get(OTHERWISE)
    other = f"{HOME}/Flow_WhoHears_Hearing"
    fenna.post(other, {**typed(_html(fenna, other)), "step": "default"})
    assert "als geen andere past" in fenna.get(other)
    assert 'default="Flow_WhoHears_Hearing"' in "\n".join(stored(services))
    assert "nog geen voorwaarde" in fenna.get(HOME)


def test_s4_a_moment_is_built_from_lists_with_the_dates_that_it_gives(fenna: Browser, services: Services) -> None:
    before = stored(services)
    page = fenna.get(REMINDER)
    assert "2 werkdagen vóór de termijn 'Reactie van de medewerker', om 8 uur" in page
    fields = {**typed(fenna.html), "m.count": "3", "m.unit": "days", "m.workday": "before", "example": "2026-05-06"}
    assert "vrijdag 1 mei 2026, 08.00 uur" in fenna.post(REMINDER, {**fields, "step": "look"})
    assert stored(services) == before, "looking saves nothing"
    fenna.post(REMINDER, {**fields, "step": "save"})
    assert changed(before, stored(services)) == ["at(working_day_or_before(deadline.reaction - days(3)), 8)"]
    page = fenna.post(REMINDER, {**typed(_html(fenna, REMINDER)), "shape": "every", "step": "save"})
    assert "Hoe vaak" in page, "first the fields that fit"
    fields = {**typed(fenna.html), "count": "7", "times": "nooit", "step": "save"}
    assert "Vul een heel getal in" in fenna.post(REMINDER, fields, status=422)


def test_s4_an_example_names_the_field_that_it_waits_for(fenna: Browser) -> None:
    fields = typed(_html(fenna, REMINDER))
    page = fenna.post(REMINDER, {**fields, "gate": "only", "step": "look"})
    assert "Vul eerst dit in. Regel 1: kies bij 'Wat' waar deze regel over gaat." in page
    page = fenna.post(REMINDER, {**typed(fenna.html), "step": "look"}, status=422)
    assert 'href="#field-r0.name">Regel 1: kies bij' in fenna.html
    page = fenna.post(REMINDER, {**fields, "m.base": "", "step": "look"}, status=422)
    assert "De dag van dit moment: kies bij 'Welke dag' een dag." in page
    page = fenna.post(
        REMINDER, {**typed(_html(fenna, REMINDER)), "text": "days(parts.open)", "kind": "timeDuration", "step": "type"}
    )
    assert "Dit voorbeeld is niet uit te rekenen: het hangt af van" in page
    assert "er geen moment" not in page


def test_s6_who_saves_a_sentence_second_is_told_and_keeps_what_was_chosen(fenna: Browser, services: Services) -> None:
    fields = typed(_html(fenna, COMMITTEE))
    theirs = (SetCondition("Flow_ByCommittee_CommitteeAnnounced", "solved"),)
    act(services, GERDA, EditDraft("klacht", fields["seen"], "Voorwaarde veranderd.", theirs))
    again = {**fields, "r0.verb": "is_not", "step": "save"}
    assert "Intussen bewaarde" in fenna.post(COMMITTEE, again, status=409)
    assert fenna.post(COMMITTEE, {**typed(fenna.html), "step": "save"})
    assert "route != &#39;commissie&#39;" in fenna.html


def test_s4_an_element_without_a_condition_or_moment_has_no_such_page(fenna: Browser) -> None:
    for element in ("Judge", "Flow_DecisionTaken_Approved", "nergens"):
        fenna.get(f"{HOME}/{element}", status=404)
    fenna.get(f"{HOME}/Judge/paneel")
    assert fenna.html == ""


def test_s4_a_timer_says_when_there_is_none_and_gets_such_a_condition(fenna: Browser, services: Services) -> None:
    put_in_use(services, "stukkenverzoek")
    act(services, FENNA, StartDraft("stukkenverzoek"))
    asked = "/beheer/zaaktypen/stukkenverzoek/ontwerp"
    assert "geen timer als" in fenna.get(f"{asked}/elementen")
    assert "geen timer als" in fenna.get(f"{asked}/verzoeken"), "also on the list of its part"
    before = stored(services, "stukkenverzoek")
    address = f"{asked}/elementen/TermExpired"
    page = fenna.get(address)
    assert (
        "geen timer als de lijst van wat is afgekeurd is ingevuld en vandaag is na 1 dag na de termijn van het verzoek, of anders "
        "de werkdag erna; anders: 1 dag na de termijn van het verzoek, of anders de werkdag erna, om 8 uur"
    ) in page
    assert "Als er een timer is: dan is het zover" in page
    fenna.post(address, {**typed(fenna.html), "step": "save"})
    assert stored(services, "stukkenverzoek") == before, "what says the same keeps its bytes"
    fields = typed(_html(fenna, address))
    fenna.post(address, {**fields, "m.hour": "9", "step": "save"})
    later = "working_day_or_after(request.due + days(1))"
    expected = f"none if request.refused and today() > {later} else at({later}, 9)"
    assert changed(before, stored(services, "stukkenverzoek")) == [expected]
    page = fenna.post(address, {**typed(_html(fenna, address)), "gate": "", "step": "save"})
    assert "Geen timer als" not in page, "first the fields that fit"
    fenna.post(address, {**typed(fenna.html), "step": "save"})
    assert changed(before, stored(services, "stukkenverzoek")) == ["at(working_day_or_after(request.due + days(1)), 9)"]


def test_s4_a_timer_without_a_condition_gets_one_from_lists(fenna: Browser, services: Services) -> None:
    before = stored(services)
    fields = typed(_html(fenna, REMINDER))
    page = fenna.post(REMINDER, {**fields, "gate": "unless", "step": "save"})
    assert "Geen timer als" in page
    page = fenna.post(REMINDER, {**typed(fenna.html), "r0.name": "solved", "step": "save"})
    assert "Kies nu wat er moet gelden" in page
    fenna.post(REMINDER, {**typed(fenna.html), "r0.verb": "yes", "step": "save"})
    [now] = changed(before, stored(services))
    assert now.startswith("none if solved else at(")
    fields = typed(_html(fenna, REMINDER))
    fenna.post(REMINDER, {**fields, "shape": "every", "step": "look"})
    assert "niet steeds terugkomt" in fenna.post(
        REMINDER, {**typed(fenna.html), "count": "7", "step": "save"}, status=422
    )


def test_s4_when_a_case_is_kept_longer_is_a_sentence(fenna: Browser, services: Services) -> None:
    page = fenna.get(HOME)
    assert "Langer bewaren" in page
    address = re.findall(rf'{HOME}/[^"]*/instelling/[^"]*', fenna.html)[0]
    assert "als &#39;" in fenna.html
    before = stored(services)
    fields = typed(_html(fenna, address))
    fenna.post(address, {**fields, "step": "save"})
    assert stored(services) == before, "what says the same keeps its bytes"
    fields = typed(_html(fenna, address))
    fenna.post(address, {**fields, "r0.verb": "not_yes", "step": "save"})
    [new] = [line for line in stored(services) if line not in before]
    assert 'when="not via_ombudsman"' in new
    element, path = address.removeprefix(f"{HOME}/").split("/instelling/")
    page = fenna.get(f"/beheer/zaaktypen/klacht/ontwerp/resultaten/instelling/{element}/{path}")
    assert "Nu staat hier: als" in page
    assert f'href="{address}"' in fenna.html
    fenna.get(f"/beheer/zaaktypen/klacht/ontwerp/element/{element}")
    assert f'href="{address}"' in fenna.html, "also at the element in the drawing"
    fenna.get(f"{HOME}/{element}/instelling/resultType.0", status=404)
    fenna.get(f"{HOME}/{element}/instelling/onzin", status=404)
