"""Answers that came back on mails of a case, or beside them, in words: for the handler, the request and the administrator."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from processes.access.barred import cases_closed_to
from processes.access.clearance import of_no_case_or_within
from processes.access.kept_addresses import has_or_had
from processes.base.actor import Actor
from processes.base.dutch import long_date
from processes.reads.refused_mail import KEPT
from processes.storage.late_work import mail_is_refused
from processes.storage.tables import Case, MailAnswer, MailRow, Party
from processes.storage.words import AnswerKind

WORDS: Final = {
    AnswerKind.BOUNCED.value: "kwam terug",
    AnswerKind.TEMPORARY.value: "kon niet worden bezorgd",
    AnswerKind.DELAYED.value: "is nog niet bezorgd; het wordt nog geprobeerd",
    AnswerKind.AWAY.value: "automatisch antwoord",
    AnswerKind.ANSWER.value: "antwoord",
}
HIDDEN: Final = "De tekst staat bij de zaak, want hij kan vertellen wie deze betrokkene is."
NO_TEXT: Final = "Dit bericht heeft geen tekst."
LATEST: Final = 5  # on the page of a request: the page Brieven has all


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """`what` in words; `about` the subject of our mail, empty when it is not known. `open`: somebody has to read it."""

    id: int
    what: str
    sender: str
    subject: str
    text: str
    about: str
    case_number: str | None
    at: datetime
    attachments: int
    open: bool


@dataclass(frozen=True, slots=True)
class MailWord:
    """One thing about a mail to a department or person. `bad`: it did not arrive."""

    subject: str
    at: datetime
    what: str
    text: str
    bad: bool


def answers_to_read(session: Session, actor: Actor, limit: int) -> list[AnswerLine]:
    """Those that nobody settled, oldest first, for an administrator: without what tells of a confidential party, and none of a
    case about the administrator.
    """
    secret = exists().where(
        Party.case_id == MailAnswer.case_id, Party.confidential,
        or_(has_or_had(MailAnswer.sender), has_or_had(MailRow.recipient)),
    )  # fmt: skip
    wanted = _with_mail(secret).where(_to_read(actor)).order_by(MailAnswer.id).limit(limit)
    return [_line(*row) for row in session.execute(wanted)]


def count_to_read(session: Session, actor: Actor) -> int:
    return session.scalar(select(func.count()).select_from(MailAnswer).where(_to_read(actor))) or 0


def answers_in_case(
    session: Session, case: Case, kept: Collection[int], ids: Collection[int] | None = None
) -> list[AnswerLine]:
    """All of one case, or those with these ids, newest first; `kept`: parties of whom this reader may not know who they are."""
    secret = exists().where(Party.id.in_(kept), or_(has_or_had(MailAnswer.sender), has_or_had(MailRow.recipient)))
    wanted = _with_mail(secret).where(MailAnswer.case_id == case.id).order_by(MailAnswer.id.desc())
    wanted = wanted if ids is None else wanted.where(MailAnswer.id.in_(ids))
    return [_line(*row) for row in session.execute(wanted)]


def mail_words(session: Session, case: Case) -> Mapping[str, Sequence[MailWord]]:
    """About the mails of a case, by the address that they went to, newest first: what did not arrive, and what came back of itself."""
    machine = MailAnswer.kind.not_in((AnswerKind.BOUNCED, AnswerKind.ANSWER))
    answers = select(MailAnswer, MailRow).join(MailRow, MailRow.id == MailAnswer.mail_id)
    found = [
        *((row.recipient, MailWord(row.subject, row.created_at, "kwam niet aan", row.error or "", bad=True))
          for row in session.scalars(select(MailRow).where(MailRow.case_id == case.id, mail_is_refused()))),
        *((mail.recipient, MailWord(mail.subject, row.received_at, _what(row), _text(row), bad=row.kind == AnswerKind.TEMPORARY))
          for row, mail in session.execute(answers.where(MailAnswer.case_id == case.id, machine))),
    ]  # fmt: skip
    words: dict[str, list[MailWord]] = {}
    for address, word in sorted(found, key=lambda one: one[1].at, reverse=True):
        words.setdefault(address, []).append(word)
    return words


def _to_read(actor: Actor) -> ColumnElement[bool]:
    mine = or_(MailAnswer.case_id.is_(None), MailAnswer.case_id.not_in(cases_closed_to(actor.subject)))
    seen = of_no_case_or_within(actor, MailAnswer.case_id)
    return and_(MailAnswer.to_read, MailAnswer.settled_at.is_(None), mine, seen)


def _with_mail(secret: ColumnElement[bool]) -> Select[MailAnswer, str, str, bool]:
    return (
        select(MailAnswer, Case.number, MailRow.subject, secret)
        .outerjoin(Case, Case.id == MailAnswer.case_id)
        .outerjoin(MailRow, MailRow.id == MailAnswer.mail_id)
    )


def _line(row: MailAnswer, number: str | None, about: str | None, hidden: bool) -> AnswerLine:
    return AnswerLine(
        id=row.id, what=_what(row), sender=KEPT if hidden else row.sender, subject="" if hidden else row.subject,
        text=HIDDEN if hidden else _text(row), about=about or "", case_number=number, at=row.received_at,
        attachments=row.attachments, open=row.to_read and row.settled_at is None,
    )  # fmt: skip


def _what(row: MailAnswer) -> str:
    if row.kind == AnswerKind.AWAY and row.back_on is not None:
        return f"afwezig tot {long_date(row.back_on)}"
    return WORDS.get(row.kind, row.kind)


def _text(row: MailAnswer) -> str:
    if row.kind in {AnswerKind.AWAY, AnswerKind.ANSWER}:
        return row.text or NO_TEXT
    if row.mail_id is None:  # the words of the other server are all there is to find the mail by
        return f"{row.said}\n\n{row.text}".strip()
    return row.said or row.text
