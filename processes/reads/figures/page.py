"""The page of figures for the head of a team (W15): what is now, and what was in a period.

Numbers only, of every case whoever may see it: a figure that leaves out what is secret would be wrong. No number, name or text of a case
stands in them; a subject of a decision only as `outcomes_by_decision` says. Names of colleagues do: how much each has is what a head of
team plans by.
"""

from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.reads.figures.ended import ended_in
from processes.reads.figures.period import Period, period_of
from processes.reads.figures.post import letters_sent, penalties
from processes.reads.figures.scope import ScopeChoices, scope_of
from processes.reads.figures.steps import WaitsOnDrawing, durations, waits
from processes.reads.figures.table import FigureTable
from processes.reads.figures.throughput import in_time_by_month, outcomes, outcomes_by_decision, received_in, throughput
from processes.reads.figures.workload import late_by_step, late_by_term, late_by_turn, workload
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import ModelVersion


@dataclass(frozen=True, slots=True)
class AskedFigures:
    """`period` is a word of KINDS; `since` and `until` as typed, for own days. Empty: every team, every case type, the newest version."""

    period: str = ""
    since: str = ""
    until: str = ""
    team: str = ""
    case_type: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """`now`: what lies on desks; `past`: what happened in the period. `steps` and `waits` are there for one case type only."""

    period: Period
    choices: ScopeChoices
    now: tuple[FigureTable, ...]
    past: tuple[FigureTable, ...]
    steps: tuple[FigureTable, ...] = ()
    waits: WaitsOnDrawing | None = None

    @property
    def tables(self) -> tuple[FigureTable, ...]:
        """All of them, as a spreadsheet has them."""
        return (*self.now, *self.past, *self.steps, *((self.waits.table,) if self.waits else ()))


def read_figures(services: Services, actor: Actor, asked: AskedFigures) -> FiguresPage:
    """Raises NotAllowed for who leads no team, and Invalid as `period_of`."""
    only_staff(actor, (StaffRole.LEAD,), system=False)
    with reading(services) as (session, now):
        today = local_date(now)
        period = period_of(asked.period, today, asked.since, asked.until)
        scope, choices = scope_of(services, session, today, asked.team, asked.case_type)
        book = services.law.book(session)
        ended = ended_in(session, scope, period, book)
        deployed = scope.types.get(scope.case_type)
        return FiguresPage(
            period, choices,
            (workload(session, scope, today), late_by_turn(session, scope, today), late_by_term(session, scope, today), late_by_step(session, scope, today)),
            (
                throughput(scope, received_in(session, scope, period), ended), in_time_by_month(scope, period, ended), outcomes(scope, ended),
                *outcomes_by_decision(session, actor, scope, period), letters_sent(session, scope, period), penalties(session, scope, period),
            ),
            (durations(session, scope, period, deployed),) if deployed else (),
            waits(session, scope, now, asked.version) if deployed else None,
        )  # fmt: skip


def read_figures_choices(services: Services, actor: Actor) -> ScopeChoices:
    """The choices of the form, for a question that was refused. Raises NotAllowed."""
    only_staff(actor, (StaffRole.LEAD,), system=False)
    with reading(services) as (session, now):
        return scope_of(services, session, local_date(now))[1]


def read_figures_drawing(services: Services, actor: Actor, version: int) -> bytes:
    """The drawing of a version of a case type. Raises NotFound and NotAllowed."""
    only_staff(actor, (StaffRole.LEAD,), system=False)
    with reading(services) as (session, _now):
        row = session.get(ModelVersion, version)
        if row is None or not row.is_case_type:
            raise NotFound
        return services.models.version(session, version).folder.drawing
