"""Termijn wijzigen: one term of a case, what the law allows with it now, and why not where it does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engine import DrawnDeadline
from engine.words import DeadlineVerb
from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.execution.case_data import CaseData
from processes.execution.extending import why_not_extend
from processes.execution.facts import facts_from
from processes.execution.term_days import DayPlace, TermDay, TermPart, days_of_term
from processes.execution.terms import BY_HAND, corrects_start, request_of, rows_of, variant_of
from processes.law import DeadlineError, Suspension, check_suspension, compute
from processes.law.suspending import FORCE_MAJEURE
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import DeadlineRow
from processes.storage.words import CaseState

AGREEMENT = "interne afspraak"
OWN_BUTTON = "Verlengen gaat in deze zaak met een eigen knop op het overzicht."


@dataclass(frozen=True, slots=True)
class TermPage:
    """`stops` and `extends` are sentences on why it may not; empty where it may. `consent` is the article that lets others
    agree to a later date, None where the law knows no such thing. `extended_to` is the date that the law would give.
    `started_on` is day 0, where it can be corrected by hand. `days` are the other days of the term, `runs`: the term can still be
    changed, for it was not met.
    """

    head: Head
    code: str
    title: str
    legal: bool
    due: date | None
    today: date
    stopped_since: date | None
    stops: str
    extends: str
    extended_to: date | None
    consent: str | None
    started_on: date | None
    days: tuple[TermDay, ...]
    runs: bool

    @property
    def corrected_here(self) -> tuple[TermDay, ...]:
        return tuple(one for one in self.days if one.place == DayPlace.HERE)


def read_term(services: Services, actor: Actor, number: str, code: str) -> TermPage:
    """Only the days of a term that was met, or in a case that has ended. Raises NotFound, NotAllowed for the committee."""
    with reading(services) as (session, now):
        case, today = handled_case(session, actor, number), local_date(now)
        deployed = services.models.version(session, case.model_version_id)
        row = next((row for row in rows_of(session, case.id) if row.code == code), None)
        if row is None:
            raise NotFound
        setting, root = deployed.model.deadlines[code], root_of(session, case.id)
        known = CaseData(session, case, services.law)
        facts = facts_from(known, case, root, deployed, deployed)
        request = request_of(row, setting, variant_of(setting, facts, now))
        book = services.law.book(session)
        found = compute(request, book)
        stopped = next((one["from"] for one in row.suspensions if one.get(BY_HAND) and one["until"] is None), None)
        try:
            check_suspension(request, Suspension(today, None, FORCE_MAJEURE), book)
            stops = ""
        except DeadlineError as refused:
            stops = str(refused)
        drawn = any(
            action.deadline == code and action.action == DeadlineVerb.EXTEND
            for element in deployed.model.elements.values()
            for action in element.deadline_actions
        )
        return TermPage(
            head=head_of(session, services, actor, case, now), code=code, title=setting.title,
            legal=setting.rule is not None, due=found.due, today=today,
            stopped_since=date.fromisoformat(stopped) if stopped else None, stops=stops,
            extends=why_not_extend(found, today) or (OWN_BUTTON if drawn else ""), extended_to=found.extension_ends,
            consent=found.rules[-1].consent if found.rules else AGREEMENT,
            started_on=row.started_on if corrects_start(row, setting) else None,
            days=tuple(_others(days_of_term(row, setting, deployed.model, root.id, known.values(root)), row, setting)),
            runs=case.state == CaseState.RUNNING and row.met_on is None,
        )  # fmt: skip


def _others(days: Iterable[TermDay], row: DeadlineRow, setting: DrawnDeadline) -> Iterator[TermDay]:
    """Those that have no form of their own on the page."""
    own = corrects_start(row, setting)
    return (one for one in days if one.form or one.part != TermPart.START or not own)
