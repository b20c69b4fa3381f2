"""Cases that came in and were closed in a period: how many, how long it took, the share in time, how it ended (W15)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.access.clearance import levels_of
from processes.base.actor import Actor
from processes.reads.figures.ended import EndedCase, by_type, closed_within, counted, days_of
from processes.reads.figures.period import Period, month_in_words
from processes.reads.figures.scope import FigureScope
from processes.reads.figures.table import Bars, FigureTable, share, spread_of
from processes.storage.tables import Case, Decision, DepartmentRow
from processes.storage.words import CaseState

FEWEST: Final = 3  # a subject is named from so many decisions on: then it is a kind of decision, and not one person's
MOST_SUBJECTS: Final = 50
NO_DEPARTMENT: Final = "Afdeling niet ingevuld"
ALL_TYPES: Final = "Alle zaaktypen"


def received_in(session: Session, scope: FigureScope, period: Period) -> Mapping[str, int]:
    """How many cases came in, by case type."""
    inside = Case.received_on.between(period.first, period.last)
    known = Case.state.in_((CaseState.RUNNING, CaseState.CLOSED))  # the index begins with it
    asked = select(Case.case_type, func.count()).where(known, inside, scope.of(Case.case_type))
    return dict(session.execute(asked.group_by(Case.case_type)).all())


def throughput(scope: FigureScope, received: Mapping[str, int], ended: Sequence[EndedCase]) -> FigureTable:
    """A row for each case type, and one for all together where there are several."""
    found = by_type(ended)
    codes = sorted({*received, *found}, key=scope.title)
    rows = [_row(scope.title(code), received.get(code, 0), found.get(code, ())) for code in codes]
    if len(rows) > 1:
        rows.append(_row(ALL_TYPES, sum(received.values()), ended))
    return FigureTable(
        "throughput", "Ontvangen, afgerond en op tijd",
        ("Zaaktype", "Ontvangen", "Afgerond", "Met een beslistermijn", "Op tijd", "Op tijd (%)", "Helft binnen (dagen)", "Driekwart binnen (dagen)"),
        tuple(rows),
        "Ontvangen: de dag waarop het stuk binnenkwam. Afgerond: de dag waarop de zaak is gesloten. Op tijd: de beslissing kwam op of voor de laatste dag van de wettelijke termijn, met verlenging en opschorting meegeteld. De dagen tellen van ontvangst tot afronding.",
        Bars((0,), 2),
    )  # fmt: skip


def in_time_by_month(scope: FigureScope, period: Period, ended: Sequence[EndedCase]) -> FigureTable:
    """A row for each case type and month in which a case with a term for a decision was closed."""
    found: dict[tuple[str, int, int], list[EndedCase]] = {}
    for one in ended:
        if one.in_time is not None:
            found.setdefault((one.case_type, one.closed_on.year, one.closed_on.month), []).append(one)
    rows = [
        (scope.title(code), month_in_words(*month), total, good, share(good, total))
        for code in sorted({code for code, _, _ in found}, key=scope.title)
        for month in period.months()
        for total, good in (counted(found.get((code, *month), ())),)
        if total
    ]
    return FigureTable(
        "in_time", "Op tijd, per maand", ("Zaaktype", "Maand", "Met een beslistermijn", "Op tijd", "Op tijd (%)"), tuple(rows),
        "Per maand waarin de zaak is afgerond.", Bars((0, 1), 4, "%"),
    )  # fmt: skip


def outcomes(scope: FigureScope, ended: Sequence[EndedCase]) -> FigureTable:
    """How the cases ended, for each case type the most frequent first."""
    rows = []
    for code, cases in sorted(by_type(ended).items(), key=lambda one: scope.title(one[0])):
        counts = Counter(scope.outcome(code, one.result) for one in cases)
        rows += [(scope.title(code), words, count, share(count, len(cases))) for words, count in _most_first(counts)]
    return FigureTable(
        "outcomes", "Hoe zaken eindigden", ("Zaaktype", "Uitkomst", "Zaken", "Aandeel (%)"), tuple(rows),
        "Zaken die in de periode zijn afgerond.", Bars((0, 1), 2),
    )  # fmt: skip


def outcomes_by_decision(
    session: Session, actor: Actor, scope: FigureScope, period: Period
) -> tuple[FigureTable, FigureTable]:
    """By the department that took the contested decision, and by what the decision is about. Each decision counts once, with its own
    outcome where it has one. A subject is in the words of who registered it: it counts only within the reader's clearance, and is named
    from FEWEST decisions on.
    """
    asked = select(
        Decision.department, Decision.subject, Decision.outcomes, Case.case_type, Case.result, Case.confidentiality
    )
    rows = session.execute(asked.join(Case, Case.id == Decision.case_id).where(*closed_within(scope, period))).all()
    names = dict(session.execute(select(DepartmentRow.code, DepartmentRow.name)).all())
    of_departments = Counter(
        (names.get(row.department, row.department) or NO_DEPARTMENT, _outcome(scope, row)) for row in rows
    )
    open_levels = levels_of(actor.roles)
    subjects = Counter(
        (" ".join(row.subject.split()), _outcome(scope, row)) for row in rows if row.confidentiality in open_levels
    )
    return (
        FigureTable(
            "by_department", "Uitkomst per afdeling", ("Afdeling", "Uitkomst", "Besluiten"), _grouped(of_departments),
            "Bestreden besluiten in zaken die in de periode zijn afgerond. Elk besluit telt een keer.", Bars((0, 1), 2),
        ),
        FigureTable(
            "by_subject", "Uitkomst per onderwerp", ("Onderwerp van het besluit", "Uitkomst", "Besluiten"),
            _grouped(_often(subjects))[:MOST_SUBJECTS],
            f"Hetzelfde, per onderwerp zoals het is geregistreerd. Alleen onderwerpen van {FEWEST} besluiten of meer.", Bars((0, 1), 2),
        ),
    )  # fmt: skip


def _row(title: str, received: int, ended: Sequence[EndedCase]) -> tuple[str | int | None, ...]:
    known, good = counted(ended)
    spread = spread_of(days_of(ended))
    return (
        title, received, len(ended), known, good, share(good, known), spread.half if spread else None, spread.most if spread else None,
    )  # fmt: skip


def _outcome(scope: FigureScope, row: Any) -> str:
    found = scope.types.get(row.case_type)
    known = found.model.result_types if found else {}
    own = next((one for one in (row.outcomes or {}).values() if one in known), None)
    return scope.outcome(row.case_type, own or row.result)


def _often(counts: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    totals = Counter[str]()
    for (subject, _), count in counts.items():
        totals[subject] += count
    return Counter({key: count for key, count in counts.items() if totals[key[0]] >= FEWEST})


def _grouped(counts: Counter[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (group, words, count)
        for (group, words), count in sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0][1]))
    )


def _most_first(counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
