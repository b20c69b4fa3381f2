"""What the drawing tells staff: a note on the timeline of the case, unread until the handler opens it."""

from processes.execution.case_execution import CaseExecution
from processes.post.templates import render
from processes.post.wording import template_of, words_of
from processes.storage.tables import Instance, NoteRow
from processes.storage.words import NoteKind


def tell_staff(run: CaseExecution, instance: Instance, template: str) -> None:
    """Fill a template and put it on the timeline of staff."""
    source = template_of(template, run.work.deployed(instance.model_version_id), run.root)
    made = render(source, words_of(run, instance))
    text = f"{made.subject}\n\n{made.body}"
    run.work.session.add(
        NoteRow(case_id=run.case.id, kind=NoteKind.NOTE, author="Zaakspoor", text=text, at=run.work.now)
    )
