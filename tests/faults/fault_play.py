"""Many cases of bezwaar, played from objection to decision, by whichever door: in this process or over HTTP.

The people try again until they read a confirmation, with the same form, as people do; each confirmation is kept.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx
from fault_installation import DECIDER, FIRST_DAY, LONG, Installation, set_business_time
from kit.browser import hidden
from kit.cases import open_task, prepare_file
from kit.documents import NO_FILE
from kit.people import NOOR as WORKER
from kit.waiting import until
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import Busy
from processes.base.secrets import bsn_is_valid
from processes.base.uploads import Upload
from processes.jobs.time_travel import travel
from processes.jobs.timer_sweep import next_due
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import trouble
from processes.storage.tables import Case, DocumentRow, Dossier, OutboxRow

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BIG = PDF + b"%" + b"x" * 400_000  # arrives in many chunks
BSNS = [number for number in map(str, range(999_990_000, 999_999_999)) if bsn_is_valid(number)]
INTAKE = {"in_time": "ja", "interested": True, "right_body": True, "complete": True, "route": "ambtelijk",
          "department": "parkeren"}  # fmt: skip


class Doors(Protocol):
    def deliver(self, number: str, remark: str, names: Sequence[str]) -> str: ...
    def travel(self, to: datetime) -> None: ...


@dataclass
class Inside:
    """Everything in this process, without faults: how a case should go."""

    services: Services

    def deliver(self, number: str, remark: str, names: Sequence[str]) -> str:
        token, dossier = token_of(self.services, number)
        actor = Actor("department", f"department:{dossier.id}", dossier.department, dossier=dossier.id)
        files = tuple(NewDocument(self._stored(name), "contested_decision") for name in names)
        return act(self.services, actor, Deliver(token, files, remark))

    def travel(self, to: datetime) -> None:
        travel(self.services, to, lambda moment: set_business_time(self.services, moment))

    def _stored(self, name: str) -> Upload:
        with self.services.files.open_incoming() as arriving:
            arriving.write(BIG)
            blob, sha256, size = arriving.finish()
        return Upload(name, "application/pdf", size, sha256, blob)


@dataclass
class Outside:
    """Over HTTP to a web process that may die at any moment, and past timers that a clock process must fire."""

    installation: Installation
    confirmed: dict[str, tuple[str, str]] = field(default_factory=dict)  # receipt: case, remark
    tries: int = 0

    def deliver(self, number: str, remark: str, names: Sequence[str]) -> str:
        token, _ = patient(lambda: token_of(self.installation.services, number))
        receipt = again_until_answered(lambda: self._whole_form(token, remark, names))
        self.confirmed[receipt] = (number, remark)
        return receipt

    def _whole_form(self, token: str, remark: str, names: Sequence[str]) -> str:
        address = f"{self.installation.url}/verzoek/{token}"
        with httpx.Client(timeout=60, headers={"Origin": self.installation.url}, follow_redirects=True) as browser:
            page = again_until_answered(lambda: ok(browser.get(address)).text)
            data = {"csrf": hidden(page, "csrf"), "form_key": hidden(page, "form_key"), "task": hidden(page, "task"),
                    "remark": remark, "naam": "Ans", "stap": "controleren"}  # fmt: skip
            chosen = [("files", (name, BIG, "application/pdf")) for name in names]
            self.tries += 1
            page = ok(browser.post(f"{address}/aanleveren", data=data, files=chosen)).text
            kinds = dict.fromkeys((word.split('"')[0] for word in page.split('name="type-')[1:]), "contested_decision")
            data = {name: hidden(page, name) for name in ("csrf", "form_key", "task", "held")}
            data |= {f"type-{key}": kind for key, kind in kinds.items()} | {
                "remark": remark,
                "naam": "Ans",
                "stap": "versturen",
            }

            def press() -> str:
                self.tries += 1
                answer = ok(browser.post(f"{address}/aanleveren", data=data, files=NO_FILE))
                assert "/ontvangst/" in str(answer.url), answer.text
                return answer.url.path.rpartition("/")[2]

            return again_until_answered(press)

    def travel(self, to: datetime) -> None:
        """Stop at every due moment; the clock processes must do the rest."""
        services = self.installation.services
        while (due := next_due(services)) is not None and due <= to:
            if due > business_now(services):
                set_business_time(services, due)
            fired = until(lambda due=due: (next_due(services) or to + timedelta(1)) > due)  # type: ignore[misc]
            assert fired, f"a timer of {due} does not fire\n{self.installation.words()}"
        if to > business_now(services):
            set_business_time(services, to)


def ok(answer: httpx.Response) -> httpx.Response:
    """An answer that says yes. 503 is an honest no, after which people try again; anything else is a fault."""
    if answer.status_code == 503:
        raise Busy
    assert answer.status_code == 200, (answer.status_code, answer.text)
    return answer


def again_until_answered(ask: Callable[[], str], seconds: float = LONG) -> str:
    end = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except (httpx.TransportError, Busy):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def token_of(services: Services, number: str) -> tuple[str, Dossier]:
    with services.sessions() as session:
        found = select(Dossier).join(Case, Case.id == Dossier.case_id).where(Case.number == number)
        dossier = session.scalars(found).one()
    return services.secrets.link_token(dossier.salt), dossier


class Play:
    """A number of cases at once, phase by phase: business time is one for all of them."""

    def __init__(self, services: Services, doors: Doors, cases: int, first_person: int = 0) -> None:
        self.services = services
        self.doors = doors
        self.start = business_now(services)
        self.numbers: list[str] = []
        self._people = BSNS[first_person : first_person + cases]

    def whole(self) -> None:
        """From objection to decision."""
        for phase in (self.register, self.ask, self.deliver_wrong, self.be_late, self.deliver, self.hear, self.decide):
            phase()

    def register(self) -> None:
        self.numbers = self._all(self._register, self._people)

    def ask(self) -> None:
        self._each("Intake", INTAKE)
        self._each("CallObjector", {"call_outcome": "doorgaan"})

    def deliver_wrong(self) -> None:
        self._all(lambda number: self.doors.deliver(number, f"eerste {number}", ["scan.pdf"]), self.numbers)
        self._all(lambda number: self._judge(number, accepted=False), self.numbers)

    def be_late(self) -> None:
        """Past the reminder, the end of the term and the first escalation."""
        self.doors.travel(self.start + timedelta(days=24))

    def deliver(self) -> None:
        names = ["besluit.pdf", "rapport.pdf"]
        self._all(lambda number: self.doors.deliver(number, f"tweede {number}", names), self.numbers)
        self._all(lambda number: self._judge(number, accepted=True), self.numbers)

    def hear(self) -> None:
        self._each("DecideHearing", {"hearing_choice": "horen", "hearing_public": False})
        on = local_date(self.start) + timedelta(days=44)
        self._each(
            "PlanHearing",
            {
                "hearing_on": f"{on}T14:00",
                "hearing_place": "online",
                "hearing_online": "De link volgt",
                "chair": "Noor",
            },
        )
        self._all(lambda number: prepare_file(self.services, number=number), self.numbers)
        self.doors.travel(self.start + timedelta(days=45))
        heard = {"hearing_outcome": "gehouden", "hearing_present": "Tess", "hearing_report": "Gehoord."}
        self._each("OfficialHearing", {**heard, "new_facts": False})

    def decide(self) -> None:
        self._each("DraftDecision", {"dictum": "ongegrond"})
        self._each("DecisionTaken", {"approved": "ja"}, DECIDER)

    def _register(self, bsn: str) -> str:
        today = local_date(self.start)
        party = NewParty("objector", "Tess Testeling", identity=f"bsn:{bsn}", channel="portal",
                         email=f"tess{bsn[:3]}.{BSNS.index(bsn)}@voorbeeld.example")  # fmt: skip
        decision = NewDecision("Parkeervergunning geweigerd", number=f"PV-{BSNS.index(bsn)}", department="parkeren",
                               taken_on=today - timedelta(20), announced_on=today - timedelta(18))  # fmt: skip
        citizen = Actor("citizen", self.services.secrets.index(f"bsn:{bsn}"), "Tess Testeling")
        case = RegisterCase(
            "bezwaar", "portal", today, (party,), (decision,), {"grounds": "Ik ben het er niet mee eens."}
        )
        return act(self.services, citizen, case, once=hashlib.sha256(bsn.encode()).hexdigest())

    def _each(self, element: str, values: dict[str, Any], actor: Actor = WORKER) -> None:
        def complete(number: str) -> None:
            act(self.services, actor, CompleteTask(open_task(self.services, element, number), values))

        self._all(complete, self.numbers)

    def _judge(self, number: str, *, accepted: bool) -> None:
        task = open_task(self.services, "JudgeDelivery", number)
        with self.services.sessions() as session:
            offered = select(DocumentRow.id).join(Case, Case.id == DocumentRow.case_id)
            documents = session.scalars(offered.where(Case.number == number, DocumentRow.state == "offered")).all()
        verdict = Judgement(accepted, "" if accepted else "Niet leesbaar.")
        act(self.services, WORKER, CompleteTask(task, judgements=dict.fromkeys(documents, verdict)))

    def _all(self, work: Callable[[str], Any], items: Sequence[str]) -> list[Any]:
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(lambda one: patient(lambda: work(one)), items))


def patient(work: Callable[[], Any]) -> Any:
    """Try again while the database is busy: nothing was stored then."""
    for _ in range(60):
        try:
            return work()
        except (Busy, DBAPIError) as error:
            if not (isinstance(error, Busy) or trouble(error)):
                raise
            time.sleep(0.3)
    return work()


def drained(services: Services) -> bool:
    with services.sessions() as session:
        return not session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.done_at.is_(None)))


def first_day_again(services: Services) -> None:
    set_business_time(services, FIRST_DAY)
