"""One checker for every experiment: I1 to I7 of what must survive. The answer is a list of broken promises."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from email import message_from_bytes
from typing import Any

from fault_installation import Installation
from fault_play import BSNS, Outside
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.jobs.verification import verify
from processes.storage import audit
from processes.storage.services import Services
from processes.storage.tables import (
    AuditRow,
    Case,
    Delivery,
    DocumentRow,
    Dossier,
    FiledRow,
    Instance,
    MailRow,
    NoticeRow,
    OutboxRow,
    StatusRow,
    TaskRow,
)
from processes.storage.words import OutboxKind

Trace = dict[str, Any]


def trace_of(services: Services, number: str) -> Trace:
    """What a case went through, without ids and moments: two cases on the same path have the same trace."""
    with services.sessions() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()

        def rows(query: Any, table: Any) -> list[Any]:
            return [tuple(row) for row in session.execute(query.where(table.case_id == case.id))]

        statuses = rows(select(StatusRow.code).order_by(StatusRow.id), StatusRow)
        return {
            "end": (case.state, case.status, case.result, case.alarm),
            "statuses": statuses,
            "tasks": sorted(rows(select(TaskRow.element, TaskRow.state), TaskRow)),
            "processes": sorted(rows(select(Instance.process, Instance.phase), Instance)),
            "mails": sorted(rows(select(MailRow.template), MailRow)),
            "notices": sorted(rows(select(NoticeRow.template, NoticeRow.channel), NoticeRow)),
            "documents": sorted(rows(select(DocumentRow.type, DocumentRow.origin, DocumentRow.state), DocumentRow)),
        }


def broken_promises(
    installation: Installation, doors: Outside, legal: Trace, numbers: Sequence[str], session: Session | None = None
) -> list[str]:
    """Everything that does not hold, after `numbers` were played to the end. `legal` is the path without faults."""
    services = installation.services
    with nullcontext(session) if session else services.sessions() as reading:
        found = [
            *_confirmed_is_stored_once(reading, doors),
            *(f"I2 {number}: {wrong}" for number in numbers for wrong in _off_the_path(services, number, legal)),
            *_one_audit_row_per_change(reading),
            *_mails(reading, installation),
            *_documents(reading, services),
            *_logs(reading, installation),
        ]
    return found + [f"I6 {one.code} {one.where}: {one.what}" for one in verify(services)]


def _confirmed_is_stored_once(session: Session, doors: Outside) -> Iterator[str]:
    for receipt, (number, remark) in doors.confirmed.items():
        same = select(Delivery.receipt).join(Case, Case.id == Delivery.case_id)
        stored = session.scalars(same.where(Case.number == number, Delivery.remark == remark)).all()
        if stored != [receipt]:
            yield f"I1 {number}: confirmed {receipt}, stored {stored}"
    unconfirmed = set(session.scalars(select(Delivery.receipt))) - set(doors.confirmed)
    yield from (f"I1 {receipt}: stored twice or never confirmed" for receipt in sorted(unconfirmed))


def _off_the_path(services: Services, number: str, legal: Trace) -> Iterator[str]:
    trace = trace_of(services, number)
    yield from (f"{name} is {trace[name]}, not {legal[name]}" for name in legal if trace[name] != legal[name])


def _one_audit_row_per_change(session: Session) -> Iterator[str]:
    yield from (f"I3 {place}" for place in audit.check(session))
    trail = session.execute(
        select(AuditRow.chain, AuditRow.action, func.count()).group_by(AuditRow.chain, AuditRow.action)
    )
    noted = {(chain, action): count for chain, action, count in trail}
    words = select(FiledRow.document_id)  # what a form said is a document of its own kind, with a version for others
    version = DocumentRow.redacts.is_not(None) & DocumentRow.redacts.in_(words)
    brought = (DocumentRow.origin != "system") & DocumentRow.id.not_in(words) & ~version
    done = TaskRow.state == "done"
    for action, table, which in (
        ("document", DocumentRow, brought),
        ("filed", FiledRow, None),
        ("deliver", Delivery, None),
    ):
        counted = select(table.case_id, func.count()).group_by(table.case_id)
        for case, count in session.execute(counted if which is None else counted.where(which)):
            if noted.get((case, action), 0) != count:
                yield f"I3 case {case}: {count} rows, {noted.get((case, action), 0)} times '{action}' in the trail"
    for case, count in session.execute(select(TaskRow.case_id, func.count()).where(done).group_by(TaskRow.case_id)):
        told = noted.get((case, "complete"), 0) + noted.get((case, "deliver"), 0)
        if told != count:
            yield f"I3 case {case}: {count} tasks done, {told} in the trail"


def _mails(session: Session, installation: Installation) -> Iterator[str]:
    left = select(OutboxRow.id, OutboxRow.kind, OutboxRow.error).where(OutboxRow.done_at.is_(None))
    undone = session.execute(left.where(OutboxRow.kind != OutboxKind.WORDS))  # which the clock asks for at any moment
    yield from (f"I4 not drained: {tuple(row)}" for row in undone)
    box = installation.mail.box.received
    rows = session.scalars(select(MailRow)).all()
    for row in rows:
        if row.held is not None:  # it would say what is not so by now: its handler sees it and mends it
            continue
        if row.sent_at is None or row.message_id not in box:
            yield f"I4 lost: mail {row.id} ({row.template}) {row.error or ''}"
    yield from (f"I4 nobody's mail: {one}" for one in set(box) - {row.message_id for row in rows})
    for name, copies in box.items():
        if len({hashlib.sha256(_stable(raw)).digest() for raw in copies}) > 1:
            yield f"I4 {name}: a repeat says something else"


def _stable(raw: bytes) -> bytes:
    """A mail without the boundary that each sending makes up."""
    made = message_from_bytes(raw)
    heads = [f"{name}: {made[name]}" for name in ("From", "To", "Subject", "Date", "Message-ID")]
    texts = [part.get_payload(decode=True) or b"" for part in made.walk() if not part.is_multipart()]
    return "\n".join(heads).encode() + b"\0".join(texts)


def _documents(session: Session, services: Services) -> Iterator[str]:
    held: Counter[str] = Counter()
    for row in session.scalars(select(DocumentRow)):
        held[row.blob] += 1
        content = b"".join(services.files.read(row.blob))
        if (hashlib.sha256(content).hexdigest(), len(content)) != (row.sha256, row.size):
            yield f"I5 {row.reference}: other bytes"
    yield from (f"I5 {blob}: in {count} documents" for blob, count in held.items() if count > 1)


def _logs(session: Session, installation: Installation) -> Iterator[str]:
    words = installation.words()
    numbers = set(re.findall(r"(?<!\d)\d{9}(?!\d)", words)) & set(BSNS)
    yield from (f"I7 a log holds BSN {one[:5]}...." for one in numbers)
    secrets = installation.services.secrets
    for salt in session.scalars(select(Dossier.salt)):
        if secrets.link_token(salt) in words:
            yield "I7 a log holds the token of a link"
