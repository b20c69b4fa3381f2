"""The steps that hostile tests begin with."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows
from kit.people import TESS
from sqlalchemy import select

from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import (
    Bar,
    Case,
    CaseBundle,
    ChecklistItem,
    CoFiler,
    ColleagueTask,
    DeadlineRow,
    DefaultNotice,
    DocumentRequestRow,
    LetterRow,
    MailAnswer,
    MailRow,
    NoteRow,
    Party,
    PostItem,
    PublicationRow,
    RequestReply,
)

DAY, MOMENT = date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC)


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "wonen")


def waiting_for_a_department(services: Services, **about: Any) -> None:
    """All of that, and the case of Tess, of which a department was asked for documents; all work is done."""
    furnish(services)
    register_bezwaar(services, TESS, **about)
    intake(services)
    drain(services)


def intake(services: Services, **values: Any) -> None:
    """Through the intake: with these values the department Parkeren is asked for documents."""
    do(services, "Intake", **{**INTAKE, "route": "zonder_horen", **values})


def rows_that_are_rare(services: Services, case: Case) -> None:
    """One of each kind of row that an address may name and that an intake does not leave behind."""
    (request,) = rows(services, DocumentRequestRow)
    mail = rows(services, MailRow, case_id=case.id)[0]
    of_case: dict[str, Any] = {"case_id": case.id}
    with services.sessions.begin() as session:
        session.add(
            RequestReply(
                **of_case, request_id=request.id, dossier_id=request.dossier_id, kind="not_ours", remark="Nee",
                replied_by="Wil", sent_at=MOMENT,
            )
        )  # fmt: skip
        session.add(
            MailAnswer(
                **of_case, mail_id=mail.id, kind="answer", to_read=True, sender="x@post.example", subject="Re", text="Hoi", said="",
                attachments=0, received_at=MOMENT,
            )
        )  # fmt: skip
        session.add(
            PublicationRow(
                **of_case, title="Besluit", body="college", documents=[], received_on=DAY, decided_on=DAY, published_on=DAY,
                published_at=MOMENT,
            )
        )  # fmt: skip
        session.add(
            CaseBundle(
                **of_case, form="zip", reader="desk", asked_by="noor", asked_at=MOMENT, chosen=[], delete_from=MOMENT, blob="00/geen",
            )
        )  # fmt: skip
        session.add(
            PostItem(
                **of_case, channel="post", received_on=DAY, taken_at=MOMENT, handled_as="attached", handled_at=MOMENT
            )
        )
        party = session.query(Party).filter_by(case_id=case.id).first()
        assert party is not None
        session.add(Bar(**of_case, staff="jan", party_id=party.id, made_at=MOMENT))
        session.add(CoFiler(**of_case, named_by=party.id, name="Ilse Namaak", named_at=MOMENT, valid_until=DAY))
        session.add(ChecklistItem(**of_case, text="Kijk", added_by="noor", added_at=MOMENT))
        session.add(ColleagueTask(**of_case, what="Zoek", staff="noor", due=DAY, made_by="noor", made_at=MOMENT))
        session.add(LetterRow(**of_case, subject="Uitnodiging", state="writing", version=1, made_at=MOMENT))
        session.add(NoteRow(**of_case, kind="message", author="Tess", text="Hallo", at=MOMENT, read_by_handler=False))
        term = session.scalars(
            select(DeadlineRow).where(DeadlineRow.case_id == case.id, DeadlineRow.code == "decide")
        ).one()
        term.due = DAY - timedelta(1)  # so that the notice of default costs money
        session.add(
            DefaultNotice(**of_case, deadline=term.code, received_on=DAY, recorded_at=MOMENT, recorded_by="noor")
        )
