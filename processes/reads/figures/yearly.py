"""The figures that a municipality publishes each year: written complaints (Awb 9:12a) and requests under the Woo.

They hold numbers only, of all cases whoever may see those. Cases that were destroyed are not in them any more: how many those can be is
said beside them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from engine.words import Procedure
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.reads.figures.ended import EndedCase, closed_within, counted, days_of, ended_in
from processes.reads.figures.period import Period, month_in_words, year_of
from processes.reads.figures.scope import FigureScope, scope_of_procedure
from processes.reads.figures.table import Bars, FigureTable, share, spread_of
from processes.reads.figures.throughput import outcomes, received_in
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, DepartmentRow, DestructionRow, Instance
from processes.storage.words import CaseChannel, CaseState, DestructionState

KINDS: Final = {"complaints": Procedure.KLACHT, "woo": Procedure.WOO}
YEARS: Final = 6  # that can be chosen, the newest first
CHANNELS: Final = {
    CaseChannel.PORTAL: "via het portaal", CaseChannel.LETTER: "per brief", CaseChannel.COUNTER: "aan de balie", CaseChannel.EMAIL: "per e-mail",
    CaseChannel.FORWARDED: "doorgestuurd door een ander",
}  # fmt: skip
# values that the shipped drawings ask, by which such figures are told apart; a drawing without one has no such table
VALUES: Final = {"complaints": ("department", "route"), "woo": ("departments",)}
OTHER: Final = "anders"  # a value is shown in fixed words only: what somebody typed may name a person
DAYS_BANDS: Final = (
    (28, "tot en met 4 weken"),
    (42, "tot en met 6 weken"),
    (70, "tot en met 10 weken"),
    (98, "tot en met 14 weken"),
)
LONGER: Final = "langer dan 14 weken"


@dataclass(frozen=True, slots=True)
class YearFigures:
    """`sentences` say the main numbers in words. `destroyed`: how many cases of this kind were destroyed since the year began, of
    which some may have been closed in it.
    """

    kind: str
    year: int
    years: tuple[int, ...]
    ended: bool
    sentences: tuple[str, ...]
    tables: tuple[FigureTable, ...]
    destroyed: int


def read_year_figures(services: Services, actor: Actor, kind: str, year: int | None = None) -> YearFigures:
    """The figures of a calendar year, without a year of the last one that is over. Raises NotFound for another kind or a year that
    cannot be chosen, and NotAllowed for who leads no team.
    """
    only_staff(actor, (StaffRole.LEAD,), system=False)
    if kind not in KINDS:
        raise NotFound
    with reading(services) as (session, now):
        this = local_date(now).year
        years = tuple(range(this, this - YEARS, -1))
        chosen = year or this - 1
        if chosen not in years:
            raise NotFound
        scope, period = scope_of_procedure(services, session, KINDS[kind]), year_of(chosen)
        ended = ended_in(session, scope, period, services.law.book(session))
        received, channels = received_in(session, scope, period), _channels(session, scope, period)
        open_then = _open_at_the_end(session, scope, period)
        tables = (
            _by_month(session, scope, period, ended), channels, outcomes(scope, ended), *_by_values(session, scope, period, VALUES[kind]),
            _in_time(ended), _lasted(ended),
        )  # fmt: skip
        sentences = tuple(SENTENCES[kind](sum(received.values()), ended, open_then))
        return YearFigures(kind, chosen, years, chosen < this, sentences, tables, _destroyed(session, scope, period))


def _complaints(received: int, ended: Sequence[EndedCase], open_then: int) -> list[str]:
    known, good = counted(ended)
    return [
        f"Wij kregen {received} schriftelijke klachten over hoe wij iemand behandelden.",
        f"Wij rondden {len(ended)} klachten af. Aan het eind van deze periode liepen er nog {open_then}.",
        f"Van {known} afgeronde klachten die wij moesten beoordelen, waren er {good} op tijd klaar{_percent(good, known)}. De termijn is 6 weken, of 10 weken met een commissie. Wij mogen hem met 4 weken verlengen (artikel 9:11 van de Algemene wet bestuursrecht).",
        *_half(ended, "klachten"),
    ]


def _woo(received: int, ended: Sequence[EndedCase], open_then: int) -> list[str]:
    known, good = counted(ended)
    longer = sum(one.extended for one in ended)
    return [
        f"Wij kregen {received} verzoeken om informatie op grond van de Wet open overheid.",
        f"Wij rondden {len(ended)} verzoeken af. Aan het eind van deze periode liepen er nog {open_then}.",
        f"Over {known} verzoeken moesten wij binnen de termijn beslissen. Dat lukte bij {good}{_percent(good, known)}. De termijn is 4 weken. Wij mogen hem met 2 weken verlengen (artikel 4.4 van de Wet open overheid). Dat deden wij {longer} keer.",
        *_half(ended, "verzoeken"),
    ]


SENTENCES: Final[dict[str, Callable[[int, Sequence[EndedCase], int], list[str]]]] = {
    "complaints": _complaints,
    "woo": _woo,
}


def _percent(part: int, whole: int) -> str:
    found = share(part, whole)
    return "" if found is None else f", dat is {found}%"


def _half(ended: Sequence[EndedCase], what: str) -> list[str]:
    spread = spread_of(days_of(ended))
    if spread is None:
        return []
    mean = round(sum(one.days for one in ended) / len(ended))
    return [
        f"De helft van de {what} was binnen {spread.half} dagen klaar, driekwart binnen {spread.most} dagen. Gemiddeld duurde het {mean} dagen."
    ]


def _by_month(session: Session, scope: FigureScope, period: Period, ended: Sequence[EndedCase]) -> FigureTable:
    asked = select(Case.received_on, func.count()).where(*_received(scope, period)).group_by(Case.received_on)
    came = Counter[tuple[int, int]]()
    for day, count in session.execute(asked):
        came[day.year, day.month] += count
    closed = Counter((one.closed_on.year, one.closed_on.month) for one in ended)
    rows = tuple((month_in_words(*month), came[month], closed[month]) for month in period.months())
    return FigureTable(
        "months", "Ontvangen en afgerond per maand", ("Maand", "Ontvangen", "Afgerond"), rows, bars=Bars((0,), 1)
    )


def _channels(session: Session, scope: FigureScope, period: Period) -> FigureTable:
    asked = select(Case.channel, func.count()).where(*_received(scope, period)).group_by(Case.channel)
    found = dict(session.execute(asked).all())
    whole = sum(found.values())
    rows = tuple((words, found[one], share(found[one], whole)) for one, words in CHANNELS.items() if one in found)
    return FigureTable("channels", "Hoe zij binnenkwamen", ("Hoe", "Aantal", "Aandeel (%)"), rows, bars=Bars((0,), 1))


def _by_values(session: Session, scope: FigureScope, period: Period, codes: Sequence[str]) -> Iterator[FigureTable]:
    """A table for each value that a drawing of the scope knows, with how many closed cases have it; a case with several counts with each."""
    names: dict[str, str] = dict(session.execute(select(DepartmentRow.code, DepartmentRow.name)).all())
    for code in codes:
        known = (one.model.values.get(code) for one in scope.types.values() if scope.has(one))
        drawn = next(filter(None, known), None)
        if drawn is None:
            continue
        words = names | {choice.value: choice.title for choice in drawn.choices}
        asked = (
            select(CaseValue.value)
            .join(Case, Case.id == CaseValue.case_id)
            .join(Instance, Instance.id == CaseValue.instance_id)
            .where(*closed_within(scope, period), CaseValue.code == code, Instance.is_root)
        )
        counts = Counter[str]()
        for value in session.scalars(asked):
            counts.update(words.get(str(one), OTHER) for one in (value if isinstance(value, list) else [value]))
        rows = tuple((told, count) for told, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
        yield FigureTable(
            f"value_{code}", drawn.title, (drawn.title, "Aantal"), rows, "Afgerond in dit jaar.", Bars((0,), 1)
        )


def _in_time(ended: Sequence[EndedCase]) -> FigureTable:
    known, good = counted(ended)
    rows = (
        (("Op tijd", good, share(good, known)), ("Te laat", known - good, share(known - good, known))) if known else ()
    )
    longer = sum(one.extended for one in ended)
    told = (*rows, ("Waarvan met een verlengde termijn", longer, share(longer, known))) if known else ()
    return FigureTable("year_in_time", "Op tijd", ("Wat", "Aantal", "Aandeel (%)"), told, bars=Bars((0,), 1))


def _lasted(ended: Sequence[EndedCase]) -> FigureTable:
    bands = Counter(next((words for most, words in DAYS_BANDS if one.days <= most), LONGER) for one in ended)
    names = (*(words for _, words in DAYS_BANDS), LONGER)
    rows = (
        tuple((words.capitalize(), bands[words], share(bands[words], len(ended))) for words in names) if ended else ()
    )
    return FigureTable("lasted", "Hoe lang het duurde", ("Duur", "Aantal", "Aandeel (%)"), rows, bars=Bars((0,), 1))


def _received(scope: FigureScope, period: Period) -> tuple[ColumnElement[bool], ...]:
    known = Case.state.in_((CaseState.RUNNING, CaseState.CLOSED))  # the index begins with it
    return known, Case.received_on.between(period.first, period.last), scope.of(Case.case_type)


def _open_at_the_end(session: Session, scope: FigureScope, period: Period) -> int:
    """Received by then, and not closed by then."""
    closed_later = and_(Case.state == CaseState.CLOSED, Case.closed_at >= period.ends)
    asked = (
        select(func.count())
        .select_from(Case)
        .where(
            or_(Case.state == CaseState.RUNNING, closed_later),
            Case.received_on <= period.last,
            scope.of(Case.case_type),
        )
    )
    return session.scalar(asked) or 0


def _destroyed(session: Session, scope: FigureScope, period: Period) -> int:
    asked = select(func.count()).select_from(DestructionRow).where(
        DestructionRow.state == DestructionState.DESTROYED, DestructionRow.destroyed_at >= period.begins,
        scope.of(DestructionRow.case_type),
    )  # fmt: skip
    return session.scalar(asked) or 0
