"""Looks whether every sealed value opens, and which still need a secret of before. It changes nothing.

Without the right secret nothing opens: then that is the one thing told.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, inspect, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from processes.base.secrets import Secrets, secrets_of
from processes.base.settings import Settings
from processes.jobs.encrypting_files import IS_PLAIN
from processes.jobs.sealed_file_keys import SealState
from processes.jobs.sealed_parts import PARTS, SealedPart
from processes.storage.known_secrets import KnownSecrets, WrongSecret, read_known
from processes.storage.services import Services
from processes.storage.session import make_sessions, read_only, transaction
from processes.storage.tables import DocumentRow, PersonProfile, SettingRow

PAGE: Final = 500

IDLE: Final = (
    "Het vorige geheim is nergens meer voor nodig: haal ZAAKSPOOR_SECRET_OLD weg en start de processen opnieuw."
)
RUNNING: Final = "De overgang naar het nieuwe geheim is niet klaar: draai 'zaakspoor reseal'. Laat ZAAKSPOOR_SECRET_OLD tot dan staan."
GONE: Final = "Er is nog een vorig geheim in gebruik dat hier niet bekend is: zet het in ZAAKSPOOR_SECRET_OLD."
NEW: Final = "Er is in deze database nog niets versleuteld, of sinds deze versie is er nog geen proces mee gestart."
UNASKED: Final = "Niet nagekeken: de database antwoordt niet."
SOUND: Final = "Alles is versleuteld met het geheim van nu."


@dataclass(slots=True)
class SecretReport:
    """The state of all that is sealed. `missing`: ids of secrets in use that this process does not have; then nothing else was looked at.

    `old`: how many values of each part (by its title) an older secret or format wrote; `broken`: the part and the key of each value that does
    not open. `changing`: a secret of before is still needed; `older`: this process has one. `plain`: files that the installation would encrypt now; `unnamed`: profiles without a case whose number is not known.
    """

    missing: list[str] = field(default_factory=list)
    old: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, str]] = field(default_factory=list)
    plain: int = 0
    unnamed: int = 0
    changing: bool = False
    older: bool = False

    @property
    def sentence(self) -> str:
        """The one thing for an operator to do with the secrets."""
        if self.missing:
            return GONE
        if self.changing:
            return RUNNING
        return IDLE if self.older else SOUND


def secret_in_words(settings: Settings) -> tuple[bool, str]:
    """Whether the secrets of these settings fit the database, and a Dutch sentence about them: for `zaakspoor check`.

    It asks for the canaries only. A database that does not answer is told elsewhere.
    """
    if _is_empty(settings):
        return True, NEW
    sessions, secrets = make_sessions(settings.database), secrets_of(settings)
    try:
        if not inspect(sessions.kw["bind"]).has_table(SettingRow.__tablename__):
            return True, NEW
        with sessions() as session:
            known = read_known(read_only(session))
    except SQLAlchemyError:
        return True, UNASKED
    finally:
        sessions.kw["bind"].dispose()
    return (True, NEW) if known is None else _in_words(known, secrets)


def _in_words(known: KnownSecrets, secrets: Secrets) -> tuple[bool, str]:
    if known.missing(secrets):
        return False, str(WrongSecret())
    if set(known.canaries) != {secrets.key_id}:
        return False, RUNNING
    return True, IDLE if secrets.older_ids else SOUND


def _is_empty(settings: Settings) -> bool:
    """An installation that nobody started yet: asking would make its database and its secret."""
    database = make_url(settings.database)
    no_file = database.get_backend_name() == "sqlite" and not Path(str(database.database)).exists()
    return no_file or not (settings.secret or (settings.data / "secret").exists())


Tick = Callable[[int, int], None]


def look_at_secrets(services: Services, tick: Tick = lambda *_: None) -> SecretReport:
    """Go through every sealed value. Raises Busy."""
    report = SecretReport(older=bool(services.secrets.older_ids))
    with transaction(services.sessions) as session:
        known = read_known(read_only(session))
    if known is not None:
        report.missing = known.missing(services.secrets)
        if report.missing:
            return report
        report.changing = set(known.canaries) != {services.secrets.key_id}
    total, done = sum(count(services, part) for part in PARTS), 0
    for part in PARTS:
        for row in rows_of(services, part):
            _note(report, part, row, part.judge(services, row))
            done += 1
            tick(done, total)
    report.plain = _plain_files(services) if services.settings.encrypt_files else 0
    report.unnamed = _unnamed(services) if services.secrets.older_ids else 0
    report.changing = report.changing or (bool(services.secrets.older_ids) and bool(report.old))
    return report


def count(services: Services, part: SealedPart) -> int:
    """How many rows a part has."""
    with transaction(services.sessions) as session:
        return read_only(session).scalar(select(func.count()).select_from(part.wanted.subquery())) or 0


def rows_of(services: Services, part: SealedPart) -> Iterator[Any]:
    """The rows of a part in the order of its key, read by the page, so that no read stays open."""
    after: Any = None
    while rows := page_of(services, part, after):
        yield from rows
        after = key_of(part, rows[-1])


def key_of(part: SealedPart, row: Any) -> Any:
    """The key that names this row of the part."""
    return getattr(row, part.key.name)


def page_of(services: Services, part: SealedPart, after: object, size: int = PAGE) -> list[Any]:
    """The next rows behind a key; from the first one for None."""
    wanted = part.wanted.order_by(part.key).limit(size)
    with transaction(services.sessions) as session:
        return list(read_only(session).execute(wanted if after is None else wanted.where(part.key > after)))


def _note(report: SecretReport, part: SealedPart, row: Any, state: SealState) -> None:
    if state == SealState.OLD:
        report.old[part.title] += 1
    elif state == SealState.BROKEN:
        report.broken.append((part.title, str(key_of(part, row))))


def _plain_files(services: Services) -> int:
    with transaction(services.sessions) as session:
        wanted = select(func.count()).select_from(DocumentRow).where(*IS_PLAIN)
        return read_only(session).scalar(wanted) or 0


def _unnamed(services: Services) -> int:
    """Profiles that cannot follow by themselves: they do when their people sign in."""
    with transaction(services.sessions) as session:
        wanted = select(func.count()).select_from(PersonProfile).where(PersonProfile.identity.is_(None))
        return read_only(session).scalar(wanted) or 0
