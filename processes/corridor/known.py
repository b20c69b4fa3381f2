"""What a change knows of its case: read once under the lock, and kept up to date by who changes it.

Everything that facts are made of goes through here, so that a change with many engine steps asks the database no more
than a change with one. Pages read through it, too; they just never write.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    String,
    bindparam,
    cast,
    exists,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from engine import Fact
from processes import audit
from processes.database.base import BigId
from processes.database.direct import insert_rows
from processes.database.tables import (
    AuditRow,
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

FactMap = dict[str, Fact]
NO_REQUEST: FactMap = dict.fromkeys(("request.due", "request.department", "request.delivered", "request.refused"))


class Known:
    """`fresh`: the case was made in this very change, so the database holds no more of it than this change put there."""

    def __init__(self, session: Session, case: Case, *, fresh: bool = False) -> None:
        self._session, self._case, self._fresh = session, case, fresh
        self._values: dict[int, dict[str, Any]] = {}
        self._decision: FactMap | None = None
        self._deadlines: dict[str, DeadlineRow] | None = {} if fresh else None
        self._requests: dict[int, FactMap] = {}

    # -- values -----------------------------------------------------------------------------------------------

    def values(self, instance: Instance) -> dict[str, Any]:
        """What is stored, as JSON values by code."""
        if instance.id not in self._values:
            self._read(instance)
        return self._values[instance.id]

    def begun(self, instance: Instance) -> None:
        """An instance of this very change: it has no values yet."""
        self._values[instance.id] = {}

    def plain(self, instance: Instance, codes: Iterable[str]) -> dict[str, Any]:
        """What is stored under these codes, as JSON values."""
        held = self.values(instance)
        return {code: held[code] for code in codes if code in held}

    def store(self, instance: Instance, values: Mapping[str, Any]) -> None:
        """Set JSON values: the new ones together, and the changed ones together."""
        held = self.values(instance)
        new = [_row(self._case, instance, code, value) for code, value in values.items() if code not in held]
        changed = [_change(instance, code, value) for code, value in values.items() if held.get(code, value) != value]
        held.update(values)
        if new:
            insert_rows(self._session, CaseValue.__table__, new)
        if changed:
            with self._session.no_autoflush:
                self._session.connection().execute(_set_value(), changed)

    # -- the rest of the case ---------------------------------------------------------------------------------

    def decision(self) -> FactMap:
        """Of the contested decisions together."""
        if self._decision is None:
            with self._session.no_autoflush:  # decisions are stored before a case takes its first step
                rows = self._session.execute(_decisions(), {"case": self._case.id}).all()
            self._decision = of_decisions([row[4:] for row in rows])
        return self._decision

    def decisions_changed(self) -> None:
        self._decision = None

    def deadlines(self) -> dict[str, DeadlineRow]:
        """Every started deadline by its code, in the order in which they started. Who starts one adds it."""
        if self._deadlines is None:
            with self._session.no_autoflush:
                found = self._session.scalars(_deadlines(), {"case": self._case.id})
                self._deadlines = {row.code: row for row in found}
        return self._deadlines

    def request(self, instance: Instance) -> FactMap:
        """Of the document request that an instance belongs to; the case's own drawing has none."""
        if instance.is_root:
            return NO_REQUEST
        if instance.id not in self._requests:
            self._requests[instance.id] = _request_facts(self._session, instance.id)
        return self._requests[instance.id]

    def request_opened(self, instance: Instance) -> None:
        self._requests.pop(instance.id, None)

    def _read(self, instance: Instance) -> None:
        found = self._session.execute(_around(), {"case": self._case.id, "instance": instance.id}).all()
        self._values[instance.id] = {row[2]: row[3] for row in found if row[0] == "value"}
        self._decision = of_decisions([row[4:] for row in found if row[0] == "decision"])
        end = next(((row[1], row[2]) for row in found if row[0] == "audit"), None)
        audit.remember(self._session, self._case.id, end)


def _row(case: Case, instance: Instance, code: str, value: Any) -> dict[str, Any]:
    return {"case_id": case.id, "instance_id": instance.id, "code": code, "value": value}


def _change(instance: Instance, code: str, value: Any) -> dict[str, Any]:
    return {"of": instance.id, "which": code, "set_to": value}


@cache
def _set_value() -> Any:
    mine = (CaseValue.instance_id == bindparam("of"), CaseValue.code == bindparam("which"))
    return update(CaseValue.__table__).where(*mine).values(value=bindparam("set_to"))  # type: ignore[arg-type]


@cache
def _decisions() -> Any:
    return (
        select(
            literal("decision").label("kind"),
            Decision.id.label("id"),
            cast(null(), String).label("code"),
            _no(CaseValue.value.type, "value"),
            Decision.announced_on.label("announced"),
            Decision.taken_on.label("taken"),
            Decision.department.label("department"),
            Decision.missing.label("missing"),
        )
        .where(Decision.case_id == bindparam("case"))
        .order_by(Decision.id)
    )


@cache
def _deadlines() -> Any:
    return select(DeadlineRow).where(DeadlineRow.case_id == bindparam("case")).order_by(DeadlineRow.id)


@cache
def _around() -> Any:
    """Values of one instance, decisions of its case and the end of its trail: three questions in one statement."""
    nothing = (_no(Date(), "announced"), _no(Date(), "taken"), _no(String(), "department"), _no(Boolean(), "missing"))
    values = select(literal("value").label("kind"), CaseValue.id, CaseValue.code, CaseValue.value, *nothing).where(
        CaseValue.instance_id == bindparam("instance")
    )
    end = (
        select(AuditRow.seq, AuditRow.hash)
        .where(AuditRow.chain == bindparam("case"))
        .order_by(AuditRow.seq.desc())
        .limit(1)
        .subquery()
    )
    trail = select(
        literal("audit").label("kind"), cast(end.c.seq, BigId), end.c.hash, _no(CaseValue.value.type, "value"), *nothing
    )
    return union_all(values, select(_decisions().subquery()), trail)


def _no(type_: Any, name: str) -> Any:
    return cast(null(), type_).label(name)


def of_decisions(rows: Iterable[Any]) -> FactMap:
    """The facts of contested decisions, given as announced, taken, department and missing."""
    known = list(rows)
    return {
        "decision.announced_on": _first(announced for announced, _, _, _ in known),
        "decision.taken_on": _first(taken for _, taken, _, _ in known),
        "decision.department": next((department for _, _, department, _ in known if department), None),
        "decision.missing": any(missing for _, _, _, missing in known),
    }


def _first(dates: Iterable[date | None]) -> date | None:
    return min((day for day in dates if day), default=None)


def _request_facts(session: Session, instance_id: int) -> FactMap:
    delivered = exists().where(Delivery.request_id == DocumentRequestRow.id)
    refused = exists(
        select(DocumentRow.id)
        .join(Delivery, DocumentRow.delivery_id == Delivery.id)
        .where(Delivery.request_id == DocumentRequestRow.id, DocumentRow.state == "refused")
        .correlate(DocumentRequestRow)
    )
    found = session.execute(
        select(DocumentRequestRow.due, Dossier.department, delivered, refused)
        .join(Dossier, Dossier.id == DocumentRequestRow.dossier_id)
        .where(DocumentRequestRow.instance_id == instance_id)
    ).first()
    return NO_REQUEST if found is None else dict(zip(NO_REQUEST, found, strict=True))
