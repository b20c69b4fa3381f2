"""Mails of the drawing to people with a link of their own that are no formal notice, such as a reminder."""

from processes.access.links import marker
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_own_dossier
from processes.post.dossier_links import own_dossier_of, refuse_dead
from processes.post.queue import queue_mail
from processes.post.readers import seen_by_party, seen_words
from processes.post.recipients import greeting_of
from processes.post.said_in import template_in
from processes.post.templates import Rendered, render
from processes.post.truth import Circumstances, untrue
from processes.post.wording import words_of
from processes.storage.tables import Instance, MailRow, Party


def mail_person(run: CaseExecution, instance: Instance, template: str, person: Party, key: str) -> None:
    """Fill a template for a person with an address and queue it, or hold it when it would say what is not so. Not with a link that is revoked."""
    made, reasons = _written(run, instance, template, person)
    if refuse_dead(run.work, run.case, ensure_own_dossier(run.work, run.case, person), made.subject, made.body):
        return
    held = {"reasons": reasons, "instance": instance.id, "party": person.id} if reasons else None
    queue_mail(
        run.work, run.case, template, str(person.email), made.subject, made.body, key, held=held, language=made.language
    )


def write_again(run: CaseExecution, mail: MailRow, instance: Instance, person: Party) -> list[str]:
    """Fill a held mail with what is known now, and say what still is not so. The link is one that works."""
    own_dossier_of(run.work, run.case, person)
    made, reasons = _written(run, instance, mail.template, person)
    mail.subject, mail.body, mail.language = made.subject, made.body, made.language
    return reasons


def _written(run: CaseExecution, instance: Instance, template: str, person: Party) -> tuple[Rendered, list[str]]:
    deployed = run.work.deployed(instance.model_version_id)
    source, language = template_in(person.language, template, deployed, run.root)
    link = marker(ensure_own_dossier(run.work, run.case, person))
    words = {
        **words_of(run, instance, source, language),
        "recipient.name": person.name,
        "recipient.greeting": greeting_of(person, language),
        "link": link,
    }
    sees = seen_by_party(run, person)
    words.update(seen_words(source, sees))
    reading = Circumstances(run.work.today, sees, (deployed.model, run.root.model))
    return render(source, words, language), untrue(source, words, reading)
