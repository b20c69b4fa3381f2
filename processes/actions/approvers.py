"""The people who can be asked to agree to a letter, and who may answer (W9): roles, four eyes, and substitutes."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from engine.words import Approver
from processes.access.agreeing import may_answer
from processes.access.staff_scope import HANDLES
from processes.base.actor import StaffRole
from processes.dated import team_for, teams_on
from processes.dated.teams import Team
from processes.execution.standing_aside import cannot_handle
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, LetterApproval, LetterEdit, LetterRow, StaffRow

OF_TEAM: Final = "team:"  # before the code of a team, in the one choice of whom is asked
MOST: Final = 5  # who agree to one letter


def is_asked(work: UnitOfWork, row: LetterApproval) -> bool:
    """Whether the one who acts may agree, or not."""
    teams = {code: team.members for code, team in _teams(work).items()}
    return may_answer(work.session, work.actor, row, teams, work.today)


def asking_wrong(
    work: UnitOfWork, case: Case, letter: LetterRow, asked_of: Sequence[str], due: date | None
) -> dict[str, str]:
    """A sentence for each field that cannot be: `due`, and `whom-1` and on for each turn."""
    wrong: dict[str, str] = {}
    if due is None or due < work.today:
        wrong["due"] = "Vul een datum in vanaf vandaag."
    asks = list(letter.asks or ())
    if not asked_of or len(asked_of) < len(asks) or len(asked_of) > MOST:
        return {**wrong, f"whom-{max(len(asked_of), 0) + 1}": "Kies wie akkoord moet geven."}
    for place, whom in enumerate(asked_of, start=1):
        asked = asks[place - 1] if place <= len(asks) else Approver.CHOSEN
        if said := _not_asked(work, case, letter, whom, asked) or _twice(asked_of, place):
            wrong[f"whom-{place}"] = said
    return wrong


def _twice(whom: Sequence[str], place: int) -> str:
    again = whom[place - 1] in whom[: place - 1] and not whom[place - 1].startswith(OF_TEAM)
    return "Kies iemand die nog niet is gekozen." if again else ""


def _not_asked(work: UnitOfWork, case: Case, letter: LetterRow, whom: str, asked: str) -> str:
    """Why this one cannot be asked; empty when it can."""
    if whom.startswith(OF_TEAM):
        return _no_team(work, case, whom.removeprefix(OF_TEAM), asked)
    person = work.session.get(StaffRow, whom) if whom else None
    if person is None or person.blocked_at is not None or not {*person.roles} & {*HANDLES}:
        return "Kies een collega of een team."
    reasons = {
        "Kies iemand die mag beslissen.": asked == Approver.DECIDER and StaffRole.DECIDER not in person.roles,
        "Kies het team van dit zaaktype.": asked == Approver.TEAM,
        "Vraag het iemand anders dan uzelf.": whom == work.actor.subject,
        "Deze collega schreef zelf aan de brief. Kies iemand anders.": letter.four_eyes and wrote(work, letter, whom),
    }
    first = next((sentence for sentence, holds in reasons.items() if holds), "")
    return first or cannot_handle(work, case, person)


def _no_team(work: UnitOfWork, case: Case, code: str, asked: str) -> str:
    own = team_for(work.services.law.shelf(work.session), work.today, case.case_type)
    teams = _teams(work)
    if code not in teams:
        return "Kies een collega of een team."
    if asked == Approver.DECIDER:
        return "Kies iemand die mag beslissen."
    return "Kies het team van dit zaaktype." if asked == Approver.TEAM and own != teams[code] else ""


def wrote(work: UnitOfWork, letter: LetterRow, number: str) -> bool:
    """Whether this member of staff began the letter or changed its text."""
    mine = select(LetterEdit.id).where(LetterEdit.letter_id == letter.id, LetterEdit.staff == number).limit(1)
    return number == letter.made_by or work.session.scalar(mine) is not None


def members(work: UnitOfWork, code: str) -> set[str]:
    """Numbers of who are in a team today."""
    teams = _teams(work)
    return {*teams[code].members} if code in teams else set()


def _teams(work: UnitOfWork) -> dict[str, Team]:
    return teams_on(work.services.law.shelf(work.session), work.today)
