"""Somebody who joins a running case gets the letters that the others got, as far as they are meant for that role.

The words are those of the letter that the others got, with a sentence that says when. A letter to a single person (`item`) is not
for others, nor is the receipt of the case for somebody who did not take it up.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import FixedRole, Recipient
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork
from processes.post.channels import channel_for, leave
from processes.post.enclosing import enclosures_for
from processes.post.recipients import greeting_of, is_meant
from processes.storage.tables import Case, NoticeRow, Party
from processes.storage.words import OutboxKind

ALSO_YOU: Final = (
    "Anderen in deze zaak kregen deze brief op {day}. U hoort nu ook bij de zaak. Daarom krijgt u deze brief ook."
)


@dataclass(frozen=True, slots=True)
class OthersLetter:
    """The newest letter of one step of the drawing. `to` is as a mail of a drawing says it; `element` is its step."""

    element: str
    to: str
    subject: str
    body: str
    template: str
    document_type: str
    made_on: date
    name: str  # of the reader, as it stands in the body
    greeting: str  # of the reader, likewise
    enclose: tuple[str, ...]  # document types, as the step of the drawing says
    frame: dict[str, Any] | None  # the letterhead that it was sent under
    receipt: bool  # sent as the case was registered: it confirms the receipt to who took the case up


def letters_of_others(session: Session, case: Case, model: Model) -> tuple[OthersLetter, ...]:
    """The letters of a case that somebody who joins could also get, in the order in which they were first sent."""
    rows = session.execute(
        select(NoticeRow, Party)
        .join(Party, Party.id == NoticeRow.party_id)
        .where(NoticeRow.case_id == case.id, NoticeRow.held.is_(None))
        .order_by(NoticeRow.id)
    )
    found: dict[str, OthersLetter] = {}
    for row, reader in rows:
        to = _to(model, row)
        if to is None:
            continue
        found[row.element] = OthersLetter(
            row.element,
            to,
            row.subject,
            row.body,
            row.template,
            row.document_type,
            local_date(row.created_at),
            reader.name,
            greeting_of(reader),
            _enclosed(model, row.element),
            row.frame,
            row.created_at == case.registered_at,
        )
    return tuple(found.values())


def meant_for(letter: OthersLetter, party: Party) -> bool:
    """Whether a letter that others got is meant for this party as well."""
    if party.role == FixedRole.REPRESENTATIVE or not is_meant(party, letter.to):
        return False
    return party.filing or not letter.receipt


def send_letters_of_others(
    work: UnitOfWork, case: Case, party: Party, chosen: Collection[str] | None = None
) -> list[str]:
    """Send the letters that the others got; with `chosen` only those of these steps. The answer is their subjects."""
    model = work.deployed(case.model_version_id).model
    run, sent = CaseExecution.of(work, case), []
    for letter in letters_of_others(work.session, case, model):
        if (chosen is None or letter.element in chosen) and meant_for(letter, party):
            _send(run, party, letter)
            sent.append(letter.subject)
    return sent


def _to(model: Model, row: NoticeRow) -> str | None:
    """Whom a letter was meant for; None for one that only its reader could get."""
    element = model.elements.get(row.element)
    if element is None:  # a text of the product goes to all parties; one of a called process to one person
        return Recipient.PARTIES if row.element == row.template else None
    if element.mail is None or element.mail.to == Recipient.ITEM:
        return None
    return element.mail.to


def _enclosed(model: Model, element: str) -> tuple[str, ...]:
    drawn = model.elements.get(element)
    return drawn.mail.enclose if drawn and drawn.mail else ()


def _send(run: CaseExecution, party: Party, letter: OthersLetter) -> None:
    work, case = run.work, run.case
    channel = channel_for(case, run.root.model, party)
    row = NoticeRow(
        case_id=case.id, party_id=party.id, template=letter.template, element=letter.element, channel=channel,
        subject=letter.subject, body=words_for(letter, party), document_type=letter.document_type, created_at=work.now,
        frame=letter.frame,
        enclosures=enclosures_for(run, letter.enclose, letter.to, party) or None,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.enqueue(OutboxKind.LETTER, f"letter:{row.id}", {"notice": row.id}, case.id)
    leave(work, case, party, row)


def words_for(letter: OthersLetter, party: Party) -> str:
    """After the greeting comes the sentence that says why this letter comes now."""
    greeted = letter.body.replace(letter.greeting, greeting_of(party), 1)
    greeting, gap, rest = greeted.replace(letter.name, party.name).partition("\n\n")
    return f"{greeting}\n\n{ALSO_YOU.format(day=long_date(letter.made_on))}{gap}{rest}"
