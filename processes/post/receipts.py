"""The receipt by mail of what came in electronically: the department's delivery, an answer by link (B6), and what a citizen sent
on the portal (afdeling 2.3 of the Awb).

The page that follows always confirms it too. A case that a citizen began is confirmed by a letter of the case type itself, such as
`ontvangstbevestiging.txt`.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from processes.base.checklist import told_from
from processes.base.dutch import long_moment
from processes.base.uploads import Upload
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.said_in import said_in
from processes.post.standard.citizens import RECEIVED
from processes.post.standard.in_english import mail_for
from processes.post.standard.persons import ANSWER_RECEIVED
from processes.post.standard.received import What, in_words
from processes.post.templates import Rendered, render
from processes.storage.departments import mailbox_of
from processes.storage.tables import Case, Delivery, DepartmentRow, FiledRow, NoticeRow, Party, TaskRow
from processes.storage.words import PostChannel


def mail_receipt(work: UnitOfWork, case: Case, department: DepartmentRow, delivery: Delivery, files: Sequence[Upload], words: FiledRow) -> None:  # fmt: skip
    """Queue a mail to a department that confirms what it sent; `words` are those of the form."""
    who = f"Geleverd door: {delivery.delivered_by}\n" if delivery.delivered_by else ""
    what = "uw stukken" if files else "uw antwoord"
    body = (
        f"Beste collega van {department.name},\n\nWij hebben {what} voor zaak {case.number} gekregen.\n"
        f"Nummer van dit ontvangstbewijs: {delivery.receipt}\nOntvangen op {long_moment(delivery.sent_at)}.\n{who}\n"
        f"{_listed(files)}\n\n{_not_along(delivery)}{_fingerprint(words)}De behandelaar bekijkt {what}.\n\n"
        f"{settings_of(work).organisation}\n"
    )
    subject = f"Ontvangstbewijs {delivery.receipt} (zaak {case.number})"
    queue_mail(
        work, case, "receipt", mailbox_of(work.session, department).email, subject, body, f"receipt:{delivery.id}"
    )


def mail_answer_receipt(work: UnitOfWork, case: Case, party_id: int, task: TaskRow, files: Sequence[Upload], words: FiledRow) -> None:  # fmt: skip
    """Queue a mail to one person that confirms the answer given by the own link; no mail without an address."""
    person = work.session.get_one(Party, party_id)
    if not person.email:
        return
    said = {
        "task": said_in(work, case, task.name, person.language), "files": _listed(files), "sha256": words.sha256,
    }  # fmt: skip
    made = _made(work, case, person, ANSWER_RECEIVED, said)
    key = f"receipt:{task.id}:{person.id}"
    queue_mail(work, case, "receipt", person.email, made.subject, made.body, key, language=made.language)


def mail_citizen_receipt(work: UnitOfWork, case: Case, party: Party, what: What, key: str, name: str = "") -> None:
    """Queue a mail that confirms what a citizen sent, where the citizen said to be reachable so and confirmed the address.

    `what` came in: told without its contents; `name`: what the case type calls it, or how many there are. `key` is unique within the case.
    """
    party = _acting_row(work, case) or party
    if party.channel == PostChannel.POST or not party.email or party.email_unconfirmed or party.deceased:
        return
    link = f"{work.services.settings.public_url}/mijn/zaken/{case.number}"
    told = in_words(what, said_in(work, case, name, party.language), party.language)
    made = _made(work, case, party, RECEIVED, {"what": told, "link": link})
    own_key = f"receipt:citizen:{case.id}:{key}:{party.id}"
    queue_mail(work, case, "receipt", party.email, made.subject, made.body, own_key, language=made.language)


def _acting_row(work: UnitOfWork, case: Case) -> Party | None:
    """The actor of this session by a mandate, as a party of the case: what they sent just now is confirmed to them."""
    if work.actor.for_whom is None:
        return None
    mine = (Party.case_id == case.id, Party.identity_index == work.actor.subject, Party.left_on.is_(None))
    return work.session.scalar(select(Party).where(*mine, Party.by_mandate).limit(1))


def mail_filing_receipt(work: UnitOfWork, case: Case, party: Party) -> None:
    """Confirm a case that a citizen began, where its drawing did not do so with a letter to this citizen at once."""
    told = select(NoticeRow.id).where(NoticeRow.case_id == case.id, NoticeRow.party_id == party.id).limit(1)
    if work.session.scalar(told) is None:
        mail_citizen_receipt(work, case, party, What.CASE, "filed", case.title)


def _made(work: UnitOfWork, case: Case, reader: Party, source: bytes, said: Mapping[str, object]) -> Rendered:
    """A receipt to one citizen or person, in the language of the reader, with the moment of now."""
    words = {
        "case.number": case.number, "recipient.name": reader.name, "moment": work.now,
        "organisation.name": settings_of(work).organisation, **said,
    }  # fmt: skip
    return render(mail_for(source, reader.language), words, reader.language)


def _listed(files: Sequence[Upload]) -> str:
    return "\n".join(f"- {one.name} ({one.size} bytes, SHA-256 {one.sha256})" for one in files)


def _not_along(delivery: Delivery) -> str:
    """The requested documents that did not come along, with what was said of them."""
    lines = [f"- {one.description}: {one.in_words}" for one in told_from(delivery.said) if not one.along]
    return "Dit kwam niet mee:\n" + "\n".join(lines) + "\n\n" if lines else ""


def _fingerprint(words: FiledRow) -> str:
    return f"Vingerafdruk van uw woorden (SHA-256): {words.sha256}\n\n"
