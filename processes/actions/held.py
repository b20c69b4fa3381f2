"""A letter or mail that is held because it would say what is not so: made again once that is mended, or sent knowingly."""

from dataclasses import dataclass

from sqlalchemy import select

from processes.access.assignments import may_decide
from processes.access.guards import only_staff, reason_wrong
from processes.access.links import LINK_SHOWN, MARKER
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.colleagues import tell_colleagues
from processes.execution.deciding import taken
from processes.execution.unit_of_work import UnitOfWork
from processes.post import department_mail, notices, person_mail
from processes.storage.tables import Case, Instance, MailRow, NoteRow, NoticeRow, Party
from processes.storage.words import NewsKind, OutboxKind

TEXT_LENGTH = 20_000
SENT_ALREADY = "Dit bericht is al verstuurd."
ONLY_DECIDERS = "Alleen wie mag beslissen, kan een besluit in andere woorden versturen. Vraag het wie dit besluit nam."


@dataclass(frozen=True, slots=True)
class RetryHeldLetter:
    """Make a held letter again, and those that the same step holds for others; each that is right by now is sent."""

    notice: int


@dataclass(frozen=True, slots=True)
class RetryHeldMail:
    mail: int


@dataclass(frozen=True, slots=True)
class SendHeldLetter:
    """Send a held letter with this text, for this reason: the reason is recorded."""

    notice: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class SendHeldMail:
    mail: int
    text: str
    reason: str


def retry_held_letter(work: UnitOfWork, action: RetryHeldLetter) -> str:
    """Send each that is right by now; the others stay held, with what is wrong by now. Raises NotFound, AlreadyDone."""
    chosen, run = _letter(work, action.notice)
    element, instance = chosen.element, (chosen.held or {})["instance"]
    same = select(NoticeRow).where(NoticeRow.case_id == run.case.id, NoticeRow.element == element)
    for notice in work.session.scalars(
        same.where(NoticeRow.held.is_not(None), NoticeRow.stopped.is_(None), NoticeRow.letter_id.is_(None)).order_by(
            NoticeRow.id
        )
    ).all():
        if (notice.held or {})["instance"] == instance:
            _again(run, notice)
    return run.case.number


def retry_held_mail(work: UnitOfWork, action: RetryHeldMail) -> str:
    """Send the mail when it is right by now, else keep it held. Raises NotFound, AlreadyDone, NotNow without a known department."""
    mail, run = _mail(work, action.mail)
    held = mail.held or {}
    instance = work.session.get_one(Instance, held["instance"])
    if "party" in held:
        person = work.session.get_one(Party, held["party"])
        reasons = person_mail.write_again(run, mail, instance, person)
    else:
        reasons = department_mail.write_again(run, mail, instance)
    if reasons:
        mail.held = {**held, "reasons": reasons}
    else:
        _let_go(work, run.case, mail)
    work.audit(run.case.id, "retry_held", mail=mail.id)
    return run.case.number


def send_held_letter(work: UnitOfWork, action: SendHeldLetter) -> str:
    """Raises NotFound, AlreadyDone, Invalid without a text or a reason, and NotAllowed for other words in a decision by who may not decide."""
    notice, run = _letter(work, action.notice)
    text = _checked(notice.body, action.text, action.reason)
    changed = _is_decision(run, notice) and text.strip() != notice.body.strip()
    if changed and not may_decide(work.actor):
        raise NotAllowed(ONLY_DECIDERS)
    decider = taken(run, work.session.get(Instance, (notice.held or {})["instance"])).by if changed else None
    notice.body = text
    notices.let_go(run, notice, work.session.get_one(Party, notice.party_id))
    note = _record(work, run.case, f"Brief '{notice.subject}'", action.reason)
    if decider:
        work.session.flush()
        tell_colleagues(work, run.case, {decider: NewsKind.NOTE}, note)
    work.audit(run.case.id, "send_held", notice=notice.id)
    return run.case.number


def send_held_mail(work: UnitOfWork, action: SendHeldMail) -> str:
    """Raises NotFound, AlreadyDone, and Invalid without a text or a reason."""
    mail, run = _mail(work, action.mail)
    mail.body = _checked(mail.body, action.text, action.reason)
    _let_go(work, run.case, mail)
    _record(work, run.case, f"E-mail '{mail.subject}'", action.reason)
    work.audit(run.case.id, "send_held", mail=mail.id)
    return run.case.number


def _again(run: CaseExecution, notice: NoticeRow) -> None:
    notices.write_again(run, notice, run.work.session.get_one(Party, notice.party_id))
    run.work.audit(run.case.id, "retry_held", notice=notice.id)


def _let_go(work: UnitOfWork, case: Case, mail: MailRow) -> None:
    mail.held, mail.created_at = None, work.now
    work.enqueue(OutboxKind.MAIL, f"mail:{mail.id}", {"mail": mail.id}, case.id)


def _checked(before: str, text: str, reason: str) -> str:
    """The text to send, with the mark of its link in place. Raises Invalid."""
    wrong = reason_wrong(reason)
    typed = text.replace("\r\n", "\n").strip()
    if not typed or len(typed) > TEXT_LENGTH:
        wrong["text"] = f"Schrijf een tekst van hoogstens {TEXT_LENGTH} tekens."
    found = MARKER.search(before)
    if found and LINK_SHOWN not in typed:
        wrong["text"] = f"Laat {LINK_SHOWN} in de tekst staan: daar komt de link."
    if wrong:
        raise Invalid(wrong)
    plain = MARKER.sub("", typed)
    return (plain.replace(LINK_SHOWN, found.group()) if found else plain) + "\n"


def _is_decision(run: CaseExecution, notice: NoticeRow) -> bool:
    """Whether this letter is kept as a formal decision: it goes out in the name of who decided (Awb 10:1)."""
    kind = run.root.model.document_types.get(notice.document_type)
    return kind is not None and kind.archive


def _record(work: UnitOfWork, case: Case, what: str, reason: str) -> NoteRow:
    return work.own_note(case.id, f"{what} toch verstuurd. Reden: {reason.strip()}")


def _letter(work: UnitOfWork, notice_id: int) -> tuple[NoticeRow, CaseExecution]:
    only_staff(work.actor)
    notice = work.session.get(NoticeRow, notice_id)
    if notice is None:
        raise NotFound("Deze brief bestaat niet.")
    case = work.lock_case_id(notice.case_id)
    work.session.refresh(notice)
    if notice.stopped is not None:
        raise AlreadyDone(notice.stopped)
    if notice.held is None:
        raise AlreadyDone(SENT_ALREADY)
    if notice.letter_id is not None:
        raise NotNow("Deze brief is een concept. Kijk hem na bij Brieven en verstuur hem daar.")
    return notice, CaseExecution.of(work, case)


def _mail(work: UnitOfWork, mail_id: int) -> tuple[MailRow, CaseExecution]:
    only_staff(work.actor)
    mail = work.session.get(MailRow, mail_id)
    if mail is None or mail.case_id is None:
        raise NotFound("Deze mail bestaat niet.")
    case = work.lock_case_id(mail.case_id)
    work.session.refresh(mail)
    if mail.held is None or mail.error is not None:
        raise AlreadyDone(SENT_ALREADY)
    return mail, CaseExecution.of(work, case)
