"""Things that may be used once, such as an answer of a provider: noted under a keyed digest, which goes with the keys of forms."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import FormKey


def first_use(services: Services, what: str) -> bool:
    """Whether this was not used before; from here on it was. It is remembered for a month, so what counts longer may not be noted here."""
    try:
        with transaction(services.sessions) as session:
            note_use(services, session, what)
    except IntegrityError:
        return False
    return True


def note_use(services: Services, session: Session, what: str) -> None:
    """The same, together with what else a transaction does. Raises IntegrityError when it was used before."""
    session.add(FormKey(key=services.secrets.digest(what), used_at=business_now(services, session), answer=""))
    session.flush()
