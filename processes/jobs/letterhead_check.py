"""Whether the letterhead was filled in: letters with what comes along name an address and a court that do not exist."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from processes.base.clock import local_date
from processes.base.settings import Settings
from processes.dated import letterhead_on
from processes.storage.law_cache import LawCache
from processes.storage.session import make_sessions, read_only
from processes.storage.tables import LawRuleRow

FILLED_IN = "De gegevens voor brieven zijn ingevuld."
UNASKED = "Niet nagekeken: de database antwoordt niet, of is nog niet gemaakt."


def letterhead_in_words(settings: Settings) -> tuple[bool, str]:
    """Whether nothing invented is left, and a Dutch sentence about it."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return True, UNASKED
    try:
        found = _to_fill_in(settings)
    except SQLAlchemyError:
        return True, UNASKED
    return not found, f"{found} Dat kan bij Beheer, Instellingen." if found else FILLED_IN


def _to_fill_in(settings: Settings) -> str:
    sessions = make_sessions(settings.database, fast=False)
    engine = sessions.kw["bind"]
    try:
        if not inspect(engine).has_table(LawRuleRow.__tablename__):
            return ""
        with sessions() as session:
            shelf = LawCache().shelf(read_only(session))
            return letterhead_on(shelf, local_date(datetime.now(UTC)), settings.organisation).to_fill_in()
    finally:
        engine.dispose()
