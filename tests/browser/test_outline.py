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


def test_s3_a_case_type_is_built_from_nothing_by_keyboard_and_put_into_use(draw: Draw) -> None:
    page = draw("melding")
    page.choose("Behandel de aanvraag").fill("Naam", "Beoordeel de melding")
    page.do("Stap erna", Soort="Keuze: één weg", Naam_van_de_nieuwe_stap="Compleet?")
    page.do("Stap erna", Soort="Brief of mail", Naam_van_de_nieuwe_stap="Te veel")
    page.do("Ander soort", Soort="Ander proces")
    expect(page.step("Te veel")).to_contain_text("ander proces")
    page.do("Verwijder")
    page.choose("Compleet?").do(
        "Tak", Eerste_stap_van_de_tak="Wachten op een moment", Naam_van_de_nieuwe_stap="Even wachten"
    )
    page.do("Verbind", Naar="Beoordeel de melding")
    page.choose("Even wachten").saved()
    moment = page.sentence("Moment als zin")
    moment.get_by_label("Hoeveel", exact=True).fill("10")
    moment.get_by_label("Waarin geteld").select_option(label="werkdagen")
    moment.get_by_role("button", name="Bewaar het moment").press("Enter")
    expect(page.chosen.get_by_label("Moment", exact=True)).to_have_value("working_days(10)")
    page.choose("Compleet?").chosen.get_by_role("button", name="naar Even wachten").press("Enter")
    page.saved()
    condition = page.sentence("Voorwaarde als zin")
    condition.get_by_label("Wat", exact=True).select_option(label="Opmerking bij Behandel de aanvraag")
    condition.get_by_role("button", name="Toon wat u kunt kiezen").press("Enter")
    condition.get_by_label("Wat ervoor moet gelden").select_option(label="is ingevuld")
    condition.get_by_role("button", name="Bewaar de voorwaarde").press("Enter")
    expect(page.chosen.get_by_label("Deze weg geldt als")).to_have_value("not empty(opmerking_behandel_de_aanvraag)")
    page.choose("Compleet?")
    page.chosen.get_by_role("button", name="Herstel dit").press("Enter")
    expect(page.page.locator("[data-checked]")).to_contain_text("Geen bevindingen")
    page.page.locator("[data-undo]").press("Enter")
    expect(page.page.locator("[data-checked]")).not_to_contain_text("Geen bevindingen")
    page.page.locator("[data-redo]").press("Enter")
    expect(page.page.locator("[data-checked]")).to_contain_text("Geen bevindingen")
    page.saved()
    assert page.trouble == []
    page.page.goto(page.page.url.replace("/tekening", "/in-gebruik"))
    page.page.get_by_role("button", name="Versie 1 in gebruik nemen").press("Enter")
    expect(page.page.locator("main")).to_contain_text("Versie 1 is in gebruik", timeout=60_000)


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
