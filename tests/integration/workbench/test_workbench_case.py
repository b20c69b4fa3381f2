"""What a worker does on the tabs of a case, each through its page."""

from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, do, handed_in, open_task, register_bezwaar, rows, today
from kit.documents import PDF, stored
from kit.people import ILSE, NOOR, TESS
from kit.statements import statements
from workbench_kit import BRAM, deliver

from portal.workbench import messages
from portal.workbench import tabs as pages_of_case
from processes.actions import act
from processes.actions.documents import AddDocuments, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.profile import SaveProfile
from processes.base.actor import Actor
from processes.storage.tables import (
    Case,
    DocumentRequestRow,
    Dossier,
    MailRow,
    NoteRow,
    NoticeRow,
    Party,
    TaskRow,
)

TABS = ("", "/partijen", "/documenten", "/verzoeken", "/tijdlijn", "/brieven", "/tekening")
FILE = {"files": ("verslag.pdf", PDF, "application/pdf")}


@pytest.fixture
def number(services) -> str:
    return register_bezwaar(services)


@pytest.fixture
def asked(services, number) -> str:
    """The case after intake: a request for documents runs."""
    do(services, "Intake", **INTAKE, route="ambtelijk")
    return number


def test_every_tab_names_the_case_and_where_one_is(noor: Browser, number):
    for tab in TABS:
        page = noor.get(f"/werk/zaken/{number}{tab}")
        assert f'href="/werk/zaken/{number}{tab}" aria-current="page"' in page
        assert page.count("<h1") == 1
    noor.get(f"/werk/zaken/{number}/geheim", 404)
    noor.get("/werk/zaken/BZW-2026-999999", 404)


def test_b4_a_deadline_says_why_it_falls_on_this_date(noor: Browser, number):
    page = noor.get(f"/werk/zaken/{number}")
    assert "Waarom deze datum?" in page
    assert "Awb 7:10" in page


def test_d17_d19_a_changed_profile_and_the_bell_show_at_the_party(services, noor: Browser, number):
    assert "🔔" not in noor.get(f"/werk/zaken/{number}/partijen")
    tess = Actor("citizen", services.secrets.index(TESS.identity or ""), TESS.name)
    act(
        services, tess, SaveProfile(email="nieuw@post.example", phone="0612345678", news_by_mail=True, to_confirm=False)
    )
    page = noor.get(f"/werk/zaken/{number}/partijen")
    assert 'aria-label="krijgt nieuws per e-mail"' in page
    assert page.index("🔔") < page.index("Tess Testeling", page.index("<h3"))
    assert "nieuw@post.example" in page
    assert "0612345678" in page


def test_d51_tonen_op_portaal_is_ticked_and_unticked(services, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}/documenten")
    noor.post(f"/werk/zaken/{number}/documenten", {"type": "report", "title": "Verslag"}, FILE)
    document = handed_in(services)[0]
    assert "Wie wat ziet" in noor.post(f"/werk/zaken/{number}/documenten/{document.id}/portaal")
    assert not handed_in(services)[0].on_portal
    act(services, NOOR, ShowOnPortal(document.id, shown=True))
    assert 'aria-pressed="true"' in noor.get(f"/werk/zaken/{number}/documenten")
    assert 'aria-pressed="false"' in noor.post(f"/werk/zaken/{number}/documenten/{document.id}/portaal")
    assert not handed_in(services)[0].on_portal


def test_d61_a_document_is_on_the_tab_and_can_be_looked_at(services, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}/documenten")
    page = noor.post(f"/werk/zaken/{number}/documenten", {"type": "report", "title": "Verslag"}, FILE)
    document = handed_in(services)[0]
    assert f'href="/werk/documenten/{document.id}">Verslag</a>' in page
    answer = noor.client.get(f"/werk/documenten/{document.id}/bestand")
    assert (answer.content, answer.headers["content-disposition"].split(";")[0]) == (PDF, "attachment")
    noor.get("/werk/documenten/bestaatniet", 404)


def test_a_document_without_type_is_refused_and_waits_for_one(services, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}/documenten")
    page = noor.post(f"/werk/zaken/{number}/documenten", {"type": "", "title": "Mijn titel"}, FILE, 422)
    assert "Kies een soort document uit de lijst." in page
    assert 'value="Mijn titel"' in page
    assert "Deze bestanden had u al gekozen" in page
    noor.post(f"/werk/zaken/{number}/documenten", {"type": "report", "title": ""})
    assert "verslag.pdf" in {one.title for one in handed_in(services)}


def test_a_file_that_is_not_what_it_says_costs_nothing_that_was_typed(services, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}/documenten")
    wrong = {"files": ("verslag.pdf", b"MZ\x90\x00 geen pdf", "application/pdf")}
    page = noor.post(f"/werk/zaken/{number}/documenten", {"type": "report", "title": "Mijn titel"}, wrong, 422)
    assert 'href="#field-files"' in page
    assert 'value="Mijn titel"' in page
    assert list(services.files.all_blobs()) == []


def test_o31_a_document_goes_to_a_department(services, noor: Browser, number):
    act(services, noor.actor, AddDocuments(number, (NewDocument(stored(services), "report", "Verslag"),)))
    document = handed_in(services)[0].id
    noor.get(f"/werk/zaken/{number}/documenten")
    place = f"/werk/zaken/{number}/documenten/{document}/afdeling"
    assert f'href="#field-department-{document}"' in noor.post(place, {f"department-{document}": ""}, status=422)
    page = noor.post(place, {f"department-{document}": "parkeren"})
    assert "Gegeven aan Parkeren" in page


def test_removing_a_document_asks_for_a_reason(services, noor: Browser, number):
    act(services, noor.actor, AddDocuments(number, (NewDocument(stored(services), "report", "Verslag"),)))
    document = handed_in(services)[0].id
    noor.get(f"/werk/zaken/{number}/documenten")
    place = f"/werk/zaken/{number}/documenten/{document}/weg"
    assert "Schrijf waarom u dit document weghaalt." in noor.post(place, status=422)
    page = noor.post(place, {f"reason-{document}": "Dubbel"})
    assert "weggehaald" in page
    assert handed_in(services)[0].refusal == "Dubbel"


def test_o8_one_press_asks_for_documents(services, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}/verzoeken/vraag/more_documents")
    page = noor.post(f"/werk/zaken/{number}/verzoeken/vraag/more_documents", {"departments": "parkeren"})
    assert "Het besluit waartegen bezwaar is gemaakt" in page
    assert [mail.recipient for mail in rows(services, MailRow) if mail.template == "stukkenverzoek"] == [
        "parkeren@voorbeeldstad.example"
    ]


def test_a_button_that_nothing_waits_for_says_so(noor: Browser, number):
    assert "Termijn verlengen" in noor.get(f"/werk/zaken/{number}")
    page = noor.post(f"/werk/zaken/{number}/knop/extend")
    assert ("Leg de verlenging uit" in page, "Termijn verlengen" in page) == (True, False)
    assert "kan nu niet" in noor.post(f"/werk/zaken/{number}/knop/extend", status=409)
    assert "hoort niet bij deze zaak" in noor.post(f"/werk/zaken/{number}/knop/verzonnen", status=409)


def test_the_term_of_a_request_moves_and_the_request_stops(services, noor: Browser, asked):
    request = rows(services, DocumentRequestRow)[0]
    noor.get(f"/werk/zaken/{asked}/verzoeken")
    place = f"/werk/zaken/{asked}/verzoeken/{request.id}/termijn"
    page = noor.post(place, {f"due-{request.id}": "1-1-2020"}, status=422)
    assert f'href="#field-due-{request.id}">Kies een datum vanaf vandaag.' in page
    later = today(services) + timedelta(30)
    chosen = {f"due-{request.id}": later.isoformat()}
    page = noor.post(place, chosen)
    assert "De herinneringen worden dan:" in page
    assert "2 dagen voor de termijn" in page
    assert rows(services, DocumentRequestRow)[0].due == request.due  # seen, and nothing changed yet
    noor.post(place, {**chosen, f"seen-{request.id}": later.isoformat()})
    assert rows(services, DocumentRequestRow)[0].due == later
    stop = f"/werk/zaken/{asked}/verzoeken/{request.id}/stoppen"
    assert "Schrijf waarom de stukken niet meer nodig zijn." in noor.post(stop, status=422)
    page = noor.post(stop, {f"reason-{request.id}": "Het besluit lag hier al."})
    assert ">gestopt</span>" in page
    assert "Reden: Het besluit lag hier al." in page
    assert "Stop dit verzoek" not in page


def test_b7_a_link_is_revoked(services, noor: Browser, asked):
    dossier = rows(services, Dossier)[0]
    assert "Link van de afdeling: werkt." in noor.get(f"/werk/zaken/{asked}/verzoeken")
    assert "ingetrokken" in noor.post(f"/werk/zaken/{asked}/verzoeken/link/{dossier.id}")
    assert rows(services, Dossier)[0].revoked_at


def test_a_delivery_shows_its_remark_receipt_and_files(services, noor: Browser, asked):
    deliver(services, "plan.pdf", remark="De kaart volgt nog.")
    page = noor.get(f"/werk/zaken/{asked}/verzoeken")
    for part in ("ONT-", "De kaart volgt nog.", "plan.pdf", "te beoordelen"):
        assert part in page


def test_o14_the_remark_for_departments_is_kept_apart_from_notes(services, noor: Browser, asked):
    noor.get(f"/werk/zaken/{asked}/verzoeken")
    page = noor.post(f"/werk/zaken/{asked}/opmerkingen", {"remark": "Graag met haast"})
    assert "Graag met haast" in page
    assert rows(services, Case)[0].department_remark == "Graag met haast"


def test_d45_notes_answers_and_what_went_out_stand_on_one_timeline(services, noor: Browser, number):
    place = f"/werk/zaken/{number}"
    noor.get(f"{place}/tijdlijn")
    noor.post(f"{place}/notitie", {"text-note": "Even nabellen"})
    party = "1"
    page = noor.post(f"{place}/antwoord", {"party-reply": party, "text-reply": "U hoort volgende week iets."})
    for part in ("Even nabellen", "U hoort volgende week iets.", "Status: Ontvangen", "Brief aan Tess Testeling"):
        assert part in page
    assert {(note.kind, note.party_id) for note in rows(services, NoteRow)} == {("note", None), ("reply", 1)}
    page = noor.post(f"{place}/antwoord", {"party-reply": "", "text-reply": "Blijft staan"}, status=422)
    assert "Kies aan wie u schrijft." in page
    assert "Blijft staan" in page
    assert 'href="#field-text-note"' in noor.post(f"{place}/notitie", {"text-note": " "}, status=422)


def test_the_timeline_tells_who_did_what_and_what_a_department_sent(services, noor: Browser, asked):
    deliver(services, "besluit.pdf", remark="De rest volgt")
    page = noor.get(f"/werk/zaken/{asked}/tijdlijn")
    for part in ("Taak gedaan: Toets ontvankelijkheid en volledigheid", "door Noor Behandelaar",
                 "Aanlevering van Parkeren", "De rest volgt", "ontvangstbewijs ONT-", "door de afdeling"):  # fmt: skip
        assert part in page
    assert "Taak gedaan: Bel de indiener" not in page  # still open
    do(services, "CallObjector", call_outcome="doorgaan")
    assert "Taak gedaan: Bel de indiener" in noor.get(f"/werk/zaken/{asked}/tijdlijn")


def test_d66_a_letter_counts_as_sent_on_the_day_that_is_filled_in(services, noor: Browser):
    number = register_bezwaar(services, BRAM)
    notice = rows(services, NoticeRow)[0].id
    page = noor.get(f"/werk/zaken/{number}/brieven")
    assert "nog niet verzonden" in page
    place = f"/werk/zaken/{number}/brieven/{notice}/verzonden"
    assert f'href="#field-sent_on-{notice}"' in noor.post(place, {f"sent_on-{notice}": "1-1-2020"}, status=422)
    noor.post(place, {f"sent_on-{notice}": today(services).isoformat()})
    assert rows(services, NoticeRow)[0].sent_on == today(services)
    again = noor.post(
        place, {"form_key": "een-andere-sleutel", f"sent_on-{notice}": today(services).isoformat()}, status=409
    )
    assert "Deze brief is al verzonden: Noor Behandelaar deed dat op " in again


def test_a_case_is_handed_over_and_withdrawn_with_a_reason(services, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}")
    assert "Sem Beslisser" in noor.post(f"/werk/zaken/{number}/behandelaar", {"handler": "sem"})
    assert "Kies iemand uit de lijst." in noor.post(f"/werk/zaken/{number}/behandelaar", {"handler": "x"}, status=422)
    assert "Schrijf op hoe" in noor.post(f"/werk/zaken/{number}/intrekken", {"reason": " "}, status=422)
    came = {"answer-received_on": "", "answer-postmarked_on": ""}
    page = noor.post(f"/werk/zaken/{number}/intrekken", {"reason": "Per brief", **came}, status=422)
    assert "Vul in wanneer de intrekking is ontvangen." in page
    came |= {"answer-received_on": today(services).isoformat()}
    page = noor.post(f"/werk/zaken/{number}/intrekken", {"reason": "Per brief van 3 maart", **came})
    assert "De intrekking is vastgelegd." in page
    assert rows(services, Case)[0].state == "closed"
    assert "Zaak intrekken" not in page
    (party, *_) = rows(services, Party)
    place, suffix = f"/werk/zaken/{number}/partijen", f"-{party.id}"
    assert f'action="{place}/{party.id}/intrekking"' in noor.get(place)
    posted = (today(services) - timedelta(1)).isoformat()
    came = {f"answer-received_on{suffix}": today(services).isoformat(), f"reason{suffix}": "Nu met de poststempel"}
    came |= {f"answer-postmarked_on{suffix}": posted}
    assert "De dag van de intrekking is verbeterd." in noor.post(f"{place}/{party.id}/intrekking", came)
    assert rows(services, Party)[0].withdrawal_postmarked_on.isoformat() == posted
    assert not [task for task in rows(services, TaskRow) if task.state == "open"]


def test_j5_a_worker_says_who_of_several_withdraws_and_reads_whose_task_waits(services, noor: Browser):
    number = register_bezwaar(services, TESS, ILSE, ago=45)
    do(services, "Intake", **{**INTAKE, "complete": False, "missing": ["redenen"], "route": "ambtelijk"})
    page = noor.get(f"/werk/zaken/{number}")
    assert "Indiener: Tess Testeling" in page
    assert "Indiener: Ilse Namaak" in page
    assert "Kies wie de zaak intrekt." in noor.post(f"/werk/zaken/{number}/intrekken", {"reason": "Brief"}, status=422)
    ilse = next(party.id for party in rows(services, Party) if party.name == "Ilse Namaak")
    page = noor.post(f"/werk/zaken/{number}/intrekken", {"reason": "Brief", "parties": str(ilse)})
    assert "De intrekking is vastgelegd." in page
    assert "Indiener: Ilse Namaak" not in page
    assert "ingetrokken op" in noor.get(f"/werk/zaken/{number}/partijen")
    assert rows(services, Case)[0].state == "running"


def test_a_tab_takes_no_more_statements_for_more_rows(services, noor: Browser, asked):
    def once(tab: str) -> int:
        with statements(services) as seen:
            noor.get(f"/werk/zaken/{asked}{tab}")
        return len(seen)

    def count(tab: str) -> int:
        return min(once(tab), once(tab))  # on a slow machine a minute is over sooner than the first look

    def counts() -> dict[str, int]:
        """Once without counting: the first look is written down, and once a minute the session is prolonged."""
        for tab in TABS:
            noor.get(f"/werk/zaken/{asked}{tab}")
        return {tab: count(tab) for tab in TABS}

    few = counts()
    for row in range(10):
        noor.post(
            f"/werk/zaken/{asked}/notitie", {"text-note": f"Notitie {row}", "form_key": f"sleutel-{row}-0123456789"}
        )
    new = tuple(NewDocument(stored(services, f"stuk{row}.pdf"), "report", f"Stuk {row}") for row in range(10))
    act(services, noor.actor, AddDocuments(asked, new))
    deliver(services, "a.pdf", "b.pdf", "c.pdf")
    assert open_task(services, "JudgeDelivery")
    assert counts() == few


def test_t2_the_alarm_of_a_page_goes_when_the_page_is_shown_again(services, noor: Browser, number, monkeypatch):
    page = f"/werk/zaken/{number}/tijdlijn"

    def broken(*_):
        raise RuntimeError("verzonnen")

    name, template, _ = pages_of_case.TABS["tijdlijn"]
    with monkeypatch.context() as patch:
        patch.setitem(pages_of_case.TABS, "tijdlijn", (name, template, broken))
        noor.get(page, 500)
    (case,) = rows(services, Case)
    assert page in case.alarm
    noor.get(f"/werk/zaken/{number}/partijen")
    assert rows(services, Case)[0].alarm == case.alarm
    noor.get(page)
    assert rows(services, Case)[0].alarm is None


def test_c19_a_page_about_trouble_shows_what_was_typed_to_send_it_again(services, noor: Browser, number, monkeypatch):
    place = f"/werk/zaken/{number}/notitie"
    noor.get(f"/werk/zaken/{number}/tijdlijn")
    with monkeypatch.context() as patch:
        patch.setattr(messages, "change_on_tab", lambda *_, **__: 1 / 0)
        page = noor.post(place, {"text-note": "Dit was veel werk."}, status=500)
    assert "Dit is niet verstuurd." in page
    noor.post(place, {})
    assert [note.text for note in rows(services, NoteRow)] == ["Dit was veel werk."]
