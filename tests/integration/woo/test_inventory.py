"""The inventory, the redacted versions and the list: on the page, in the store, in the letter and as PDF."""

from io import BytesIO
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.people import NOOR, SEM_WHO_WORKS_TOO
from pypdf import PdfReader
from woo_kit import LOTTE, PARTLY, SECRET, WHOLE, Request, stored

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid, NotFound
from processes.base.hidden_kinds import HiddenKind, HiddenThing
from processes.execution.assessing import Assessment, outcome
from processes.execution.hidden import LookedInto
from processes.jobs.workers import drain
from processes.law.disclosure_grounds import GROUNDS
from processes.post.inventory import make_inventory
from processes.storage.tables import CaseValue, NoteRow, NoticeRow
from processes.storage.words import HiddenState


@pytest.fixture
def found(asked: Request) -> Request:
    return asked.found(PARTLY, SECRET, WHOLE)


def fields(request: Request, **changes: str | list[str]) -> dict[str, str | list[str]]:
    """What a worker types for the three documents; `changes` by the name of the field with the title in it."""
    ids = {title: request.document(title).id for title in (PARTLY, SECRET, WHOLE)}
    typed: dict[str, str | list[str]] = {
        f"public-{ids[PARTLY]}": "deels", f"grounds-{ids[PARTLY]}": ["5.1-1-c", "5.1-2-e"], f"date-{ids[PARTLY]}": "3-2-2025",
        f"public-{ids[SECRET]}": "niet", f"grounds-{ids[SECRET]}": ["5.2"], f"note-{ids[SECRET]}": "Intern beraad",
        f"public-{ids[WHOLE]}": "geheel", "third_party_affected": "nee", "fact_check": "nee",
    }  # fmt: skip
    return typed | {
        name.replace("PARTLY", ids[PARTLY]).replace("WHOLE", ids[WHOLE]): one for name, one in changes.items()
    }


def address(request: Request, element: str) -> str:
    return f"/werk/taken/{request.task(element)}"


def test_the_page_asks_each_document_and_every_ground_by_its_name(found):
    page = Browser(found.services, NOOR).get(address(found, "Inventory"))
    for title in (PARTLY, SECRET, WHOLE):
        assert f"Wordt {title} openbaar?" in page
    assert page.count("privacy van personen (Woo 5.1, lid 2, onder e)") == 3
    assert len(GROUNDS) == 16


def test_what_was_said_is_kept_with_each_document(found):
    noor = Browser(found.services, NOOR)
    noor.get(address(found, "Inventory"))
    noor.post(address(found, "Inventory"), fields(found))
    assert found.document(PARTLY).assessment == {
        "public": "deels", "grounds": ["5.1-1-c", "5.1-2-e"], "date": "2025-02-03", "note": ""
    }  # fmt: skip
    assert found.document(SECRET).assessment["note"] == "Intern beraad"
    assert found.task("Redact")
    documents = noor.get(f"/werk/zaken/{found.number}/documenten")
    assert "Deels openbaar" in documents
    assert "bedrijfsgegevens die in vertrouwen zijn gegeven (Woo 5.1, lid 1, onder c)" in documents


MISTAKES = (
    ({"public-PARTLY": ""}, "Kies of 'Bod' openbaar wordt."),
    ({"public-PARTLY": "soms"}, "Kies of 'Bod' openbaar wordt."),
    ({"grounds-PARTLY": []}, "Kies waarom 'Bod' niet of niet helemaal openbaar wordt."),
    ({"grounds-PARTLY": ["5.1-2-e", "9.9"]}, "Kies bij 'Bod' gronden uit de lijst."),
    ({"grounds-WHOLE": ["5.2"]}, "'Verslag' wordt openbaar. Haal de gronden weg"),
    ({"date-PARTLY": "31-2-2025"}, "Deze datum bestaat niet."),
    ({"note-PARTLY": "x" * 2001}, "Maak de opmerking bij 'Bod' korter"),
    ({"third_party_affected": ""}, "Kies een antwoord bij"),
)


def test_a_mistake_stands_at_its_document_and_nothing_is_stored(found):
    noor = Browser(found.services, NOOR)
    for changes, sentence in MISTAKES:
        noor.get(address(found, "Inventory"))
        page = noor.post(address(found, "Inventory"), fields(found, **changes), status=422)
        assert sentence in page, changes
        assert "Intern beraad" in page  # what was typed stays
    assert [row.assessment for row in found.handed_in()] == [None] * 3


def test_documents_of_others_and_missing_ones_are_refused(found):
    other = Request.made(found.services).found("Elders")
    task, said = found.task("Inventory"), found.assessed()
    answers = {"third_party_affected": False, "fact_check": False}
    with pytest.raises(NotFound):
        act(
            found.services,
            NOOR,
            CompleteTask(task, answers, assessments={**said, other.document("Elders").id: Assessment("geheel")}),
        )
    with pytest.raises(Invalid) as refused:
        act(
            found.services,
            NOOR,
            CompleteTask(task, answers, assessments={found.document(WHOLE).id: Assessment("geheel")}),
        )
    assert set(refused.value.fields) == {f"public-{found.document(title).id}" for title in (PARTLY, SECRET)}
    assert other.document("Elders").assessment is None


def test_a_task_that_does_not_ask_takes_no_answer(asked):
    with pytest.raises(NotFound):
        act(asked.services, NOOR, CompleteTask(asked.task("Intake"), assessments={"x": Assessment("geheel")}))


def test_each_document_that_is_public_in_part_needs_a_redacted_version(found):
    found.listed()
    services, task = found.services, found.task("Redact")
    noor = Browser(services, NOOR)
    noor.get(address(found, "Redact"))
    assert "Voeg de gelakte versie van 'Bod' toe." in noor.post(address(found, "Redact"), status=422)
    new = NewDocument(stored(services, "gelakt.pdf"), "")
    for title in (SECRET, WHOLE):
        with pytest.raises(NotFound):
            act(services, NOOR, CompleteTask(task, redactions={found.document(title).id: new}))
    files = [(f"redaction-{found.document(PARTLY).id}", ("gelakt.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf"))]
    noor.post(address(found, "Redact"), files=files)
    row = found.document(f"{PARTLY} (gelakt)")
    assert (row.redacts, row.type, row.confidentiality, row.on_portal) == (
        found.document(PARTLY).id,
        "redacted",
        "zaakvertrouwelijk",
        False,
    )
    page = noor.get(f"/werk/zaken/{found.number}/documenten")
    assert f'Gelakt: <a class="nl-link" href="/werk/documenten/{row.id}">' in page


def test_w22_what_a_redacted_version_hides_is_known_when_it_is_filed(found):
    found.listed()
    thing = HiddenThing(HiddenKind.COMMENTS, "", "1")
    new = NewDocument(stored(found.services, "gelakt.pdf"), "", looked=LookedInto((thing,)))
    found.do("Redact", redactions={found.document(PARTLY).id: new})
    assert found.document(f"{PARTLY} (gelakt)").hidden == HiddenState.FOUND


def test_a_new_redacted_version_replaces_the_one_before(found):
    found.listed()
    first = NewDocument(stored(found.services, "een.pdf"), "")
    found.do("Redact", redactions={found.document(PARTLY).id: first})
    old = found.document(f"{PARTLY} (gelakt)").id
    found.do("SecondReader", SEM_WHO_WORKS_TOO, reading="terug")
    found.redacted()
    states = {row.id: row.state for row in found.handed_in() if row.redacts}
    assert states.pop(old) == "removed"
    assert list(states.values()) == ["accepted"]


def test_the_list_goes_with_the_decision_once(found):
    found.listed().redacted().decided(objection=True)
    letter = next(row for row in found.rows(NoticeRow) if row.template == "beslissing")
    assert (
        "1. Bod: deels openbaar, vanwege: bedrijfsgegevens die in vertrouwen zijn gegeven (Woo 5.1, lid 1, onder c)"
        in letter.body
    )
    assert "3. Verslag: openbaar" in letter.body
    drain(found.services)
    row = found.document("Lijst met documenten")
    assert (row.audience, row.on_portal) == ("initiator", True)
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(b"".join(found.services.files.read(row.blob)))).pages
    )
    assert "Notitie" in text
    assert "persoonlijke beleidsopvattingen voor intern beraad (Woo 5.2)" in " ".join(text.split())
    case = found.case
    again = {"case": case.id, "document": row.id, "type": "inventory", "at": row.added_at.isoformat()}
    make_inventory(found.services, again)
    make_inventory(found.services, {**again, "case": case.id + 99, "document": "x" * 32})
    assert [one.title for one in found.handed_in()].count("Lijst met documenten") == 1
    assert "Lijst met documenten" in Browser(found.services, LOTTE).get(f"/mijn/zaken/{found.number}")


def test_request_and_decision_are_recorded_as_published(found):
    found.listed().redacted().decided(objection=False)
    row = found.document("Zonder gegevens")
    assert (row.confidentiality, row.on_portal) == ("openbaar", True)
    assert [one.value for one in found.rows(CaseValue) if one.code == "published_on"]
    assert any("Gepubliceerd zonder gegevens van de verzoeker" in note.text for note in found.rows(NoteRow))
    assert found.case.result == "deels_openbaar"
    assert found.case.retention_class == "6.1"


@pytest.mark.parametrize(
    ("publics", "word"),
    [
        ((), "geen"), (("geheel", "al_openbaar"), "geheel"), (("niet", "niet"), "niet"), (("geheel", "niet"), "gemengd"),
        (("geheel", "deels", "niet"), "deels"), (("al_openbaar", "niet"), "gemengd"),
    ],
)  # fmt: skip
def test_what_an_inventory_comes_to(publics, word):
    assert outcome(publics) == word


def test_a_presentation_is_a_document_of_a_woo_case_as_the_drawing_says(found):
    noor, place = Browser(found.services, NOOR), f"/werk/zaken/{found.number}/documenten"
    content = (Path(__file__).parents[2] / "data" / "cases" / "upload-woo-presentation.pptx").read_bytes()
    assert "PowerPoint (pptx)" in noor.get(place)
    noor.post(
        place, {"type": "original", "title": ""}, {"files": ("Woo: dia's.pptx", content, "application/octet-stream")}
    )
    assert found.document("Woo_ dia's.pptx").media_type.endswith("presentationml.presentation")
