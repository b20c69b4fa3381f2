"""Registering what came in on paper: rows that are added without scripts, numbers that are checked, nothing lost."""

import pytest
from kit.browser import Browser
from kit.cases import days_ago, handed_in, open_task, rows, today
from kit.documents import PDF

from processes.storage.tables import Case, Decision, Party

PLACE = "/werk/nieuw/bezwaar"


@pytest.fixture
def typed(services):
    day = today(services).isoformat()
    return {
        "channel": "letter", "received_on": day, "postmark_on": "", "mine": "ja", "grounds": "Te duur",
        "party-0-role": "objector", "party-0-kind": "person", "party-0-name": "Tess Testeling",
        "party-0-number": "999993653", "party-0-channel": "post", "party-0-address": "Dorpsweg 1",
        "decision-0-subject": "Parkeervergunning", "decision-0-number": "PV-9", "decision-0-taken_on": "2-3-2026",
        "decision-0-announced_on": "4-3-2026", "document-0-type": "submission", "decision-0-department": "parkeren", "decision-0-taken_by": "sem",
    }  # fmt: skip


def files_kept(services) -> int:
    return sum(1 for _ in services.files.all_blobs())


def test_o6_registering_records_the_date_of_the_contested_decision(services, noor: Browser, typed):
    noor.get(PLACE)
    page = noor.post(PLACE, typed)
    assert "De zaak is geregistreerd." in page
    case, decision, party = rows(services, Case)[0], rows(services, Decision)[0], rows(services, Party)[0]
    assert noor.url.endswith(f"/werk/zaken/{case.number}?gedaan=geregistreerd")
    assert (case.channel, case.received_on, case.handler) == ("letter", today(services), "noor")
    assert (decision.number, decision.department, decision.taken_by) == ("PV-9", "parkeren", "sem")
    assert (decision.announced_on.isoformat(), party.channel) == ("2026-03-04", "post")
    assert party.identity_index == services.secrets.index("bsn:999993653")


def test_o7_the_department_that_was_registered_with_the_decision_is_the_one_that_is_asked(services, noor, typed):
    noor.get(PLACE)
    noor.post(PLACE, typed)
    (decision,) = rows(services, Decision)
    assert decision.department == "parkeren"
    page = noor.get(f"/werk/taken/{open_task(services, 'Intake')}")
    assert "Parkeren (nam het besluit:" in page
    assert "checked" in page.split('value="parkeren"')[1].split(">")[0]


def test_more_parties_decisions_and_documents_without_scripts(services, noor: Browser, typed):
    noor.get(PLACE)
    page = noor.post(PLACE, {**typed, "add": "party"})
    assert "Betrokkene 2" in page
    assert 'value="Tess Testeling"' in page
    assert not rows(services, Case)
    second = {"party-1-role": "representative", "party-1-kind": "company", "party-1-name": "mr. P. Toga",
              "party-1-number": "90004760", "party-1-channel": "portal"}  # fmt: skip
    page = noor.post(PLACE, {**typed, **second, "add": "decision"})
    assert "Besluit 2" in page
    assert 'value="mr. P. Toga"' in page
    assert "er is nog geen besluit" not in page  # J7: no bezwaar lies against a failure to decide
    failure = {"decision-1-subject": "Tweede besluit", "decision-1-announced_on": days_ago(services, 9).isoformat()}
    noor.post(PLACE, {**typed, **second, **failure, "add": "document"})
    files = [
        ("document-0-files", ("brief.pdf", PDF, "application/pdf")),
        ("document-1-files", ("envelop.pdf", PDF, "application/pdf")),
        ("submission", ("bijlage.pdf", PDF, "application/pdf")),
    ]
    kinds = {"document-0-type": "submission", "document-0-title": "Bezwaarschrift", "document-1-type": "internal"}
    noor.post(PLACE, {**typed, **second, **failure, **kinds}, files)
    tess, toga = sorted(rows(services, Party), key=lambda party: party.id)
    assert (tess.represented_by, toga.role, toga.kind) == (toga.id, "representative", "company")
    assert [(d.subject, d.missing) for d in rows(services, Decision)] == [
        ("Parkeervergunning", False), ("Tweede besluit", False),
    ]  # fmt: skip
    assert sorted((d.title, d.type) for d in handed_in(services)) == [
        ("Bezwaarschrift", "submission"), ("bijlage.pdf", "submission"), ("envelop.pdf", "internal"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"party-0-number": "999993654"}, "party-0-number", "Dit is geen geldig BSN."),
        ({"party-0-kind": "company", "party-0-number": "123"}, "party-0-number", "Een KvK-nummer heeft acht cijfers."),
        ({"party-0-address": ""}, "party-0-address", "Vul het adres in"),
        ({"party-0-channel": "portal", "party-0-number": ""}, "party-0-channel", "Zonder BSN of KvK-nummer"),
        ({"received_on": ""}, "received_on", "Vul in wanneer het stuk is ontvangen."),
        ({"received_on": "31-2-2026"}, "received_on", "Deze datum bestaat niet."),
        ({"postmark_on": "1-1-2199"}, "postmark_on", "De poststempel kan niet na de ontvangst liggen."),
        ({"decision-0-announced_on": ""}, "decision-0-announced_on", "Vul in wanneer het besluit is bekendgemaakt"),
        ({"decision-0-announced_on": "1-3-2026"}, "decision-0-announced_on", "Een besluit kan niet bekend zijn gemaakt"),
        ({"decision-0-announced_on": "gisteren"}, "decision-0-announced_on", "Schrijf de datum als dag, maand en jaar"),
        ({f"decision-0-{name}": "" for name in ("subject", "number", "taken_on", "announced_on", "department", "taken_by")},
         "decision-0-subject", "Vul in om welk besluit het gaat."),
    ],
)  # fmt: skip
def test_a_mistake_keeps_everything_typed_and_links_to_its_field(
    services, noor: Browser, typed, change, field, sentence
):
    noor.get(PLACE)
    page = noor.post(PLACE, {**typed, **change}, [("document-0-files", ("brief.pdf", PDF, "application/pdf"))], 422)
    assert "<title>Fout: " in page
    assert f'href="#field-{field}">{sentence}' in page
    assert f'id="field-{field}"' in page
    assert 'value="Tess Testeling"' in page
    assert "Te duur" in page
    assert "Deze bestanden had u al gekozen" in page
    assert not rows(services, Case)
    assert files_kept(services) == 1


def test_a_file_that_is_not_what_it_says_costs_nothing_that_was_typed(services, noor: Browser, typed):
    noor.get(PLACE)
    page = noor.post(PLACE, typed, [("document-0-files", ("brief.pdf", b"MZ geen pdf", "application/pdf"))], 422)
    assert 'href="#field-document-0-files"' in page
    assert 'value="Tess Testeling"' in page
    assert files_kept(services) == 0


def test_a_second_press_registers_no_second_case(services, noor: Browser, typed):
    noor.get(PLACE)
    key = {"form_key": "sleutel-die-maar-een-keer-telt-01"}
    for _ in range(2):
        noor.post(PLACE, {**typed, **key})
    assert len(rows(services, Case)) == 1


def test_a_secret_address_and_a_deceased_party_are_flagged_on_the_case(services, noor: Browser, typed):
    noor.get(PLACE)
    noor.post(PLACE, {**typed, "party-0-secret_address": "ja", "party-0-deceased": "ja"})
    page = noor.get(f"/werk/zaken/{rows(services, Case)[0].number}/partijen")
    assert "geheim adres" in page
    assert "overleden" in page
    assert "******653" in page
    assert "999993653" not in page


def test_an_unknown_case_type_is_no_page(noor: Browser):
    assert "Bezwaar" in noor.get("/werk/nieuw")
    noor.get("/werk/nieuw/stukkenverzoek", 404)
    noor.get("/werk/nieuw/bestaatniet", 404)
