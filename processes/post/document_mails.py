"""Tells a department that a document is ready for it, or was taken back (O31, P15): in the text of the case type, else in ours.

The text of the case type has a fixed name (`engine.lint.templates`, FIXED_MAILS). No step of the drawing sends it, so it cannot
be held as a letter can: what would say something that is not so, is told to the handler, and our own text goes instead.
"""

from collections.abc import Mapping
from typing import Final

from engine.lint.templates import DOCUMENT_GIVEN, DOCUMENT_TAKEN_BACK
from processes.access.links import marker
from processes.execution.case_execution import CaseExecution
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.readers import seen_by_department, seen_words
from processes.post.templates import Rendered, TemplateError, render
from processes.post.truth import Circumstances, untrue
from processes.post.wording import words_of, words_of_decisions
from processes.storage.departments import mailbox_of
from processes.storage.tables import Case, DepartmentRow, Dossier

OURS: Final[Mapping[str, bytes]] = {
    DOCUMENT_GIVEN: b"""Onderwerp: Nieuw document in dossier {{ case.number }}

Beste collega van {{ recipient.name }},

In het dossier van zaak {{ case.number }} staat een nieuw document voor u klaar.
U leest het via deze link:
{{ link }}

{{ organisation.name }}
""",
    DOCUMENT_TAKEN_BACK: b"""Onderwerp: Document niet meer te lezen in zaak {{ case.number }}

Beste collega van {{ recipient.name }},

In het dossier van zaak {{ case.number }} stond voor u een document klaar: {{ document.title }}.
Wij hebben dit document teruggenomen. U kunt het niet meer lezen.

Waarom?
{{ document.reason }}

Heeft u het document al bewaard of doorgestuurd? Verwijder het dan, en vraag dat ook aan wie het van u kreeg.

{{ organisation.name }}
""",
}
NOT_SAID: Final = "De mail '{name}' van dit zaaktype kon niet weg: {why} {owner} kreeg de vaste tekst."
DEAD_LINK: Final = "De link in die mail is ingetrokken."

Words = Mapping[str, object]


def tell_department(
    work: UnitOfWork, case: Case, dossier: Dossier, name: str, key: str, document: Words | None = None
) -> None:
    """Queue the mail `name` of FIXED_MAILS to the department of this dossier, with `document`: the names of the document itself."""
    department = work.session.get_one(DepartmentRow, dossier.department)
    own = {"recipient.name": department.name, "link": marker(dossier), **(document or {})}
    made = _in_the_text_of_the_case_type(work, case, dossier, department, name, own)
    if made is None:
        ours = {"case.number": case.number, "organisation.name": settings_of(work).organisation}
        made = render(OURS[name], {**ours, **own})
    queue_mail(
        work, case, "department-document", mailbox_of(work.session, department).email, made.subject, made.body, key
    )


def _in_the_text_of_the_case_type(
    work: UnitOfWork, case: Case, dossier: Dossier, department: DepartmentRow, name: str, own: Words
) -> Rendered | None:
    """None when the case type has no such text, or one that cannot be said, which the handler then reads."""
    run = CaseExecution.of(work, case)
    source = run.root.folder.mails.get(f"{name}.txt")
    if source is None:
        return None
    sees = seen_by_department(run, department.code)
    try:
        words = {
            **words_of(run, run.root_instance(), source), "recipient.greeting": "Beste collega",
            **words_of_decisions(run, run.root_instance(), department.code), **own, **seen_words(source, sees),
        }  # fmt: skip
        made, wrong = render(source, words), untrue(source, words, Circumstances(work.today, sees, (run.root.model,)))
    except TemplateError as error:
        made, wrong = Rendered("", ""), [str(error)]
    if dossier.revoked_at is not None and marker(dossier) in made.subject + made.body:
        wrong.append(DEAD_LINK)
    if not wrong:
        return made
    work.system_note(case.id, NOT_SAID.format(name=name, why=" ".join(wrong), owner=department.name))
    return None
