"""A letter that waits before it leaves, in a rehearsal (W9): its text is changed, agreement is asked, given or refused, and it is sent."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import select

from engine.words import Approver
from processes.actions import act
from processes.actions.approving import WAITING, AskApproval, GiveApproval, ReturnLetter
from processes.actions.writing import EditLetter, SendLetter
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.post.letter_rows import copies
from processes.rehearsal.played_case import PlayedCase
from processes.rehearsal.sandbox import ACTORS, COLLEAGUE
from processes.rehearsal.script import Action, ScriptError
from processes.storage.tables import LetterApproval, LetterRow, NoticeRow
from processes.storage.words import ApprovalState

EDIT, ASK, AGREE, RETURN, SEND = "edit", "ask", "agree", "return", "send"
ASKED_OF: Final[Mapping[str, str]] = {Approver.DECIDER: StaffRole.DECIDER, Approver.CHOSEN: COLLEAGUE}


def letter(played: PlayedCase, step: Action) -> None:
    """`{template: brief, do: edit | ask | agree | return | send}` with the whole new `text` of an edit; the `reason` of a step goes with a
    return. Raises ScriptError for a letter that does not wait, or is not asked of anybody.
    """
    said: Mapping[str, Any] = step.what if isinstance(step.what, Mapping) else {}
    do = DOES.get(str(said.get("do")))
    if do is None:
        raise ScriptError(f"Bij 'letter' hoort 'template', en 'do' met een van: {', '.join(DOES)}.")
    do(played, _waiting(played, str(said.get("template", ""))), step)


def _waiting(played: PlayedCase, template: str) -> LetterRow:
    mine = (LetterRow.case_id == played.case_id, NoticeRow.template == template, LetterRow.state.in_(WAITING))
    with played.services.sessions() as session:
        found = select(LetterRow).join(NoticeRow, NoticeRow.letter_id == LetterRow.id).where(*mine)
        row = session.scalars(found.order_by(LetterRow.id).limit(1)).first()
    if row is None:
        raise ScriptError(f"De brief '{template}' wacht niet op iemand die hem naleest.")
    return row


def _edit(played: PlayedCase, row: LetterRow, step: Action) -> None:
    with played.services.sessions() as session:
        ids = tuple(notice.id for notice, _ in copies(session, session.get_one(LetterRow, row.id)))
    text = str(step.what.get("text") or "")
    act(played.services, ACTORS[StaffRole.WORKER], EditLetter(row.id, row.version, text, ids))


def _ask(played: PlayedCase, row: LetterRow, _: Action) -> None:
    """Everybody whom the drawing asks, or somebody who decides where it asks nobody."""
    asks = row.asks or [Approver.DECIDER]
    if set(asks) - set(ASKED_OF):
        raise ScriptError("In een repetitie is er geen team dat akkoord geeft.")
    whom = tuple(ACTORS[ASKED_OF[one]].subject for one in asks)
    asked = AskApproval(row.id, row.version, whom, local_date(played.clock.moment))
    act(played.services, ACTORS[StaffRole.WORKER], asked)


def _agree(played: PlayedCase, row: LetterRow, _: Action) -> None:
    act(played.services, _whose_turn(played, row), GiveApproval(row.id, row.version))


def _return(played: PlayedCase, row: LetterRow, step: Action) -> None:
    act(played.services, _whose_turn(played, row), ReturnLetter(row.id, row.version, step.reason or "Dit moet anders."))


def _send(played: PlayedCase, row: LetterRow, step: Action) -> None:
    act(played.services, ACTORS[StaffRole.WORKER], SendLetter(row.id, row.version, step.reason))


def _whose_turn(played: PlayedCase, row: LetterRow) -> Actor:
    asked = (LetterApproval.letter_id == row.id, LetterApproval.state == ApprovalState.ASKED)
    with played.services.sessions() as session:
        number = session.scalar(select(LetterApproval.staff).where(*asked).limit(1))
    who = next((one for one in ACTORS.values() if one.subject == number), None)
    if who is None:
        raise ScriptError(f"Op de brief '{row.subject}' wordt nu geen akkoord gevraagd.")
    return who


DOES: Final[Mapping[str, Callable[[PlayedCase, LetterRow, Action], None]]] = {
    EDIT: _edit, ASK: _ask, AGREE: _agree, RETURN: _return, SEND: _send,
}  # fmt: skip
