"""A delivery in steps, from drop zone to judgement (O17-O22, O27-O30, B6), and what is refused on the way."""

import hashlib
import html

import pytest
from kit.desk import Desk, desk, form_of
from kit.documents import NO_FILE, PDF
from kit.installation import BASE
from kit.people import NOOR

from processes.actions import act
from processes.actions.judging import Judgement
from processes.actions.tasks import CompleteTask
from processes.storage.tables import AuditRow, Case, Delivery, MailRow, TaskRow

DECISION = ("besluit.pdf", PDF)
REPORT = ("rapport.pdf", PDF + b"rapport")


def words(answer) -> str:
    return html.unescape(answer.text)


def judge(office: Desk, element: str, *, accepted: bool, reason: str = "") -> None:
    offered = [row for row in office.handed_in() if row.state == "offered"]
    verdicts = {row.id: Judgement(accepted, reason) for row in offered}
    act(office.services, NOOR, CompleteTask(office.task(element), {}, judgements=verdicts))


def blobs(office: Desk) -> set[str]:
    return {file.blob for file in office.services.files.all_blobs()}


def test_o17_o19_choosing_files_is_not_sending_them(office):
    before = office.count(AuditRow)
    page = office.choose(DECISION, REPORT, remark="Twee stukken")
    assert "Er is nog niets verstuurd" in page.text
    assert "Bevestigen en versturen" in page.text
    assert "besluit.pdf" in page.text
    assert "rapport.pdf" in page.text
    assert (office.rows(Delivery), office.handed_in(), office.count(AuditRow)) == ([], [], before)


def test_o18_o19_b6_sending_gives_a_receipt_with_time_names_sizes_and_hashes(office):
    page = words(office.deliver(DECISION, remark="Zie blad 2"))
    sent = office.rows(Delivery)[0]
    for text in (sent.receipt, "besluit.pdf", f"({len(PDF)} bytes)", hashlib.sha256(PDF).hexdigest(), "Zie blad 2"):
        assert text in page
    assert "Wij hebben uw stukken ontvangen" in page
    mail = next(row for row in office.rows(MailRow) if row.template == "receipt")
    assert sent.receipt in mail.body
    assert hashlib.sha256(PDF).hexdigest() in mail.body


def test_o20_o22_the_case_worker_judges_before_it_enters_the_dossier(office):
    office.deliver(DECISION)
    assert [row.state for row in office.handed_in()] == ["offered"]
    assert office.task("JudgeDelivery")
    judge(office, "JudgeDelivery", accepted=True)
    assert [row.state for row in office.handed_in()] == ["accepted"]
    assert "Akkoord" in office.client.get(office.address).text


def test_o21_a_refused_document_says_why_and_is_asked_again(office):
    office.deliver(DECISION)
    judge(office, "JudgeDelivery", accepted=False, reason="Bladzijde 3 ontbreekt.")
    page = words(office.client.get(office.address))
    assert "Deze stukken konden wij niet aannemen" in page
    assert "Bladzijde 3 ontbreekt." in page
    receipt = office.rows(Delivery)[0].receipt
    assert "Bladzijde 3 ontbreekt." in words(office.client.get(f"{office.address}/ontvangst/{receipt}"))
    office.deliver(("besluit-2.pdf", PDF))
    assert [row.request_id is not None for row in office.rows(Delivery)] == [True, True]
    assert "Aanlevering 2" in office.client.get(office.address).text


def test_o27_o29_the_same_link_takes_a_late_supplement_as_a_new_delivery(office):
    office.deliver(DECISION)
    judge(office, "JudgeDelivery", accepted=True)
    page = office.client.get(f"{office.address}/nazending")
    assert "Vond u nog een stuk" in page.text
    office.deliver(REPORT, kind="underlying")
    late = office.rows(Delivery)[1]
    assert late.request_id is None
    assert office.task("JudgeSupplement")
    menu = office.client.get(office.address).text.split("Wat er gebeurde", 1)[1]
    places = [menu.index(text) for text in ("Verzoek om stukken", "Aanlevering 1", "Aanlevering 2 (nazending)")]
    assert places == sorted(places)  # O30


def test_o19_pressing_twice_sends_once(office):
    page = office.choose(DECISION).text
    kinds = {name: "contested_decision" for name in form_of(page) if name.startswith("type-")}
    first, second = office.press(page, **kinds), office.press(page, **kinds)
    assert first.url == second.url
    assert (office.count(Delivery), len(office.handed_in())) == (1, 1)


def test_b6_going_back_after_sending_cannot_take_a_sent_file_away(office):
    page = office.choose(DECISION).text
    kinds = {name: "contested_decision" for name in form_of(page) if name.startswith("type-")}
    office.press(page, **kinds)
    drop = {name.replace("type-", "drop-"): "ja" for name in kinds}
    office.press(page, **kinds, **drop)
    sent = office.handed_in()[0]
    assert b"".join(office.services.files.read(sent.blob)) == PDF
    assert office.count(Delivery) == 1


def test_o17_a_file_can_be_added_and_left_out_before_sending(office):
    page = office.choose(DECISION, REPORT).text
    more = office.press(page, "controleren", files=[("files", ("foto.png", PNG, "image/png"))]).text
    names = [name for name in form_of(more) if name.startswith("type-")]
    assert len(names) == 3
    kinds = dict(zip(names, ["contested_decision", "underlying", "underlying"], strict=True))
    office.press(more, **kinds, **{names[1].replace("type-", "drop-"): "ja"})
    assert [(row.file_name, row.type) for row in office.handed_in()] == [
        ("besluit.pdf", "contested_decision"),
        ("foto.png", "underlying"),
    ]


def test_o19_a_file_added_with_the_last_press_is_shown_first(office):
    page = office.choose(DECISION).text
    more = office.press(page, files=[("files", ("rapport.pdf", REPORT[1], "application/pdf"))])
    assert "Er is nog niets verstuurd" in more.text
    assert "rapport.pdf" in more.text
    assert office.rows(Delivery) == []


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.mark.parametrize(
    ("files", "kind", "remark", "sentence"),
    [
        ([REPORT], "underlying", "", "Er is nog geen stuk van de soort 'Bestreden besluit'"),
        ([DECISION], "", "", "Kies wat voor stuk 'besluit.pdf' is."),
        ([DECISION], "internal", "", "Kies wat voor stuk 'besluit.pdf' is."),
        ([("foto.png", PNG)], "defence", "", "'foto.png' kan hier niet."),
    ],
)
def test_o19_what_is_not_ready_is_not_sent(office, files, kind, remark, sentence):
    page = office.choose(*files, remark=remark).text
    kinds = {name: kind for name in form_of(page) if name.startswith("type-")}
    answer = office.press(page, **kinds)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "<title>Fout: " in answer.text
    assert files[0][0] in answer.text
    assert office.rows(Delivery) == []


def test_o18_a_remark_may_say_why_a_document_is_missing(office):
    office.deliver(REPORT, kind="underlying", remark="Het besluit is mondeling genomen.")
    assert [row.remark for row in office.rows(Delivery)] == ["Het besluit is mondeling genomen."]


def test_o18_a_remark_alone_can_be_sent_and_nothing_at_all_cannot(office):
    nothing = office.choose()
    assert nothing.status_code == 422
    assert "Kies minstens één bestand" in nothing.text
    page = office.choose(remark="Wij hebben geen stukken.")
    assert "alleen een opmerking" in page.text
    receipt = office.press(page.text)
    assert "Wij hebben uw opmerking ontvangen" in receipt.text
    office.press(page.text)
    assert office.count(Delivery) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("besluit.pdf", b"MZ\x90\x00 dit is een programma", "dit is geen PDF"),
        ("virus.exe", b"MZ\x90\x00", "kan hier niet. Dit mag: PDF"),
        ("leeg.pdf", b"", "is leeg"),
        ("lijst.txt", b"een lijst", "kan hier niet. Dit mag: PDF"),
    ],
)
def test_o17_a_wrong_file_is_refused_at_its_field_and_nothing_typed_is_lost(office, name, content, sentence):
    answer = office.choose((name, content), remark="Deze tekst blijft staan")
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Deze tekst blijft staan</textarea>" in answer.text
    assert 'href="#field-files"' in answer.text
    assert blobs(office) == set()


def test_o17_a_wrong_file_does_not_cost_the_files_chosen_before(office):
    page = office.choose(DECISION, remark="Blijft").text
    answer = office.press(page, "controleren", files=[("files", ("x.pdf", b"geen pdf", "application/pdf"))])
    assert answer.status_code == 422
    assert "dit is geen PDF" in answer.text
    assert "besluit.pdf" in answer.text
    assert len([name for name in form_of(answer.text) if name.startswith("type-")]) == 1


@pytest.mark.parametrize("announced", [{}, {"Content-Length": "4000600"}], ids=["chunked", "announced"])
def test_a_file_over_the_limit_is_stopped_while_it_comes_in_and_the_remark_stays(tmp_path, announced):
    with desk(tmp_path, upload_megabytes=1) as office:
        head = (
            f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{office.csrf}\r\n'
            '--x\r\nContent-Disposition: form-data; name="remark"\r\n\r\nHet advies volgt nog.\r\n'
            '--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
        )
        body = head.encode() + PDF + bytes(4_000_000) + b"\r\n--x--\r\n"
        answer = office.client.send(
            f"{office.address}/aanleveren", body, "multipart/form-data; boundary=x", chunk=65536, **announced
        )
        assert answer.status_code == 422
        assert "te groot" in answer.text
        assert "Het advies volgt nog." in answer.text
        assert blobs(office) == set()


def test_an_upload_that_breaks_off_leaves_nothing(office):
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n' + PDF
    answer = office.client.send(f"{office.address}/aanleveren", body, "multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert "halverwege afgebroken" in answer.text
    assert blobs(office) == set()


def test_a_sealed_list_that_was_changed_or_is_of_another_is_not_opened(office, tmp_path_factory):
    page = office.choose(DECISION).text
    with desk(tmp_path_factory.mktemp("ander")) as other:
        elsewhere = form_of(other.choose(DECISION).text)
    held = form_of(page)["held"]
    for wrong in (held[:-8] + "AAAAAAAA", elsewhere["held"], "x", "é"):
        answer = office.press(page, held=wrong)
        assert answer.status_code == 422
        assert "hebben wij niet meer" in answer.text or "niet meer. Kies ze" in answer.text
    assert office.rows(Delivery) == []


def test_a_file_that_is_gone_is_told_and_the_rest_is_not_sent_without_a_word(office):
    page = office.choose(DECISION, REPORT).text
    names = [name for name in form_of(page) if name.startswith("type-")]
    gone = next(blob for blob in blobs(office) if blob.endswith(names[1].removeprefix("type-")))
    office.services.files.delete(gone)
    kinds = dict.fromkeys(names, "contested_decision")
    answer = office.press(page, **kinds)
    assert answer.status_code == 422
    assert "hebben wij niet meer" in answer.text
    assert office.rows(Delivery) == []


def test_o27_what_was_sent_after_the_request_was_answered_is_a_supplement(office):
    page = office.choose(REPORT).text
    office.deliver(DECISION)
    office.press(page)
    assert [row.request_id is None for row in office.rows(Delivery)] == [False, True]
    assert [row.state for row in office.rows(TaskRow) if row.element == "DeliverDocuments"] == ["done"]


@pytest.mark.parametrize(
    ("headers", "form", "status"),
    [
        ({}, {}, 403),
        ({"Origin": "https://kwaad.example"}, {}, 403),
        ({"Origin": "null"}, {}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, {}, 403),
        ({"Origin": BASE}, {"csrf": "0" * 64}, 403),
        ({"Origin": BASE}, {"form_key": ""}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {}, 200),  # what a browser sends under no-referrer
    ],
)
def test_b7_only_our_own_page_can_send(office, headers, form, status):
    page = office.choose(DECISION).text
    kinds = {name: "contested_decision" for name in form_of(page) if name.startswith("type-")}
    data = {**form_of(page), **kinds, "stap": "versturen", **form}
    answer = office.client.post(f"{office.address}/aanleveren", data=data, files=NO_FILE, headers=headers)
    assert answer.status_code == status
    assert office.count(Delivery) == (1 if status == 200 else 0)


def test_o27_a_late_supplement_still_comes_in_after_the_case_was_closed(office):
    office.deliver(DECISION)
    judge(office, "JudgeDelivery", accepted=True)
    office.change(Case, state="closed", departments_until=office.today)
    office.deliver(REPORT, kind="underlying")
    assert office.task("JudgeSupplement")
    judge(office, "JudgeSupplement", accepted=True)
    assert [row.state for row in office.handed_in()] == ["accepted", "accepted"]
