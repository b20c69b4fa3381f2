"""An answer that comes back just as its page showed it is sent only with a word that somebody typed (B7)."""

import json
from pathlib import Path

from kit.browser import ORIGIN
from kit.cases import shipped
from kit.desk import Desk, desk

from engine import Folder
from processes.storage.tables import TaskRow


def optional_form() -> Folder:
    """The request for documents, with a form that asks nothing that is required."""
    request = shipped("stukkenverzoek")
    form = {"type": "default", "components": [{"type": "textarea", "key": "remark", "label": "Uw mening"}]}
    return Folder(
        request.name, request.drawing, {**request.forms, "deliver.json": json.dumps(form).encode()}, request.mails
    )


def send(office: Desk, task: str, **fields: str) -> int:
    data = {"csrf": office.csrf, "form_key": "een-sleutel", "remark": "", **fields}
    return int(office.client.post(f"{office.address}/taak/{task}", data=data, headers=ORIGIN).status_code)


def is_open(office: Desk, task: str) -> bool:
    return next(row for row in office.rows(TaskRow) if row.id == task).state == "open"


def test_b7_an_answer_that_nobody_typed_is_sent_only_with_the_word(tmp_path: Path) -> None:
    with desk(tmp_path, extra=(optional_form(),)) as office:
        task = office.task("DeliverDocuments")
        assert "Typ het woord ja" in office.client.get(f"{office.address}/taak/{task}").text
        assert (send(office, task), is_open(office, task)) == (422, True)
        assert (send(office, task, bevestiging="Ja"), is_open(office, task)) == (200, False)


def test_b7_an_answer_that_was_kept_is_sent_by_who_types_something(tmp_path: Path) -> None:
    with desk(tmp_path, extra=(optional_form(),)) as office:
        task = office.task("DeliverDocuments")
        assert send(office, task, remark="Wij blijven erbij.", stap="bewaren") == 200
        assert (send(office, task, remark="Wij blijven erbij."), is_open(office, task)) == (422, True)
        assert (send(office, task, remark="Wij blijven er toch bij."), is_open(office, task)) == (200, False)
