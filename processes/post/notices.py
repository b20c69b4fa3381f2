"""Formal notices (Awb 2:14, 3:41): to each party by its own channel, whatever that party chose about news by mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import Model
from processes.access.links import marker
from processes.access.visibility import shown_case
from processes.base.letterhead import Letterhead
from processes.execution.case_execution import CaseExecution
from processes.execution.dossiers import ensure_own_dossier
from processes.execution.letterhead import letterhead_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.enclosing import enclosures_for
from processes.post.frames import frame_of
from processes.post.inventory import as_text, listed
from processes.post.queue import queue_mail
from processes.post.recipients import correspondents
from processes.post.saying import handler_of, page_of, remedies
from processes.post.standard import AVAILABLE, LETTER_FOR_PERSON
from processes.post.templates import render
from processes.post.wording import INVENTORY, Words, template_of, words_of
from processes.storage.tables import Case, Instance, NoticeRow, Party
from processes.storage.words import OutboxKind, PostChannel


@dataclass(frozen=True, slots=True)
class Told:
    """The telling of one step: the template `source` under its name, with the words that all readers share, the letterhead, and the
    name of who handles the case (empty when nobody does).
    """

    element: str
    template: str
    document_type: str
    source: bytes
    words: Words
    to: str
    head: Letterhead
    handler: str
    enclose: Sequence[str] = ()


def send_notices(
    run: CaseExecution,
    instance: Instance,
    element: str,
    template: str,
    to: str,
    document_type: str,
    only: int | None = None,
    enclose: Sequence[str] = (),
) -> list[NoticeRow]:
    """One notice for each correspondent, or for `only` this party; its letter is made after the commit, with the documents of the
    types `enclose` that its reader may have.

    A deceased party gets none.
    """
    source = template_of(template, run.work.deployed(instance.model_version_id), run.root)
    words = words_of(run, instance, source)
    if INVENTORY.encode() in source and INVENTORY not in run.facts(instance):  # few letters hold the list
        words[INVENTORY] = as_text(listed(run.work.session, run.case.id))
    head = letterhead_of(run.work)
    handler = handler_of(run, head)
    told = Told(element, template, document_type, source, words, to, head, handler, enclose)
    made = [_send(run, party, told) for party in correspondents(run.work, run.case, to, only)]
    return [notice for notice in made if notice is not None]


def send_standard(
    run: CaseExecution, template: str, source: bytes, words: Words, to: str = "parties", only: int | None = None
) -> None:
    """Send a notice with a text of the product itself, as `send_notices` does, stored under the name `template`."""
    known = {**words_of(run, run.root_instance(), source), **words}
    head = letterhead_of(run.work)
    handler = handler_of(run, head)
    for party in correspondents(run.work, run.case, to, only):
        _send(run, party, Told(template, template, "correspondence", source, known, to, head, handler))


def _send(run: CaseExecution, party: Party, told: Told) -> NoticeRow | None:
    if party.deceased:
        _ask_for_heirs(run, party)
        return None
    return _notice(run, party, told)


def _notice(run: CaseExecution, party: Party, told: Told) -> NoticeRow:
    work, case, template = run.work, run.case, told.template
    channel = channel_for(case, run.root.model, party)
    sent_on = None if channel == PostChannel.POST else work.today
    against = remedies(run, told.head, told.handler, told.source, sent_on)
    made = render(told.source, {**told.words, **against, "recipient.name": party.name, "link": page_of(work, case)})
    notice = NoticeRow(
        case_id=case.id, party_id=party.id, template=template, element=told.element, channel=channel,
        subject=made.subject, body=made.body, document_type=told.document_type, created_at=work.now, sent_on=sent_on,
        frame=frame_of(run, told.head, told.handler).as_record(),
        enclosures=enclosures_for(run, told.enclose, told.to, party) or None,
    )  # fmt: skip
    work.session.add(notice)
    work.session.flush()
    work.enqueue(OutboxKind.LETTER, f"letter:{notice.id}", {"notice": notice.id}, case.id)
    announce(work, case, party, notice)
    return notice


def announce(work: UnitOfWork, case: Case, party: Party, notice: NoticeRow, again: str = "") -> None:
    """Queue the mail that says that a letter waits, on the portal or behind the own link; none for a letter by post.

    `again` is empty the first time; once the same letter is announced again, its id and another text each time.
    """
    if notice.channel == PostChannel.PORTAL and party.email:
        words = {
            "case.number": case.number, "recipient.name": party.name, "link": page_of(work, case), "day": work.today,
            "organisation.name": letterhead_of(work).organisation.name,
        }  # fmt: skip
        text = render(AVAILABLE, words)
        queue_mail(
            work,
            case,
            notice.template,
            party.email,
            text.subject,
            text.body,
            f"notice:{again or notice.id}",
            notice.id,
            awaits_code=party.email_unconfirmed,
        )
    elif notice.channel == PostChannel.LINK:
        link = marker(ensure_own_dossier(work, case, party))
        text = render(LETTER_FOR_PERSON, {"case.number": case.number, "recipient.name": party.name, "link": link})
        queue_mail(
            work,
            case,
            notice.template,
            str(party.email),
            text.subject,
            text.body,
            f"notice:{again or notice.id}",
            notice.id,
        )


def channel_for(case: Case, model: Model, party: Party) -> str:
    """By link, portal or post. What the portal does not show has not reached anybody there: then it goes by post."""
    if party.channel == PostChannel.LINK or shown_case(case, model):
        return party.channel
    return PostChannel.POST


def _ask_for_heirs(run: CaseExecution, party: Party) -> None:
    who = "een betrokkene" if party.confidential else party.name
    text = f"Geen brief aan {who}: deze persoon is overleden. Vraag wie de erfgenamen zijn."
    run.work.system_note(run.case.id, text, party.id)
