"""By which names a person is known in sessions: the own one, of a company that of each branch, and those under the mandates of its cases.

In: the keyed index of a person. Out: the subjects of sessions, and actors as they own drafts. A mandate under which nothing was filed yet is
known by what who acts typed, and by nothing else.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from processes.base.actor import Actor, ActorKind, ForWhom
from processes.storage.sealed_columns import IDENTITY
from processes.storage.services import Services
from processes.storage.tables import Party


def subjects_of(session: Session, services: Services, person: str) -> tuple[str, ...]:
    """The blind indexes under which this person signs in; of a company also those of the branches for which something was filed."""
    rows = session.scalars(select(Party).where(Party.identity_index == person, Party.branch != "")).all()
    opened = {
        (services.secrets.open(row.identity, IDENTITY, row.id).decode(), row.branch) for row in rows if row.identity
    }
    branches = {index for number, branch in opened for index in services.secrets.indexes(f"{number}/{branch}")}
    return (person, *sorted(branches))


def actors_of(session: Session, services: Services, person: str) -> list[Actor]:
    """Every actor that this person is: for themselves, for a branch, and for each whom they represent by a mandate; and who acts so for this person."""
    represents, client = aliased(Party), aliased(Party)
    mandates = (
        select(represents.identity_index, client.identity_index, client.branch)
        .join(client, (client.represented_by == represents.id) & (client.case_id == represents.case_id))
        .where(represents.by_mandate)
        .distinct()
    )
    found = {
        tuple(row)
        for whose in (represents, client)
        for row in session.execute(mandates.where(whose.identity_index == person))
    }
    own = [Actor(ActorKind.CITIZEN, subject, "") for subject in subjects_of(session, services, person)]
    return own + [
        Actor(ActorKind.CITIZEN, who, "", for_whom=ForWhom(whom, branch=branch or ""))
        for who, whom, branch in sorted(found, key=str)
        if who and whom
    ]
