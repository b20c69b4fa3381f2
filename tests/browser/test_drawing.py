"""The drawing of a case type is edited in the browser, in Dutch, and nothing of it is lost on the way."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.cases import all_shipped, put_in_use, shipped
from lxml import etree
from playwright.sync_api import Route, expect

from browser.conftest import GERDA
from browser.drawing_page import DrawingPage
from engine.canonical import canonical
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.storage.services import Services
from processes.studio.revisions import newest_revision

Draw = Callable[..., DrawingPage]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
ROUND = """async (editor, xml) => {
  const { warnings } = await editor.modeler.importXML(xml);
  return [warnings.map((one) => one.message), (await editor.modeler.saveXML({ format: true })).xml];
}"""
MENUS = """async (editor) => {
  const [pad, menu, registry] = ["contextPad", "popupMenu", "elementRegistry"].map((name) => editor.modeler.get(name));
  const shown = [...document.querySelectorAll(".djs-palette [title]")].map((one) => one.title);
  const popup = async (element, kind) => {
    if (menu.isEmpty(element, kind)) return;
    menu.open(element, kind, { x: 10, y: 10 });
    await new Promise((done) => setTimeout(done));
    for (const one of document.querySelectorAll(".djs-popup .entry, .djs-popup .djs-popup-title")) shown.push(one.title || one.textContent.trim());
    menu.close();
  };
  const steps = registry.filter((one) => one.businessObject && one.parent);
  for (const element of steps) {
    shown.push(...Object.values(pad.getEntries(element)).map((one) => one.title));
    await popup(element, "bpmn-replace");
  }
  const two = steps.filter((one) => one.type === "bpmn:UserTask").slice(0, 3);
  shown.push(...Object.values(pad.getEntries(two)).map((one) => one.title));
  await popup(two, "align-elements");
  return [...new Set(shown)].filter(Boolean);
}"""
OPEN_MENUS = """(editor) => {
  const task = editor.modeler.get("elementRegistry").find((one) => one.type === "bpmn:UserTask");
  editor.modeler.get("selection").select(task);
  editor.modeler.get("contextPad").open(task, true);
  editor.modeler.get("popupMenu").open(task, "bpmn-replace", { x: 10, y: 10 });
}"""


LANES_INSIDE = {"Behandelaar", "Indiener", "Commissie", "Vakafdeling"}


@pytest.fixture(scope="module")
def page(draw: Draw) -> DrawingPage:
    """The drawing of stukkenverzoek; each test leaves it as it was."""
    return draw("stukkenverzoek")


@pytest.fixture(scope="module")
def large(draw: Draw) -> DrawingPage:
    """The drawing of bezwaar; each test leaves it as it was."""
    return draw("bezwaar")


def parts(drawing: str | bytes) -> Counter[tuple[str, ...]]:
    """Every element of a drawing with its attributes and text, whatever the order."""
    root = etree.fromstring(drawing.encode() if isinstance(drawing, str) else drawing)
    return Counter(
        (
            "/".join(str(up.tag) for up in (one, *one.iterancestors())),
            *(f"{name}={value}" for name, value in sorted(one.attrib.items())),
            (one.text or "").strip(),
        )
        for one in root.iter("*")
    )


def without_labels(drawing: str | bytes) -> Counter[tuple[str, ...]]:
    """The same, but for the boxes of labels, which bpmn-js measures anew when it moved one, in the font of the machine."""
    found = parts(canonical(drawing.encode() if isinstance(drawing, str) else drawing))
    return Counter({one: times for one, times in found.items() if "BPMNLabel" not in one[0]})


def undo_all(page: DrawingPage) -> None:
    button = page.page.locator("[data-undo]")
    while button.get_attribute("aria-disabled") == "false":
        button.press("Enter")


def test_s2_nothing_of_our_drawings_is_lost_in_the_editor(draw: Draw) -> None:
    page = draw("stukkenverzoek")
    for folder in all_shipped():
        warnings, saved = page.in_editor(ROUND, folder.drawing.decode())
        assert (folder.name, warnings) == (folder.name, [])
        assert parts(saved) == parts(folder.drawing), folder.name


def test_s2_what_is_offered_is_in_dutch_and_runs(large: DrawingPage) -> None:
    page = large
    shown = page.in_editor(MENUS)
    assert set(shown) <= set(page.in_editor("(editor) => editor.dutchWords")), (
        "a text of bpmn-js that is not translated"
    )
    assert page.in_editor("(editor) => [...editor.unknownWords]") == []
    refused = {"Taak met regels", "Handmatige taak"}
    assert {"Brief of mail", "Einde", "Keuze: één weg"} <= set(shown)
    assert not refused & set(shown)
    assert page.page.locator(".bjs-powered-by").is_visible(), "the licence asks for it"
    assert page.trouble == [], "errors of scripts, or against the policy of the page"


def test_s2_a_changed_name_is_one_changed_line_of_the_stored_drawing(page: DrawingPage) -> None:
    page.choose("Beoordeel de levering").fill("Naam", "Beoordeel wat er kwam")
    before = page.saved()
    page.fill("Naam", "Beoordeel wat kwam")
    expect(page.page.locator("[data-saved]")).to_have_text("Nog niet bewaard")
    after = page.saved()
    changed = [(one, other) for one, other in zip(before.splitlines(), after.splitlines(), strict=True) if one != other]
    assert len(changed) == 1
    assert 'name="Beoordeel wat kwam"' in changed[0][1]
    undo_all(page)
    expect(page.page.locator("[data-saved]")).to_have_text("Nog niet bewaard")
    assert without_labels(page.saved()) == without_labels(shipped("stukkenverzoek").drawing)


def test_s2_a_status_text_that_is_changed_at_its_step_is_one_changed_line(large: DrawingPage) -> None:
    before = large.stored()
    large.choose("Bezwaar ontvangen").set("Status: Ontvangen", "Naam", "Uw bezwaar is binnen")
    after = large.saved()
    changed = [(one, other) for one, other in zip(before.splitlines(), after.splitlines(), strict=True) if one != other]
    assert [other.strip() for _, other in changed] == [
        changed[0][0].strip().replace("Ontvangen", "Uw bezwaar is binnen")
    ]
    undo_all(large)
    expect(large.page.locator("[data-saved]")).to_have_text("Nog niet bewaard")
    assert without_labels(large.saved()) == without_labels(before), "one list to undo: settings stand in it too"


def test_s2_a_task_in_a_subprocess_says_whose_lane_it_is_in(large: DrawingPage) -> None:
    """In the editor, and in the drawing that is only shown; the lanes themselves stand in the pool."""
    in_editor = set(large.page.locator(".drawing-lane").all_text_contents())
    shown = large.page.context.new_page()
    shown.goto(large.page.url.removesuffix("/tekening"))
    shown.locator("[data-drawing][data-ready]").wait_for()
    in_viewer = set(shown.locator(".drawing-lane").all_text_contents())
    shown.close()
    assert (in_editor, in_viewer) == (LANES_INSIDE, LANES_INSIDE)


def test_s1_the_explanation_and_the_english_of_a_task_stay_when_the_drawing_is_saved(page: DrawingPage) -> None:
    before = page.stored()
    page.choose("Beoordeel de levering").set("Uitleg en Engels", "Uitleg (niet verplicht)", "Lees alles.")
    page.set("Uitleg en Engels", "Naam in het Engels (niet verplicht)", "Judge it")
    page.fill("Naam", "Beoordeel wat kwam")
    after = page.saved()
    assert ">Lees alles.</bpmn:documentation>" in after
    assert '<case:translation lang="en" of="name" text="Judge it"/>' in after
    assert 'name="Beoordeel wat kwam"' in after
    undo_all(page)
    assert without_labels(page.saved()) == without_labels(before)


def test_s2_a_setting_that_is_refused_says_why_and_keeps_what_was_typed(large: DrawingPage) -> None:
    large.choose("Bezwaar ontvangen").set("Status: Ontvangen", "Plaats op de tijdlijn", "tien")
    expect(large.chosen.get_by_role("alert")).to_contain_text("heel getal")
    expect(large.chosen.get_by_label("Plaats op de tijdlijn")).to_have_value("tien")
    assert large.trouble == []


def test_s2_a_step_that_is_put_in_and_undone_leaves_the_drawing_as_it_was(page: DrawingPage) -> None:
    before = page.stored()
    page.choose("Beoordeel de levering").do("Stap erna", Soort="Brief of mail", Naam_van_de_nieuwe_stap="Zeg dank")
    made = page.saved()
    assert re.search(r'<bpmn:sendTask id="ZegDank" name="Zeg dank"', made), "a new step gets a readable id"
    assert made.count("sequenceFlow id=") == before.count("sequenceFlow id=") + 1
    undo_all(page)
    expect(page.page.locator("[data-saved]")).to_have_text("Nog niet bewaard")
    assert without_labels(page.saved()) == without_labels(before)
    assert page.trouble == []


def test_s2_a_setting_that_does_not_fit_the_new_kind_is_left_out_and_comes_back(page: DrawingPage) -> None:
    settings = """(editor, id) => (editor.modeler.get("elementRegistry").get(id).businessObject.extensionElements?.values ?? [])
        .map((one) => one.$type)"""
    replace = """(editor, id, type) => {
        editor.modeler.get("bpmnReplace").replaceElement(editor.modeler.get("elementRegistry").get(id), { type });
    }"""
    assert page.in_editor(settings, "JudgeDelivery") == ["case:Form", "case:Assignment"]
    page.in_editor(replace, "JudgeDelivery", "bpmn:SendTask")
    assert page.in_editor(settings, "JudgeDelivery") == []
    undo_all(page)
    assert page.in_editor(settings, "JudgeDelivery") == ["case:Form", "case:Assignment"]


def test_s2_making_room_leaves_every_note_in_its_process(large: DrawingPage) -> None:
    page = large
    notes = """(editor) => editor.modeler.get("elementRegistry").filter((one) => one.type === "bpmn:TextAnnotation")
        .map((one) => [one.id, one.businessObject.$parent.id])"""
    before = page.in_editor(notes)
    page.choose("Bevestig de ontvangst").do(
        "Stap erna", Soort="Taak met een formulier", Naam_van_de_nieuwe_stap="Nog iets"
    )
    assert page.in_editor(notes) == before
    assert {process for _, process in before} == {"bezwaar"}
    undo_all(page)


def test_s2_a_drawing_of_which_something_would_be_lost_is_only_shown(draw: Draw) -> None:
    page = draw("nazending")
    expect(page.page.locator("[data-notice]")).to_contain_text('Er staat een opmerking in het bestand: "van Joost".')
    page.choose("Beoordeel de nazending")
    assert page.chosen.locator("details, input").count() == 0
    assert not page.page.locator("[data-undo]").is_visible()


def test_s5_findings_stand_at_the_step_while_somebody_draws(page: DrawingPage) -> None:
    page.choose("Beoordeel de levering").do("Stap erna", Soort="Brief of mail", Naam_van_de_nieuwe_stap="Zeg dank")
    expect(page.chosen.locator(".ed-wrong")).to_contain_text("Deze verzendtaak heeft geen mail.")
    expect(page.page.locator('[data-container-id="ZegDank"] .drawing-note')).to_have_text("1")
    expect(page.step("Zeg dank")).to_contain_text("1 bevinding")
    page.page.locator("[data-findings]").get_by_role("button", name="verzendstap 'Zeg dank'").press("Enter")
    expect(page.chosen.locator("h2")).to_have_text("Zeg dank")
    undo_all(page)
    expect(page.page.locator("[data-checked]")).to_contain_text("Geen bevindingen")


def test_s6_who_saves_second_is_told_and_chooses_which_drawing_is_the_newest(
    page: DrawingPage, services: Services
) -> None:
    with services.sessions() as session:
        seen = newest_revision(session, "stukkenverzoek").id
    theirs = shipped("stukkenverzoek").drawing.replace(b"Stuur een herinnering", b"Herinner aan de termijn")
    act(services, GERDA, SaveDraftFiles("stukkenverzoek", seen, "Naam veranderd.", {"stukkenverzoek.bpmn": theirs}))
    page.choose("Beoordeel de levering").fill("Naam", "Beoordeel wat kwam")
    notice = page.page.locator("[data-notice]")
    expect(notice).to_contain_text("Gerda Beheer bewaarde om")
    assert "Herinner aan de termijn" in page.stored()
    notice.get_by_role("button", name="Mijn tekening wordt de nieuwste").press("Enter")
    assert "Beoordeel wat kwam" in page.saved()
    undo_all(page)
    expect(page.page.locator("[data-saved]")).to_have_text("Nog niet bewaard")
    page.saved()


def test_s6_a_session_that_ends_while_drawing_loses_nothing(page: DrawingPage) -> None:
    cookies = page.page.context.cookies()
    page.page.context.clear_cookies()
    page.choose("Beoordeel de levering").fill("Naam", "Beoordeel zonder sessie")
    notice = page.page.locator("[data-notice]")
    expect(notice).to_contain_text("U bent uitgelogd. Uw tekening is niet weg")
    assert "Beoordeel zonder sessie" not in page.stored()
    page.page.context.add_cookies(cookies)
    notice.get_by_role("button", name="Nu bewaren").press("Enter")
    assert "Beoordeel zonder sessie" in page.saved()
    expect(notice).to_be_empty()
    undo_all(page)


def test_a11y_the_page_around_the_canvas_has_no_known_barrier(page: DrawingPage) -> None:
    page.choose("Beoordeel de levering")
    for action in page.chosen.locator("summary").all():
        action.press("Enter")
    found = Axe().run(page.page, context={"exclude": [["[data-canvas]"]]}, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    flow = """(editor) => editor.go(editor.modeler.get("elementRegistry").find((one) => one.type === "bpmn:SequenceFlow"
        && one.businessObject.conditionExpression), { focus: true })"""
    page.in_editor(flow)
    page.sentence("Voorwaarde als zin")
    found = Axe().run(page.page, context={"include": [["[data-chosen]"]]}, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.in_editor(OPEN_MENUS)
    for part in (".djs-palette", ".djs-context-pad", ".djs-popup"):
        found = Axe().run(page.page, context={"include": [[part]]}, options=RULES)
        assert found.violations_count == 0, found.generate_report()
    page.in_editor("(editor) => editor.modeler.get('popupMenu').close()")
    page.page.set_viewport_size({"width": 320, "height": 740})
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 320
    page.page.set_viewport_size({"width": 1280, "height": 900})


def test_s13_what_differs_is_marked_in_the_drawing_and_told_of_the_part_that_is_clicked(
    large: DrawingPage, services: Services
) -> None:
    older = replace(
        shipped("bezwaar"), rehearsals={}, drawing=shipped("bezwaar").drawing.replace(b"AnswerHearing", b"Ask")
    )
    put_in_use(services, "stukkenverzoek", "nazending", "hoorzitting-antwoord", older)
    page = large.page.context.new_page()
    page.goto(large.page.url.replace("/tekening", "/verschil"))
    new, old = (page.locator(f"#difference-{one}-marks + [data-ready]") for one in ("new", "old"))
    expect(new.locator('[data-element-id="AnswerHearing"].drawing-added')).to_have_count(1)
    expect(old.locator('[data-element-id="Ask"].drawing-removed')).to_have_count(1)
    folded = new.locator('[data-element-id="HearingChoicePart"].drawing-within')
    expect(new.locator('[data-container-id="AnswerHearing"] .drawing-note')).to_have_text("+")
    new.locator(".bjs-crumb").first.click()
    new.evaluate("(place) => place.viewer.get('canvas').zoom('fit-viewport', 'auto')")
    folded.locator(".djs-hit").first.click()
    said = page.locator(".zs-difference__said")
    expect(said).to_contain_text("Erbij: taak 'Laat weten of u gehoord wilt worden'.")
    button = page.get_by_role("button", name="Toon in de tekening: Weg: taak 'Laat weten of u gehoord wilt worden'.")
    button.press("Enter")
    expect(said).to_have_text("Weg: taak 'Laat weten of u gehoord wilt worden'.")
    expect(old.locator('[data-element-id="Ask"].drawing-chosen')).to_be_visible()
    found = Axe().run(page, context={"exclude": [["[data-drawing]"]]}, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


FITS = """() => {
  const { x, y, width, height, inner } = document.querySelector("[data-editor]").editor.modeler.get("canvas").viewbox();
  const sides = [inner.x - x, x + width - inner.x - inner.width, inner.y - y, y + height - inner.y - inner.height];
  return { inside: sides.every((one) => one >= 0), offCentre: Math.abs(sides[2] - sides[3]) / height };
}"""


def test_s2_a_drawing_opens_as_a_whole_and_in_the_middle_at_both_widths(large: DrawingPage) -> None:
    for width in (1280, 390):
        page = large.page.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(large.page.url)
        page.locator("[data-editor][data-ready]").wait_for()
        found = page.evaluate(FITS)
        assert found["inside"], width
        assert found["offCentre"] < 0.01, width
        page.close()


def test_s3_the_list_of_steps_shows_the_lane_that_a_step_names_itself(large: DrawingPage) -> None:
    expect(large.step("Laat weten of uw bezwaar stopt")).to_contain_text("taak · Indiener")


def test_b8_nothing_shifts_on_a_page_when_its_drawing_appears(page: DrawingPage) -> None:
    tab = page.page.context.new_page()
    held: list[Route] = []
    tab.route("**/bestand/tekening", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks the function)
    height = "document.documentElement.scrollHeight"
    with tab.expect_request("**/bestand/tekening"):
        tab.goto(page.page.url.removesuffix("/tekening"))
    before = tab.evaluate(height)
    held[0].continue_()
    tab.locator("[data-drawing][data-ready]").wait_for()
    expect(tab.get_by_role("button", name="Dichterbij")).to_be_visible()
    assert tab.evaluate(height) == before
    tab.close()
