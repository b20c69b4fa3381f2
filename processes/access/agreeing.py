"""The people who may answer when somebody is asked to agree to a letter (W9): who was asked, who stands in for that person, or one of the team."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from processes.access.substitution import replaced_by
from processes.base.actor import Actor
from processes.storage.tables import LetterApproval


def may_answer(
    session: Session, actor: Actor, row: LetterApproval, members: Mapping[str, Collection[str]], day: date
) -> bool:
    """`members`: numbers of who are in each team, by its code. One statement for what a person was asked."""
    if row.team is not None:
        return actor.subject in members.get(row.team, ())
    return row.staff in {actor.subject, *replaced_by(session, actor, day)}
