"""Formal notices (Awb 2:14, 3:41): to each party by its own channel, whatever that party chose about news by mail."""

from processes.access.links import marker
from processes.access.visibility import shown_case
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_own_dossier
from processes.post.inventory import as_text, listed
from processes.post.queue import queue_mail
from processes.post.recipients import correspondents
from processes.post.standard import AVAILABLE, LETTER_FOR_PERSON
from processes.post.templates import render
from processes.post.wording import INVENTORY, Words, template_of, words_of
from processes.storage.tables import Instance, NoticeRow, Party
from processes.storage.words import OutboxKind, PostChannel


def send_notices(
    run: CaseExecution,
    instance: Instance,
    element: str,
    template: str,
    to: str,
    document_type: str,
    only: int | None = None,
) -> list[NoticeRow]:
    """One notice for each correspondent, or for `only` this party; its letter is made after the commit.

    A deceased party gets none.
    """
    words = words_of(run, instance)
    source = template_of(template, run.work.deployed(instance.model_version_id), run.root)
    if INVENTORY.encode() in source and INVENTORY not in run.facts(instance):  # few letters hold the list
        words[INVENTORY] = as_text(listed(run.work.session, run.case.id))
    readers = correspondents(run.work, run.case, to, only)
    made = [_send(run, party, element, template, document_type, source, words) for party in readers]
    return [notice for notice in made if notice is not None]


def send_standard(run: CaseExecution, template: str, source: bytes, words: Words, to: str = "parties") -> None:
    """Send a notice with a text of the product itself, as `send_notices` does, stored under the name `template`."""
    known = {"case.number": run.case.number, "organisation.name": run.work.services.settings.organisation}
    for party in correspondents(run.work, run.case, to):
        _send(run, party, template, template, "correspondence", source, {**known, **words})


def _send(
    run: CaseExecution, party: Party, element: str, template: str, document_type: str, source: bytes, words: Words
) -> NoticeRow | None:
    if party.deceased:
        _ask_for_heirs(run, party)
        return None
    return _notice(run, party, element, template, document_type, source, words)


def _notice(
    run: CaseExecution, party: Party, element: str, template: str, document_type: str, source: bytes, words: Words
) -> NoticeRow:
    work, case = run.work, run.case
    made = render(source, {**words, "recipient.name": party.name, "link": _page(run)})
    channel = _channel(run, party)
    notice = NoticeRow(
        case_id=case.id, party_id=party.id, template=template, element=element, channel=channel,
        subject=made.subject, body=made.body, document_type=document_type, created_at=work.now,
        sent_on=None if channel == PostChannel.POST else work.today,
    )  # fmt: skip
    work.session.add(notice)
    work.session.flush()
    work.enqueue(OutboxKind.LETTER, f"letter:{notice.id}", {"notice": notice.id}, case.id)
    if channel == PostChannel.PORTAL and party.email:
        text = render(AVAILABLE, {"case.number": case.number, "recipient.name": party.name, "link": _page(run)})
        queue_mail(
            work,
            case,
            template,
            party.email,
            text.subject,
            text.body,
            f"notice:{notice.id}",
            notice.id,
            awaits_code=party.email_unconfirmed,
        )
    elif channel == PostChannel.LINK:
        link = marker(ensure_own_dossier(work, case, party))
        text = render(LETTER_FOR_PERSON, {"case.number": case.number, "recipient.name": party.name, "link": link})
        queue_mail(work, case, template, str(party.email), text.subject, text.body, f"notice:{notice.id}", notice.id)
    return notice


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
