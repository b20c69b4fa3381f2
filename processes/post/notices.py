"""Formal notices (Awb 2:14, 3:41): to each party by its own channel, whatever that party chose about news by mail.

A notice that would say what is not so is stored and held: see `processes.post.holding`.
"""

from processes.access.links import marker
from processes.access.visibility import shown_case
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_own_dossier
from processes.post.inventory import as_text, listed
from processes.post.queue import queue_mail
from processes.post.readers import Sees, seen_by_party, seen_words
from processes.post.recipients import correspondents
from processes.post.standard import AVAILABLE, LETTER_FOR_PERSON
from processes.post.templates import Rendered, render
from processes.post.truth import Circumstances, untrue
from processes.post.wording import INVENTORY, Words, template_of, words_of
from processes.storage.tables import Instance, NoticeRow, Party
from processes.storage.words import OutboxKind, PostChannel

HELD_NOTE = (
    "De brief '{subject}' is niet verstuurd, want hij klopt nog niet. Bij Brieven leest u waarom, en wat u kunt doen."
)


def send_notices(
    run: CaseExecution,
    instance: Instance,
    element: str,
    template: str,
    to: str,
    document_type: str,
    only: int | None = None,
) -> None:
    """One notice for each correspondent, or for `only` this party; its letter is made after the commit.

    A deceased party gets none. What would say what is not so is held for the handler.
    """
    source, words = notice_text(run, instance, template)
    for party in correspondents(run.work, run.case, to, only):
        if party.deceased:
            _ask_for_heirs(run, party)
            continue
        sees = seen_by_party(run, party)
        own = {**_of(run, party, words), **seen_words(source, sees)}
        held = untrue(source, own, _reading(run, sees, instance))
        _notice(run, party, element, template, document_type, render(source, own), held=held, instance=instance)


def send_standard(run: CaseExecution, template: str, source: bytes, words: Words, to: str = "parties") -> None:
    """Send a notice with a text of the product itself, as `send_notices` does, stored under the name `template`."""
    known = {"case.number": run.case.number, "organisation.name": run.work.services.settings.organisation}
    for party in correspondents(run.work, run.case, to):
        if party.deceased:
            _ask_for_heirs(run, party)
        else:
            made = render(source, _of(run, party, {**known, **words}))
            _notice(run, party, template, template, "correspondence", made)


def notice_text(run: CaseExecution, instance: Instance, template: str) -> tuple[bytes, Words]:
    """The template of a notice and the words for it, but for its recipient. Raises NotNow without such a template."""
    words = words_of(run, instance)
    source = template_of(template, run.work.deployed(instance.model_version_id), run.root)
    if INVENTORY.encode() in source and INVENTORY not in run.facts(instance):  # few letters hold the list
        words[INVENTORY] = as_text(listed(run.work.session, run.case.id))
    return source, words


def write_again(run: CaseExecution, notice: NoticeRow, party: Party, instance: Instance) -> list[str]:
    """Fill a held notice with what is known now, and say what still is not so."""
    source, words = notice_text(run, instance, notice.template)
    sees = seen_by_party(run, party)
    own = {**_of(run, party, words), **seen_words(source, sees)}
    made = render(source, own)
    notice.subject, notice.body = made.subject, made.body
    return untrue(source, own, _reading(run, sees, instance))


def let_go(run: CaseExecution, notice: NoticeRow, party: Party) -> None:
    """Send a notice that was held: it is of today, and by post it waits to be printed."""
    notice.held, notice.created_at, notice.channel = None, run.work.now, _channel(run, party)
    notice.sent_on = None if notice.channel == PostChannel.POST else run.work.today
    _on_its_way(run, notice, party)


def _notice(
    run: CaseExecution, party: Party, element: str, template: str, document_type: str, made: Rendered, *,
    held: list[str] | None = None, instance: Instance | None = None,
) -> None:  # fmt: skip
    work, case = run.work, run.case
    channel = _channel(run, party)
    notice = NoticeRow(
        case_id=case.id, party_id=party.id, template=template, element=element, channel=channel,
        subject=made.subject, body=made.body, document_type=document_type, created_at=work.now,
        sent_on=None if held or channel == PostChannel.POST else work.today,
        held={"reasons": held, "instance": instance.id} if held and instance else None,
    )  # fmt: skip
    work.session.add(notice)
    work.session.flush()
    if notice.held:
        work.system_note(case.id, HELD_NOTE.format(subject=notice.subject))
        work.audit(case.id, "held", notice=notice.id)
    else:
        _on_its_way(run, notice, party)


def _on_its_way(run: CaseExecution, notice: NoticeRow, party: Party) -> None:
    """Ask for its PDF, and for the mail that says that it is there."""
    work, case = run.work, run.case
    work.enqueue(OutboxKind.LETTER, f"letter:{notice.id}", {"notice": notice.id}, case.id)
    key = f"notice:{notice.id}"
    if notice.channel == PostChannel.PORTAL and party.email:
        text = render(AVAILABLE, {"case.number": case.number, "recipient.name": party.name, "link": _page(run)})
        queue_mail(
            work,
            case,
            notice.template,
            party.email,
            text.subject,
            text.body,
            key,
            notice.id,
            awaits_code=party.email_unconfirmed,
        )
    elif notice.channel == PostChannel.LINK:
        link = marker(ensure_own_dossier(work, case, party))
        text = render(LETTER_FOR_PERSON, {"case.number": case.number, "recipient.name": party.name, "link": link})
        queue_mail(work, case, notice.template, str(party.email), text.subject, text.body, key, notice.id)


def _of(run: CaseExecution, party: Party, words: Words) -> Words:
    return {**words, "recipient.name": party.name, "link": _page(run)}


def _reading(run: CaseExecution, sees: Sees, instance: Instance) -> Circumstances:
    models = (run.work.deployed(instance.model_version_id).model, run.root.model)
    return Circumstances(run.work.today, sees, models)


def _channel(run: CaseExecution, party: Party) -> str:
    """By link, portal or post. What the portal does not show has not reached anybody there: then it goes by post."""
    if party.channel == PostChannel.LINK or shown_case(run.case, run.root.model):
        return party.channel
    return "post"


def _page(run: CaseExecution) -> str:
    return f"{run.work.services.settings.public_url}/mijn/zaken/{run.case.number}"


def _ask_for_heirs(run: CaseExecution, party: Party) -> None:
    who = "een betrokkene" if party.confidential else party.name
    text = f"Geen brief aan {who}: deze persoon is overleden. Vraag wie de erfgenamen zijn."
    run.work.system_note(run.case.id, text, party.id)
