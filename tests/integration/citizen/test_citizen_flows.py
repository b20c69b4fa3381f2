"""What a citizen does: messages, documents, tasks, withdrawing, filing, own details. Each through the real pages."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from citizen_kit import ILSE, TESS, YASMINA, Browser, filled, intake, register
from kit.cases import days_ago, handed_in, open_task, rows
from kit.documents import PDF
from kit.installation import BASE

from processes.actions import act
from processes.actions.registering import NewParty
from processes.actions.withdrawing import Withdraw
from processes.storage.services import Services
from processes.storage.tables import Case, NoteRow, Party, PersonProfile

FILE = {"files": ("foto van plek.pdf", PDF, "application/pdf")}
Open = Callable[[str], Browser]


def close(browser: Browser, number: str) -> None:
    act(browser.services, browser.actor, Withdraw(number))


def test_d41_d44_d45_message_lands_on_the_timeline_of_staff(tess: Browser) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}")
    page = tess.post(f"/mijn/zaken/{number}/berichten", {"text": "Wanneer hoor ik iets?"})
    assert "Wij hebben uw bericht ontvangen" in page
    assert "Wanneer hoor ik iets?" in page
    assert [(note.kind, note.text) for note in rows(tess.services, NoteRow)] == [("message", "Wanneer hoor ik iets?")]


def test_d44_empty_message_keeps_the_page_and_says_why(tess: Browser) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}")
    page = tess.post(f"/mijn/zaken/{number}/berichten", {"text": " "}, status=422)
    assert "<title>Fout:" in page
    assert 'href="#field-text">Schrijf eerst een bericht.' in page


def test_pressing_verstuur_twice_sends_one_message(tess: Browser) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}")
    key = tess.hidden("form_key")
    for _ in range(2):
        tess.post(f"/mijn/zaken/{number}/berichten", {"text": "Eén keer", "form_key": key})
    assert len(rows(tess.services, NoteRow)) == 1


def test_d43_d54_nothing_to_send_on_a_closed_case_and_the_server_refuses(tess: Browser) -> None:
    number = register(tess.services, TESS)
    close(tess, number)
    before = len(rows(tess.services, NoteRow))
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Verstuur<" not in page
    assert "Voeg toe" not in page
    for path, fields, files in (
        ("berichten", {"text": "Nog iets"}, None),
        ("document", {"type": "submission", "title": "Te laat"}, FILE),
        ("intrekken", {"sure": "ja"}, None),
    ):
        page = tess.post(f"/mijn/zaken/{number}/{path}", fields, files, status=409)
        assert "Terug naar de zaak" in page
    tess.get(f"/mijn/zaken/{number}/document", status=409)
    assert len(rows(tess.services, NoteRow)) == before
    assert not [row for row in handed_in(tess.services) if row.origin == "citizen"]


def test_d53_d55_to_d60_choosing_is_not_sending_and_the_receipt_proves_it(tess: Browser) -> None:
    number = register(tess.services, TESS)
    assert "Voeg toe" in tess.get(f"/mijn/zaken/{number}")
    tess.get(f"/mijn/zaken/{number}/document")
    page = tess.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Foto van de plek"}, FILE)
    assert "nog niet verstuurd" in page
    assert not handed_in(tess.services)
    held = {"held": tess.hidden("held")}
    page = tess.post(f"/mijn/zaken/{number}/document/versturen", held)
    document = handed_in(tess.services)[0]
    for text in (
        "Uw document is verstuurd",
        "Foto van de plek",
        "foto van plek.pdf",
        document.sha256,
        document.reference,
    ):
        assert text in page
    assert (document.title, document.on_portal, document.state) == ("Foto van de plek", True, "accepted")
    assert "Foto van de plek" in tess.get(f"/mijn/zaken/{number}")
    tess.post(f"/mijn/zaken/{number}/document/versturen", held | {"form_key": "a-second-tab"})
    assert len(handed_in(tess.services)) == 1
    answer = tess.client.get(f"/mijn/documenten/{document.id}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")


def test_d56_the_file_is_picked_from_the_own_device_and_its_kinds_are_named(tess: Browser) -> None:
    number = register(tess.services, TESS)
    page = tess.get(f"/mijn/zaken/{number}/document")
    field = page.partition('<input type="file"')[2].partition(">")[0]
    assert "Bestand van uw apparaat" in page
    assert 'name="files"' in field
    assert ".pdf" in field.partition('accept="')[2].partition('"')[0]


def test_d59_the_last_press_says_voeg_toe_and_before_it_nothing_is_there(tess: Browser) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}/document")
    page = tess.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Foto"}, FILE)
    form = page.partition(f'action="/mijn/zaken/{number}/document/versturen"')[2].partition("</form>")[0]
    assert ">Voeg toe<" in form
    assert "Versturen" not in form
    assert "Foto" not in tess.get(f"/mijn/zaken/{number}")


def test_who_did_not_file_adds_a_paper_under_a_plain_name(services: Services, browser: Open) -> None:
    third = NewParty("third_party", "Yasmina el Voorbeeld", identity=YASMINA, channel="portal")
    number = register(services, TESS, extra=(third,))
    page = browser(YASMINA).get(f"/mijn/zaken/{number}/document")
    assert "Reactie of bijlage" in page
    assert "Bezwaarschrift" not in page
    assert "Bezwaarschrift of bijlage" in browser(TESS).get(f"/mijn/zaken/{number}/document")


def test_a_document_that_is_not_sent_after_all_leaves_nothing(tess: Browser) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}/document")
    tess.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Foto"}, FILE)
    tess.post(f"/mijn/zaken/{number}/document/versturen", {"held": tess.hidden("held"), "stap": "terug"})
    assert not handed_in(tess.services)
    assert not list(tess.services.files.all_blobs())


def test_d57_d58_wrong_choices_are_said_at_the_field_and_what_was_typed_stays(tess: Browser) -> None:
    number = register(tess.services, TESS)
    good = {"type": "submission", "title": "Foto"}
    for fields, files, sentence in (
        (good | {"title": ""}, FILE, "Geef het document een titel"),
        (good | {"type": "internal"}, FILE, "Kies wat voor document dit is"),
        (good, None, "Kies eerst een bestand"),
        (good, {"files": ("a.txt", b"tekst", "text/plain")}, "kan hier niet"),
        (good, {"files": ("a.pdf", b"geen pdf", "application/pdf")}, "past niet bij de naam"),
    ):
        page = tess.post(f"/mijn/zaken/{number}/document", fields, files, status=422)
        assert sentence in page
        assert f'value="{fields["title"]}"' in page
    assert len(list(tess.services.files.all_blobs())) == 2, "a good file waits beside a wrong title or kind"


def test_held_files_open_only_for_who_chose_them(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS, ILSE)
    tess.get(f"/mijn/zaken/{number}/document")
    tess.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Foto"}, FILE)
    page = browser(ILSE).post(f"/mijn/zaken/{number}/document/versturen", {"held": tess.hidden("held")}, status=422)
    assert "Kies ze nog een keer" in page
    assert not handed_in(tess.services)


def test_b5_a_task_in_the_lane_of_the_citizen_is_done_in_the_portal(tess: Browser) -> None:
    number = register(tess.services, TESS)
    intake(tess.services, complete=False)
    task = open_task(tess.services, "RepairByCitizen")
    assert "Wij wachten op u" in tess.get(f"/mijn/zaken/{number}")
    assert "Wij vragen iets van u" in tess.get("/mijn")
    assert "Uw aanvulling" in tess.get(f"/mijn/taken/{task}")
    assert "Dank u wel" not in tess.get(f"/mijn/taken/{task}/klaar")
    key = tess.hidden("form_key")
    page = tess.post(f"/mijn/taken/{task}", {"repair_text": ""}, status=422)
    assert "nog niets ingevuld" in page
    typed = {"repair_text": "Er was geen bord", "form_key": key}
    files = {"repair_files": ("bewijs.pdf", PDF, "application/pdf")}
    proof = tess.post(f"/mijn/taken/{task}", typed, files)
    assert "Dank u wel" in proof
    assert hashlib.sha256(PDF).hexdigest() in proof
    assert "Dank u wel" in tess.post(f"/mijn/taken/{task}", typed, files)  # the same form again: the same answer
    assert "is al gedaan" in tess.post(f"/mijn/taken/{task}", typed | {"form_key": "other"}, status=409)
    assert "Terug naar de zaak" in tess.get(f"/mijn/taken/{task}", status=409)
    assert [row.file_name for row in handed_in(tess.services)] == ["bewijs.pdf"]
    assert "Wij wachten op u" not in tess.get(f"/mijn/zaken/{number}")


def test_a_wrong_file_at_a_task_does_not_cost_the_text(tess: Browser) -> None:
    register(tess.services, TESS)
    intake(tess.services, complete=False)
    task = open_task(tess.services, "RepairByCitizen")
    files = {"repair_files": ("bewijs.pdf", b"geen pdf", "application/pdf")}
    page = tess.post(f"/mijn/taken/{task}", {"repair_text": "Een lang verhaal"}, files, status=422)
    assert "Een lang verhaal" in page
    assert 'href="#field-repair_files"' in page


def test_withdrawing_has_a_page_of_its_own_and_wants_a_tick(tess: Browser) -> None:
    number = register(tess.services, TESS)
    assert "intrekken" in tess.get(f"/mijn/zaken/{number}")
    assert "geen beslissing meer" in tess.get(f"/mijn/zaken/{number}/intrekken")
    assert "Zet een vinkje" in tess.post(f"/mijn/zaken/{number}/intrekken", {}, status=422)
    tess.get(f"/mijn/zaken/{number}/intrekken")
    page = tess.post(f"/mijn/zaken/{number}/intrekken", {"sure": "ja", "reason": "Het is opgelost"})
    assert "Wij hebben ontvangen dat u de zaak intrekt" in page
    assert rows(tess.services, Case)[0].result == "ingetrokken"


def test_j5_one_of_two_objectors_cannot_end_the_case_for_the_other(
    tess: Browser, browser: Callable[[str], Browser]
) -> None:
    number = register(tess.services, TESS, ILSE)
    assert "Voor hen gaat de zaak verder." in tess.get(f"/mijn/zaken/{number}/intrekken")
    tess.post(f"/mijn/zaken/{number}/intrekken", {"sure": "ja"})
    assert rows(tess.services, Case)[0].state == "running"
    assert "/intrekken" not in tess.get(f"/mijn/zaken/{number}"), "who withdrew cannot do it again"
    ilse = browser(ILSE)
    assert "U kunt dit niet terugdraaien" in ilse.get(f"/mijn/zaken/{number}/intrekken")
    assert rows(tess.services, Case)[0].result is None
    intake(tess.services, complete=False)
    assert "Wij wachten op u" in ilse.get(f"/mijn/zaken/{number}"), "the case goes on for the other, who is asked"
    assert "Wij wachten op u" not in tess.get(f"/mijn/zaken/{number}")
    ilse.get(f"/mijn/zaken/{number}/intrekken")
    ilse.post(f"/mijn/zaken/{number}/intrekken", {"sure": "ja"})
    assert rows(tess.services, Case)[0].result == "ingetrokken", "only the last of them ends it"


def test_d13_to_d18_own_details_are_saved_and_d17_seen_by_staff(tess: Browser) -> None:
    register(tess.services, TESS)
    tess.get("/mijn/gegevens")
    wrong = {"email": "geen adres", "phone": "123"}
    page = tess.post("/mijn/gegevens", wrong, status=422)
    assert 'value="geen adres"' in page
    tess.get("/mijn/gegevens")
    good = {"email": "tess@voorbeeld.example", "phone": "06 12345678", "news_by_mail": "ja"}
    assert "Uw gegevens zijn opgeslagen" in tess.post("/mijn/gegevens", good)
    party, profile = rows(tess.services, Party)[0], rows(tess.services, PersonProfile)[0]
    assert (party.email, party.phone) == (good["email"], good["phone"])
    assert profile.news_by_mail
    assert "checked" in tess.get("/mijn/gegevens")
    tess.post("/mijn/gegevens", good | {"news_by_mail": ""})
    assert not rows(tess.services, PersonProfile)[0].news_by_mail


def test_filing_a_case_is_checked_before_it_is_sent_and_gets_a_receipt(tess: Browser) -> None:
    assert "/mijn/nieuw/bezwaar" in tess.get("/mijn/nieuw")
    assert "stukkenverzoek" not in tess.html
    tess.get("/mijn/nieuw/bezwaar")
    page = tess.post("/mijn/nieuw/bezwaar", filled(tess), {"submission": ("brief.pdf", PDF, "application/pdf")})
    for text in (
        "Kijk alles na",
        "Weigering parkeervergunning",
        "Ik woon hier al jaren",
        "brief.pdf",
        "Tess Testeling",
    ):
        assert text in page
    assert not rows(tess.services, Case)
    again = tess.post("/mijn/nieuw/bezwaar/versturen", filled(tess, stap="wijzigen", held=tess.hidden("held")))
    assert "Ik woon hier al jaren" in again
    assert "brief.pdf" in again
    tess.post("/mijn/nieuw/bezwaar", filled(tess, held=tess.hidden("held")))
    page = tess.post("/mijn/nieuw/bezwaar/versturen", filled(tess, held=tess.hidden("held")))
    case, party, document = (
        rows(tess.services, Case)[0],
        rows(tess.services, Party)[0],
        handed_in(tess.services)[0],
    )
    assert case.number in page
    assert document.sha256 in page
    assert tess.url == f"{BASE}/mijn/ingediend/{case.number}"
    assert (case.channel, case.subject) == ("portal", "Weigering parkeervergunning")
    assert (party.role, party.kind, party.identity_index) == ("objector", "person", tess.actor.subject)
    assert case.number in tess.get("/mijn")


def test_filing_says_what_is_missing_and_keeps_text_and_files(tess: Browser) -> None:
    tomorrow = (days_ago(tess.services, 0) + timedelta(1)).isoformat()
    pdf = {"submission": ("brief.pdf", PDF, "application/pdf")}
    for change, sentence in (
        ({"decision-0-subject": ""}, "Vul in waar het besluit over gaat"),
        ({"decision-0-announced_on": ""}, "Vul in wanneer u het besluit kreeg"),
        ({"decision-0-announced_on": tomorrow}, "ligt in de toekomst"),
        ({"channel": "post"}, "Vul uw adres in"),
        ({"email": "tess"}, "Dit is geen e-mailadres"),
        ({"email": "tess@[voorbeeld.nl"}, "Dit is geen e-mailadres"),
        ({"email": "jos\u00e9@voorbeeld.nl"}, "Voor de @ staat"),
    ):
        page = tess.post("/mijn/nieuw/bezwaar", filled(tess, **change), pdf, status=422)
        assert sentence in page
        assert "Ik woon hier al jaren" in page
        assert "brief.pdf" in page
        tess.post("/mijn/nieuw/bezwaar/versturen", filled(tess, **change), status=422)
    assert not rows(tess.services, Case)


def test_j7_a_failure_to_decide_is_no_bezwaar_also_when_somebody_sends_it_by_hand(tess: Browser) -> None:
    missing = filled(tess, **{"decision-0-announced_on": "", "decision-0-missing": "ja"})
    assert "Vul in wanneer u het besluit kreeg" in tess.post("/mijn/nieuw/bezwaar", missing, status=422)
    tess.post("/mijn/nieuw/bezwaar/versturen", missing, status=422)
    assert rows(tess.services, Case) == []


def test_a_file_that_was_sent_in_one_window_is_not_thrown_away_in_another(tess: Browser) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}/document")
    tess.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Foto"}, FILE)
    held = {"held": tess.hidden("held")}
    tess.post(f"/mijn/zaken/{number}/document/versturen", held)
    tess.post(f"/mijn/zaken/{number}/document/versturen", held | {"stap": "terug"})
    assert tess.services.files.exists(handed_in(tess.services)[0].blob)


def test_one_filing_becomes_one_case_even_from_two_windows(tess: Browser) -> None:
    tess.get("/mijn/nieuw/bezwaar")
    tess.post("/mijn/nieuw/bezwaar", filled(tess), {"submission": ("brief.pdf", PDF, "application/pdf")})
    held = tess.hidden("held")
    for key in ("window-1", "window-2"):
        tess.post("/mijn/nieuw/bezwaar/versturen", filled(tess, held=held, form_key=key))
    assert len(rows(tess.services, Case)) == 1
    assert len(handed_in(tess.services)) == 1


def test_what_does_not_fit_in_a_column_is_said_and_never_a_500(tess: Browser) -> None:
    for change, sentence in (
        ({"decision-0-subject": "x" * 301}, "Maak dit korter"),
        ({"decision-0-number": "x" * 81}, "Dit is te lang"),
        ({"email": "x" * 320 + "@voorbeeld.example"}, "Dit is geen e-mailadres"),
        ({"phone": "bel maar"}, "Dit is geen telefoonnummer"),
    ):
        assert sentence in tess.post("/mijn/nieuw/bezwaar", filled(tess, **change), status=422)
    long = {"email": "x" * 320 + "@voorbeeld.example"}
    assert "te lang" in tess.post("/mijn/gegevens", long, status=422)


def test_addresses_that_name_nothing_answer_404(tess: Browser) -> None:
    number = register(tess.services, TESS)
    for path in ("zaken/%01", "zaken/" + "x" * 300, f"zaken/{number}/brieven/{10**30}", f"zaken/{number}/brieven/x",
                 f"zaken/{number}/ontvangst", f"zaken/{number}/ontvangst?d=99", f"zaken/{number}/ontvangst.pdf?d=99", "taken/%01", "documenten/%2e%2e%2fgeheim",
                 "nieuw/stukkenverzoek", "nieuw/%01", "ingediend/BZW-1"):  # fmt: skip
        tess.get(f"/mijn/{path}", status=404)


def test_too_large_a_file_is_said_on_the_page_itself(tess: Browser) -> None:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}/document")
    large = {"files": ("groot.pdf", PDF + b"x" * 3_200_000, "application/pdf")}
    page = tess.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Groot"}, large, status=422)
    assert "te groot" in page
    assert 'value="Groot"' in page  # what was typed stays, also when the browser announces too much
    assert "Geef het document een titel" not in page
    assert not list(tess.services.files.all_blobs())
