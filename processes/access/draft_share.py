"""The draft behind the link of a reader. A wrong, a revoked and an expired link all get the same answer: ReadingGone."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.actor import Actor, ActorKind
from processes.base.errors import LinkGone
from processes.base.secrets import Secrets
from processes.storage.services import Services
from processes.storage.tables import DraftShare


class ReadingGone(LinkGone):
    """Deze link werkt niet. Misschien is hij verlopen of niet helemaal overgenomen. Vraag een nieuwe link aan wie u de link gaf."""


def open_share(session: Session, services: Services, token: str, today: date) -> DraftShare:
    """The living link with this token. Raises ReadingGone, the same for every reason."""
    hashed = services.secrets.token_hash(token)
    share = session.scalar(select(DraftShare).where(DraftShare.token_hash == hashed))
    if share is None or not is_open(share, today):
        raise ReadingGone
    return share


def is_open(share: DraftShare, today: date) -> bool:
    return share.revoked_at is None and today <= share.until


def reader_of(share: DraftShare) -> Actor:
    """The person who comments by this link: no department, but like one a guest with a link and nothing else."""
    return Actor(ActorKind.DEPARTMENT, f"reader:{share.id}", share.reader)


def share_address(secrets: Secrets, public_url: str, share: DraftShare) -> str | None:
    """The address of the link; None when the secret that made it is gone. The link itself works on."""
    tokens = secrets.link_tokens(share.salt)
    made = next((one for one in tokens if secrets.token_hash(one) == share.token_hash), None)
    return f"{public_url}/meelezen/{made}" if made else None
