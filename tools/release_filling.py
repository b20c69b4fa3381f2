"""What a kept release holds: the demo's story on fixed days, and beside it one of everything that waits somewhere.

In: an empty installation with a clock that stands; out: the installation filled, its clock at the last day, some work left undone.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.deploying import DeployFolder
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.actions.law import SaveClosedDay, SaveLawRule
from processes.actions.messages import AddNote, Reply, SendMessage
from processes.actions.penalty import RegisterDefaultNotice
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.relating import RelateCases
from processes.actions.retention import ApproveDestruction, ExceptCase, ProposeDestruction
from processes.actions.terms import SuspendTerm
from processes.actions.withdrawing import Withdraw
from processes.base.actor import SYSTEM
from processes.base.clock import AMSTERDAM
from processes.demo.actors import CITIZEN_ACTORS, STAFF_ACTORS
from processes.demo.case_types import CASE_TYPES
from processes.demo.cases import CASES, INTAKE, NOOR, SEM, DemoCases, decision, person
from processes.demo.cases_court import COURT_CASES
from processes.demo.cases_klacht import KLACHT_CASES
from processes.demo.cases_woo import WOO_CASES
from processes.demo.documents import paper
from processes.demo.people import STAFF, citizen
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.time_travel import travel
from processes.jobs.workers import drain
from processes.law import default_book
from processes.law.typed_rules import TypedDay, TypedRule
from processes.rehearsal.departments import DEPARTMENTS
from processes.rehearsal.sandbox import StandingClock
from processes.storage import web_sessions
from processes.storage.case_type_folders import all_folders
from processes.storage.services import Services
from processes.storage.staff import remember
from processes.storage.tables import Case, DepartmentRow, DestructionRow, DocumentRow, Party

LONG_AGO: Final = date(2024, 1, 8)  # a Monday: what is closed then may be destroyed before the story begins
BEGIN: Final = date(2026, 3, 2)  # a Monday
LAST: Final = 77  # days after it, on which the clock stays
FENNA, ARIE, BO = STAFF_ACTORS["fenna"], STAFF_ACTORS["arie"], STAFF_ACTORS["bo"]


def fill(services: Services, clock: StandingClock) -> None:
    """Play everything. The work of the last day is left in the outbox."""
    _furnish(services)  # the clock is where it was made: nothing here is dated
    story = _Story(services, clock)
    clock.moment = datetime.combine(LONG_AGO, time(10), AMSTERDAM)
    for folder in all_folders(CASE_TYPES):
        act(services, SYSTEM, DeployFolder(folder))
    _old_cases(story)
    story.go_to(BEGIN)
    _destroy_one(story)
    for day, play in sorted(_scenes(), key=lambda one: one[0]):
        story.go_to(BEGIN + timedelta(days=day))
        play(story)
    story.go_to(BEGIN + timedelta(days=LAST))
    _last_day(story)


class _Story(DemoCases):
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
        action = RegisterCase(kind, "letter", self.today, (party,), (), values)
        self.cases[name] = act(self.services, NOOR, action)
        act(self.services, NOOR, AssignHandler(self.cases[name], NOOR.subject))

    def row(self, name: str) -> Case:
        with self.services.sessions() as session:
            return session.scalars(select(Case).where(Case.number == self.cases[name])).one()


def _furnish(services: Services) -> None:
    with services.sessions.begin() as session:
        for one in DEPARTMENTS:
            session.add(DepartmentRow(code=one.code, name=one.name, email=one.email, manager_email=one.manager_email))
        for employee in STAFF:
            remember(session, STAFF_ACTORS[employee.username], employee.email)
    news = SaveProfile(email="tess.testeling@post.example", phone="06 00000001", news_by_mail=True)
    act(services, CITIZEN_ACTORS["tess"](services), news)


def _scenes() -> list[tuple[int, Callable[[_Story], None]]]:
    played = [(day, play) for day, _, play in (*CASES, *COURT_CASES, *WOO_CASES, *KLACHT_CASES)]
    return [*played, *MORE_SCENES]


def _old_cases(story: _Story) -> None:
    """Four complaints that the police should have had: closed at once, and kept for a year."""
    for name in ("old-destroyed", "old-excepted", "old-listed", "old-held"):
        story.register_kind(name, "klacht", person("wim", "complainant"), {"what_happened": "De agent luisterde niet."})
        story.complete(name, "Intake", NOOR, about_conduct=False, route="doorsturen", forward_to="de politie",
                       department="handhaving")  # fmt: skip
        letter = NewDocument(paper(story.services, "Klachtbrief", name), "submission", "Klachtbrief")
        act(story.services, NOOR, AddDocuments(story.cases[name], (letter,)))


def _destroy_one(story: _Story) -> None:
    """One is destroyed by two people, one is excepted, one stays on the list, and one is held by a case that runs."""
    what = decision(story, "PV-2026-0001", "Parkeerplaats geweigerd", "parkeren", 5)
    story.register("holder", (person("olena", channel="post"),), what, grounds="Ik woon daar al jaren.")
    act(story.services, NOOR, RelateCases(story.cases["holder"], story.cases["old-held"], "onderwerp"))
    sweep_retention(story.services)
    with story.services.sessions() as session:
        listed = dict(session.execute(select(DestructionRow.case_number, DestructionRow.id)).all())
    gone = (listed[story.cases["old-destroyed"]],)
    act(story.services, ARIE, ProposeDestruction(gone))
    act(story.services, BO, ApproveDestruction(gone))
    act(story.services, ARIE, ExceptCase(listed[story.cases["old-excepted"]], "De rechter vroeg ernaar."))
    drain(story.services)


def _ask(story: _Story, name: str, subject: str, **intake: Any) -> None:
    values = {"subject": subject, "question": f"Mogen wij dit? {subject}", "department": "subsidies",
              "decision_maker": "college"}  # fmt: skip
    asker = NewParty("asker", "Ans Aanvraag", email="ans.aanvraag@voorbeeldstad.example", address="Stadhuis, kamer 12")
    story.register_kind(name, "juridisch-advies", asker, values)
    if intake:
        story.complete(name, "Intake", NOOR, accepted="ja", field="privaatrecht", weight="gewoon",
                       adviser=NOOR.name, **intake)  # fmt: skip


def advice_is_asked(story: _Story) -> None:
    _ask(story, "rent", "Huur van een buurthuis", documents_needed=True)


def advice_is_written(story: _Story) -> None:
    story.deliver("rent", "Zie het contract.", ("underlying", "Huurcontract"))
    story.accept_all("rent")
    story.complete("rent", "WriteAdvice", NOOR, ("advice", "Advies"), facts="Er is een contract.",
                   assessment="Opzeggen kan.", risk="laag", conclusion="Ja, met een termijn.")  # fmt: skip
    story.complete("rent", "SecondReading", SEM, approved="ja")


def advice_is_asked_again(story: _Story) -> None:
    _ask(story, "grant", "Subsidie terugvragen", documents_needed=True)
    _ask(story, "fence", "Een hek op gemeentegrond")


def tree_comes_in(story: _Story) -> None:
    what = decision(story, "VG-2026-0900", "Kapvergunning geweigerd", "vergunningen", 12)
    story.register(
        "tree", (person("luchtkasteel"), person("bouw", role="third_party")), what, grounds="De boom is ziek."
    )
    story.complete("tree", "Intake", NOOR, **INTAKE, route="commissie", department="vergunningen", third_parties=True)


def tree_waits_for_the_committee(story: _Story) -> None:
    story.deliver("tree", "", ("contested_decision", "Besluit VG-2026-0900"))
    story.accept_all("tree")
    story.complete("tree", "CallObjector", NOOR, call_outcome="doorgaan", call_note="Zij willen gehoord worden.")


MORE_SCENES: Final = (
    (50, tree_comes_in),
    (57, tree_waits_for_the_committee),
    (62, advice_is_asked),
    (65, advice_is_written),
    (75, advice_is_asked_again),
)


def _last_day(story: _Story) -> None:
    """What is left waiting: mails, letters and recomputing in the outbox, a delivery to judge, drafts and sessions."""
    _talk(story)
    _post(story)
    story.deliver("grant", "Dit is alles.", ("underlying", "Subsidiebeschikking"))
    story.deliver("permit", "Nog gevonden.", ("underlying", "Medisch advies"))  # after its request: a late supplement
    _publish(story)
    _edit_the_law(story)
    _sign_in(story)


def _talk(story: _Story) -> None:
    services, permit = story.services, story.cases["permit"]
    tess = CITIZEN_ACTORS["tess"](services)
    act(services, tess, SendMessage(permit, "Hoe laat begint de hoorzitting?"), once="a-form-key")
    with services.sessions() as session:
        party = session.scalars(select(Party.id).where(Party.case_id == story.row("permit").id)).first()
    act(services, NOOR, Reply(permit, int(party or 0), "Om twee uur."))
    act(services, NOOR, AddNote(permit, "Zij neemt haar zus mee."))


def _post(story: _Story) -> None:
    """Letters and notices: a decision that came too late, a term that stands still, a case that its citizen ends."""
    since = story.today - timedelta(days=1)
    act(story.services, NOOR, RegisterDefaultNotice(story.cases["holder"], "decide", since))
    act(story.services, NOOR, SuspendTerm(story.cases["waste"], "decide", since, "Het archief stond onder water."))
    act(
        story.services,
        CITIZEN_ACTORS["yasmina"](story.services),
        Withdraw(story.cases["place"], "Ik heb een andere plek."),
    )


def _publish(story: _Story) -> None:
    """A worker's letter to the department of the case."""
    letter = NewDocument(
        paper(story.services, "Brief aan de afdeling", "permit"), "correspondence", "Brief aan de afdeling"
    )
    reference = act(story.services, NOOR, AddDocuments(story.cases["permit"], (letter,)))
    with story.services.sessions() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.reference == reference)).one()
    act(story.services, NOOR, GiveToDepartment(document, "parkeren"))


def _edit_the_law(story: _Story) -> None:
    rule = default_book().versions("awb-9-11", "standard")[-1]
    typed = TypedRule(
        rule.code, rule.variant, "2026-06-01", rule.title, rule.article, "5", rule.unit, rule.after or "", rule.counts_from,
        str(rule.extension or ""), rule.extension_unit, rule.extension_article or "", rule.consent or "",
        rule.moved_by_termijnenwet, rule.backwards, rule.source, "2026-05-01", rule.certainty,
    )  # fmt: skip
    act(story.services, FENNA, SaveLawRule(typed))
    day = TypedDay("2026-07-13", "gelijkgesteld met een feestdag", "Een verzonnen besluit", "2026-05-01", "high")
    act(story.services, FENNA, SaveClosedDay(day))


def _sign_in(story: _Story) -> None:
    """A session of a citizen with what she typed before an earlier one ended, and a session of staff."""
    tess = citizen("tess")
    if tess is None:
        raise KeyError("tess")
    subject = story.services.secrets.index(tess.identity)
    made = web_sessions.create(story.services, "citizen", subject, tess.name, identity={"bsn": tess.bsn})
    web_sessions.keep_typed(story.services, made.cookie, "/mijn/zaken", {"text": ["Ik was nog aan het typen."]})
    web_sessions.create(story.services, "staff", NOOR.subject, NOOR.name, NOOR.roles)
