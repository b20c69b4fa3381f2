"""A Woo request of Lotte with two departments' documents and two third parties, on each kind of database."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kit import documents
from kit.business_time import FixedClock
from kit.cases import add_departments, handed_in, put_in_use
from kit.documents import PDF
from kit.people import NOOR, SEM_WHO_WORKS_TOO, YASMINA
from sqlalchemy import select

from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.documents import AddDocuments, GiveToParty
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.uploads import Upload
from processes.execution.assessing import Assessment
from processes.execution.deliveries import deliveries_to_judge
from processes.jobs.timer_sweep import sweep
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, Dossier, Party, TaskRow

LOTTE = NewParty("requester", "Lotte Nepveld", identity="bsn:999991607", channel="portal", email="lotte@post.example")
BOUW = NewParty("third_party", "Verzonnen Bouw B.V.", "company", "kvk:68750110", "bouw@post.example", channel="portal")
STRANGER = NewParty("requester", "Tess Testeling", identity="bsn:999993653", channel="portal")
FACES = ("citizen", "workbench", "department", "public")
PARTLY, SECRET, WHOLE = "Bod", "Notitie", "Verslag"
SAID = {
    PARTLY: Assessment("deels", ("5.1-1-c", "5.1-2-e")),
    SECRET: Assessment("niet", ("5.2",)),
    WHOLE: Assessment("geheel"),
}


def furnish(services: Services) -> None:
    """The Woo request in use with what it calls, and two departments."""
    add_departments(services, "vergunningen", "stadsbeheer")
    put_in_use(services, "nazending", "zoekvraag", "zienswijze", "feitencheck", "deelbesluit", "woo-verzoek")


@dataclass
class Request:
    """One Woo case, with the steps that tests begin with."""

    services: Services
    number: str

    @classmethod
    def made(cls, services: Services, *parties: NewParty) -> "Request":
        values = {"subject": "Het oude zwembad", "matter": "Hoe is de prijs bepaald?"}
        today = local_date(services.clock.now())
        register = RegisterCase("woo-verzoek", "letter", today, parties or (LOTTE,), values=values)
        return cls(services, act(services, NOOR, register))

    # -- looking ------------------------------------------------------------------------------------------------

    def rows(self, table: Any) -> list[Any]:
        """Of this case, oldest first."""
        with self.services.sessions() as session:
            case = select(Case.id).where(Case.number == self.number).scalar_subquery()
            return list(session.scalars(select(table).where(table.case_id == case).order_by(table.id)))

    def handed_in(self) -> list[Any]:
        """The documents of this case that came as files, oldest first."""
        return handed_in(self.services, case_id=self.case.id)

    @property
    def case(self) -> Case:
        with self.services.sessions() as session:
            return session.scalars(select(Case).where(Case.number == self.number)).one()

    def document(self, title: str) -> DocumentRow:
        found = [row for row in self.handed_in() if row.title == title and row.state != "removed"]
        (row,) = found
        return row

    def party(self, party: NewParty) -> int:
        return next(row.id for row in self.rows(Party) if row.name == party.name)

    def open_tasks(self, element: str) -> list[str]:
        return [row.id for row in self.rows(TaskRow) if row.element == element and row.state == "open"]

    def task(self, element: str) -> str:
        (task,) = self.open_tasks(element)
        return task

    # -- doing --------------------------------------------------------------------------------------------------

    def do(self, element: str, actor: Actor = NOOR, *files: tuple[str, str], **more: Any) -> None:
        """Fill in a task; `files` are (document type, title)."""
        known = {
            name: more.pop(name)
            for name in ("assessments", "redactions", "explanation", "concerns", "view_answers", "asked_again")
            if name in more
        }
        documents = tuple(NewDocument(stored(self.services, f"{title}.pdf"), kind, title) for kind, title in files)
        act(self.services, actor, CompleteTask(self.task(element), more, documents, **known))

    def taken_up(self) -> "Request":
        self.do("Intake", kind="woo", elsewhere="hier", too_general=False, very_large=False)
        return self

    def asked(self, *departments: str) -> "Request":
        self.taken_up().do("PlanSearch", departments=list(departments), search_for="Alles over het zwembad")
        return self

    def found(self, *titles: str) -> "Request":
        """Up to the inventory, with these documents."""
        self.asked("vergunningen").deliver("vergunningen", *titles)
        return self

    def token(self, department: str) -> str:
        dossier = next(row for row in self.rows(Dossier) if row.department == department)
        return self.services.secrets.link_token(dossier.salt)

    def deliver(self, department: str, *titles: str) -> None:
        documents = tuple(NewDocument(stored(self.services, f"{title}.pdf"), "original", title) for title in titles)
        remark = "" if titles else "Niets gevonden."
        act(
            self.services,
            Actor("department", "department:1", department),
            Deliver(self.token(department), documents, remark),
        )
        task = self.task("JudgeSearch")
        with self.services.sessions() as session:
            instance = session.get_one(TaskRow, task).instance_id
            deliveries = [row.id for row in session.scalars(deliveries_to_judge(instance))]
            ids = session.scalars(select(DocumentRow.id).where(DocumentRow.delivery_id.in_(deliveries))).all()
        values = {} if ids else {"judgement": "accepted"}
        act(self.services, NOOR, CompleteTask(task, values, judgements=dict.fromkeys(ids, Judgement(accepted=True))))

    def assessed(self, said: dict[str, Assessment] | None = None) -> dict[str, Assessment]:
        return {self.document(title).id: one for title, one in (said or SAID).items()}

    def listed(self, *, third_party: bool = False) -> "Request":
        """Past the inventory."""
        self.do("Inventory", assessments=self.assessed(), third_party_affected=third_party, fact_check=False)
        return self

    def give(self, party: NewParty, title: str) -> None:
        new = NewDocument(stored(self.services, f"{title}.pdf"), "passages", title)
        act(self.services, NOOR, AddDocuments(self.number, (new,)))
        act(self.services, NOOR, GiveToParty(self.document(title).id, self.party(party)))

    def viewing(self, about: dict[str, tuple[NewParty, ...]] | None = None) -> "Request":
        """Both third parties are asked for their view, each with the own passages; `about`: by title whom a document is about, else
        every one is about both.
        """
        for party in (BOUW, YASMINA):
            act(self.services, NOOR, AddParty(self.number, party))
        self.give(BOUW, "Passages Bouw")
        self.give(YASMINA, "Passages Yasmina")
        both = [self.party(BOUW), self.party(YASMINA)]
        concerns = {
            row.id: both if about is None else [self.party(one) for one in about.get(row.title, ())]
            for row in self.handed_in()
            if row.type == "original"
        }
        self.do("AddThirdParties", view_note="De verkoop van het zwembad", concerns=concerns)
        return self

    def answered(self, **values: Any) -> "Request":
        """Everybody who was asked for a view gives it on paper."""
        for task in self.open_tasks("GiveView"):
            act(self.services, NOOR, CompleteTask(task, {"view_choice": "geen_bezwaar", **values}))
        return self

    def redacted(self) -> "Request":
        new = NewDocument(stored(self.services, "gelakt.pdf"), "")
        self.do("Redact", redactions={self.document(PARTLY).id: new})
        self.do("SecondReader", SEM_WHO_WORKS_TOO, reading="ja")
        if self.open_tasks("JudgeChanges"):  # the redacted version shows the third parties nothing new
            self.do("JudgeChanges", view_note="Het bod", again_note="Niets nieuws.")
        return self

    def answers(self) -> dict[int, str]:
        """An answer to each view, by the id of the party."""
        given = {row.party_id for row in self.rows(TaskRow) if row.element == "GiveView" and row.state == "done"}
        return {row.id: f"Antwoord aan {row.name}." for row in self.rows(Party) if row.id in given}

    def decided(self, *, objection: bool, **more: Any) -> "Request":
        self.do(
            "DraftDecision", NOOR, ("outcome", "Besluit"), ("public_version", "Zonder gegevens"), dictum="deels_openbaar",
            objection_expected=objection, explanation="U krijgt een deel.", view_answers=self.answers(), **more,
        )  # fmt: skip
        self.do("DecisionTaken", SEM_WHO_WORKS_TOO, approved="ja")
        return self

    def days_later(self, days: int) -> None:
        clock = self.services.clock
        assert isinstance(clock, FixedClock)
        clock.ahead += timedelta(days=days)
        sweep(self.services)


def stored(services: Services, name: str) -> Upload:
    """A file whose content is its own."""
    return documents.stored(services, name, PDF + name.encode())
