"""T3: who comes in, is refused or changes a rule of the installation stands in the security log, with who, from where and of which case."""

from datetime import timedelta

import pytest
from kit.browser import ORIGIN, Browser, TestClient
from kit.cases import INTAKE, count, do, open_task, register_bezwaar, rows
from kit.documents import stored
from kit.log_lines import log_lines
from kit.people import ADA, ARIE, BO, BRAM, FENNA, NOOR, SEM, TESS, citizen
from kit.small_portal import portal, sign_in

from portal.security.sessions import cookie_name
from portal.workbench import task as task_page
from processes import actions
from processes.actions import act
from processes.actions.departments import SaveDepartment
from processes.actions.deploying import DeployFolder
from processes.actions.documents import AddDocuments, RemoveDocument
from processes.actions.dossier_links import RevokeLink
from processes.actions.filing import NewDocument
from processes.actions.law import RemoveClosedDay, RemoveLawRule, SaveClosedDay, SaveLawRule
from processes.actions.retention import ApproveDestruction, ExceptCase, ProposeDestruction, RelistCase
from processes.actions.security_events import EVENTS
from processes.base.clock import local_date
from processes.base.errors import Invalid, NotAllowed
from processes.base.security_log import OWN_FIELDS
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.workers import drain
from processes.law.counting import why_closed
from processes.law.typed_rules import TypedDay
from processes.storage import staff, web_sessions
from processes.storage.tables import Case, DestructionRow, DocumentRow, Dossier

# work in a case, of which the audit trail holds every step; a new action is placed here or in the table of events
IN_A_CASE = {
    "AddDecision", "AddDocuments", "AddVersion", "KeepHidden", "ShowSoon", "UndoShowing", "MakeBundle", "MakeOwnBundle", "RemoveBundle", "MakeSessionBundle", "RemoveSessionBundle", "KeepNote", "AddNote", "AddParty", "AddPhoneNote", "AddPoints", "AnswerByLink", "AskAccess", "AskColleague", "AskDepartments", "AskReviewer",
    "AssignHandler", "ChangeAnswer", "ChangeRemark", "ChangeTerm", "CompleteAlike", "CompleteTask", "CompleteTogether", "ConfirmAddress", "ConfirmPosted",
    "CorrectDates", "CorrectDecision", "CorrectDocument", "CorrectParty", "CorrectReceipt", "CorrectSent", "CorrectStart", "CorrectTermDay", "CorrectWithdrawal", "DecideReply", "Deliver", "DropDraft", "EndSuspension", "EnterLateAnswer",
    "CloseAgain", "EndMove", "ExcludePenalty", "FinishColleagueTask", "FireTimers", "GiveToDepartment", "GiveToParty", "HandBackColleagueTask", "LengthenTerm", "ListDue", "MailCode", "MarkRead", "MoveCase", "MoveCaseBack", "OpenColleagueTaskAgain", "PressButton", "ProposeRemoval", "PutInDefault", "RecomputeCase", "RefuseAccess", "RefuseCase", "RegisterCase", "RegisterDefaultNotice", "RelateCases", "RemoveParty", "ReopenCase", "ReplaceRepresentative", "Reply", "ReplyToRequest", "Represent", "RetryCase", "RetryHeldLetter", "RetryHeldMail", "RetryMail", "RetryTimers", "RetryWork", "ReturnToTeam", "SaveDraft",
    "SaveProfile", "SendHeldLetter", "SendHeldMail", "SendMessage", "SetPenalty", "SettleMail", "ShareWithPerson", "ShowOnPortal", "StrikePoint",
    "SettleAnswer", "StopRequest", "RemindDepartment", "TellUnopened", "MailNewsOfDay", "SuspendTerm", "ReadNews", "MailDeskNews", "RecallFile", "TakeBackPosted", "TakeTask", "TickPoint", "UnrelateCases", "WarnOfDeadlines", "Withdraw", "WithdrawColleagueTask", "WithdrawFromDepartment",
    "OpenInvitation", "JoinFiling", "DeclineFiling", "InviteAgain", "TakeOffCoFiler", "RemindCoFiler", "EndInvitations",
    "LinkByCode", "SendLetterCode", "AttachPost", "DefaultByPost", "KeepAddress", "RegisterPost", "RegisterReturned", "WithdrawByPost",
    "AskApproval", "BackInQueue", "BeginLetter", "DropLetter", "EditLetter", "GiveApproval", "MakeBatch", "RefillLetter", "ReturnLetter", "SendLetter", "TakeBackAsking",
    "WithdrawRemoval", "TranslateLetter",
    "JoinCases", "LeaveGroup", "PlanGroupHearing", "PlanMember", "RefuseStep", "StepAgain",
    "CannotFollow", "FollowSession", "MoveItem", "NotePresence", "PlanOnSession", "PutOnAgenda", "SetItemTime", "ShiftItem", "TakeOffAgenda",
    "TellHearing",
}  # fmt: skip

# in a draft of a case type or of a house style, by which nothing runs: the chain of the installation holds every save; a mail to oneself, own views, who
# stands in for whom, sessions of committees, and post that is in no case yet
IN_A_DRAFT = {
    "TakeInPost", "SetPostAside", "CommentOnDraft", "SaveStyleProposal", "DropStyleProposal", "MendStyleProposal", "SendTrialMail", "SaveView", "DropView", "ChooseDeskMail", "ChooseKeys", "SetSubstitute", "EndSubstitute", "AnswerSeat", "AskDeputy", "ReplaceChair", "CancelSession", "ChangeSession", "HoldSession", "PlanSession",
    "AdoptDrawing", "CopyCaseType", "DiscardDraft", "EditDraft", "ImportDraft", "KeepSteps", "NameRevision", "OrderRehearsals", "RestoreRevision", "SaveDraftFiles", "StartDraft", "TidyDraft", "UntidyDraft",
}  # fmt: skip

TELL_THEMSELVES = {
    "AskMailboxCode",
    "ComeFromNetwork",
    "ShowMailboxCode",
    "EndAllSessions",
    "EndSessions",
}  # only when there was something to tell


def security(lines):
    return [line for line in lines if line.get("log") == "security"]


def events(lines):
    return [(line["event"], line["outcome"], line["who"], line["case"]) for line in security(lines)]


def test_t3_every_action_is_told_or_is_work_in_a_case():
    told = {action.__name__ for action in EVENTS} | {"ApproveRemoval"}  # which tells itself what became of the document
    assert told.isdisjoint(IN_A_CASE | IN_A_DRAFT | TELL_THEMSELVES)
    assert {action.__name__ for action in actions.ACTIONS} == told | IN_A_CASE | IN_A_DRAFT | TELL_THEMSELVES


@pytest.mark.parametrize(
    ("who", "path", "expected"),
    [
        (NOOR, "/beheer", ("role_refused", "refused", "staff:noor", None)),
        (FENNA, "/werk", ("role_refused", "refused", "staff:fenna", None)),
        (ARIE, "/beheer/zaaktypen", ("role_refused", "refused", "staff:arie", None)),
        (FENNA, "/beheer/inzage", ("role_refused", "refused", "staff:fenna", None)),
        (NOOR, "/werk/zaken/BZW-2026-999999", ("case_refused", "refused", "staff:noor", "BZW-2026-999999")),
        (NOOR, "/werk/documenten/abc", ("case_refused", "refused", "staff:noor", None)),
        (None, "/verzoek/" + "a" * 43, ("link_refused", "refused", "nobody", None)),
        (None, "/verzoek/" + "a" * 43 + "/stuk/1", ("link_refused", "refused", "nobody", None)),
        (None, "/verzoek/x/y/z", ("link_refused", "refused", "nobody", None)),
        (None, "/inloggen/terug?state=x&code=y", ("sign_in", "failed", "nobody", None)),
        (None, "/inloggen/terug", ("sign_in", "failed", "nobody", None)),
    ],
)
def test_t3_a_refusal_is_one_line(services, who, path, expected):
    browser = Browser(services, who)
    with log_lines() as lines:
        assert browser.client.get(path).status_code >= 400
    assert events(lines) == [expected]
    (line,) = security(lines)
    assert OWN_FIELDS - {"level", "timestamp"} <= set(line)
    assert line["face"] == path.split("?")[0].split("/")[1]
    assert "a" * 43 not in repr(lines)


def test_t3_who_asks_for_the_case_of_somebody_else_is_known_by_an_index_only(services, case):
    bram = Browser(services, BRAM)
    with log_lines() as lines:
        bram.get(f"/mijn/zaken/{case}", 404)
    assert events(lines) == [("case_refused", "refused", f"citizen:{citizen(services, BRAM).subject}", case)]
    assert "999990676" not in repr(lines)


@pytest.mark.parametrize("path", ["/bestaat-niet", "/werk/zaken/{case}/bestaat-niet", "/mijn"])
def test_t3_a_wrong_address_of_nobody_is_no_event(services, case, path):
    with log_lines() as lines:
        Browser(services).client.get(path.format(case=case))
    assert events(lines) == []


def test_t3_a_form_with_a_wrong_token_or_of_another_site_is_a_line(services, case):
    noor = Browser(services, NOOR)
    address = f"/werk/zaken/{case}/notitie"
    with log_lines() as lines:
        noor.client.post(address, data={"csrf": "x", "form_key": "k", "text-note": "x"}, headers=ORIGIN)
        noor.client.post(address, data={}, headers={"Origin": "https://kwaad.example"})
    assert [(one["event"], one["who"], one["why"]) for one in security(lines)] == [
        ("token_refused", "staff:noor", "FormTooOld"), ("token_refused", "nobody", "OtherSite"),
    ]  # fmt: skip


def test_t3_a_form_of_somebody_else_is_a_line(services, case):
    sem, noor = Browser(services, SEM), Browser(services, NOOR)
    data = {"csrf": sem.csrf, "form_key": "k", "text-note": "x"}
    with log_lines() as lines:
        noor.client.post(f"/werk/zaken/{case}/notitie", data=data, headers=ORIGIN)
    assert [(one["who"], one["why"]) for one in security(lines)] == [("staff:noor", "OthersForm")]


def test_t3_a_decision_that_somebody_may_not_take_is_a_line(services, case, monkeypatch):
    """The page of a task shows the sentence with what was typed, beside the pages for errors."""

    def refuse(*_args, **_more):
        raise NotAllowed

    monkeypatch.setattr(task_page, "_still_open", refuse)
    sem, address = Browser(services, SEM), f"/werk/taken/{open_task(services, 'Intake')}"
    sem.get(address)
    with log_lines() as lines:
        sem.post(address, {}, status=403)
    assert ("role_refused", "refused", "staff:sem", None) in events(lines)


def law_day(services):
    day = local_date(services.clock.now()) + timedelta(days=40)
    while why_closed(day, {}):
        day += timedelta(days=1)
    return day


def test_t3_what_changes_the_installation_is_a_line_with_its_code(services):
    day = law_day(services)
    typed = TypedDay(day.isoformat(), "Brugdag", "Stcrt. 2026, 1", local_date(services.clock.now()).isoformat(), "high")
    with services.sessions() as session:
        folder = services.models.all_current(session)["bezwaar"].folder
    with log_lines() as lines:
        act(services, FENNA, SaveDepartment("groen", "Groen", "groen@stad.example", "chef@stad.example", new=True))
        act(services, FENNA, DeployFolder(folder))
        act(services, FENNA, SaveClosedDay(typed))
        act(services, FENNA, RemoveClosedDay(day))
    assert [(one["event"], one["who"], one["action"], one["about"]) for one in security(lines)] == [
        ("department_changed", "staff:fenna", "SaveDepartment", "groen"),
        ("model_changed", "staff:fenna", "DeployFolder", "bezwaar:1"),
        ("law_changed", "staff:fenna", "SaveClosedDay", day.isoformat()),
        ("law_changed", "staff:fenna", "RemoveClosedDay", day.isoformat()),
    ]
    assert {SaveLawRule, RemoveLawRule} <= set(EVENTS)


def test_t3_a_form_that_comes_twice_is_one_line(services):
    wanted = SaveDepartment("groen", "Groen", "groen@stad.example", "chef@stad.example", new=True)
    with log_lines() as lines:
        for _ in range(2):
            assert act(services, FENNA, wanted, once="een-en-dezelfde-sleutel") == "groen"
    assert len(security(lines)) == 1


def test_t3_what_is_refused_changed_nothing_and_is_no_change_in_the_log(services):
    with log_lines() as lines, pytest.raises(Invalid):
        act(services, FENNA, SaveDepartment("!", "", "x", "y", new=True))
    assert events(lines) == []


def test_t3_links_and_documents_that_end_are_lines_of_their_case(services, case):
    do(services, "Intake", **INTAKE, route="zonder_horen")
    act(services, NOOR, AddDocuments(case, (NewDocument(stored(services), "internal", "Tekening"),)))
    document = next(row.id for row in rows(services, DocumentRow) if row.title == "Tekening")
    (dossier,) = rows(services, Dossier)
    with log_lines() as lines:
        act(services, NOOR, RevokeLink(dossier.id))
        act(services, NOOR, RemoveDocument(document, "verkeerde zaak"))
    assert [(one["event"], one["case"], one["about"]) for one in security(lines)] == [
        ("link_ended", case, str(dossier.id)), ("document_removed", case, document),
    ]  # fmt: skip
    assert "verkeerde" not in repr(lines)  # a reason is text of people


def test_t3_each_step_of_a_destruction_is_a_line_of_each_case(services):
    numbers = sorted(register_bezwaar(services, who) for who in (TESS, BRAM))
    day = local_date(services.clock.now()) - timedelta(days=1)
    with services.sessions.begin() as session:
        session.query(Case).update(
            {"state": "closed", "destroy_from": day, "retention_class": "13.1", "result": "gegrond"}
        )
        staff.remember(session, BO)
    sweep_retention(services)
    ids = tuple(row.id for row in rows(services, DestructionRow))
    with log_lines() as lines:
        act(services, BO, ExceptCase(ids[0], "een rechter vraagt erom", "2030-01-01", BO.subject))
        act(services, BO, RelistCase(ids[0]))
        act(services, BO, ProposeDestruction(ids))
        act(services, ARIE, ApproveDestruction(ids))
        drain(services)
    assert count(services, Case) == 0
    found = [(one["event"], one["who"], one["case"]) for one in security(lines)]
    first = rows(services, DestructionRow)[0].case_number
    changed = [("destruction_changed", "staff:bo", first)] * 2
    changed += [("destruction_changed", who, number) for who in ("staff:bo", "staff:arie") for number in numbers]
    assert found[:6] == changed
    assert sorted(found[6:]) == [("case_destroyed", "system", number) for number in numbers]


def test_t3_a_link_that_is_used_is_one_line_for_each_request(services, case):
    do(services, "Intake", **INTAKE, route="zonder_horen")
    (dossier,) = rows(services, Dossier)
    token = services.secrets.link_token(dossier.salt)
    department = Browser(services).client
    with log_lines() as lines:
        assert department.get(f"/verzoek/{token}").status_code == 200
        assert department.get(f"/verzoek/{token}/nazending").status_code == 200
    assert events(lines) == [("link_used", "ok", f"department:{dossier.id}", case)] * 2
    assert token not in repr(lines)


def test_t3_nobody_of_a_role_gets_a_look_by_being_refused(services, case):
    with log_lines() as lines:
        Browser(services, ADA).get(f"/werk/zaken/{case}", 404)
        Browser(services, FENNA).get(f"/werk/zaken/{case}", 403)
    assert [one["event"] for one in security(lines)] == ["case_refused", "role_refused"]
    assert [one["case"] for one in security(lines)] == [case, case]


@pytest.mark.parametrize(("way", "kind", "person"), [("digid", "citizen", "tess"), ("staff", "staff", "noor")])
def test_t3_who_signs_in_and_out_is_a_line(tmp_path, way, kind, person):
    with portal(tmp_path, demo=True) as app:
        client = TestClient(app)
        with log_lines() as lines:
            sign_in(client, person, way)
            client.post(f"/uitloggen?soort={kind}", data={"csrf": _token(app, client, kind)}, headers=ORIGIN)
    told = [(one["event"], one["outcome"], one["who"].split(":")[0]) for one in security(lines)]
    assert [one for one in told if one[0] in {"sign_in", "sign_out"}] == [
        ("sign_in", "ok", kind), ("sign_out", "ok", kind),
    ]  # fmt: skip
    assert "999993653" not in repr(lines)


def _token(app, client, kind):
    services = app.state.services
    return web_sessions.load(services, client.cookies[cookie_name(services.settings, kind)]).csrf
