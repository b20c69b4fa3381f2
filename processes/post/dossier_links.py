"""The one link of a dossier is made to stop, or replaced, and the mails that wait follow: none of them carries a dead link.

A reminder that the drawing asks for later looks again (`processes.post.department_mail`, `processes.post.person_mail`): without
a link that works it is not sent, and the handler reads so on the timeline.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from processes.access.links import marker
from processes.base.errors import NotNow
from processes.execution.dossiers import ensure_dossier, ensure_own_dossier, give_link
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.departments import NEW_LINK_FOR_DEPARTMENT
from processes.post.standard.in_english import mail_for
from processes.post.standard.persons import NEW_LINK_FOR_PERSON
from processes.post.templates import render
from processes.storage.departments import mailbox_of
from processes.storage.tables import Case, DepartmentRow, Dossier, MailRow, Party
from processes.storage.words import ReadingLanguage

REVOKED: Final = "Niet verstuurd: de link in deze e-mail is ingetrokken."
NOT_SENT: Final = (
    "De e-mail '{subject}' is niet verstuurd, want de link van {owner} is ingetrokken. Is er nog iets van {owner} nodig? "
    "Kies dan bij Verzoeken 'Nieuwe link'."
)
NOT_TOLD: Final = (
    "'{title}' staat klaar voor {owner}, maar zonder e-mail: de link is ingetrokken. Kies bij Verzoeken 'Nieuwe link' als {owner} "
    "het moet kunnen lezen."
)
NO_ADDRESS: Final = "Deze betrokkene heeft geen e-mailadres. Vul dat eerst in bij Partijen."


def end_link(work: UnitOfWork, case: Case, dossier: Dossier) -> Sequence[MailRow]:
    """Nobody comes in by the link from now on, and mails that wait with it are never sent: the answer."""
    waiting = [mail for mail in _carrying(work, dossier) if mail.error is None]
    for mail in waiting:
        mail.error, mail.settled_at, mail.awaits_code = REVOKED, work.now, False
    dossier.revoked_at = work.now
    work.audit(case.id, "revoke_link", dossier=dossier.id)
    return waiting


def replace_link(work: UnitOfWork, case: Case, dossier: Dossier) -> None:
    """Another link in the place of the one that there was, also in the mails that wait. Who has the old one cannot come in any more."""
    old, waiting = marker(dossier), _carrying(work, dossier)  # also what was refused: it may be sent again
    if dossier.revoked_at is None:
        work.audit(case.id, "revoke_link", dossier=dossier.id)
    give_link(work, dossier)
    for mail in waiting:
        mail.body = mail.body.replace(old, marker(dossier))
    work.audit(case.id, "new_link", dossier=dossier.id)
    work.session.flush()


def mail_link(work: UnitOfWork, case: Case, dossier: Dossier, source: bytes | None = None) -> str:
    """Mail the link to its owner: to the mailbox of the department (or of who followed it), or to the one person. The answer
    is the address. Raises NotNow for a person without one.
    """
    name, address, language = _owner(work, dossier)
    if not address:
        raise NotNow(NO_ADDRESS)
    text = source or (NEW_LINK_FOR_PERSON if dossier.party_id else NEW_LINK_FOR_DEPARTMENT)
    text = mail_for(text, language)
    made = render(text, {"case.number": case.number, "recipient.name": name, "link": marker(dossier)}, language)
    key = f"new-link:{dossier.id}:{dossier.token_hash}"
    queue_mail(work, case, "new-link", address, made.subject, made.body, key, language=language)
    return address


def renewed(work: UnitOfWork, case: Case, dossier: Dossier) -> Dossier:
    """The same dossier with a link that works: somebody is asked something anew, or gets a letter. The handler reads that it is another."""
    if dossier.revoked_at is not None:
        replace_link(work, case, dossier)
        work.own_note(
            case.id, f"De link van {owner_in_words(work, dossier)} was ingetrokken. Er is een nieuwe link gemaakt."
        )
    return dossier


def department_dossier(work: UnitOfWork, case: Case, department: str) -> Dossier:
    """The dossier of a department that is asked something, with a link that works."""
    return renewed(work, case, ensure_dossier(work, case, department))


def own_dossier_of(work: UnitOfWork, case: Case, party: Party) -> Dossier:
    """The same of one person."""
    return renewed(work, case, ensure_own_dossier(work, case, party))


def refuse_dead(
    work: UnitOfWork, case: Case, dossier: Dossier, subject: str, body: str, *, always: bool = False
) -> bool:
    """Whether this mail would carry a link that is revoked, or with `always` is of no use without one; then the handler is told that it is
    not sent.
    """
    if dossier.revoked_at is None or not (always or marker(dossier) in body):
        return False
    work.system_note(case.id, NOT_SENT.format(subject=subject, owner=owner_in_words(work, dossier)))
    return True


def owner_in_words(work: UnitOfWork, dossier: Dossier) -> str:
    """The department by its name; one person without a name, which not everybody with the case may read."""
    if dossier.department is None:
        return "deze betrokkene"
    return work.session.get_one(DepartmentRow, dossier.department).name


def _owner(work: UnitOfWork, dossier: Dossier) -> tuple[str, str, str]:
    """Name, address and language; an empty address for none."""
    if dossier.party_id is not None:
        party = work.session.get_one(Party, dossier.party_id)
        return party.name, party.email or "", party.language
    department = work.session.get_one(DepartmentRow, dossier.department)
    return department.name, mailbox_of(work.session, department).email, ReadingLanguage.DUTCH


def _carrying(work: UnitOfWork, dossier: Dossier) -> Sequence[MailRow]:
    """Mails that did not leave and carry the link that the dossier has now."""
    waiting = select(MailRow).where(MailRow.case_id == dossier.case_id, MailRow.sent_at.is_(None))
    mark = marker(dossier)
    return [mail for mail in work.session.scalars(waiting.order_by(MailRow.id)) if mark in mail.body]
