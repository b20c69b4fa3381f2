"""Notes that the drawing leaves for staff: on the timeline of the case, unread until the handler opens it."""

from processes.execution.case_execution import CaseExecution
from processes.post.templates import render
from processes.post.wording import template_of, words_of
from processes.storage.tables import Instance


def tell_staff(run: CaseExecution, instance: Instance, template: str) -> None:
    """Fill a template and put it on the timeline of staff."""
    source = template_of(template, run.work.deployed(instance.model_version_id), run.root)
    made = render(source, words_of(run, instance, source))
    run.work.system_note(run.case.id, f"{made.subject}\n\n{made.body}")
