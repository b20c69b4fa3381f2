"""Changes around case types that wait for a second administrator, each in words, for who asked for them and who agrees."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.dutch import date_in_words
from processes.reads.admin.moving import running_on
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import CaseTypeChange, ModelMove, ModelVersion, VersionProposal
from processes.storage.words import CaseTypeChangeKind, ProposalState

TITLES: Final = {
    CaseTypeChangeKind.END_USE: "Uit gebruik nemen",
    CaseTypeChangeKind.KEEP_IN_USE: "Toch in gebruik houden",
    CaseTypeChangeKind.START_MOVE: "Lopende zaken verplaatsen",
    CaseTypeChangeKind.RETURN_CASES: "Verplaatste zaken terugzetten",
    CaseTypeChangeKind.STOP_MOVE: "Een verplaatsing stoppen",
    CaseTypeChangeKind.WITHDRAW_VERSION: "Een versie die klaarstaat intrekken",
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`what`: its title; `told`: what it does, as names with texts. `mine`: who looks asked for it, and so cannot agree to it.

    `answer` and `decided_by`: why and by whom it was sent back.
    """

    id: str
    process: str
    title: str
    kind: str
    what: str
    told: tuple[tuple[str, str], ...]
    waits: bool
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    answer: str
    mine: bool


def read_changes_to_agree(services: Services, actor: Actor, process: str | None = None) -> tuple[ChangeLine, ...]:
    """Every change that waits or was sent back, of one process or of all; the oldest first."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        wanted = select(CaseTypeChange).order_by(CaseTypeChange.proposed_at, CaseTypeChange.id)
        rows = session.scalars(wanted if process is None else wanted.where(CaseTypeChange.process == process)).all()
        names = names_of(session, {name for row in rows for name in (row.proposed_by, row.decided_by) if name})
        return tuple(_line(session, row, names, actor) for row in rows)


def _line(session: Session, row: CaseTypeChange, names: Mapping[str, str], actor: Actor) -> ChangeLine:
    kind = CaseTypeChangeKind(row.kind)
    return ChangeLine(
        row.id, row.process, _title(session, row.process), kind, TITLES[kind], tuple(TOLD[kind](session, row.process, row.asked)),
        row.state == ProposalState.WAITING, names[row.proposed_by], row.proposed_at, names.get(row.decided_by or "", ""),
        row.answer or "", row.proposed_by == actor.subject,
    )  # fmt: skip


def _title(session: Session, process: str) -> str:
    wanted = select(ModelVersion.title).where(ModelVersion.process == process).order_by(ModelVersion.version.desc())
    return session.scalar(wanted.limit(1)) or process


Told = list[tuple[str, str]]


def _end(session: Session, _process: str, asked: Mapping[str, Any]) -> Told:
    until = _day(asked["finish_until"]) or "zolang wij een begonnen formulier bewaren"
    successor = _title(session, asked["successor"]) if asked["successor"] else "niets"
    told = [("Geen nieuwe zaken vanaf", _day(asked["from_on"])), ("Afmaken wat begon kan tot en met", until),
            ("In plaats hiervan", successor), ("Wat mensen dan lezen", asked["message"])]  # fmt: skip
    return [
        *told,
        *([("In het Engels", asked["message_en"])] if asked["message_en"] else []),
        *_why(session, _process, asked),
    ]


def _start(session: Session, process: str, asked: Mapping[str, Any]) -> Told:
    told = [("Van versie", str(asked["version"])), ("Naar versie", str(asked["to"])),
            ("Lopende zaken", str(running_on(session, process, asked["version"])))]  # fmt: skip
    renamed = ", ".join(f"{old} werd {new}" for old, new in asked["names"].items())
    return [*told, *([("Andere naam gekregen", renamed)] if renamed else [])]


def _move(session: Session, _process: str, asked: Mapping[str, Any]) -> Told:
    row = session.get(ModelMove, asked["move"])
    if row is None:
        return []
    old, new = (session.get_one(ModelVersion, one).version for one in (row.from_version, row.to_version))
    return [("Verplaatsing", f"van versie {old} naar versie {new}")]


def _stop(session: Session, process: str, asked: Mapping[str, Any]) -> Told:
    return [*_move(session, process, asked), ("Nu", "De verplaatsing staat stil. Zonder akkoord gaat zij verder.")]


def _withdraw(session: Session, _process: str, asked: Mapping[str, Any]) -> Told:
    day = session.scalar(select(VersionProposal.starts_on).where(VersionProposal.id == asked["proposal"]))
    return (
        [("Zou ingaan op", date_in_words(day)), ("Zonder akkoord", "De versie gaat op die dag gewoon in.")]
        if day
        else []
    )


def _why(_session: Session, _process: str, asked: Mapping[str, Any]) -> Told:
    return [("Waarom", asked["reason"])]


def _day(text: str) -> str:
    return date_in_words(date.fromisoformat(text)) if text else ""


TOLD: Final[Mapping[CaseTypeChangeKind, Callable[[Session, str, Mapping[str, Any]], Told]]] = {
    CaseTypeChangeKind.END_USE: _end,
    CaseTypeChangeKind.KEEP_IN_USE: _why,
    CaseTypeChangeKind.START_MOVE: _start,
    CaseTypeChangeKind.RETURN_CASES: _move,
    CaseTypeChangeKind.STOP_MOVE: _stop,
    CaseTypeChangeKind.WITHDRAW_VERSION: _withdraw,
}
