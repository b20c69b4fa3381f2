"""The data of a case in one change: read once under the lock, and kept up to date by the code that changes it.

Everything that facts are made of goes through here, so that a change with many engine steps asks the database no more
than a change with one. Pages read through it, too; they just never write.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from engine import Fact
from processes.execution.parts import open_parts, part_of, release_on
from processes.execution.queries import (
    CaseDataRow,
    DataKind,
    around_one,
    around_root,
    deadlines_of,
    deadlines_question,
    decisions_of,
)
from processes.law import LawBook
from processes.storage import audit
from processes.storage.asked_ahead import asked_before
from processes.storage.departments import asked_first, own_decisions
from processes.storage.fast import insert_rows, update_rows
from processes.storage.law_cache import LawCache, note
from processes.storage.tables import (
    Case,
    CaseValue,
    DeadlineRow,
    Decision,
    Delivery,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    Instance,
)
from processes.storage.words import DocumentState

FactMap = dict[str, Fact]
PART: Final = ("part.number", "part.announced_on", "part.release_on")
NO_REQUEST: FactMap = dict.fromkeys(
    ("request.due", "request.department", "request.delivered", "request.refused", "request.asked_at")
)


class CaseData:
    """`fresh`: the case was made in this very change, so the database holds no more of it than this change put there."""

    def __init__(self, session: Session, case: Case, law: LawCache, *, fresh: bool = False) -> None:
        self._session, self._case, self._law, self._fresh = session, case, law, fresh
        self._values: dict[int, dict[str, Any]] = {}
        self._decisions: list[CaseDataRow] | None = None
        self._decision: FactMap | None = None
        self._deadlines: dict[str, DeadlineRow] | None = {} if fresh else None
        self._requests: dict[int, FactMap] = {}
        self._parts: dict[int, FactMap] = {}
        self._news: bool | None = None

    @classmethod
    def filled(
        cls, session: Session, case: Case, law: LawCache, values: dict[int, dict[str, Any]], decisions: Iterable[CaseDataRow],
        deadlines: Iterable[DeadlineRow],
    ) -> "CaseData":  # fmt: skip
        """The data of one case, from rows read for many cases at once: values by instance, decisions, deadlines."""
        known = cls(session, case, law)
        known._values = values
        known._keep_decisions(decisions)
        known._deadlines = {row.code: row for row in deadlines}
        return known

    # -- values -----------------------------------------------------------------------------------------------

    def values(self, instance: Instance) -> dict[str, Any]:
        """The stored values of this instance, as JSON values by code."""
        if instance.id not in self._values:
            self._read(instance)
        return self._values[instance.id]

    def values_of_caller(self, instance: Instance) -> dict[str, Any]:
        """The stored values of the instance that asked something of each person, for one of these."""
        known = self._values.get(instance.parent_id or 0)
        return known if known is not None else self.values(self._session.get_one(Instance, instance.parent_id))

    def begun(self, instance: Instance) -> None:
        """An instance of this very change: it has no values yet."""
        self._values[instance.id] = {}

    def plain(self, instance: Instance, codes: Iterable[str]) -> dict[str, Any]:
        """The stored values under these codes, as JSON values by code; a code without a value is left out."""
        held = self.values(instance)
        return {code: held[code] for code in codes if code in held}

    def store(self, instance: Instance, values: Mapping[str, Any]) -> None:
        """Set JSON values: the new ones together, and the changed ones together."""
        held = self.values(instance)
        new = [_row(self._case, instance, code, value) for code, value in values.items() if code not in held]
        changed = [
            _row(self._case, instance, code, value) for code, value in values.items() if held.get(code, value) != value
        ]
        held.update(values)
        if new:
            insert_rows(self._session, CaseValue.__table__, new)
        if changed:
            update_rows(self._session, CaseValue.__table__, ("case_id", "instance_id", "code"), changed)

    def begin_with(self, decisions: Iterable[Decision], *, news: bool) -> None:
        """Take the data of a case made in this same change: its decisions, and whether somebody wants news by mail."""
        self._keep_decisions(
            CaseDataRow.decision(row.announced_on, row.taken_on, row.department, missing=row.missing)
            for row in decisions
        )
        self._news = news

    # -- the rest of the case ---------------------------------------------------------------------------------

    def decision(self) -> FactMap:
        """The facts of the contested decisions together."""
        if self._decision is None:
            with self._session.no_autoflush:  # decisions are stored before a case takes its first step
                rows = self._session.execute(decisions_of(), {"case": self._case.id}).all()
            self._decision = self._keep_decisions(CaseDataRow(*row) for row in rows)
        return self._decision

    def decision_for(self, instance: Instance) -> FactMap:
        """The facts of the decisions that this process is about: a document request is about those of the department that it
        asks, everything else about all of them (O16).
        """
        together, asked = self.decision(), self.request(instance)["request.department"]
        if not asked or not together["decision.several"]:
            return together
        first = asked_first(self._session, instance.id, str(asked))
        return of_decisions(own_decisions(self._session, self._decisions or [], first))

    def _keep_decisions(self, rows: Iterable[CaseDataRow]) -> FactMap:
        self._decisions = list(rows)
        self._decision = of_decisions(self._decisions)
        return self._decision

    def decisions_changed(self) -> None:
        self._decision = None

    def known_deadlines(self) -> Iterable[DeadlineRow] | None:
        """The deadlines, None while nobody asked for them: then this change moved none."""
        return None if self._deadlines is None else self._deadlines.values()

    def deadlines(self) -> dict[str, DeadlineRow]:
        """Every started deadline by its code, in the order in which they started. Who starts one adds it."""
        if self._deadlines is None:
            found: Iterable[DeadlineRow] | None = asked_before(self._session, deadlines_question(), case=self._case.id)
            if found is None:
                with self._session.no_autoflush:
                    found = self._session.scalars(deadlines_of(), {"case": self._case.id}).all()
            self._deadlines = {row.code: row for row in found}
        return self._deadlines

    def book(self) -> LawBook:
        """The law as it stands now."""
        return self._law.book(self._session)

    def request(self, instance: Instance) -> FactMap:
        """The facts of the document request that an instance belongs to; the case's own drawing has none."""
        if instance.is_root or instance.element:
            return NO_REQUEST
        if instance.id not in self._requests:
            self._requests[instance.id] = _request_facts(self._session, instance.id)
        return self._requests[instance.id]

    def part(self, instance: Instance) -> FactMap:
        """The facts of the part decision that an instance takes."""
        if instance.id not in self._parts:
            row = part_of(self._session, instance)
            known = (row.number, row.announced_on, release_on(row, self.book())) if row else (None, None, None)
            self._parts[instance.id] = dict(zip(PART, known, strict=True))
        return self._parts[instance.id]

    def part_changed(self, instance: Instance) -> None:
        self._parts.pop(instance.id, None)

    def open_parts(self) -> int:
        """How many part decisions still go on."""
        return open_parts(self._session, self._case.id)

    def request_opened(self, instance: Instance) -> None:
        self._requests.pop(instance.id, None)

    def nobody_wants_news(self) -> bool:
        """Whether it was read that no party asked for news by mail."""
        return self._news is False

    def fill(self, instances: Iterable[Instance], deadlines: Iterable[DeadlineRow], around: Iterable[Any]) -> None:
        """Take the rows that were read together; `around` are as `around_one` gives them."""
        self._deadlines = {row.code: row for row in deadlines}
        self._values.update({instance.id: {} for instance in instances})
        self._keep(around)

    def _read(self, instance: Instance) -> None:
        self._values[instance.id] = {}
        known = asked_before(self._session, around_root(), case=self._case.id) if instance.is_root else None
        if known is None:
            known = list(self._session.execute(around_one(), {"case": self._case.id, "instance": instance.id}))
        self._keep(known)

    def _keep(self, around: Iterable[Any]) -> None:
        found = [CaseDataRow(*row) for row in around]
        for row in found:
            if row.kind == DataKind.VALUE:
                self._values[row.instance][row.code] = row.value
        self._keep_decisions(row for row in found if row.kind == DataKind.DECISION)
        self._news = any(row.kind == DataKind.NEWS for row in found)
        note(self._session, next((row.id for row in found if row.kind == DataKind.LAW), None))
        end = next(((row.id, row.code) for row in found if row.kind == DataKind.AUDIT), None)
        audit.remember(self._session, self._case.id, end)


def _row(case: Case, instance: Instance, code: str, value: Any) -> dict[str, Any]:
    return {"case_id": case.id, "instance_id": instance.id, "code": code, "value": value}


def of_decisions(rows: Iterable[CaseDataRow]) -> FactMap:
    """The facts of contested decisions together."""
    known = list(rows)
    return {
        "decision.announced_on": _first(row.announced for row in known),
        "decision.taken_on": _first(row.taken for row in known),
        "decision.department": next((row.department for row in known if row.department), None),
        "decision.missing": any(row.missing for row in known),
        "decision.several": len(known) > 1,
    }


def _first(dates: Iterable[date | None]) -> date | None:
    return min((day for day in dates if day), default=None)


def _request_facts(session: Session, instance_id: int) -> FactMap:
    mine = (Delivery.request_id == DocumentRequestRow.id, Delivery.dossier_id == DocumentRequestRow.dossier_id)
    delivered = exists().where(*mine)
    refused = exists(
        select(Delivery.id)
        .outerjoin(DocumentRow, DocumentRow.delivery_id == Delivery.id)
        .where(*mine)
        .where(or_(DocumentRow.state == DocumentState.REFUSED, Delivery.refusal.is_not(None)))
        .correlate(DocumentRequestRow)
    )
    found = session.execute(
        select(DocumentRequestRow.due, Dossier.department, delivered, refused, DocumentRequestRow.asked_at)
        .join(Dossier, Dossier.id == DocumentRequestRow.dossier_id)
        .where(DocumentRequestRow.instance_id == instance_id)
    ).first()
    return NO_REQUEST if found is None else dict(zip(NO_REQUEST, found, strict=True))
