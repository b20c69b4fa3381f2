"""A correction of a party or decision is written down: who made it, when, why, what was, and what is now. Of a document: whether it can be."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from processes.base.actor import ActorKind
from processes.execution.court_only import is_court_only
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.document_versions import ORIGINAL_TYPE
from processes.storage.tables import Case, CorrectionRow, Decision, DocumentRow, Party
from processes.storage.words import CorrectionKind, DocumentOrigin, DocumentState


def changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The values in `was` of each name that has another value in `now`."""
    return {name: value for name, value in was.items() if value != now[name]}


def can_correct(document: DocumentRow) -> bool:
    """Whether staff may give a document another type or title: not what the program made of something else, what only the court may
    read, or what does not stand in the file.
    """
    made = document.origin == DocumentOrigin.SYSTEM or document.redacts is not None or document.type == ORIGINAL_TYPE
    there = document.state in {DocumentState.OFFERED, DocumentState.ACCEPTED} and document.is_made
    return there and not made and not is_court_only(document)


def record_correction(
    work: UnitOfWork,
    case: Case,
    kind: CorrectionKind,
    was: Mapping[str, Any],
    became: Mapping[str, Any],
    reason: str,
    *,
    party: Party | None = None,
    decision: Decision | None = None,
) -> None:
    """Keep a correction with the case, and a line in its trail that names the columns and no contents."""
    work.session.add(
        CorrectionRow(
            case_id=case.id, kind=kind, party_id=party.id if party else None,
            decision_id=decision.id if decision else None, was=_plain(was), became=_plain(became), reason=reason.strip(),
            made_at=work.now, made_by=work.actor.subject if work.actor.kind == ActorKind.STAFF else work.actor.kind,
        )
    )  # fmt: skip
    about: dict[str, str | int] = {"party": party.id} if party else {}
    about |= {"decision": decision.id} if decision else {}
    work.audit(case.id, f"correct_{kind}", columns=",".join(sorted({*was, *became})), **about)
    case.row_version += 1


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
