"""Everything that the canvas does, the list of steps does by keyboard: a small process is drawn from nothing."""

from collections.abc import Callable

from playwright.sync_api import expect

from browser.drawing_page import DrawingPage
from engine import read_model

Draw = Callable[..., DrawingPage]


def test_s3_a_small_process_is_drawn_from_nothing_by_keyboard(draw: Draw) -> None:
    page = draw("leeg")
    page.page.get_by_role("button", name="Begin toevoegen").press("Enter")
    page.fill("Naam", "Aanvraag ontvangen")
    page.do("Stap erna", Soort="Taak met een formulier", Naam_van_de_nieuwe_stap="Beoordeel")
    page.do("Stap erna", Soort="Keuze: één weg", Naam_van_de_nieuwe_stap="Kan het?")
    page.do("Stap erna", Soort="Einde", Naam_van_de_nieuwe_stap="Klaar")
    page.choose("Kan het?")
    page.do(
        "Tak", Eerste_stap_van_de_tak="Brief of mail", Naam_van_de_nieuwe_stap="Vraag meer", Daarna_naar="Beoordeel"
    )
    page.choose("Kan het?").chosen.get_by_role("button", name="naar Vraag meer").press("Enter")
    page.fill("Naam", "meer nodig")
    page.fill("Deze weg geldt als", "uitkomst == 'meer'")
    page.choose("Kan het?").chosen.get_by_role("button", name="naar Klaar").press("Enter")
    page.chosen.get_by_label("Deze pijl geldt als geen andere past").press("Space")
    page.choose("Beoordeel").do(
        "Gebeurtenis op de rand", Soort="Moment, de stap stopt", Naam_van_de_nieuwe_stap="Te lang"
    )
    page.fill("Moment", "'P30D'")
    page.do("Verbind", Naar="Klaar")
    page.choose("Vraag meer").do("Stap erna", Soort="Wachten op een bericht", Naam_van_de_nieuwe_stap="Antwoord")
    page.fill("Naam van het bericht", "antwoord")
    expect(page.step("Kan het?")).to_contain_text("Daarna: Klaar; meer nodig: Vraag meer")
    expect(page.step("Antwoord")).to_contain_text("Daarna: Beoordeel (terug)")
    lane = page.page.locator(".ed-outline details")
    for name in ("Aanvrager", "Behandelaar"):
        lane.locator("summary").press("Enter")
        lane.get_by_label("Naam van de nieuwe baan").fill(name)
        lane.get_by_role("button").press("Enter")
        expect(page.chosen.locator("h2")).to_have_text(name)
        lane.locator("summary").press("Enter")
    page.choose("Vraag meer").do("Naar een andere baan", Baan="Behandelaar")
    page.choose("Klaar").do("Verwijder")
    page.page.locator("[data-undo]").press("Enter")
    drawn = read_model(page.saved().encode()).drawing
    assert drawn is not None
    assert {(flow.source, flow.target, flow.condition, flow.default) for flow in drawn.flows.values()} == {
        ("AanvraagOntvangen", "Beoordeel", None, False),
        ("Beoordeel", "KanHet", None, False),
        ("KanHet", "Klaar", None, True),
        ("KanHet", "VraagMeer", "uitkomst == 'meer'", False),
        ("VraagMeer", "Antwoord", None, False),
        ("Antwoord", "Beoordeel", None, False),
        ("TeLang", "Klaar", None, False),
    }
    assert drawn.nodes["TeLang"].events[0].text == "'P30D'"
    assert drawn.nodes["Antwoord"].events[0].name == "antwoord"
    assert drawn.boxes.keys() >= drawn.nodes.keys()
    assert drawn.process == "leeg"
    assert {lane.name: "VraagMeer" in lane.nodes for lane in drawn.lanes} == {"Aanvrager": False, "Behandelaar": True}
    assert page.trouble == []


def test_s3_a_step_goes_to_another_lane_and_steps_become_a_subprocess_by_keyboard(draw: Draw) -> None:
    page = draw("stukkenverzoek")
    page.choose("Meld wat er niet goed is").do("Naar een andere baan", Baan="Vakafdeling")
    expect(page.step("Meld wat er niet goed is")).to_contain_text("Vakafdeling")
    page.page.keyboard.press("Control+z")
    expect(page.step("Meld wat er niet goed is")).to_contain_text("Behandelaar")
    page.choose("Stuur een herinnering").do("Deelproces hiervan maken", Naam_van_het_deelproces="Herinneren")
    expect(page.chosen.locator("h2")).to_have_text("Herinneren")
    expect(page.page.locator("[data-checked]")).to_contain_text("Geen bevindingen")
    drawn = read_model(page.saved().encode()).drawing
    assert drawn is not None
    assert drawn.nodes["ReminderSent"].scope == "Herinneren"
    page.page.get_by_label("Zoek een stap").fill("herinnering")
    expect(page.page.locator(".ed-list .ed-item")).to_have_count(2)
    page.page.locator("[data-undo]").press("Enter")
    assert page.trouble == []
