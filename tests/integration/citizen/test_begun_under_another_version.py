"""S14: a form that was begun under one version of a case type is finished under it, or says what changed; nothing typed is lost."""

import html
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from citizen_kit import TESS, Browser, change, filled, intake, register
from kit.cases import handed_in, open_task, put_in_use, rows, shipped
from kit.documents import PDF
from kit.people import FENNA
from sqlalchemy import update

from engine import Folder
from processes.actions import act
from processes.actions.moving import StartMove
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, ModelVersion

WHOLE = "/mijn/nieuw/bezwaar?deel=alles"
FORM = "/mijn/nieuw/bezwaar"
FILE = {"submission": ("foto van plek.pdf", PDF, "application/pdf")}
EARLIER = "Dit formulier is vernieuwd nadat u begon."
CHANGED = "Dit formulier is veranderd sinds u begon"
NEW_QUESTION = {"type": "textfield", "key": "new_question", "label": "Sinds wanneer?", "validate": {"required": True}}


def renewed(name: str, *, drop: str = "grounds", add: Mapping[str, Any] = NEW_QUESTION) -> Folder:
    """Bezwaar with one form that lost a question and got another."""
    folder = shipped("bezwaar")
    form = json.loads(folder.forms[name])
    form["components"] = [one for one in form["components"] if one.get("key") != drop] + [dict(add)]
    declared = b'<case:value code="new_question" title="Sinds wanneer?" type="text"/>'
    place = folder.drawing.index(b"<case:value ")
    drawing = folder.drawing[:place] + declared + folder.drawing[place:]
    return replace(folder, drawing=drawing, forms={**folder.forms, name: json.dumps(form).encode()})


@pytest.fixture
def next_version() -> Folder:
    return renewed("start.json")


def versions(services: Services) -> dict[int, int]:
    return {row.id: row.version for row in rows(services, ModelVersion, process="bezwaar")}


def keep(tess: Browser, **more: str) -> None:
    tess.get(FORM)
    fields = {**filled(tess), "begonnen": tess.hidden("begonnen"), "stap": "bewaren", **more}
    tess.post(FORM, fields, FILE)


def long_ago(services: Services) -> None:
    """The newest version went into use so long ago that no form of before can be finished as it was."""
    (newest,) = (one for one, number in versions(services).items() if number == max(versions(services).values()))
    with services.sessions() as session:
        at = session.get_one(ModelVersion, newest).deployed_at
    change(
        services,
        update(ModelVersion)
        .where(ModelVersion.id == newest)
        .values(deployed_at=at - timedelta(days=30) - timedelta(2)),
    )


def test_s14_a_form_begun_under_one_version_is_finished_under_it(tess: Browser, next_version: Folder) -> None:
    keep(tess)
    put_in_use(tess.services, next_version)
    page = html.unescape(tess.get(FORM))
    assert EARLIER in page
    assert "Sinds wanneer?" not in page
    assert "Ik woon hier al jaren" in page
    form = {"begonnen": tess.hidden("begonnen"), "held": tess.hidden("held")}
    tess.post(FORM, {**filled(tess), **form})
    tess.post(f"{FORM}/versturen", tess.held(f"{FORM}/versturen"))
    (case,) = rows(tess.services, Case)
    assert versions(tess.services)[case.model_version_id] == 1
    assert [row.file_name for row in handed_in(tess.services)] == ["foto van plek.pdf"]
    assert "Sinds wanneer?" in tess.get(WHOLE), "who begins now gets the new form"


def test_s14_when_that_is_no_longer_possible_all_lies_over_the_new_form_with_what_changed(
    tess: Browser, next_version: Folder
) -> None:
    keep(tess)
    put_in_use(tess.services, next_version)
    long_ago(tess.services)
    page = html.unescape(tess.get(FORM))
    assert EARLIER not in page
    for text in (
        CHANGED, "Ik woon hier al jaren", "Sinds wanneer? (verplicht)", "Weigering parkeervergunning", "foto van plek.pdf",
    ):  # fmt: skip
        assert text in page
    begun = {"begonnen": tess.hidden("begonnen"), "held": tess.hidden("held")}
    assert "Kijk alles na" in tess.post(FORM, {**filled(tess), **begun, "new_question": "Sinds 2019"})
    tess.post(f"{FORM}/versturen", tess.held(f"{FORM}/versturen"))
    (case,) = rows(tess.services, Case)
    assert versions(tess.services)[case.model_version_id] == 2
    assert "Sinds 2019" in [row.value for row in rows(tess.services, CaseValue, code="new_question")]


def test_s14_what_is_sent_too_late_is_not_taken_before_its_sender_saw_what_changed(
    tess: Browser, next_version: Folder
) -> None:
    tess.get(FORM)
    begun = tess.hidden("begonnen")
    tess.post(FORM, {**filled(tess), "begonnen": begun}, FILE)
    form = tess.held(f"{FORM}/versturen")
    put_in_use(tess.services, next_version)
    long_ago(tess.services)
    page = html.unescape(tess.post(f"{FORM}/versturen", form, status=422))
    assert rows(tess.services, Case) == []
    for text in (CHANGED, "Ik woon hier al jaren", "Sinds wanneer?", "foto van plek.pdf"):
        assert text in page


def test_s14_somebody_may_choose_the_new_form_at_once(tess: Browser, next_version: Folder) -> None:
    keep(tess)
    put_in_use(tess.services, next_version)
    page = html.unescape(tess.get(f"{FORM}?vernieuwd=ja"))
    assert CHANGED in page
    assert "Sinds wanneer?" in page
    assert "Ik woon hier al jaren" in page


def test_s14_a_seal_that_is_not_ours_counts_as_none(tess: Browser, next_version: Folder) -> None:
    put_in_use(tess.services, next_version)
    for seal in ("", "niets", "AAAA", "ééé"):
        keep(tess, begonnen=seal)
        assert "Sinds wanneer?" in tess.get(WHOLE)
        assert "Weigering parkeervergunning" in tess.html


def test_s14_a_task_of_a_case_that_moved_shows_what_was_typed_and_what_changed(tess: Browser) -> None:
    services = tess.services
    register(services, TESS)
    intake(services, complete=False)
    task = open_task(services, "RepairByCitizen")
    path = f"/mijn/taken/{task}"
    tess.get(path)
    begun = tess.hidden("begonnen")
    tess.post(path, {"repair_text": "Een begin", "begonnen": begun, "stap": "bewaren"})
    put_in_use(services, renewed("repair.json", drop="repair_text"))
    act(services, FENNA, StartMove("bezwaar", 1))
    drain(services)
    page = html.unescape(tess.get(path))
    assert CHANGED in page
    assert "Een begin" in page
    page = html.unescape(
        tess.post(path, {"repair_text": "Een eind", "begonnen": begun, "new_question": ""}, status=422)
    )
    assert "Een eind" in page, "what stood on a page that was open is not dropped silently"
    assert "Dank u wel" in tess.post(path, {"begonnen": tess.hidden("begonnen"), "new_question": "Sinds 2019"})
