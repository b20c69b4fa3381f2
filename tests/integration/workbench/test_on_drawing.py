"""The tab Tekening: where the case stands and has been, in words and as marks for the script, on its own version of the drawing."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from kit.browser import Browser
from kit.cases import INTAKE, do, register_bezwaar, rows
from kit.people import ADA, TESS
from workbench_kit import deliver

from engine import begun_again, compile_model, passed_before, read_folder, read_model
from processes.storage.tables import Instance

FOLDER = Path(__file__).parents[3] / "bpmn" / "bezwaar"


def marks(page: str) -> dict[str, str]:
    found = json.loads(page.partition('id="drawing-marks">')[2].partition("</script>")[0])
    return {one["element"]: one["kind"] for one in found}


def words(page: str, part: str) -> str:
    return page.partition(f'aria-labelledby="{part}"')[2].partition("</section>")[0]


def test_w11_the_drawing_shows_where_the_case_stands_and_has_been_and_says_it_in_words(services, noor: Browser):
    number = register_bezwaar(services)
    page = noor.get(f"/werk/zaken/{number}/tekening")
    assert marks(page)["Intake"] == "current"
    assert "Toets ontvankelijkheid en volledigheid" in words(page, "staat")
    do(services, "Intake", **INTAKE, route="ambtelijk")
    page = noor.get(f"/werk/zaken/{number}/tekening")
    assert marks(page)["Intake"] == "done"
    assert marks(page)["CallObjector"] == "current"
    assert "Bel de indiener" in words(page, "staat")
    assert re.search(r"Toets ontvankelijkheid en volledigheid <span[^>]*>\d+ \w+ \d{4}", words(page, "geweest"))
    assert "Wat kwam uit de toets?" in words(page, "geweest").partition("Ook langs gekomen")[2]
    assert "Neem de beslissing" not in words(page, "geweest") + words(page, "staat")


def test_w11_a_process_that_the_case_called_has_its_own_drawing(services, noor: Browser):
    number = register_bezwaar(services)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    (child,) = (one for one in rows(services, Instance) if not one.is_root)
    place = f"/werk/zaken/{number}/tekening"
    assert f'href="{place}?proces={child.id}"' in noor.get(place)
    page = noor.get(f"{place}?proces={child.id}")
    assert "Lever de stukken aan" in words(page, "staat")
    deliver(services, "plan.pdf")
    page = noor.get(f"{place}?proces={child.id}")
    assert "Lever de stukken aan" in words(page, "geweest")
    drawn = noor.client.get(re.search(r'data-drawing="([^"]+)"', page)[1])
    assert f'id="{child.process}"'.encode() in drawn.content


def test_w11_nobody_sees_the_drawing_of_another_case_through_this_one(services, noor: Browser, browser):
    number, other = register_bezwaar(services), register_bezwaar(services, TESS)
    theirs = rows(services, Instance)[-1].id
    for end in (f"?proces={theirs}", f"/{theirs}", "?proces=x", "/0"):
        noor.get(f"/werk/zaken/{number}/tekening{end}", 404)
    noor.get(f"/werk/zaken/{other}/tekening/{theirs}")
    browser(ADA).get(f"/werk/zaken/{other}/tekening/{theirs}", 403)
    browser(ADA).get(f"/werk/zaken/{other}/tekening", 404)


def test_what_a_message_begins_again_and_what_was_surely_passed():
    folder = read_folder(FOLDER)
    compiled = compile_model(folder.drawing, read_model(folder.drawing).model)
    assert begun_again(compiled, "move_hearing") == {"PlanHearing"}
    assert begun_again(compiled, "extend") == frozenset()  # it interrupts nothing
    passed = passed_before(compiled, ["PrepareFile"], datetime.now(UTC))
    assert {"PlanHearing", "InvitationSent", "HearingComes"} <= passed
    assert not {"ShortNotice", "PrepareFile", "FileOpens"} & passed
    assert passed_before(compiled, [], datetime.now(UTC)) == frozenset()
