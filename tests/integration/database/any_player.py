"""Plays running cases to their end without knowing their drawings: it answers what is asked and lets time pass.

In: open services with its standing clock; out: nothing, or Stays with what a case waits for. Of several answers it gives
the first one, the next time the same is asked the second, and so on: so it leaves any loop that a person could leave.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.forms import FormSchema
from portal.forms.conditions import uncounted
from portal.forms.schema import Component
from processes.access.dossier_link import tasks_of
from processes.actions import act
from processes.actions.course import PressButton
from processes.actions.delivering import AnswerByLink, Deliver
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement, deliveries_to_judge
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM, local_date
from processes.base.errors import NotNow
from processes.execution.assessing import Assessment, to_assess
from processes.execution.forms import FormPage, form_of
from processes.jobs.time_travel import travel
from processes.rehearsal.made_up import made_up
from processes.rehearsal.sandbox import StandingClock
from processes.storage.business_time import business_now
from processes.storage.document_versions import is_public_in
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import Case, DocumentRow, Dossier, Instance, Party, TaskRow

ROUNDS: Final = 400  # of answering everything, or moving the clock once; a case that needs more goes round in a circle
QUIET: Final = 3  # due moments that pass without a task, before somebody presses a button
DAYS_AHEAD: Final = 14  # where a form asks for a moment, such as that of a hearing
ROLES: Final = frozenset({"worker", "decider", "committee"})


class Stays(AssertionError):
    """These cases do not come to their end."""


@dataclass
class Player:
    services: Services
    clock: StandingClock
    rounds: int = ROUNDS
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)  # (case, element or button): how often
    quiet: Counter[str] = field(default_factory=Counter)
    acted: int = 0

    def play(self, numbers: list[str]) -> None:
        """Every case to its end, side by side in time. Raises Stays that names each and what it waits for."""
        for _ in range(self.rounds):
            running = self._running(numbers)
            if not running:
                return
            if not sum([self._answer_all(number) for number in running]):
                self._let_time_pass(running)
        raise Stays("; ".join(self._waits_for(number) for number in self._running(numbers)))

    def _running(self, numbers: list[str]) -> list[str]:
        with self.services.sessions() as session:
            running = select(Case.number).where(Case.number.in_(numbers), Case.state == "running")
            return sorted(session.scalars(running))

    def _answer_all(self, number: str) -> int:
        """Every task that is open now; what they lead to is for the next round."""
        with self.services.sessions() as session:
            tasks = session.scalars(_open_tasks(number)).all()
        for task in tasks:
            with self.services.sessions() as session:
                still = session.scalar(select(TaskRow.state).where(TaskRow.id == task)) == "open"
            if still:
                self._answer(number, task)
        self.quiet[number] = 0 if tasks else self.quiet[number]
        return len(tasks)

    def _answer(self, number: str, task_id: str) -> None:
        with self.services.sessions() as session:
            task = read_only(session).get_one(TaskRow, task_id)
            times = self.asked[number, task.element]
            answer = _Answer(self.services, session, task, times)
            actor, action = answer.given(self._worker())
        self.asked[number, task.element] += 1
        try:
            act(self.services, actor, action)
        except Exception as cause:
            raise Stays(f"{number}: '{task.element}' ({task.side}) takes no answer: {action}") from cause

    def _worker(self) -> Actor:
        """A colleague who did nothing before: who may not do two steps in a row is never the same."""
        self.acted += 1
        return Actor("staff", f"player-{self.acted}", "Speler", ROLES)

    def _let_time_pass(self, running: list[str]) -> None:
        """To the next moment at which anything is due in these cases; who only waits for a button gets it pressed."""
        for number in running:
            if self._next_due([number]) is None or self.quiet[number] >= QUIET:
                self._press(number)
        due = self._next_due(running)
        if due is not None:
            travel(self.services, max(due, self.clock.moment), lambda moment: setattr(self.clock, "moment", moment))
            self.quiet.update(running)

    def _press(self, number: str) -> None:
        """The next button that something listens to; none is not a failure yet: time may help."""
        with self.services.sessions() as session:
            buttons = _buttons(self.services, session, number)
        for button in sorted(buttons, key=lambda one: self.asked[number, one]):
            self.asked[number, button] += 1
            try:
                act(self.services, self._worker(), PressButton(number, button))
            except NotNow:
                continue
            return

    def _next_due(self, numbers: list[str]) -> datetime | None:
        with self.services.sessions() as session:
            due = select(Instance.next_due).join(Case, Case.id == Instance.case_id)
            mine = due.where(Case.number.in_(numbers), Instance.phase == "running", Instance.next_due.is_not(None))
            return session.scalars(mine.order_by(Instance.next_due)).first()

    def _waits_for(self, number: str) -> str:
        with self.services.sessions() as session:
            elements = select(TaskRow.element).where(TaskRow.id.in_(_open_tasks(number)))
            tasks = ", ".join(session.scalars(elements)) or "no task"
            case = session.scalars(select(Case).where(Case.number == number)).one()
            alarm = f", alarm: {case.alarm}" if case.alarm else ""
        most = self.asked.most_common()
        asked = ", ".join(f"{what} {times}" for (of, what), times in most if of == number)
        return f"{number} ({case.case_type}, {case.status}) waits for {tasks}, due {self._next_due([number])}{alarm}; asked: {asked}"


def _open_tasks(number: str) -> Any:
    mine = select(TaskRow.id).join(Case, Case.id == TaskRow.case_id)
    return mine.where(Case.number == number, TaskRow.state == "open").order_by(TaskRow.opened_at, TaskRow.id)


def _buttons(services: Services, session: Session, number: str) -> list[str]:
    """The buttons that send the drawing a message; those that only ask for more documents never end a case."""
    case = session.scalars(select(Case).where(Case.number == number)).one()
    on_demand = services.models.version(session, case.model_version_id).model.on_demand
    return [button.code for button in on_demand.values() if button.message and button.when == "running"]


class _Answer:
    """What one task asks, answered with made-up values; `times`: how often it was answered before."""

    def __init__(self, services: Services, session: Session, task: TaskRow, times: int) -> None:
        self._services, self._session, self._task, self._times = services, session, task, times
        instance = session.get_one(Instance, task.instance_id)
        deployed = services.models.version(session, instance.model_version_id)
        page = form_of(session, deployed, task.element, instance.id)
        self._schema = FormSchema.parse(page.schema, page.values) if page else FormSchema(())
        self._today = local_date(business_now(services))
        self.values, self.explanation = self._fill(page)

    def given(self, worker: Actor) -> tuple[Actor, Any]:
        """Who does it, and as which action."""
        if self._task.side == "citizen" and (party := self._citizen()):
            return Actor("citizen", str(party.identity_index), party.name), self._completed()
        if self._task.side == "department" and (dossier := self._dossier()):
            actor = Actor("department", f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
            return actor, self._by_link(self._services.secrets.link_token(dossier.salt))
        return worker, self._completed()

    def _completed(self) -> CompleteTask:
        return CompleteTask(
            self._task.id, self.values, self._documents("filepicker"), self._judgements(), self.explanation,
            self._assessments(), self._redactions(),
        )  # fmt: skip

    def _by_link(self, token: str) -> Deliver | AnswerByLink:
        if self._component("documents-upload"):
            values = {code: value for code, value in self.values.items() if code != "remark"}
            return Deliver(token, self._documents("documents-upload"), "Zie de bijlage.", self._task.id, values)
        return AnswerByLink(token, self._task.id, self.values, self._documents("filepicker"))

    def _citizen(self) -> Party | None:
        mine = select(Party).where(Party.case_id == self._task.case_id, Party.identity_index.is_not(None))
        mine = mine.where(Party.id == self._task.party_id) if self._task.party_id else mine
        role = self._task.party_role
        return self._session.scalars(mine.where(Party.role == role) if role else mine).first()

    def _dossier(self) -> Dossier | None:
        for dossier in self._session.scalars(select(Dossier).where(Dossier.case_id == self._task.case_id)):
            if self._task.id in {one.id for one in self._session.scalars(tasks_of(self._session, dossier))}:
                return dossier
        return None

    def _fill(self, page: FormPage | None) -> tuple[dict[str, Any], str | None]:
        values = {one.key: self._value(one) for one in self._schema.components if one.value}
        explanation = "Dit is een verzonnen uitleg." if self._component("result-explanation") else None
        if page:
            values |= dict.fromkeys(uncounted(self._schema, values, page.current) & set(values))
        special = {one.key for one in self._schema.components if one.type in {"inventory", "redactions", "filepicker"}}
        return {code: value for code, value in values.items() if code not in special}, explanation

    def _value(self, component: Component) -> Any:
        one = self._one_value(component)
        return [one] if component.is_list else one

    def _one_value(self, component: Component) -> Any:
        if component.choices:
            chosen = component.choices[self._times % len(component.choices)].value
            return chosen == "ja" if component.is_yes_no else chosen
        if component.type == "checkbox":
            return self._times % 2 == 0
        if component.type == "number":
            return 1
        if component.type == "datetime":
            at = datetime.combine(self._today + timedelta(days=DAYS_AHEAD), time(10), AMSTERDAM)
            return at if component.subtype == "datetime" else self._today
        return "handhaving" if component.type in {"department", "departments"} else "Een verzonnen antwoord."

    def _documents(self, kind: str) -> tuple[NewDocument, ...]:
        asked = [one for one in self._schema.components if one.type == kind]
        return tuple(
            NewDocument(made_up(self._services, f"{one.key}.pdf"), self._type_of(one), one.key) for one in asked
        )

    def _type_of(self, component: Component) -> str:
        return component.document_type.split()[0] if component.document_type else "underlying"

    def _judgements(self) -> dict[str, Judgement]:
        if not self._component("delivery-judgement"):
            return {}
        deliveries = [one.id for one in self._session.scalars(deliveries_to_judge(self._task.instance_id))]
        offered = select(DocumentRow.id).where(DocumentRow.delivery_id.in_(deliveries), DocumentRow.state == "offered")
        verdict = Judgement(accepted=self._times % 2 == 0, reason="Dit is niet het goede stuk.")
        return dict.fromkeys(self._session.scalars(offered), verdict)

    def _assessments(self) -> dict[str, Assessment]:
        """The first document in part, the others whole."""
        component = self._component("inventory")
        if component is None:
            return {}
        rows = self._session.scalars(to_assess(self._task.case_id, component.document_type.split())).all()
        parts = {row.id: Assessment("deels", ("5.1-2-e",)) for row in rows[:1]}
        return {row.id: parts.get(row.id, Assessment("geheel")) for row in rows}

    def _redactions(self) -> dict[str, NewDocument]:
        """A redacted version of each document that becomes public in part, where the form asks it."""
        if not self._component("redactions"):
            return {}
        mine = select(DocumentRow).where(DocumentRow.case_id == self._task.case_id, DocumentRow.state == "accepted")
        rows = [row for row in self._session.scalars(mine) if is_public_in(row, "deels")]
        return {row.id: NewDocument(made_up(self._services, "gelakt.pdf"), "") for row in rows}

    def _component(self, kind: str) -> Component | None:
        return next((one for one in self._schema.components if one.type == kind), None)
