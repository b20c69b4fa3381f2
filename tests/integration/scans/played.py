"""Everything that people do in the demo: its story on fixed days, and beside it one of every other action."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from asked import unheard
from kit.people import known, signed_in
from sqlalchemy import select, update

from engine import Folder
from engine.edits import SetName
from engine.words import FixedRole, Side
from processes.access.letter_codes import code_of
from processes.actions import act
from processes.actions.agenda import (
    CannotFollow,
    FollowSession,
    MoveItem,
    NotePresence,
    PlanOnSession,
    PutOnAgenda,
    SetItemTime,
    ShiftItem,
    TakeOffAgenda,
    TellHearing,
)
from processes.actions.agreeing import AgreeToChange, SendBackChange, WithdrawChange
from processes.actions.answers import EnterLateAnswer, ReceiptDays
from processes.actions.approving import AskApproval, GiveApproval, ReturnLetter, TakeBackAsking
from processes.actions.bars import BarColleague, LiftBar
from processes.actions.bundles import MakeBundle, RemoveBundle
from processes.actions.case_access import AskAccess, EndAccess, GiveAccess, RefuseAccess
from processes.actions.changing_answer import ChangeAnswer
from processes.actions.checklist import AddPoints, StrikePoint, TickPoint
from processes.actions.co_filers import EndInvitations, InviteAgain, RemindCoFiler, TakeOffCoFiler
from processes.actions.colleague_tasks import (
    AskColleague,
    FinishColleagueTask,
    HandBackColleagueTask,
    OpenColleagueTaskAgain,
    WithdrawColleagueTask,
)
from processes.actions.confirming import CodeAnswer, ConfirmAddress, MailCode
from processes.actions.correcting import CorrectDates
from processes.actions.correcting_document import CorrectDocument
from processes.actions.correcting_party import CorrectParty
from processes.actions.course import AssignHandler, ChangeRemark, RetryCase, ReturnToTeam
from processes.actions.dated import ConfirmSetting, SaveSetting, TakeBackSetting, WithdrawSetting
from processes.actions.decisions import AddDecision, CorrectDecision
from processes.actions.delivering import Deliver
from processes.actions.departments import (
    ConfirmMailbox,
    EndDepartment,
    ImportDepartments,
    ReviveDepartment,
    SaveDepartment,
    WithdrawMailbox,
)
from processes.actions.deploying import DeployFolder, Plan
from processes.actions.desk_mail import ChooseDeskMail, MailDeskNews
from processes.actions.documents import AddDocuments, GiveToDepartment, GiveToParty, RemoveDocument, ShowOnPortal
from processes.actions.dossier_links import NewLink, RevokeLink
from processes.actions.draft_comments import (
    AnswerComment,
    CommentOnDraft,
    EndShare,
    NewComment,
    ShareDraft,
    TickComment,
)
from processes.actions.drafting import (
    AdoptDrawing,
    CopyCaseType,
    DeployDraft,
    DiscardDraft,
    EditDraft,
    ImportDraft,
    NameRevision,
    RestoreRevision,
    SaveDraftFiles,
    StartDraft,
    TidyDraft,
    UntidyDraft,
)
from processes.actions.drafts import DropDraft, SaveDraft
from processes.actions.fact_dates import CorrectReceipt, CorrectSent, CorrectStart, CorrectWithdrawal
from processes.actions.filing import NewDocument
from processes.actions.filing_along import DeclineFiling, JoinFiling, OpenInvitation
from processes.actions.free_letters import BeginLetter
from processes.actions.group_hearing import PlanGroupHearing
from processes.actions.group_steps import RefuseStep, StepAgain
from processes.actions.grouping import JoinCases, LeaveGroup
from processes.actions.hearing_notes import KeepNote
from processes.actions.hearing_seats import AnswerSeat, AskDeputy, ReplaceChair
from processes.actions.hearing_sessions import CancelSession, ChangeSession, HoldSession, PlanSession, SessionTyped
from processes.actions.held import RetryHeldLetter, RetryHeldMail, SendHeldLetter, SendHeldMail
from processes.actions.holds import AskReviewer, EndHold, HoldTerms, LengthenHold, PlaceHold
from processes.actions.house_style import (
    DropStyleProposal,
    MendStyleProposal,
    ReturnToStyle,
    SaveStyleProposal,
    UseStyle,
    WithdrawStyle,
)
from processes.actions.joining import CompleteTogether
from processes.actions.keeping_hidden import KeepHidden
from processes.actions.law import RemoveClosedDay, RemoveLawRule, SaveClosedDay, SaveLawRule
from processes.actions.linking import LinkAnswer, LinkByCode, SendLetterCode
from processes.actions.mail_answers import SettleAnswer
from processes.actions.mailbox_codes import AskMailboxCode, ShowMailboxCode
from processes.actions.mailing import LetMailGo, RetryMail, SettleMail
from processes.actions.messages import AddNote, MarkRead, ReadNews, Reply, SendMessage
from processes.actions.moving import RefuseCase, ReturnCase, ReturnCases, StartMove, StopMove
from processes.actions.new_version import AddVersion
from processes.actions.news_digest import MailNewsOfDay
from processes.actions.out_of_use import EndUse, KeepInUse
from processes.actions.own_bundles import MakeOwnBundle
from processes.actions.parties import AddParty
from processes.actions.penalty import ExcludePenalty, RegisterDefaultNotice, SetPenalty
from processes.actions.people import AdmitAccount, BlockPerson, EndAllSessions, EndSessions, UnblockPerson
from processes.actions.person_data import FindPerson, MakePackage, RemovePackage
from processes.actions.phone_notes import AddPhoneNote
from processes.actions.post import ConfirmPosted, TakeBackPosted
from processes.actions.post_handling import AttachPost, DefaultByPost, FiledPost, RegisterPost, WithdrawByPost
from processes.actions.post_room import NewPost, SetPostAside, TakeInPost
from processes.actions.printing import BackInQueue, MakeBatch
from processes.actions.profile import SaveProfile
from processes.actions.proposing import ApproveVersion, SendBackVersion, StartVersion, StopVersion, WithdrawVersion
from processes.actions.publishing import WithdrawFromDepartment, WithdrawPublication
from processes.actions.recalling import RecallFile
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.rehearsing import KeepSteps, OrderRehearsals
from processes.actions.relating import RelateCases, UnrelateCases
from processes.actions.removing import ApproveRemoval, ProposeRemoval, WithdrawRemoval
from processes.actions.reopening import CloseAgain, ReopenCase
from processes.actions.replying import DecideReply, ReplyToRequest
from processes.actions.representing import RemoveParty, ReplaceRepresentative, Represent
from processes.actions.requests import AskDepartments, ChangeTerm, RemindDepartment, StopRequest
from processes.actions.retention import ApproveDestruction, ExceptCase, ProposeDestruction, RelistCase
from processes.actions.returned_post import KeepAddress, RegisterReturned
from processes.actions.session_bundles import MakeSessionBundle, RemoveSessionBundle
from processes.actions.showing import ShowSoon, UndoShowing
from processes.actions.substitution import EndSubstitute, SetSubstitute
from processes.actions.tasks import CompleteTask, TakeTask
from processes.actions.team_members import FollowSignOn
from processes.actions.term_days import CorrectTermDay
from processes.actions.terms import EndSuspension, LengthenTerm, SuspendTerm
from processes.actions.timers import RetryTimers
from processes.actions.translating import NoTranslation, TranslateLetter
from processes.actions.trial_mail import SendTrialMail
from processes.actions.unopened import TellUnopened
from processes.actions.upkeep import RetryWork
from processes.actions.views import ChooseKeys, DropView, SaveView
from processes.actions.withdrawing import Withdraw
from processes.actions.writing import DropLetter, EditLetter, RefillLetter, SendLetter
from processes.base.actor import SYSTEM, VISITOR, Actor, ActorKind
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.clock import AMSTERDAM, local_date
from processes.base.hidden_kinds import HiddenKind, HiddenThing
from processes.dated.deploying import CODE as NEW_VERSIONS
from processes.dated.typed_settings import TypedSetting
from processes.demo.actors import CITIZEN_ACTORS, STAFF_ACTORS
from processes.demo.case_types import CASE_TYPES
from processes.demo.cases import CASES, INTAKE, NOOR, SEM, DemoCases, decision, person
from processes.demo.cases_court import COURT_CASES
from processes.demo.cases_klacht import KLACHT_CASES
from processes.demo.cases_woo import WOO_CASES
from processes.demo.documents import paper
from processes.demo.people import STAFF
from processes.execution.co_filers import NamedPerson
from processes.execution.contested import decision_of
from processes.execution.dates import dates_of
from processes.execution.hidden import LookedInto
from processes.execution.parking import park_after
from processes.execution.party_data import data_of
from processes.house_style.themes import theme
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.time_travel import travel
from processes.jobs.unconfirmed_sweep import sweep_unconfirmed
from processes.jobs.workers import drain
from processes.law import default_book
from processes.law.typed_rules import TypedDay, TypedRule
from processes.reads.department import enter
from processes.reads.studio.reading_along import enter_reading
from processes.rehearsal.departments import DEPARTMENTS
from processes.rehearsal.sandbox import StandingClock
from processes.storage.business_time import business_now
from processes.storage.case_type_folders import all_folders
from processes.storage.drafts import DraftContent
from processes.storage.large_uploads import Announced, StoredPart, begin, claim, give_up, keep_part, release
from processes.storage.link_openings import write_opening
from processes.storage.looks import Look, write_look
from processes.storage.restored import Restored, write_restored
from processes.storage.services import Services
from processes.storage.sign_in import Account, NotAdmitted, sign_in
from processes.storage.staff import remember
from processes.storage.tables import (
    Bar,
    Case,
    CaseAccess,
    CaseGroupStep,
    CaseMove,
    CaseTypeChange,
    ChecklistItem,
    CoFiler,
    ColleagueTask,
    Decision,
    DefaultNotice,
    DepartmentRow,
    DestructionHold,
    DestructionRow,
    DocumentRequestRow,
    DocumentRow,
    DocumentText,
    Dossier,
    DraftComment,
    DraftShare,
    FileScan,
    HearingItem,
    HearingSeat,
    Instance,
    LetterCode,
    LetterRow,
    MailAnswer,
    MailRow,
    ModelDraftRevision,
    NoticeRow,
    OutboxRow,
    PartDecision,
    Party,
    PostFile,
    PublicationRow,
    RemovalRow,
    RequestReply,
    SavedView,
    SettingChange,
    Substitution,
    TakenMail,
    TaskRow,
    VersionProposal,
)
from processes.storage.upload_room import let_go, note_uploads, room_of
from processes.storage.words import (
    CaseChannel,
    CaseMoveState,
    CaseState,
    CitizenNews,
    DocumentState,
    LookKind,
    PersonKind,
    PostChannel,
    PostHandling,
    PostItemChannel,
    Relation,
    ReplyKind,
    TaskState,
)
from processes.studio.copying import NewNames

VISIT: Final = f"{VISITOR}scans"  # of who files without signing in
LONG_AGO: Final = date(2024, 1, 8)  # a Monday: what is closed then may be destroyed before the story begins
BEGIN: Final = date(2026, 3, 2)  # a Monday
LAST: Final = 77  # days after it
FENNA, ARIE, BO = STAFF_ACTORS["fenna"], STAFF_ACTORS["arie"], STAFF_ACTORS["bo"]
ADA, GIJS, JORIS = STAFF_ACTORS["ada"], STAFF_ACTORS["gijs"], STAFF_ACTORS["joris"]
VERA = STAFF_ACTORS["vera"]


class Story(DemoCases):
    """The cases of the demo with a clock that stands."""

    def __init__(self, services: Services, clock: StandingClock) -> None:
        super().__init__(services)
        self.clock = clock

    def go_to(self, day: date) -> None:
        """Ten o'clock on that day, past every due moment, with the work of the days before carried out."""
        drain(self.services)
        to = datetime.combine(day, time(10), AMSTERDAM)
        if to > self.clock.moment:
            travel(self.services, to, lambda moment: setattr(self.clock, "moment", moment))
        drain(self.services)

    def register_kind(self, name: str, kind: str, party: NewParty, values: Mapping[str, Any]) -> None:
        """A case without a contested decision, by letter."""
        action = RegisterCase(kind, CaseChannel.LETTER, self.today, (party,), (), values)
        self.cases[name] = act(self.services, NOOR, action, once=f"register-{name}")

    def first(self, column: Any, *which: Any) -> Any:
        """The first row of a table, or of a column, that is so."""
        with self.services.sessions() as session:
            return unheard(session).scalars(select(column).where(*which).limit(1)).one()

    def first_two(self, column: Any) -> Any:
        """The first two of a column that counts."""
        with self.services.sessions() as session:
            return unheard(session).scalars(select(column).order_by(column).limit(2)).all()

    def case_id(self, name: str) -> int:
        found: int = self.first(Case.id, Case.number == self.cases[name])
        return found


def play(services: Services, clock: StandingClock) -> Story:
    """The whole demo, and what its story leaves out."""
    story = Story(services, clock)
    _furnish(services)
    clock.moment = datetime.combine(LONG_AGO, time(10), AMSTERDAM)
    for folder in all_folders(CASE_TYPES):
        act(services, SYSTEM, DeployFolder(folder))
    _old_cases(story)
    story.go_to(BEGIN)
    _destroy_one(story)
    every = (*CASES, *COURT_CASES, *WOO_CASES, *KLACHT_CASES)
    for day, _, scene in sorted(every, key=lambda one: one[0]):
        story.go_to(BEGIN + timedelta(days=day))
        scene(story)
    story.go_to(BEGIN + timedelta(days=LAST))
    for more in MORE:
        more(story)
    sweep_unconfirmed(services)
    _read_one(story)
    drain(services)
    signed_in(services, NOOR)
    return story


def _read_one(story: Story) -> None:
    """The words inside one document, as a worker finds them: reading them all would take a minute."""
    with story.services.sessions.begin() as session:
        paper = unheard(session).scalars(select(DocumentRow).order_by(DocumentRow.added_at).limit(1)).one()
        session.add(DocumentText(id=paper.id, case_id=paper.case_id, words="verzonnen terras"))


def _furnish(services: Services) -> None:
    with services.sessions.begin() as session:
        for one in DEPARTMENTS:
            session.add(DepartmentRow(code=one.code, name=one.name, email=one.email, manager_email=one.manager_email))
        for employee in STAFF:
            remember(session, STAFF_ACTORS[employee.username], employee.email)
    news = SaveProfile(email="tess.testeling@post.example", phone="06 00000001", news_by_mail=True, to_confirm=False)
    act(services, CITIZEN_ACTORS["tess"](services), news)
    _type_addresses(services)


def _type_addresses(services: Services) -> None:
    """Two citizens type an address; one of them confirms it with the code that came."""
    for name in ("wim", "kees"):
        typed = SaveProfile(f"{name}@post.example", "", news_by_mail=False)
        act(services, CITIZEN_ACTORS[name](services), typed)
    wim = CITIZEN_ACTORS["wim"](services)
    act(services, wim, MailCode("wim@post.example"))
    with services.sessions() as session:
        body = unheard(session).scalars(select(MailRow.body).order_by(MailRow.id.desc()).limit(1)).one()
    (code,) = re.findall(r"^\d{6}$", body, re.MULTILINE)
    assert act(services, wim, ConfirmAddress(code)) == CodeAnswer.CONFIRMED


def _old_cases(story: Story) -> None:
    """Complaints that the police should have had: closed at once, and kept for a year."""
    for name in ("old-destroyed", "old-excepted"):
        story.register_kind(name, "klacht", person("wim", "complainant"), {"what_happened": "De agent luisterde niet."})
        story.complete(name, "Intake", NOOR, about_conduct=False, route="doorsturen", forward_to="de politie", forward_address="Postbus 2, Voorbeeldstad",
                       department="handhaving")  # fmt: skip


def _destroy_one(story: Story) -> None:
    services = story.services
    sweep_retention(services)
    with services.sessions() as session:
        listed = dict(unheard(session).execute(select(DestructionRow.case_number, DestructionRow.id)).all())
    gone, kept = listed[story.cases["old-destroyed"]], listed[story.cases["old-excepted"]]
    act(services, ARIE, ExceptCase(kept, "De rechter vroeg ernaar.", "2090-01-01", BO.subject))
    act(services, ARIE, RelistCase(kept))
    terms = HoldTerms("De rechter vroeg er weer naar.", "2090-01-01", BO.subject)
    act(services, ARIE, PlaceHold(story.cases["old-excepted"], terms))
    newest = story.first(DestructionHold.id, DestructionHold.ended_at.is_(None))
    act(services, SYSTEM, AskReviewer(newest))
    act(services, BO, LengthenHold(newest, terms))
    act(
        services,
        BO,
        EndHold(story.first(DestructionHold.id, DestructionHold.ended_at.is_(None)), "De rechter is klaar."),
    )
    act(services, ARIE, ProposeDestruction((gone,)))
    act(services, BO, ApproveDestruction((gone,)))
    drain(services)


def _talk(story: Story) -> None:
    services, permit = story.services, story.cases["permit"]
    act(services, CITIZEN_ACTORS["tess"](services), SendMessage(permit, "Hoe laat begint de zitting?"), once="a-key")
    act(services, NOOR, Reply(permit, story.first(Party.id, Party.case_id == story.case_id("permit")), "Om twee uur."))
    _tell_the_citizen(story, permit)
    act(services, SEM, ChooseDeskMail("at_once"))
    act(services, NOOR, AddNote(permit, "Zij neemt haar zus mee. Kijk jij even, @Sem Beslisser?"))
    act(services, SYSTEM, MailDeskNews(SEM.subject))
    act(services, SEM, ReadNews(upto=1))
    _ask_colleagues(story, permit)
    _letters_first(story)
    act(services, SEM, AddNote(permit, "Gezien, @Noor Behandelaar."))
    act(services, NOOR, MarkRead(permit))
    act(services, NOOR, ChangeRemark(permit, "Graag de tekening van de gevel."))
    act(services, NOOR, AssignHandler(permit, NOOR.subject))
    act(services, NOOR, ReturnToTeam(permit, "Een verzonnen reden"))
    act(services, NOOR, AssignHandler(permit, NOOR.subject))
    act(services, NOOR, TakeTask(story.first(TaskRow.id, TaskRow.state == TaskState.OPEN, TaskRow.side == Side.WORKER)))
    act(services, NOOR, SaveView("Op nummer", "volgorde=nummer"))
    act(services, NOOR, ChooseKeys(on=True))
    act(services, NOOR, DropView(story.first(SavedView.id)))
    act(services, NOOR, SetSubstitute(SEM.subject, str(story.today), str(story.today)))
    act(services, NOOR, EndSubstitute(story.first(Substitution.id)))
    act(services, SEM, SetSubstitute(NOOR.subject, str(story.today), str(story.today + timedelta(days=100))))


def _tell_the_citizen(story: Story, permit: str) -> None:
    """News in one mail a day, which somebody got yesterday; and a letter that nobody opened."""
    services = story.services
    daily = SaveProfile(
        "tess.testeling@post.example", "", news_by_mail=True, to_confirm=False, news_kinds=tuple(CitizenNews), news_daily=True
    )  # fmt: skip
    act(services, CITIZEN_ACTORS["tess"](services), daily)
    act(
        services,
        NOOR,
        Reply(permit, story.first(Party.id, Party.case_id == story.case_id("permit")), "Of om drie uur."),
    )
    with services.sessions.begin() as session:
        yesterday = story.clock.moment - timedelta(days=1)
        unheard(session).execute(update(MailRow).where(MailRow.digest).values(created_at=yesterday))
    act(services, SYSTEM, MailNewsOfDay(story.first(MailRow.id, MailRow.digest)))
    on_portal = (NoticeRow.channel == PostChannel.PORTAL, NoticeRow.sent_on < story.today - timedelta(days=8))
    act(services, SYSTEM, TellUnopened(story.first(NoticeRow.id, *on_portal)))


def _versions(story: Story, document: str) -> str:
    """A version in which something is hidden, and why that may be; one that is shown after all not."""
    services, file = story.services, paper(story.services, "Brief aan de afdeling", "permit")
    thing = HiddenThing(HiddenKind.NAMES, "maker", "Bo Verzonnen")
    version = act(
        services, NOOR, AddVersion(document, NewDocument(file, "", looked=LookedInto((thing,))), "Een typefout.")
    )
    act(services, NOOR, KeepHidden(version, "Deze naam is openbaar."))
    act(services, NOOR, ShowSoon((version,)))
    act(services, NOOR, UndoShowing((version,)))
    return version


def _exchange_documents(story: Story) -> None:
    services, permit = story.services, story.cases["permit"]
    letter = NewDocument(paper(services, "Brief aan de afdeling", "permit"), "correspondence", "Brief aan de afdeling")
    reference = act(services, NOOR, AddDocuments(permit, (letter,)), once="b-key")
    document = story.first(DocumentRow.id, DocumentRow.reference == reference)
    act(services, NOOR, CorrectDocument(document, "correspondence", "Brief aan Parkeren", "Beter te vinden"))
    act(services, NOOR, GiveToDepartment(document, "parkeren"))
    act(services, NOOR, WithdrawFromDepartment(document, "parkeren", "Deze brief hoort bij een andere zaak."))
    act(services, NOOR, GiveToParty(document, story.first(Party.id, Party.case_id == story.case_id("permit"))))
    document = _versions(story, document)
    act(services, NOOR, ShowOnPortal(document, shown=True))
    act(services, NOOR, RemoveDocument(document, "Deze brief hoort bij een andere zaak."))
    act(services, NOOR, ProposeRemoval(document, "Deze brief hoort bij een andere zaak."))
    act(services, SEM, WithdrawRemoval(document))
    act(services, NOOR, ProposeRemoval(document, "Toch wel."))
    proposal = story.first(RemovalRow.id, RemovalRow.document_id == document, RemovalRow.withdrawn_at.is_(None))
    act(services, SEM, ApproveRemoval(document, str(proposal)))
    _take_part(story)
    for page in ("a" * 32, "b" * 32):
        _publish(story, page)
    act(services, NOOR, WithdrawPublication("b" * 32, "Er staat een naam in."))


def _take_part(story: Story) -> None:
    """A part decision as a Woo request may have it, to which the story of the demo does not come."""
    case = story.case_id("permit")
    with story.services.sessions.begin() as session:
        unheard(session)
        own = session.scalars(select(Instance.id).where(Instance.case_id == case).order_by(Instance.id)).first()
        part = PartDecision(
            case_id=case, instance_id=own, number=1, title="Het bod", outcome="openbaar", taken_on=story.today
        )
        session.add(part)


def _publish(story: Story, page: str) -> None:
    """A public page as a Woo request has it at its end, to which the story of the demo does not come."""
    now, today = story.clock.moment, story.today
    with story.services.sessions.begin() as session:
        unheard(session).add(
            PublicationRow(
                id=page, case_id=story.case_id("permit"), title="Het zwembad", body="college", documents=[],
                received_on=today, decided_on=today, published_on=today, published_at=now,
            )
        )  # fmt: skip


def _keep_forms(story: Story) -> None:
    """A new case half filled in with a file, and an answer that was thrown away after all."""
    services, tess = story.services, CITIZEN_ACTORS["tess"](story.services)
    upload = paper(services, "Foto van het hek", "permit")
    note_uploads(services, tess, [upload])
    held = ChosenFiles((ChosenFile("submission", "submission", upload),))
    with services.sessions.begin() as session:
        session.add(
            FileScan(blob=upload.blob, state="clean", at=datetime.now(UTC), sha256=upload.sha256, size=upload.size)
        )
    act(services, tess, SaveDraft("/mijn/nieuw/bezwaar", DraftContent({"grounds": ["Het hek staat scheef."]}, held)))
    address = f"/mijn/zaken/{story.cases['permit']}/bericht"
    for _ in range(2):
        act(services, tess, SaveDraft(address, DraftContent({"text": ["Nog een vraag"]})))
        act(services, tess, DropDraft(address))
    act(services, tess, SaveDraft(address, DraftContent({"text": ["Nog een vraag"]})))
    let_go(services, [paper(services, "Verkeerd bestand", "permit")])
    room_of(services, tess)
    for end in (give_up, lambda *_: None):
        file = begin(services, tess, Announced("/mijn/nieuw/bezwaar", "files", "groot.pdf", 9_000))
        piece = claim(services, tess, file.id, 0)
        part = paper(services, "Deel", "permit")
        release(services, keep_part(services, piece, StoredPart(part.blob, part.sha256, 1000, None)))
        end(services, tess, file.id)


def _join_and_relate(story: Story) -> None:
    services, permit = story.services, story.cases["permit"]
    act(services, NOOR, AddParty(permit, person("bouw", role=FixedRole.THIRD_PARTY)))
    for change in (RelateCases(permit, story.cases["old-excepted"], Relation.ONDERWERP),
                   UnrelateCases(permit, story.cases["old-excepted"])):  # fmt: skip
        act(services, NOOR, change)


def _mend(story: Story) -> None:
    """A party and a decision are corrected, a representative comes, is replaced and goes."""
    services, permit, reason = story.services, story.cases["permit"], "Doorgegeven per telefoon."
    filed = story.first(Party, Party.case_id == story.case_id("permit"), Party.filing)
    data = data_of(filed)
    act(services, NOOR, CorrectParty(permit, filed.id, replace(data, phone="06 00000009"), reason, data.seen))
    lawyer = NewParty(FixedRole.REPRESENTATIVE, "mr. A. Vocaat", address="Hofstraat 1\n1234 AB Voorbeeldstad")
    act(services, NOOR, AddParty(permit, lawyer))
    mine = (Party.case_id == story.case_id("permit"), Party.role == FixedRole.REPRESENTATIVE, Party.left_on.is_(None))
    act(services, NOOR, Represent(permit, filed.id, None, reason))
    act(
        services,
        NOOR,
        ReplaceRepresentative(permit, story.first(Party.id, *mine), replace(lawyer, name="mr. N. Ieuw"), reason),
    )
    act(services, NOOR, RemoveParty(permit, story.first(Party.id, *mine), reason))
    more = NewDecision("Ook de leges", announced_on=story.today - timedelta(days=90))
    act(services, NOOR, AddDecision(permit, more, reason))
    added = story.first(Decision, Decision.case_id == story.case_id("permit"), Decision.subject == more.subject)
    typed = replace(more, number="LE-1")
    act(services, NOOR, CorrectDecision(permit, added.id, typed, reason, decision_of(added).seen))


def _move_terms(story: Story) -> None:
    services, today = story.services, story.today
    waste = story.cases["waste"]
    act(services, NOOR, SuspendTerm(waste, "decide", today - timedelta(days=2), "Het archief stond onder water."))
    act(services, NOOR, EndSuspension(waste, "decide", today - timedelta(days=1), "Het archief is weer droog."))
    act(services, NOOR, LengthenTerm(waste, "decide", None, "Er komt meer bij kijken."))
    with services.sessions() as session:
        was = dates_of(session, session.get_one(Case, story.case_id("permit")))
    new = type(was)(was.received_on - timedelta(days=1), None, was.decisions)
    act(services, NOOR, CorrectDates(story.cases["permit"], new, "De stempel was onleesbaar.", was.seen))


def _be_late(story: Story) -> None:
    """A case of months ago without a decision, of which the municipality is put in default."""
    services = story.services
    what = decision(story, "PV-2026-0001", "Parkeerplaats geweigerd", "parkeren", 5)
    story.register("late", (person("olena", channel=PostChannel.POST),), what, grounds="Ik woon daar al jaren.")
    story.go_to(story.today + timedelta(days=120))
    act(services, NOOR, RegisterDefaultNotice(story.cases["late"], "decide", story.today))
    notice = story.first(DefaultNotice.id, DefaultNotice.case_id == story.case_id("late"))
    for ground in ("onredelijk_laat", None):
        act(services, SEM, ExcludePenalty(story.cases["late"], notice, ground, "Zo staat het in de wet."))
    story.go_to(story.today + timedelta(days=90))
    act(services, SEM, SetPenalty(story.cases["late"], "decide"))
    act(services, CITIZEN_ACTORS["olena"](services), Withdraw(story.cases["late"], "Ik verhuis."))
    act(
        services,
        NOOR,
        ReopenCase(story.cases["late"], "Zij verhuist toch niet.", "U trok de zaak per ongeluk in.", ("decide",)),
    )
    act(services, NOOR, CloseAgain(story.cases["late"], "ingetrokken", "U verhuist toch."))


def _letters_first(story: Story) -> None:
    """A letter that waits, as a drawing with `edit` gives it, in every way that it is handled."""
    services = story.services
    with services.sessions.begin() as session:
        instance = session.scalars(
            select(Instance).where(Instance.case_id == story.case_id("permit"), Instance.is_root)
        ).one()
        party = session.scalars(select(Party.id).where(Party.case_id == instance.case_id, Party.filing)).first()
        for _ in range(2):
            letter = LetterRow(case_id=instance.case_id, subject="Afspraak", source="Onderwerp: Afspraak\n\nKom.", version=1,
                               state="writing", made_at=story.clock.moment, made_by=NOOR.subject)  # fmt: skip
            session.add(letter)
            session.flush()
            session.add(NoticeRow(
                case_id=instance.case_id, party_id=party, template="standaardbrief", element="standaardbrief", channel="post",
                subject="Afspraak", body="Kom.\n", document_type="correspondence", created_at=story.clock.moment, letter_id=letter.id,
                held={"reasons": [], "instance": instance.id, "to": "item", "enclose": [], "made": "Kom.\n"},
            ))  # fmt: skip
    begun = BeginLetter(story.cases["permit"], "Over uw afspraak", (party,))
    act(services, NOOR, DropLetter(int(act(services, NOOR, begun)), "Toch gebeld."))
    with services.sessions() as session:
        asking = unheard(session)
        mine = select(LetterRow.id).where(LetterRow.subject == "Afspraak").order_by(LetterRow.id)
        sent, dropped = asking.scalars(mine).all()
        (copy,) = asking.scalars(select(NoticeRow.id).where(NoticeRow.letter_id == sent)).all()
    act(services, NOOR, EditLetter(sent, 1, "Kom morgen.", (copy,)))
    act(services, NOOR, RefillLetter(sent, 2))
    act(services, NOOR, AskApproval(sent, 2, (SEM.subject,), story.today))
    act(services, NOOR, TakeBackAsking(sent))
    act(services, NOOR, AskApproval(sent, 2, (SEM.subject,), story.today))
    act(services, SEM, ReturnLetter(sent, 2, "Noem de dag."))
    act(services, NOOR, AskApproval(sent, 2, (SEM.subject,), story.today))
    act(services, SEM, GiveApproval(sent, 2))
    act(services, NOOR, SendLetter(sent, 2, "Zo afgesproken."))
    act(services, NOOR, DropLetter(dropped, "Dubbel."))


def _ask_colleagues(story: Story, permit: str) -> None:
    """Tasks beside the drawing, in every way that they end; a call; and points of a checklist."""
    services = story.services
    for _ in range(3):
        act(services, NOOR, AskColleague(permit, "Zoek de bouwtekening op.", SEM.subject, story.today))
    with services.sessions() as session:
        done, back, gone = unheard(session).scalars(select(ColleagueTask.id).order_by(ColleagueTask.id)).all()[-3:]
    act(services, SEM, FinishColleagueTask(permit, done, "Ligt op uw bureau."))
    act(services, SEM, OpenColleagueTaskAgain(permit, done))
    act(services, SEM, FinishColleagueTask(permit, done, "Nu wel."))
    act(services, SEM, HandBackColleagueTask(permit, back, "Ik ben er niet."))
    act(services, NOOR, WithdrawColleagueTask(permit, gone))
    paper = story.first(
        DocumentRow.id,
        DocumentRow.case_id == story.first(Case.id, Case.number == permit),
        DocumentRow.state == "accepted",
    )
    for _ in range(2):
        bundle = act(services, NOOR, MakeBundle(permit, "zip", "desk", None, (paper,)))
        drain(services)
    act(services, NOOR, RemoveBundle(bundle))
    act(services, CITIZEN_ACTORS["tess"](services), MakeOwnBundle(permit, "zip"))
    tess = CITIZEN_ACTORS["tess"](services)
    me = story.first(Party.id, Party.case_id == story.case_id("permit"), Party.identity_index == tess.subject)
    letter = story.first(NoticeRow.id, NoticeRow.party_id == me, NoticeRow.sent_on.is_not(None))
    with suppress(NoTranslation):  # the case went on since that letter
        act(services, tess, TranslateLetter(permit, letter))
    act(services, NOOR, AddPoints(permit, "Zijn de stukken er?\nKlopt het adres?"))
    mine = (ChecklistItem.case_id == story.case_id("permit"), ChecklistItem.added_by.is_not(None))
    added = select(ChecklistItem.id).where(*mine)
    with services.sessions() as session:
        first, last = unheard(session).scalars(added.order_by(ChecklistItem.id)).all()
    act(services, NOOR, TickPoint(permit, first, done=True))
    act(services, NOOR, StrikePoint(permit, last, "Er is geen adres."))
    at = datetime.combine(story.today, time(9), AMSTERDAM)
    act(services, NOOR, AddPhoneNote(permit, None, "De buurvrouw", "06 00000009", at, "Zij komt ook."))


def _ask_access(story: Story) -> None:
    """A case above the clearance of who asks to see it: given, ended, and refused the second time."""
    services, permit = story.services, story.cases["permit"]
    act(services, NOOR, AssignHandler(permit, SEM.subject))
    act(services, SEM, BarColleague(permit, ADA.subject, "Zij kent de indiener."))
    act(services, SEM, LiftBar(permit, story.first(Bar.id, Bar.staff == ADA.subject), "Het is een naamgenoot."))
    usual = _confidential(story, "geheim")
    for answer in (lambda one: GiveAccess(one, story.today.isoformat()), lambda one: RefuseAccess(one, "Nu niet.")):
        act(services, NOOR, AskAccess(permit, "Ik ken de vorige zaak."))
        asked = story.first(CaseAccess.id, CaseAccess.decided_at.is_(None))
        act(services, SEM, answer(asked))
        if story.first(CaseAccess.until, CaseAccess.id == asked):
            act(services, SEM, EndAccess(asked))
    _confidential(story, usual)
    act(services, SEM, AssignHandler(permit, NOOR.subject))


def _confidential(story: Story, level: str) -> str:
    """Another confidentiality for the case about a permit; the answer is the one before."""
    with story.services.sessions.begin() as session:
        asked = unheard(session)
        case = asked.scalars(select(Case).where(Case.number == story.cases["permit"])).one()
        before, case.confidentiality = case.confidentiality, level
        asked.execute(update(TaskRow).where(TaskRow.case_id == case.id).values(confidentiality=level))
    return before


def _send_post(story: Story) -> None:
    waiting = (NoticeRow.channel == PostChannel.POST, NoticeRow.sent_on.is_(None), NoticeRow.document_id.is_not(None))
    letter = story.first(NoticeRow.id, *waiting)
    act(story.services, NOOR, ConfirmPosted(letter, story.today))
    act(story.services, NOOR, TakeBackPosted(letter))
    with story.services.sessions() as session:
        letters = tuple(unheard(session).scalars(select(NoticeRow.id).where(*waiting)))
    stack = int(act(story.services, NOOR, MakeBatch(letters)))
    act(story.services, NOOR, BackInQueue(stack, letters))
    act(story.services, NOOR, ConfirmPosted(letter, story.today))


def _link_on_paper(story: Story) -> None:
    """A complaint filed without signing in; a code by letter, typed wrongly and well."""
    services, tess = story.services, CITIZEN_ACTORS["tess"](story.services)
    known = person("tess", "complainant")
    filed = replace(known, identity=None, channel=PostChannel.POST, to_confirm=True)
    told = RegisterCase("klacht", CaseChannel.PORTAL, story.today, (filed,), (), {"what_happened": "Ik wachtte lang."})
    number = act(services, Actor(ActorKind.CITIZEN, VISIT, known.name), told)
    act(services, NOOR, SendLetterCode(number, story.first(Party.id, Party.visit.is_not(None))))
    drain(services)
    asked = story.first(LetterCode, LetterCode.code.is_(None))
    act(services, NOOR, MakeBatch((asked.notice_id,)))
    code = code_of(services.secrets, story.first(LetterCode, LetterCode.id == asked.id))
    assert act(services, tess, LinkByCode("AAAA-BBBB-CCCC", str(known.identity))) == LinkAnswer.WRONG
    assert act(services, tess, LinkByCode(str(code), str(known.identity))) == number


def _file_together(story: Story) -> None:
    """Filed with five others: one confirms, one declines, one is asked again, one reminded, and the time of one is over."""
    services, tess = story.services, CITIZEN_ACTORS["tess"](story.services)
    names = ("Ilse Namaak", "Bram van Proefhuizen", "Wim Niet", "Kees Niet", "Aad Niet", "Bea Niet")
    known = {
        name: NamedPerson(name, f"{name[:3].lower()}@post.example" if at % 2 else "") for at, name in enumerate(names)
    }
    told = RegisterCase(
        "klacht", CaseChannel.PORTAL, story.today, (person("tess", "complainant"),), (), {"what_happened": "Wij wachtten lang."},
        co_filers=tuple(known.values()),
    )  # fmt: skip
    number = act(services, tess, told)
    act(services, NOOR, AssignHandler(number, NOOR.subject))
    drain(services)
    ids = {name: story.first(CoFiler.id, CoFiler.name == name) for name in names}
    codes = {name: str(code_of(services.secrets, story.first(CoFiler, CoFiler.id == ids[name]))) for name in names}
    ilse, bram = person("ilse", "complainant"), person("bram", "complainant")
    act(
        services, CITIZEN_ACTORS["ilse"](services), OpenInvitation(codes["Ilse Namaak"], str(ilse.identity), named=True)
    )
    act(
        services,
        CITIZEN_ACTORS["ilse"](services),
        JoinFiling(codes["Ilse Namaak"], str(ilse.identity), ilse, named=True),
    )
    act(
        services,
        CITIZEN_ACTORS["bram"](services),
        DeclineFiling(codes["Bram van Proefhuizen"], str(bram.identity), "Nee.", named=True),
    )
    act(services, tess, InviteAgain(number, ids["Wim Niet"], "wim.niet@post.example"))
    act(services, tess, TakeOffCoFiler(number, ids["Aad Niet"]))
    with services.sessions.begin() as session:
        soon = update(CoFiler).where(CoFiler.id == ids["Kees Niet"]).values(valid_until=story.today + timedelta(days=1))
        unheard(session).execute(soon)
        over = update(CoFiler).where(CoFiler.id == ids["Bea Niet"]).values(valid_until=story.today - timedelta(days=1))
        session.execute(over)
    act(services, SYSTEM, RemindCoFiler(ids["Kees Niet"]))
    act(services, SYSTEM, EndInvitations(story.first(Case.id, Case.number == number)))
    drain(services)


def _handle_post(story: Story) -> None:
    """A morning in the post room: into a case, a new case, put aside; and a letter of ours that came back."""
    services, number = story.services, story.cases["permit"]
    pieces = tuple(
        NewPost(PostItemChannel.POST, story.today, (paper(services, f"Post {at}", "post"),)) for at in range(6)
    )
    items = [int(one) for one in act(services, NOOR, TakeInPost(pieces)).split()]

    def files(at: int, kind: str) -> tuple[FiledPost, ...]:
        return (FiledPost(story.first(PostFile.id, PostFile.item_id == items[at]), kind),)

    act(services, NOOR, AttachPost(items[0], number, files(0, "underlying")))
    act(services, NOOR, SetPostAside(items[1], PostHandling.DOUBLE, "Dit hebben wij al."))
    told = RegisterCase(
        "klacht",
        CaseChannel.LETTER,
        story.today,
        (person("tess", "complainant"),),
        (),
        {"what_happened": "Ik wachtte lang."},
    )
    new = act(services, NOOR, RegisterPost(items[2], told, files(2, "correspondence")))
    act(services, NOOR, WithdrawByPost(items[3], new, files(3, "correspondence"), "De brief zegt het."))
    act(services, NOOR, DefaultByPost(items[4], number, files(4, "correspondence"), "decide"))
    sent = (NoticeRow.channel == PostChannel.POST, NoticeRow.sent_on.is_not(None), NoticeRow.document_id.is_not(None))
    letter = story.first(NoticeRow, *sent)
    of_case = act(services, NOOR, RegisterReturned(letter.id, story.today, items[5]))
    act(services, NOOR, KeepAddress(of_case, letter.party_id, "Gebeld, het adres klopt."))


def _answer_on_paper(story: Story) -> None:
    """Two answers on paper, one of which was found after its question lapsed; then dates turn out to be wrong."""
    services, why = story.services, "De envelop lag bij de balie."
    for name in ("paper", "found"):
        what = decision(story, f"PV-2026-{name}", "Ontheffing geweigerd", "parkeren", 5)
        story.register(name, (person("olena", channel=PostChannel.POST),), what, pro_forma=True)
        story.complete(name, "Intake", NOOR, in_time="ja", interested=True, right_body=True, complete=False,
                       missing=["redenen"], missing_items="Uw redenen", route="ambtelijk", department="parkeren")  # fmt: skip
        mine = (NoticeRow.case_id == story.case_id(name), NoticeRow.template == "aanvulling")
        act(services, NOOR, ConfirmPosted(story.first(NoticeRow.id, *mine), story.today))
    asked, question = story.today, story.task("found", "RepairByCitizen")
    story.go_to(asked + timedelta(days=5))
    act(services, NOOR, CorrectStart(story.cases["found"], "repair", asked + timedelta(days=1), why))
    answer = story.task("paper", "RepairByCitizen")
    given = ReceiptDays(asked + timedelta(days=4), asked + timedelta(days=3))
    act(services, NOOR, CompleteTask(answer, {"repair_text": "Mijn redenen"}, received=given))
    act(services, CITIZEN_ACTORS["olena"](services), ChangeAnswer(answer, 2, {"repair_text": "Mijn betere redenen"}))
    act(services, NOOR, CorrectReceipt(answer, ReceiptDays(asked + timedelta(days=3)), why))
    stop = LengthenTerm(
        story.cases["paper"], "decide", story.today + timedelta(days=90), why, True, story.today, "Olena"
    )
    act(services, NOOR, stop)
    act(
        services,
        NOOR,
        CorrectTermDay(story.cases["paper"], "decide", "until-0", None, story.today + timedelta(days=91), why),
    )
    letter = story.first(NoticeRow.id, NoticeRow.case_id == story.case_id("paper"), NoticeRow.template == "aanvulling")
    act(services, NOOR, CorrectSent(letter, asked + timedelta(days=1), why))
    story.go_to(asked + timedelta(days=20))
    act(services, NOOR, EnterLateAnswer(question, given, why, {"repair_text": "Toch nog"}))
    came = story.today - timedelta(days=2)
    act(services, NOOR, Withdraw(story.cases["paper"], why, (), ReceiptDays(came)))
    party = story.first(Party.id, Party.case_id == story.case_id("paper"))
    act(services, NOOR, CorrectWithdrawal(story.cases["paper"], party, ReceiptDays(came, came), why))


def _edit_the_law(story: Story) -> None:
    services, rule = story.services, default_book().versions("awb-9-11", "standard")[-1]
    since = (story.today + timedelta(days=30)).isoformat()
    typed = TypedRule(
        rule.code, rule.variant, since, rule.title, rule.article, "5", rule.unit, rule.after or "", rule.counts_from,
        str(rule.extension or ""), rule.extension_unit, rule.extension_article or "", rule.consent or "",
        rule.moved_by_termijnenwet, rule.backwards, rule.source, "2026-05-01", rule.certainty,
    )  # fmt: skip
    act(services, FENNA, SaveLawRule(typed))
    day = story.today + timedelta(days=41)
    closed = TypedDay(day.isoformat(), "gelijkgesteld met een feestdag", "Een verzonnen besluit", "2026-05-01", "high")
    act(services, FENNA, SaveClosedDay(closed))
    drain(services)
    act(services, FENNA, RemoveClosedDay(day))
    typed_class = TypedSetting("retention", "13.1", since, {
        "result": "Geschil behandeld", "years": "6", "counts_from": "closed", "at_least_weeks": "13", "reach": "closed_since",
        "source": "Een verzonnen lijst", "checked_on": "2026-05-01", "certainty": "high",
    }, "Een nieuwe lijst.")  # fmt: skip
    act(services, FENNA, SaveSetting(typed_class))
    drain(services)
    act(services, FENNA, TakeBackSetting("retention", "13.1", date.fromisoformat(since), "Te vroeg."))
    act(services, FENNA, RemoveLawRule(rule.code, rule.variant, date.fromisoformat(since)))
    style, files = theme("duinstede")
    act(services, FENNA, SaveStyleProposal(style, tuple(files.values())))
    act(services, FENNA, MendStyleProposal(style.digest))
    used = act(services, FENNA, UseStyle(day, "Een nieuwe stijl.", style.digest))
    act(services, FENNA, ReturnToStyle(int(used)))
    act(services, FENNA, WithdrawStyle(int(used)))
    act(services, FENNA, SaveStyleProposal(style))
    act(services, FENNA, DropStyleProposal())


def _keep_staff(story: Story) -> None:
    """What administrators do with accounts, sessions and mailboxes."""
    services = story.services
    first, second = (
        Account("https://idp.example", f"s{number}", "nieuw", "Nieuw Gekomen", frozenset({"worker"}))
        for number in (1, 2)
    )
    person = sign_in(services, first).subject
    with suppress(NotAdmitted):
        sign_in(services, second)
    act(services, FENNA, AdmitAccount(second.issuer, second.subject, person))
    for change in (EndSessions, BlockPerson, UnblockPerson):
        act(services, FENNA, change(person))
    act(services, SYSTEM, EndAllSessions())
    act(services, FENNA, SaveDepartment("archief", "Archief", "nieuw@stad.example", "hoofd@stad.example"))
    act(services, GIJS, ConfirmMailbox("archief", "nieuw@stad.example", "hoofd@stad.example"))
    act(services, FENNA, SaveDepartment("archief", "Archief", "nog@stad.example", "hoofd@stad.example"))
    act(services, FENNA, WithdrawMailbox("archief"))
    act(
        services,
        FENNA,
        ImportDepartments("code,naam,postvak,postvak hoofd\nmuseum,Museum,m@stad.example,h@stad.example"),
    )
    act(services, FENNA, EndDepartment("archief", "museum", "Samengevoegd."))
    act(services, FENNA, ReviveDepartment("archief"))
    act(services, FENNA, SendTrialMail("alle-mail"))


def _let_held_post_go(story: Story) -> None:
    """A letter and a mail that were held: each made again, and sent with other words."""
    notice, mail = story.first(NoticeRow.id, NoticeRow.template == "beslissing"), story.first(MailRow.id, MailRow.template == "stukkenverzoek")  # fmt: skip
    for actions in (
        (RetryHeldLetter(notice), RetryHeldMail(mail)),
        (
            SendHeldLetter(notice, "Beste lezer", "Zo is het goed."),
            SendHeldMail(mail, "Kijk op [link]", "Zo is het goed."),
        ),
    ):
        with story.services.sessions.begin() as session:
            letter, sent = session.get_one(NoticeRow, notice), session.get_one(MailRow, mail)
            mine = (Instance.case_id == letter.case_id, Instance.is_root)
            for announced in session.scalars(select(MailRow).where(MailRow.notice_id == notice)):
                session.delete(announced)  # a letter that is held was told to nobody
            asked = DocumentRequestRow.case_id == sent.case_id
            letter.held = {
                "reasons": ["Iets is leeg."], "instance": story.first(Instance.id, *mine), "to": "parties", "enclose": []
            }  # fmt: skip
            child = story.first(DocumentRequestRow.instance_id, asked)
            sent.held = {"reasons": ["Iets is leeg."], "instance": child, "to": "department"}
        for action in actions:
            act(story.services, SEM, action)  # a decision gets other words from who may decide alone


def _keep_up(story: Story) -> None:
    """What an administrator does when something stands still."""
    services = story.services
    act(services, FENNA, SaveDepartment("archief", "Archief", "archief@stad.example", "hoofd@stad.example", new=True))
    mail, work = story.first(MailRow.id), story.first(OutboxRow.id)
    with services.sessions.begin() as session:
        refused, undone = session.get_one(MailRow, mail), session.get_one(OutboxRow, work)
        refused.sent_at, refused.error = None, "550 onbekend"
        undone.done_at, undone.error = None, "MailDelayed: 451"
    act(services, FENNA, RetryMail(mail))
    with services.sessions.begin() as session:
        session.get_one(MailRow, mail).error = "550 onbekend"
    act(services, FENNA, SettleMail(mail))
    with services.sessions.begin() as session:
        case_id = session.get_one(MailRow, mail).case_id
        answers = [
            MailAnswer(case_id=of_case, mail_id=on_mail, kind="answer", to_read=True, sender="tess@post.example", subject="Re",
                       text="Dag.", said="", attachments=0, received_at=story.clock.moment)
            for of_case, on_mail in ((case_id, mail), (story.case_id("fence"), None))  # a case and mail that go, and that stay
        ]  # fmt: skip
        session.add_all([*answers, TakenMail(purpose="returned", digest="b" * 64, taken_at=datetime.now(UTC))])
        session.flush()
        answer = answers[0].id
    act(services, FENNA, SettleAnswer(answer))
    act(services, FENNA, RetryWork(work))
    _let_held_post_go(story)
    with services.sessions.begin() as session:
        put_back = Restored(
            "20260101T000000Z", "2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00", copy=False, mail_held=True
        )
        write_restored(session, put_back)
    act(services, FENNA, LetMailGo(all=True))
    park_after(services, story.case_id("fence"), ValueError("kapot"), "Deze stap lukte niet.")
    act(services, FENNA, RetryCase(story.cases["fence"]))
    mine = DocumentRequestRow.case_id == story.case_id("fence")
    asked = story.first(
        DocumentRequestRow.id, mine, DocumentRequestRow.closed_at.is_(None), DocumentRequestRow.to_judge.is_(False)
    )
    story.clock.moment += timedelta(
        days=40
    )  # nobody swept: the reminders of the department are late, as it got more time
    act(services, NOOR, RemindDepartment(asked))
    act(services, FENNA, RetryTimers(story.cases["fence"]))


def _ask_for_documents(story: Story) -> None:
    services = story.services
    what = decision(story, "PV-2026-0002", "Een hek", "parkeren", 5)
    story.register("fence", (person("ilse"),), what, grounds="Het hek stond er al.")
    story.complete("fence", "Intake", NOOR, **INTAKE, route="commissie", department="parkeren")
    request = story.first(DocumentRequestRow, DocumentRequestRow.case_id == story.case_id("fence"))
    act(services, NOOR, ChangeTerm(request.id, story.today + timedelta(days=20)))
    act(services, NOOR, RevokeLink(story.first(Dossier.id, Dossier.id != request.dossier_id)))
    _answer_by_link(story, request)
    act(services, NOOR, AskDepartments(story.cases["fence"], "more_documents", ("parkeren",), again=True))
    mine = DocumentRequestRow.case_id == story.case_id("fence")
    another = story.first(DocumentRequestRow.id, mine, DocumentRequestRow.id != request.id)
    act(services, NOOR, StopRequest(another, "De stukken lagen hier al."))


def _answer_by_link(story: Story, request: DocumentRequestRow) -> None:
    """The department asks for more time, which it gets; it sends a paper beside the request and takes it back."""
    services, salt = story.services, story.first(Dossier.salt, Dossier.id == request.dossier_id)
    token = services.secrets.link_token(salt)
    guest, later = enter(services, token), story.today + timedelta(days=30)
    task = story.first(TaskRow.id, TaskRow.instance_id == request.instance_id)
    act(services, guest, ReplyToRequest(token, task, ReplyKind.MORE_TIME, "Het archief is dicht.", "Ans", until=later))
    act(services, NOOR, DecideReply(story.first(RequestReply.id), granted=True, due=later))
    file = NewDocument(paper(services, "Rapport", "permit"), "underlying", "Rapport")
    receipt = act(services, guest, Deliver(token, (file,), task="een ander", by="Ans"))
    mine = DocumentRow.case_id == request.case_id
    document = story.first(DocumentRow.id, mine, DocumentRow.state == DocumentState.OFFERED)
    act(services, guest, RecallFile(token, receipt, document, "Verkeerd bestand."))
    act(services, NOOR, NewLink(request.dossier_id))
    write_opening(services, request.dossier_id, "computer (Windows)", unattended=False)
    act(services, SYSTEM, AskMailboxCode("parkeren@voorbeeldstad.example", "a" * 64))
    drain(services)
    assert act(services, SYSTEM, ShowMailboxCode("a" * 64, "geen code")) == CodeAnswer.WRONG


def _join_objections(story: Story) -> None:
    """Two objections to one decision, of which one press does the same step."""
    for name in ("joined-1", "joined-2"):
        what = decision(story, "PV-2026-0003", "Een schutting", "parkeren", 5)
        story.register(name, (person("ilse"),), what, grounds="De schutting stond er al.")
        story.complete(name, "Intake", NOOR, **INTAKE, route="ambtelijk", department="parkeren")
    first = CompleteTask(story.task("joined-1", "CallObjector"), {"call_outcome": "doorgaan"})
    act(story.services, NOOR, CompleteTogether(first, (story.task("joined-2", "CallObjector"),)))
    drain(story.services)


def _ask_for_a_person(story: Story) -> None:
    """Two packages of one person, of which one stays."""
    services, person = story.services, CITIZEN_ACTORS["tess"](story.services).subject
    with services.sessions() as session:
        cases = tuple(unheard(session).scalars(select(Party.case_id).where(Party.identity_index == person)))
    for _ in range(2):
        kept = act(services, VERA, FindPerson(person, "bsn", "Inzageverzoek 17"))
        act(services, VERA, MakePackage(kept, tuple(PersonKind), cases, older_than=1))
        drain(services)
    act(services, VERA, RemovePackage(kept))
    drain(services)


def _draft(story: Story) -> None:
    """A draft of a case type, with every way to change it; another one is thrown away and one goes into use."""
    services, mail = story.services, {"mails/oordeel.txt": b"Onderwerp: Oordeel\n\nHierbij ons oordeel.\n"}
    act(services, FENNA, StartDraft("klacht"))
    first = story.first(ModelDraftRevision.id)
    saved = act(services, FENNA, SaveDraftFiles("klacht", first, "Tekst veranderd.", mail))
    act(services, FENNA, NameRevision("klacht", first, "zoals het was"))
    edit = SetName("CallComplainant", "Bel wie klaagt")
    saved = act(services, FENNA, EditDraft("klacht", saved, "Naam veranderd.", (edit,)))
    act(services, FENNA, DeployDraft("klacht", act(services, FENNA, RestoreRevision("klacht", saved, first))))
    act(services, FENNA, TidyDraft("klacht"))
    act(services, FENNA, UntidyDraft("klacht"))
    act(services, FENNA, TidyDraft("klacht"))
    act(services, FENNA, KeepSteps("title: Niet opgenomen"))
    act(services, FENNA, OrderRehearsals(Folder("ander", b"<a/>"), "a" * 64))  # nothing to play, and done at once
    drain(services)
    act(services, FENNA, CopyCaseType("klacht", NewNames("Klacht over afval", "klacht-afval", "KLAF")))
    adopted = NewNames("Overgenomen", "overgenomen", "OVG")
    act(services, FENNA, AdoptDrawing(adopted, {"overgenomen.bpmn": b"<a/>"}, "buiten.bpmn"))
    act(services, FENNA, ImportDraft("ander", {"ander.bpmn": b"<a/>"}))
    act(services, FENNA, DiscardDraft("ander"))


def _move_cases(story: Story) -> None:
    """Running complaints go over to a new version of their case type, and back."""
    services = story.services
    (folder,) = [one for one in all_folders(CASE_TYPES) if one.name == "klacht"]
    title = b'title="'
    assert title in folder.drawing
    act(services, SYSTEM, DeployFolder(replace(folder, drawing=folder.drawing.replace(title, title + b"Nieuw: ", 1))))
    act(services, FENNA, StopMove(int(act(services, FENNA, StartMove("klacht", 1)))))
    move = int(act(services, FENNA, StartMove("klacht", 1)))
    act(services, SYSTEM, RefuseCase(move, story.first(Case.id, Case.state == CaseState.CLOSED), "Zij is al klaar."))
    drain(services)
    act(services, FENNA, ReturnCases(move))
    drain(services)
    again = int(act(services, FENNA, StartMove("klacht", 1)))
    drain(services)
    moved = story.first(CaseMove.case_id, CaseMove.move_id == again, CaseMove.state == CaseMoveState.MOVED)
    act(services, FENNA, ReturnCase(again, story.first(Case.number, Case.id == moved)))


def _propose_versions(story: Story) -> None:
    """A version that one administrator proposes and another agrees to, sends back or withdraws; the last one waits for its day."""
    services, gerda = (
        story.services,
        known(story.services, Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))),
    )
    (folder,) = [one for one in all_folders(CASE_TYPES) if one.name == "klacht"]
    today = local_date(business_now(services))
    act(
        services,
        FENNA,
        SaveSetting(TypedSetting("deploying", NEW_VERSIONS, today.isoformat(), {"second": "ja"}, "Zo.")),
    )
    for agreed in (False, True):
        act(services, FENNA, SaveSetting(TypedSetting("deploying", NEW_VERSIONS, today.isoformat(), {}, "Te traag.")))
        waiting = story.first(SettingChange.id)
        if agreed:
            act(services, gerda, ConfirmSetting("deploying", NEW_VERSIONS, waiting))
        else:
            act(services, FENNA, WithdrawSetting("deploying", NEW_VERSIONS, waiting))
    rule = TypedSetting("deploying", NEW_VERSIONS, today.isoformat(), {"second": "ja"}, "Toch weer.")
    act(services, FENNA, SaveSetting(rule))
    for name, number in (("Anders: ", 1), ("Weer anders: ", 2), ("Nog anders: ", 3)):
        changed = replace(folder, drawing=folder.drawing.replace(b'title="', b'title="' + name.encode(), 1))
        act(
            services,
            FENNA,
            DeployFolder(changed, Plan("Een beter woord.", None if number == 1 else today + timedelta(9))),
        )
        seen = story.first(VersionProposal.id)
        if number == 2:
            act(services, gerda, SendBackVersion("klacht", seen, "Welk woord?"))
            act(services, FENNA, WithdrawVersion("klacht", seen))
        else:
            act(services, gerda, ApproveVersion("klacht", seen))
    _ask_second(services, gerda, today)
    act(services, SYSTEM, StartVersion("klacht"))
    act(services, SYSTEM, StopVersion("bezwaar", "Er staat niets klaar."))


def _ask_second(services: Services, gerda: Actor, today: date) -> None:
    """A change around a case type to which another administrator agrees, one that is sent back and withdrawn, and one that waits."""
    end = EndUse("klacht", today + timedelta(60), "Dit kan straks niet meer.", "Nieuwe wet")

    def asked(action: object) -> str:
        act(services, FENNA, action)
        with services.sessions() as session:
            return unheard(session).scalars(select(CaseTypeChange.id)).one()

    act(services, gerda, AgreeToChange("klacht", asked(end)))
    seen = asked(KeepInUse("klacht", "De wet gaat niet door"))
    act(services, gerda, SendBackChange("klacht", seen, "Welke wet?"))
    act(services, FENNA, WithdrawChange("klacht", seen))
    asked(KeepInUse("klacht", "De wet gaat echt niet door"))


def _read_along(story: Story) -> None:
    """Somebody without a role reads a draft by a link and says something of it; another link is ended."""
    services = story.services
    until = story.today + timedelta(days=14)
    share = act(services, FENNA, ShareDraft("klacht", "Jurist", until))
    act(services, FENNA, EndShare("klacht", act(services, FENNA, ShareDraft("klacht", "Iemand anders", until))))
    with services.sessions() as session:
        row = unheard(session).get_one(DraftShare, share)
        token = services.secrets.link_token(row.salt)
    said = NewComment("statussen/instelling/x/status.0", "Status", "Ontvangen", "Dit is te vaag.")
    act(services, enter_reading(services, token), CommentOnDraft(token, "Joost", (said,)))
    comment = story.first(DraftComment.id)
    act(services, FENNA, AnswerComment("klacht", comment, "Aangepast."))
    act(services, FENNA, TickComment("klacht", comment, done=True))


def _end_use(story: Story) -> None:
    """A case type goes out of use in a month, and stays after all."""
    services = story.services
    since = story.today + timedelta(days=30)
    act(services, FENNA, EndUse("klacht", since, "Dit kan straks niet meer.", "Nieuwe wet"))
    act(services, FENNA, KeepInUse("klacht", "De wet gaat niet door"))


def _look_around(story: Story) -> None:
    """Looks of staff and of a citizen, as the pages write them down."""
    services = story.services
    tess = CITIZEN_ACTORS["tess"](services)
    number, document = story.first(Case.number, Case.state == CaseState.RUNNING), story.first(DocumentRow.id)
    for actor in (NOOR, STAFF_ACTORS["ada"], tess):
        assert write_look(services, actor, Look(LookKind.CASE, number, "overview"))
        assert write_look(services, actor, Look(LookKind.DOCUMENT, document=document))


def _hold_sessions(story: Story) -> None:
    """A committee with two sessions: a case on an agenda, told, shifted, moved, held, and taken off again."""
    services, seats = story.services, {"chairs": JORIS.subject, "members": ADA.subject, "deputies": SEM.subject}
    values = {
        "name": "commissie",
        "chambers": "",
        "secretaries": NOOR.subject,
        "rooms": "",
        "minutes": "30",
        "quorum": "2",
        **seats,
    }
    act(
        services,
        FENNA,
        SaveSetting(TypedSetting("committee", "horen", story.today.isoformat(), values, "Nieuw.", new=True)),
    )
    act(services, SYSTEM, FollowSignOn("noor", frozenset({"juridisch"})))
    for name in ("agenda", "agenda-too"):
        story.register(
            name, (person("tess"),), decision(story, f"PV-{name}", "Parkeervergunning", "parkeren", 10), grounds="Nee."
        )
        story.complete(name, "Intake", NOOR, **INTAKE, route="commissie", department="parkeren")
        story.deliver(name, "", ("contested_decision", f"Besluit {name}"))
        story.accept_all(name)
        story.complete(name, "CallObjector", NOOR, call_outcome="doorgaan")
        story.complete(name, "CommitteeDecidesHearing", ADA, hearing_choice="horen", hearing_public=True)
    first, second = (int(act(services, NOOR, PlanSession("horen", _typed_session(story, ahead)))) for ahead in (30, 37))
    for name in ("agenda", "agenda-too"):
        act(services, NOOR, PutOnAgenda(first, story.cases[name]))
    _hear_group(story, first)
    one, other = story.first_two(HearingItem.id)
    act(services, NOOR, ShiftItem(other, "omhoog"))
    act(services, NOOR, SetItemTime(one, "20", "5"))
    act(services, NOOR, TellHearing(one))
    act(services, NOOR, MoveItem(one, second, "De zaal is niet vrij."))
    act(services, NOOR, ChangeSession(second, _typed_session(story, 44), "De zaal is niet vrij.", 0))
    act(services, ADA, AnswerSeat(second, comes=False, reason="Ik ben weg."))
    act(
        services,
        NOOR,
        AskDeputy(
            story.first(HearingSeat.id, HearingSeat.session_id == first, HearingSeat.staff == ADA.subject), SEM.subject
        ),
    )
    act(services, NOOR, ReplaceChair(first, SEM.subject, "De voorzitter is ziek."))
    act(services, NOOR, ReplaceChair(first, JORIS.subject, "Hij is weer beter."))
    act(services, SYSTEM, FollowSession(other))
    act(services, SYSTEM, CannotFollow(other, "De brief is leeg."))
    act(services, NOOR, TakeOffAgenda(other, "Het kan schriftelijk."))
    act(services, NOOR, PlanOnSession(story.task("agenda-too", "PlanHearing"), first))
    story.go_to(story.today + timedelta(days=44))
    act(services, NOOR, NotePresence(one, "Tess Testeling, met haar zus."))
    act(services, NOOR, HoldSession(first, reason="De plaatsvervanger was ziek."))
    act(
        services,
        JORIS,
        KeepNote(story.first(HearingItem.id, HearingItem.session_id == first), "Vraag naar de dakgoot."),
    )
    for _ in range(2):
        bundle = act(services, JORIS, MakeSessionBundle(first, "zip"))
        drain(services)
    act(services, JORIS, RemoveSessionBundle(bundle))
    act(services, NOOR, CancelSession(second, "Te weinig leden."))


def _hear_group(story: Story, session: int) -> None:
    """Three joined objections: one press for a step, one hearing for two of them, and one leaves the group."""
    services, names = story.services, ("group-1", "group-2", "group-3")
    for name in names:
        what = decision(story, "PV-2026-0044", "Een dakkapel", "parkeren", 10)
        story.register(name, (person("ilse"),), what, grounds="Te hoog.")
        story.complete(name, "Intake", NOOR, **INTAKE, route="commissie", department="parkeren")
        story.deliver(name, "", ("contested_decision", f"Besluit {name}"))
        story.accept_all(name)
    group = int(act(services, NOOR, JoinCases(tuple(story.cases[name] for name in names), "Dakkapel", "Eén besluit.")))
    called = CompleteTask(story.task("group-1", "CallObjector"), {"call_outcome": "doorgaan"})
    others = tuple(story.task(name, "CallObjector") for name in names[1:])
    act(services, NOOR, CompleteTogether(called, others))
    drain(services)
    for name in names:
        story.complete(name, "CommitteeDecidesHearing", ADA, hearing_choice="horen", hearing_public=True)
    tasks = tuple(story.task(name, "PlanHearing") for name in names[:2])
    act(services, NOOR, PlanGroupHearing(group, session, tasks))
    act(services, SYSTEM, RefuseStep(tasks[0], None, "De zitting was vol."))
    act(services, NOOR, StepAgain(group, story.first(CaseGroupStep.id, CaseGroupStep.task == tasks[0])))
    drain(services)
    act(services, NOOR, LeaveGroup(group, (story.cases["group-3"],), "Dit gaat over iets anders."))


def _typed_session(story: Story, ahead: int) -> SessionTyped:
    day = (story.today + timedelta(days=ahead)).isoformat()
    return SessionTyped("", day, "13.00", "16.00", "Kamer 1", "", JORIS.subject, (ADA.subject,), NOOR.subject)


MORE: Final[tuple[Callable[[Story], None], ...]] = (
    _talk, _ask_access, _exchange_documents, _keep_forms, _join_and_relate, _move_terms, _mend, _ask_for_documents, _join_objections, _keep_up, _keep_staff, _send_post, _link_on_paper, _file_together, _handle_post, _answer_on_paper, _be_late,
    _edit_the_law, _draft, _move_cases, _read_along, _end_use, _propose_versions, _look_around, _ask_for_a_person, _hold_sessions,
)  # fmt: skip
