"""A secret link in a mail: of a department, and of who is asked to file along. At rest a mail holds only a marker; the link is made when the mail leaves."""

import re

from sqlalchemy import ColumnElement, String, cast
from sqlalchemy.orm import InstrumentedAttribute, Session

from processes.access.letter_codes import code_of
from processes.base.secrets import SealBroken, Secrets
from processes.storage.sealed_columns import LINK
from processes.storage.services import Services
from processes.storage.tables import CoFiler, Dossier
from processes.storage.words import CoFilerState

MARKER = re.compile(r"\[\[(dossier|meedoen):(\d{1,18}):([0-9a-f]{64})\]\]")
INVITED = "meedoen"
LINK_SHOWN = "[link]"  # stands for such a mark in a text that somebody may edit


def marker(dossier: Dossier) -> str:
    """The mark in a stored text that becomes the link when the mail is sent. Only we know the hash, so what a citizen
    types (the subject of a decision, say) never becomes the link of a dossier.
    """
    return f"[[dossier:{dossier.id}:{dossier.token_hash}]]"


def invitation_marker(row: CoFiler) -> str:
    """The mark that becomes the link by which somebody who is named as filing along comes in. With another code it is dead."""
    return f"[[meedoen:{row.id}:{row.code}]]"


def carries(text: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """A condition on a column with a text and on Dossier: the mark of that dossier stands in it."""
    return text.contains("[[dossier:" + cast(Dossier.id, String) + ":" + Dossier.token_hash + "]]")


def link(services: Services, dossier: Dossier) -> str:
    """The unguessable address of a dossier. Raises SealBroken when the secret that made it is gone, and nothing was sealed again."""
    return f"{services.settings.public_url}/verzoek/{token_of(services.secrets, dossier)}"


def token_of(secrets: Secrets, dossier: Dossier) -> str:
    """The token whose hash the dossier holds, whichever secret made it. Raises SealBroken as `link` does."""
    if dossier.sealed_token is not None:
        return secrets.open(dossier.sealed_token, LINK, dossier.id).decode()
    made = next(
        (one for one in secrets.link_tokens(dossier.salt) if secrets.token_hash(one) == dossier.token_hash), None
    )
    if made is None:
        raise SealBroken("Deze link is gemaakt met een geheim dat hier niet bekend is.")
    return made


def with_links(services: Services, session: Session, body: str) -> str:
    """A stored text with its markers replaced by links; a dossier or link that is gone leaves a plain sentence."""

    def made(found: re.Match[str]) -> str:
        behind = _behind(session, found)
        address = _address(services, behind) if behind is not None and _lives(behind) else None
        return address or "(deze link bestaat niet meer)"

    return MARKER.sub(made, body)


def has_dead_link(session: Session, body: str) -> bool:
    """Whether this text holds the marker of a link that is revoked. What somebody typed like a marker is none."""
    behind = (_behind(session, found) for found in MARKER.finditer(body))
    return any(row is not None and not _lives(row) for row in behind)


def invited_by(session: Session, body: str) -> CoFiler | None:
    """The person whom a mail with this text asks to file along, as long as its link works."""
    rows = (_behind(session, found) for found in MARKER.finditer(body))
    return next((row for row in rows if isinstance(row, CoFiler) and _lives(row)), None)


def _behind(session: Session, found: re.Match[str]) -> Dossier | CoFiler | None:
    kind, key, digest = found.groups()
    if kind == INVITED:
        row = session.get(CoFiler, int(key))
        return row if row is not None and row.code == digest else None
    dossier = session.get(Dossier, int(key))
    return dossier if dossier is not None and dossier.token_hash == digest else None


def _lives(row: Dossier | CoFiler) -> bool:
    return row.state == CoFilerState.ASKED if isinstance(row, CoFiler) else row.revoked_at is None


def _address(services: Services, row: Dossier | CoFiler) -> str | None:
    """None for a code of a secret that is gone."""
    if isinstance(row, Dossier):
        return link(services, row)
    code = code_of(services.secrets, row)
    return f"{services.settings.public_url}/mijn/meedoen/{code}" if code else None
