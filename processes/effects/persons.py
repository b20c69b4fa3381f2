"""Work for one named person, who comes in by a link of their own and never through the mailbox of a department.

In: a task, a document or a mail for everybody in a party role; out: a mail with the link of each, or a note for the
handler when there is no address to send it to.
"""

from collections.abc import Sequence

from processes.access.links import marker
from processes.access.visibility import taking_part, version_for_others
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_own_dossier
from processes.execution.unit_of_work import UnitOfWork
from processes.post.dossier_links import NOT_TOLD, own_dossier_of, owner_in_words
from processes.post.person_mail import mail_person
from processes.post.queue import queue_mail
from processes.post.said_in import said_in
from processes.post.standard.in_english import mail_for
from processes.post.standard.persons import ASKED_OF_PERSON, SHARED
from processes.post.templates import render
from processes.post.wording import template_of, words_of
from processes.storage.tables import Case, DocumentRow, Instance, Party


def persons_in(work: UnitOfWork, case: Case, role: str, only: int | None = None) -> Sequence[Party]:
    """Everybody in a role; `only` this one of them where a task names one."""
    mine = taking_part(case.id, {role})
    return work.session.scalars(mine.where(Party.id == only) if only else mine).all()


def ask_persons(work: UnitOfWork, case: Case, task: str, name: str, persons: Sequence[Party], role: str) -> None:
    """A form in the lane of one person: each of them gets the link. Nobody there is a note: the handler adds somebody."""
    title = title_of(work, case, role)
    if not persons:
        work.system_note(case.id, f"De taak '{name}' is voor {title}. Voeg deze persoon toe bij Partijen.")
    for person in persons:
        if person.email:
            _mail(work, case, person, "person-task", ASKED_OF_PERSON, f"{task}:{person.id}", task=name)
        else:
            note = f"De taak '{name}' is voor {title}, maar er is geen e-mailadres. Vraag het per brief."
            work.system_note(case.id, f"{note} Vul het antwoord daarna zelf in bij de taak.")


def share(work: UnitOfWork, case: Case, document: DocumentRow, person: Party) -> bool:
    """Let this person read a document behind the own link. False when it already was; without an address it is a note.

    Of a personal document of somebody else it is the version for others.
    """
    if document.party_id != person.id:
        document = version_for_others(work.session, document)
    if any(item.get("party") == person.id for item in document.to_departments):
        return False
    if not person.email:
        note = f"Stuur '{document.title}' per brief aan {title_of(work, case, person.role)}: er is geen e-mailadres."
        work.system_note(case.id, note)
        return False
    ensure_own_dossier(work, case, person)
    given = {"department": None, "party": person.id, "at": work.now.isoformat()}
    document.to_departments = [*document.to_departments, given]
    work.audit(case.id, "to_person", document=document.id, party=person.id)
    return True


def tell_shared(work: UnitOfWork, case: Case, document: DocumentRow, person: Party) -> None:
    """The mail that says so; none to who has no link any more, which the handler reads."""
    dossier = ensure_own_dossier(work, case, person)
    if dossier.revoked_at is None:
        _mail(work, case, person, "person-document", SHARED, f"{document.id}:{person.id}")
    else:
        work.own_note(case.id, NOT_TOLD.format(title=document.title, owner=owner_in_words(work, dossier)))


def mail_persons(
    run: CaseExecution, instance: Instance, template: str, role: str, key: str, only: int | None = None
) -> None:
    """A mail of the drawing that is no formal notice, such as a reminder, with the link of each person, or of `only` one."""
    for person in persons_in(run.work, run.case, role, only):
        if person.email:
            mail_person(run, instance, template, person, f"{key}:{person.id}")
        else:
            source = template_of(template, run.work.deployed(instance.model_version_id), run.root)
            made = render(source, {**words_of(run, instance, source), "recipient.name": ""})
            title = title_of(run.work, run.case, role)
            run.work.system_note(run.case.id, f"Geen e-mailadres van {title}. Niet verstuurd: {made.subject}")


def title_of(work: UnitOfWork, case: Case, role: str) -> str:
    """The word for a role, in lower case, for texts in which no name may stand."""
    declared = work.deployed(case.model_version_id).model.parties.get(role)
    return declared.title.lower() if declared else "deze betrokkene"


def _mail(work: UnitOfWork, case: Case, person: Party, template: str, source: bytes, key: str, **more: str) -> None:
    link = marker(own_dossier_of(work, case, person))
    language = person.language
    words = {"case.number": case.number, "recipient.name": person.name, "link": link}
    words |= {name: said_in(work, case, text, language) for name, text in more.items()}
    made = render(mail_for(source, language), words, language)
    queue_mail(work, case, template, str(person.email), made.subject, made.body, f"{template}:{key}", language=language)
