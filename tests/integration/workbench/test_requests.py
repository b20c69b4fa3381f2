"""Requests for documents in the workbench: each department for its own decisions (P11), and the list of all cases."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, do, handed_in, open_task, put_in_use, rows, today
from kit.documents import PDF, stored
from kit.installation import installation
from kit.people import NOOR, SEM, TESS, department, known

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.delivering import Deliver
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.actions.publishing import WithdrawFromDepartment
from processes.actions.registering import NewDecision, RegisterCase
from processes.actions.replying import DecideReply, ReplyToRequest
from processes.actions.requests import StopRequest
from processes.base.checklist import SaidAnswer, SaidAt
from processes.base.errors import AlreadyDone, Invalid
from processes.reads.department import read_dossier
from processes.reads.workbench import read_requests
from processes.storage.services import Services
from processes.storage.tables import DocumentRequestRow, DocumentRow, Dossier, Instance, MailRow, NoteRow
from processes.storage.words import ReplyKind


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "wonen", "milieu")
    for actor in (NOOR, SEM):
        known(services, actor)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("workbench",)) as opened:
        yield opened


@pytest.fixture
def noor(services: Services) -> Browser:
    return Browser(services, NOOR)


@pytest.fixture
def two(services: Services) -> str:
    """A case about two decisions of two departments."""
    day = today(services)
    decisions = tuple(
        NewDecision(
            subject, number=number, taken_on=day - timedelta(20), announced_on=day - timedelta(18), department=code
        )
        for subject, number, code in (("Boete", "PV-1", "parkeren"), ("Huisverbod", "WO-2", "wonen"))
    )
    return act(services, NOOR, RegisterCase("bezwaar", "letter", day, (TESS,), decisions, {"grounds": "Oneens"}))


def mails(services: Services, template: str) -> dict[str, str]:
    return {row.recipient.partition("@")[0]: row.body for row in rows(services, MailRow) if row.template == template}


def requests(services: Services) -> list[DocumentRequestRow]:
    return rows(services, DocumentRequestRow)


def send(services: Services, code: str, *names: str, said: Sequence[SaidAt] = (), kind: str = "underlying") -> None:
    (dossier,) = rows(services, Dossier, department=code)
    files = tuple(NewDocument(stored(services, name, PDF), kind, name) for name in names)
    token = services.secrets.link_token(dossier.salt)
    act(
        services,
        department(services, dossier.id),
        Deliver(token, files, "" if files else "Er zijn geen stukken.", said=tuple(said)),
    )


def test_p11_the_intake_takes_the_departments_from_the_registered_decisions(services, noor, two):
    page = noor.get(f"/werk/taken/{open_task(services, 'Intake')}")
    assert "Parkeren (nam het besluit: Boete)" in page
    assert "Wonen (nam het besluit: Huisverbod)" in page
    for code in ("parkeren", "wonen"):
        assert "checked" in page.split(f'value="{code}"')[1].split(">")[0]
    assert "checked" not in page.split('value="milieu"')[1].split(">")[0]


def test_p11_o16_one_press_asks_every_department_for_its_own_decisions(services, two):
    do(services, "Intake", **{**INTAKE, "department": ["parkeren", "wonen"]}, route="commissie")
    told = mails(services, "stukkenverzoek")
    assert set(told) == {"parkeren", "wonen"}
    assert ("PV-1" in told["parkeren"], "WO-2" in told["parkeren"]) == (True, False)
    assert ("PV-1" in told["wonen"], "WO-2" in told["wonen"]) == (False, True)
    assert "een besluit van uw afdeling" in told["wonen"]
    seen = {read_dossier(services, services.secrets.link_token(one.salt)).subject for one in rows(services, Dossier)}
    assert seen == {"Boete", "Huisverbod"}  # the case is called "Boete"


def test_p4_o16_who_a_request_is_passed_on_to_reads_of_that_decision_alone(services, two):
    do(services, "Intake", **{**INTAKE, "department": ["parkeren", "wonen"]}, route="commissie")
    dossiers = {one.department: one for one in rows(services, Dossier)}
    actor = department(services, dossiers["wonen"].id)
    token = services.secrets.link_token(dossiers["wonen"].salt)
    task = read_dossier(services, token).requests[0].task
    reply = act(services, actor, ReplyToRequest(token, task, ReplyKind.FORWARD, "Niet van ons.", "Wil", "milieu"))
    due = today(services) + timedelta(20)
    act(services, NOOR, DecideReply(int(reply), granted=True, department="milieu", due=due))
    told = mails(services, "stukkenverzoek")["milieu"]
    assert ("PV-1" in told, "WO-2" in told) == (False, True)
    (next_one,) = [one for one in rows(services, Dossier) if one.department == "milieu"]
    seen = read_dossier(services, services.secrets.link_token(next_one.salt))
    assert [one.subject for one in seen.decisions] == ["Huisverbod"]
    assert seen.subject == "Huisverbod"
    assert [one.subject for one in read_dossier(services, token).decisions] == ["Huisverbod"]
    assert set(kept(services)) == {"parkeren", "milieu"}
    assert ("een besluit:" in told, "van uw afdeling:" in told) == (True, False)


def test_p4_what_the_first_department_answered_does_not_follow_to_the_next_one(services, noor, two):
    do(services, "Intake", **INTAKE, route="commissie")
    send(services, "parkeren")
    task = open_task(services, "JudgeDelivery")
    name = noor.get(f"/werk/taken/{task}").split('name="judgement-delivery-')[1].split('"')[0]
    why = "Dit is geen antwoord."
    noor.post(f"/werk/taken/{task}", {f"judgement-delivery-{name}": "refused", f"reason-delivery-{name}": why})
    (dossier,) = rows(services, Dossier)
    token = services.secrets.link_token(dossier.salt)
    asked = ReplyToRequest(token, read_dossier(services, token).requests[0].task, ReplyKind.NOT_OURS, "Nee.", "Wil")
    reply = act(services, department(services, dossier.id), asked)
    act(services, NOOR, DecideReply(int(reply), granted=True, department="milieu", due=today(services) + timedelta(20)))
    first, second = read_requests(services, NOOR, two).dossiers
    assert [one.refusal for one in first.deliveries] == [why]
    assert [(one.answers, one.state) for one in second.requests] == [((), "bij de afdeling")]


def test_p11_the_case_waits_for_all_of_them(services, noor, two):
    do(services, "Intake", **{**INTAKE, "department": ["parkeren", "wonen"]}, route="commissie")
    do(services, "CallObjector", call_outcome="niet_bereikt")
    for code, waits in (("parkeren", True), ("wonen", False)):
        send(services, code)
        task = open_task(services, "JudgeDelivery")
        page = noor.get(f"/werk/taken/{task}")
        name = page.split('name="judgement-delivery-')[1].split('"')[0]
        noor.post(f"/werk/taken/{task}", {f"judgement-delivery-{name}": "accepted"})
        running = [one.process for one in rows(services, Instance) if one.phase == "running"]
        assert ("stukkenverzoek" in running) is waits
    assert all(row.closed_at for row in requests(services))


def test_p11_a_worker_ticks_off_departments_and_none_is_asked_twice_unseen(services, noor, two):
    place = f"/werk/zaken/{two}/verzoeken/vraag/more_documents"
    page = noor.get(place)
    assert "<strong>Parkeren</strong>: Boete" in page
    assert "<strong>Wonen</strong>: Huisverbod" in page
    assert "Kruis minstens één afdeling aan." in noor.post(place, status=422)
    noor.post(place, {"departments": "parkeren"})
    page = noor.get(place)
    assert "Hier loopt al een verzoek" in page
    assert "checked" not in page.split('value="parkeren"')[1].split(">")[0]
    page = noor.post(place, {"departments": "parkeren"}, status=422)
    assert "Bij Parkeren loopt al een verzoek." in page
    assert len(requests(services)) == 1
    noor.post(place, {"departments": "parkeren", "again": "ja", "other": "milieu", "form_key": "sleutel-2-0123456789"})
    assert len(requests(services)) == 3


def test_o20_o21_all_documents_are_accepted_in_one_press_once_each_was_opened(services, noor, two):
    do(services, "Intake", **INTAKE, route="commissie")
    send(services, "parkeren", "een.pdf", "twee.pdf")
    task = open_task(services, "JudgeDelivery")
    first, second = (row.id for row in sorted(handed_in(services), key=lambda row: row.title))
    page = noor.get(f"/werk/taken/{task}")
    assert f' data-src="/werk/documenten/{first}/inzien"' in page
    assert (
        f' src="/werk/documenten/{first}/inzien"' not in page
    )  # a browser would fetch it, and it would count as opened
    shown = noor.client.get(f"/werk/documenten/{first}/inzien")
    assert shown.headers["content-disposition"].startswith("inline")
    assert shown.headers["x-frame-options"] == "SAMEORIGIN"
    page = noor.post(f"/werk/taken/{task}", {"judgement-all": "ja"}, status=422)
    assert "U opende nog niet: 'twee.pdf'." in page
    assert {row.state for row in handed_in(services)} == {"offered"}
    why = "De inhoud is van de zaak ernaast bekend."
    noor.post(f"/werk/taken/{task}", {"judgement-all": "ja", "reason-all": why})
    assert {row.state for row in handed_in(services)} == {"accepted"}
    assert any("twee.pdf" in row.text and why in row.text for row in rows(services, NoteRow))
    assert second != first


LATER = (SaidAt(1, SaidAnswer.LATER, expected=date(2030, 1, 7)),)


def test_p1_o21_accepting_all_does_not_close_a_request_for_which_something_was_promised(services, noor, two):
    do(services, "Intake", **INTAKE, route="commissie")
    send(services, "parkeren", "een.pdf", "twee.pdf", said=LATER)
    task = open_task(services, "JudgeDelivery")
    everything = {"judgement-all": "ja", "reason-all": "Bekend."}
    assert "De afdeling schreef dat er nog iets komt" in noor.get(f"/werk/taken/{task}")
    page = noor.post(f"/werk/taken/{task}", everything, status=422)
    assert "op 7 januari 2030. Kies of u daarop wacht, of dat het niet meer nodig is." in page
    assert [row.closed_at for row in requests(services)] == [None]
    noor.post(f"/werk/taken/{task}", {**everything, "judgement-missing": "ja"})
    assert {row.state for row in handed_in(services)} == {"accepted"}
    (row,) = requests(services)
    assert (row.closed_at, row.due) == (None, date(2030, 1, 7))
    told = mails(services, "afgekeurd")["parkeren"]
    assert "U schreef dat dit nog komt:" in told
    assert "op 7 januari 2030. Daar wachten wij op." in told
    send(services, "parkeren", "drie.pdf", kind="defence")
    task = open_task(services, "JudgeDelivery")
    assert "niet meer nodig is" in noor.post(f"/werk/taken/{task}", everything, status=422)
    noor.post(f"/werk/taken/{task}", {**everything, "judgement-missing": "niet-nodig"})
    assert requests(services)[0].closed_at is not None


def test_the_requests_of_all_cases_stand_on_one_page(services, noor, two):
    do(services, "Intake", **{**INTAKE, "department": ["parkeren", "wonen"]}, route="commissie")
    send(services, "wonen")
    page = noor.get("/werk/verzoeken")
    for part in (two, "bij de afdeling", "te beoordelen", "2 dagen voor de termijn", "Lopend (2)", "Te beoordelen (1)"):
        assert part in page
    assert "Wonen" not in noor.get("/werk/verzoeken?afdeling=parkeren").split("<tbody>")[1]
    judged = noor.get("/werk/verzoeken?stand=te-beoordelen").split("<tbody>")[1]
    assert ("Wonen" in judged, "Parkeren" in judged) == (True, False)
    assert "Er zijn hier geen verzoeken." in noor.get("/werk/verzoeken?stand=klaar")


def test_p11_what_came_by_an_earlier_request_is_not_asked_again_unless_it_is_ticked(services, noor, two):
    place = f"/werk/zaken/{two}/verzoeken/vraag/more_documents"
    noor.get(place)
    noor.post(place, {"departments": "parkeren"})
    send(services, "parkeren", "een.pdf")
    task = open_task(services, "JudgeDelivery")
    noor.get(f"/werk/taken/{task}")
    (document,) = handed_in(services)
    noor.post(f"/werk/taken/{task}", {f"judgement-{document.id}": "accepted"})
    page = noor.get(place)
    assert "Vraag opnieuw: De stukken die bij het besluit horen" in page
    assert "(kwam al op" in page
    noor.post(place, {"departments": ["parkeren", "wonen"]})
    kinds = {row.department: [one["type"] for one in row.wanted] for row in requests(services)[1:]}
    everything = ["contested_decision", "underlying", "defence"]
    assert kinds == {"parkeren": ["contested_decision", "defence"], "wonen": everything}
    more = {"again": "ja", "also": "parkeren:underlying"}
    noor.get(place)
    noor.post(place, {"departments": "parkeren", **more})
    assert [one["type"] for one in requests(services)[-1].wanted] == everything


def test_p4_p5_an_answer_to_decide_on_is_counted_and_stands_first_in_the_list(services, noor, two):
    do(services, "Intake", **{**INTAKE, "department": ["parkeren", "wonen"]}, route="commissie")
    (dossier,) = rows(services, Dossier, department="wonen")
    token = services.secrets.link_token(dossier.salt)
    task = read_dossier(services, token).requests[0].task
    later = today(services) + timedelta(40)
    asked = ReplyToRequest(token, task, ReplyKind.MORE_TIME, "Archief.", "Wil", until=later)
    reply = act(services, department(services, dossier.id), asked)
    send(services, "parkeren")
    page = noor.get("/werk/verzoeken").split("<tbody>")
    assert "Te beslissen (1)" in page[0]
    assert page[1].index("Wonen") < page[1].index("Parkeren")
    assert ("te beslissen" in page[1], "Vraagt meer tijd" in page[1]) == (True, True)
    shown = noor.get("/werk/verzoeken?stand=te-beslissen&behandelaar=noor").split("<tbody>")[1]
    assert ("Wonen" in shown, "Parkeren" in shown) == (True, False)
    assert kept(services) == {"parkeren": ("noor", True, True), "wonen": ("noor", False, False)}
    act(services, NOOR, DecideReply(int(reply), granted=True, due=later))
    act(services, NOOR, AssignHandler(two, "sem"))
    assert kept(services) == {"parkeren": ("sem", True, True), "wonen": ("sem", False, True)}
    assert "Te beslissen (0)" in noor.get("/werk/verzoeken")
    assert "Er zijn hier geen verzoeken." in noor.get("/werk/verzoeken?behandelaar=noor")
    (wonen,) = [row for row in requests(services) if row.department == "wonen"]
    act(services, NOOR, StopRequest(wonen.id, "Niet nodig"))
    assert "Wonen" in noor.get("/werk/verzoeken?stand=klaar&behandelaar=sem&afdeling=wonen").split("<tbody>")[1]


def kept(services: Services) -> dict[str, tuple[str, bool, bool]]:
    """Of each department asked: the handler, whether something is to be judged, and whether nothing is to be decided."""
    return {str(row.department): (str(row.handler), row.to_judge, row.quiet) for row in requests(services)}


def test_p15_a_document_given_to_a_department_is_taken_back_with_a_reason(services, noor, two):
    act(services, NOOR, AddDocuments(two, (NewDocument(stored(services), "report", "Verslag"),)))
    (document,) = [row for row in handed_in(services) if row.title == "Verslag"]
    act(services, NOOR, GiveToDepartment(document.id, "wonen"))
    place = f"/werk/zaken/{two}/documenten/{document.id}/terug"
    noor.get(f"/werk/zaken/{two}/documenten")
    page = noor.post(place, {f"from-{document.id}": "wonen"}, status=422)
    assert "Schrijf waarom u dit document terugneemt." in page
    page = noor.post(place, {f"from-{document.id}": "wonen", f"why-{document.id}": "Hoort bij een andere zaak."})
    assert "Teruggenomen van Wonen" in page
    assert "Gegeven aan" not in page
    assert "Hoort bij een andere zaak." in mails(services, "department-document")["wonen"]
    (row,) = [one for one in rows(services, DocumentRow) if one.id == document.id]
    assert (row.to_departments, [one["department"] for one in row.taken_back]) == ([], ["wonen"])
    with pytest.raises(AlreadyDone):
        act(services, NOOR, WithdrawFromDepartment(document.id, "wonen", "Nog eens"))
    act(
        services, NOOR, GiveToDepartment(document.id, "wonen")
    )  # given again it is a new publication, with a mail of its own
    with pytest.raises(Invalid, match="terugneemt"):
        act(services, NOOR, WithdrawFromDepartment(document.id, "wonen", " "))
