"""What staff said of the paper of an answer, and who reads it, outlives a change of its words (C13)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from citizen_kit import ILSE, TESS, Browser, intake, register
from kit.cases import handed_in, rows
from kit.documents import PDF
from kit.people import NOOR

from processes.actions import act
from processes.actions.changing_answer import ChangeAnswer
from processes.actions.filing import NewDocument
from processes.actions.new_version import AddVersion
from processes.base.errors import Invalid, NotFound, NotNow
from processes.base.uploads import Upload
from processes.execution.given_answers import CHANGED_OFTEN, LIES_OPEN, MOST_CHANGES, filed_with_any
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, FiledRow, TaskRow

Open = Callable[[str], Browser]
FIRST, SECOND = "Er was geen bord", "Er was een bord, maar het lag op de grond"


@pytest.fixture
def task(tess: Browser) -> str:
    """An answer of Tess, with a file, in a case that Ilse filed too."""
    register(tess.services, TESS, ILSE)
    intake(tess.services, complete=False)
    task = next(row.id for row in rows(tess.services, TaskRow, element="RepairByCitizen") if row.party_id == 1)
    tess.get(f"/mijn/taken/{task}")
    tess.post(f"/mijn/taken/{task}", {"repair_text": FIRST}, {"repair_files": ("bewijs.pdf", PDF, "application/pdf")})
    return task


def _changed(tess: Browser, task: str, text: str) -> None:
    seen = next(row.row_version for row in rows(tess.services, TaskRow, id=task))
    act(tess.services, tess.actor, ChangeAnswer(task, seen, {"repair_text": text}))


def _judge(services: Services, documents: list[str], **said: Any) -> None:
    with services.sessions.begin() as session:
        for one in documents:
            row = session.get_one(DocumentRow, one)
            for name, value in said.items():
                setattr(row, name, value)


def _papers(services: Services, task: str) -> list[DocumentRow]:
    filed = [row.document_id for row in rows(services, FiledRow, task_id=task)]
    return [row for row in rows(services, DocumentRow) if row.id in filed or row.redacts in filed]


def test_c13_a_paper_that_staff_keeps_back_stays_back_when_its_words_change(tess: Browser, task: str) -> None:
    services = tess.services
    withheld = {"open": False, "why": "Er staan gegevens over de gezondheid in."}
    before = [row.id for row in _papers(services, task)]
    _judge(services, before, inspection=withheld, confidentiality="confidential")
    _changed(tess, task, SECOND)
    after = [row for row in _papers(services, task) if row.id not in before]
    assert after
    assert {(str(row.inspection), row.confidentiality) for row in after} == {(str(withheld), "confidential")}


def test_c13_an_answer_that_lies_open_to_others_stands(tess: Browser, task: str) -> None:
    _judge(tess.services, [row.id for row in _papers(tess.services, task)], inspected_from=date(2026, 6, 1))
    with pytest.raises(NotNow, match=LIES_OPEN.split(".", maxsplit=1)[0]):
        _changed(tess, task, SECOND)
    assert LIES_OPEN in tess.get(f"/mijn/taken/{task}/veranderen")


def test_c13_of_a_question_to_a_role_each_reads_and_changes_the_own_answer(
    tess: Browser, browser: Open, task: str
) -> None:
    services = tess.services
    with services.sessions.begin() as session:
        session.get_one(TaskRow, task).party_id = None  # as a drawing asks whoever answers first
    ilse = browser(ILSE)
    assert FIRST not in ilse.get("/mijn/zaken/BZW-2026-000001")
    ilse.get(f"/mijn/taken/{task}/veranderen", status=404)
    with pytest.raises(NotFound):
        act(services, ilse.actor, ChangeAnswer(task, 2, {"repair_text": "Van Ilse"}))
    assert FIRST in tess.get(f"/mijn/taken/{task}/veranderen")


def test_c13_a_file_that_staff_replaced_still_belongs_to_the_answer(tess: Browser, task: str) -> None:
    services = tess.services
    (file,) = [row for row in handed_in(services) if row.file_name == "bewijs.pdf"]
    clean = NewDocument(Upload("schoon.pdf", file.media_type, file.size, file.sha256, file.blob), file.type, file.title)
    newer = act(services, NOOR, AddVersion(file.id, clean, "Zonder verborgen gegevens"))
    assert "schoon.pdf" in tess.get(f"/mijn/taken/{task}/veranderen")
    _changed(tess, task, SECOND)
    with services.sessions() as session:
        told = session.scalars(filed_with_any([task])).all()
    assert [one[3] for one in told[-1].words["files"]] == [
        next(row.reference for row in rows(services, DocumentRow, id=newer))
    ]


def test_c13_a_file_that_was_given_to_others_stays_with_the_answer(tess: Browser, task: str) -> None:
    (file,) = [row for row in handed_in(tess.services) if row.file_name == "bewijs.pdf"]
    _judge(tess.services, [file.id], to_departments=[{"department": "parkeren", "at": "2026-06-01T10:00:00+00:00"}])
    with pytest.raises(Invalid) as refused:
        act(tess.services, tess.actor, ChangeAnswer(task, 2, {"repair_text": SECOND}, without=frozenset({file.id})))
    assert refused.value.fields.keys() == {"weg"}


def test_c13_an_answer_is_not_changed_without_end(tess: Browser, task: str) -> None:
    for turn in range(MOST_CHANGES):
        _changed(tess, task, f"Keer {turn}")
    with pytest.raises(NotNow):
        _changed(tess, task, "Nog een keer")
    assert CHANGED_OFTEN in tess.get(f"/mijn/taken/{task}/veranderen")
