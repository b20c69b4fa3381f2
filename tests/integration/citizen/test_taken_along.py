"""The papers of the own case as one PDF or zip (C15): what this reader may see, made once, for nobody else, and kept for a day."""

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from citizen_kit import ILSE, TESS, Browser, add, filled, register
from kit.cases import rows
from kit.people import NOOR

from processes.actions import act, bundles, own_bundles
from processes.actions.documents import ShowOnPortal
from processes.actions.own_bundles import MakeOwnBundle
from processes.base.errors import Invalid
from processes.jobs.bundling import making
from processes.jobs.bundling.pdf_file import FELL, TOO_MANY, CannotBind
from processes.jobs.workers import drain
from processes.storage.tables import Case, CaseBundle, DocumentRow, LookRow
from processes.storage.words import BundleState

Open = Callable[[str], Browser]
PLACE = "/mijn/zaken/{}/meenemen"


def made(person: Browser, number: str, form: str) -> str:
    """Asked for and made by the pages; the address of the file."""
    place = PLACE.format(number)
    person.get(place)
    assert "Wij maken dit nu" in person.post(place, {"form": form})
    drain(person.services)
    page = person.get(place)
    return f"{place}/" + page.partition(f'href="{place}/')[2].partition('"')[0]


def test_c15_a_zip_holds_what_this_party_may_read_and_nothing_of_others(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS, ILSE)
    add(tess.services, number, "underlying", "Rapport", shown=True)
    add(tess.services, number, "withheld", "Geheim stuk", shown=True)
    add(tess.services, number, "underlying", "Niet aangevinkt", shown=False)
    assert PLACE.format(number) in tess.get(f"/mijn/zaken/{number}")
    content = tess.client.get(made(tess, number, "zip")).content
    names = " ".join(zipfile.ZipFile(io.BytesIO(content)).namelist())
    assert "Rapport" in names
    assert "Inventaris" in names
    for hidden in ("Geheim", "Niet aangevinkt", "Ilse"):
        assert hidden not in names
    assert {look.kind for look in rows(tess.services, LookRow) if look.document_id} == {"bundle"}
    assert '<li class="zs-is-new">' not in tess.get(f"/mijn/zaken/{number}").partition("Stukken van de zaak")[2]
    assert browser(ILSE).client.get(made(tess, number, "zip")).status_code == 404


def test_c15_one_pdf_of_the_case_and_a_second_press_makes_no_second(tess: Browser) -> None:
    number = register(tess.services, TESS)
    add(tess.services, number, "underlying", "Rapport", shown=True)
    place = PLACE.format(number)
    tess.get(place)
    tess.post(place, {"form": "pdf"})
    tess.get(place)
    assert "Dit wordt al voor u gemaakt" in tess.post(place, {"form": "pdf"}, status=409)
    drain(tess.services)
    page = tess.get(place)
    address = place + "/" + page.partition(f'href="{place}/')[2].partition('"')[0]
    assert tess.client.get(address).content.startswith(b"%PDF")
    tess.post(place, {"form": "pdf"})
    assert tess.client.get(address).status_code == 404  # the earlier one went
    assert len(rows(tess.services, CaseBundle)) == 1


def test_c15_what_was_taken_off_the_portal_meanwhile_is_not_given(tess: Browser) -> None:
    number = register(tess.services, TESS)
    document = add(tess.services, number, "underlying", "Rapport", shown=True)
    address = made(tess, number, "zip")
    act(tess.services, NOOR, ShowOnPortal(document, shown=False))
    assert tess.client.get(address).status_code == 409
    assert "Laat het opnieuw maken." in tess.get(PLACE.format(number))


def test_c15_the_page_offers_no_form_that_would_be_refused(tess: Browser) -> None:
    number = register(tess.services, TESS)
    place = PLACE.format(number)
    page = tess.get(place)  # the words that she filed are still being made into a document
    assert "Er zijn nog geen stukken om op te slaan." in page
    assert "0 stukken" not in page
    assert 'name="form"' not in page
    drain(tess.services)
    page = tess.get(place)
    assert (page.count('name="form" value="pdf"'), page.count('name="form" value="zip"')) == (1, 1)
    page = tess.post(place, {"form": "pdf"})
    assert (page.count('name="form" value="pdf"'), page.count('name="form" value="zip"')) == (0, 1)
    drain(tess.services)
    assert 'name="form" value="pdf"' in tess.get(place)


def test_c15_a_party_reads_what_a_party_can_do_and_not_to_choose_papers(
    tess: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = register(tess.services, TESS)
    drain(tess.services)
    place = PLACE.format(number)
    for form, sentence in (("pdf", "Kies de map (zip)."), ("zip", "Download ze een voor een")):
        with monkeypatch.context() as small:
            small.setitem(own_bundles.LARGEST, form, 1)
            tess.get(place)
            page = tess.post(place, {"form": form}, status=422)
            assert sentence in page
            assert "minder stukken" not in page
    with monkeypatch.context() as few:
        few.setattr(bundles, "MOST_WAITING", 0)
        tess.get(place)
        assert "Wij maken al drie bestanden voor u." in tess.post(place, {"form": "zip"}, status=409)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [(TOO_MANY, "hebben samen meer dan 10.000 bladzijden. Kies de map (zip)."),
     (FELL, "Het maken van de PDF lukte niet. Probeer het nog een keer, of kies de map (zip).")],
)  # fmt: skip
def test_c15_a_pdf_that_cannot_be_made_names_the_other_form(
    tess: Browser, monkeypatch: pytest.MonkeyPatch, wrong: str, sentence: str
) -> None:
    def refuse(*_given: object) -> None:
        raise CannotBind(wrong)

    number = register(tess.services, TESS)
    drain(tess.services)
    place = PLACE.format(number)
    tess.get(place)
    tess.post(place, {"form": "pdf"})
    monkeypatch.setattr(making, "write_pdf", refuse)
    drain(tess.services)
    page = tess.get(place)
    assert sentence in page
    assert "dossier" not in page.partition("Wat u liet maken")[2].partition("</section>")[0]


def test_c15_what_changed_while_it_was_made_is_said_to_the_reader_self(tess: Browser) -> None:
    number = register(tess.services, TESS)
    document = add(tess.services, number, "underlying", "Rapport", shown=True)
    place = PLACE.format(number)
    tess.get(place)
    tess.post(place, {"form": "zip"})
    with tess.services.sessions.begin() as session:  # as when it was taken off the portal in the middle of the work
        (row,) = session.query(CaseBundle)
        row.chosen = [{**one, "blob": "aa/anders"} if one["document"] == document else one for one in row.chosen]
    drain(tess.services)
    page = tess.get(place)
    assert "Laat het opnieuw maken." in page
    assert "deze lezer" not in page


def test_c15_nobody_takes_along_the_case_of_another(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS)
    other = register(tess.services, ILSE)
    assert browser(ILSE).client.get(PLACE.format(number)).status_code == 404
    with pytest.raises(Invalid):
        act(tess.services, tess.actor, MakeOwnBundle(number, "doc"))
    assert tess.client.get(f"{PLACE.format(other)}").status_code == 404
    assert not rows(tess.services, CaseBundle)
    with pytest.raises(Invalid):  # the words that she filed are still being made into a document
        act(tess.services, tess.actor, MakeOwnBundle(number, "zip"))
    drain(tess.services)
    act(tess.services, tess.actor, MakeOwnBundle(number, "zip"))
    drain(tess.services)
    (row,) = rows(tess.services, CaseBundle)
    assert (row.state, row.asked_by) == (BundleState.READY, tess.actor.subject)


def test_c15_the_data_of_a_case_as_json_say_what_the_page_says_and_what_was_filed(tess: Browser, browser: Open) -> None:
    services = tess.services
    tess.get("/mijn/nieuw/bezwaar")
    tess.post("/mijn/nieuw/bezwaar/versturen", filled(tess))
    drain(services)
    (case,) = rows(services, Case)
    add(services, case.number, "underlying", "Rapport", shown=True)
    add(services, case.number, "underlying", "Niet aangevinkt", shown=False)
    place = f"{PLACE.format(case.number)}/gegevens.json"
    assert place in tess.get(PLACE.format(case.number))
    answer = tess.client.get(place)
    assert answer.headers["content-type"] == "application/json"
    assert "attachment" in answer.headers["content-disposition"]
    told = json.loads(answer.content)
    assert (told["zaak"]["nummer"], told["zaak"]["loopt"]) == (case.number, True)
    assert told["persoon"]["naam"] == "Tess Testeling"
    assert told["besluiten"][0]["kenmerk"] == "PV-7"
    (filing,) = told["ingestuurd"]
    assert {"vraag": "Waarom bent u het er niet mee eens?", "antwoord": "Ik woon hier al jaren"} in filing["antwoorden"]
    titles = {one["titel"]: one["sha256"] for one in told["documenten"]}
    assert titles["Rapport"] in {one.sha256 for one in rows(services, DocumentRow)}
    assert "Niet aangevinkt" not in titles
    assert [one["onderwerp"] for one in told["brieven"]]
    assert "own_data" in {look.part for look in rows(services, LookRow)}
    assert browser(ILSE).client.get(place).status_code == 404
