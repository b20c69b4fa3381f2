"""The security log: one structured line for each event that tells who came in, was refused, looked, or changed a rule.

`security_event` is the only way to write one. A line has the same fields whatever happened: `log` (always `security`), `event`,
`outcome`, `who`, `case`, `address` and `correlation`, and beside them level and time as every line of the log has; docs/operating.md
tells an operator what they hold.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

import structlog

from processes.base.actor import VISITOR, Actor, ActorKind
from processes.base.correlation import NAME, carried
from processes.base.logs import redact
from processes.base.visitor import first_in_request, visitor

LONGEST: Final = 200  # characters of one value: somebody who sends much must not fill the log
BEGIN: Final = (
    32  # characters of the index of for whom somebody acts; all that an owner of a draft is called fits in its column
)
FOR_ANOTHER: Final = ">"  # in a pseudonym, between who acts and for whom
NOBODY: Final = "nobody"  # somebody who has not signed in
OWN_FIELDS: Final = frozenset({"log", "event", "outcome", "who", "case", "address", "level", "timestamp", NAME})

log = structlog.get_logger("security")


class SecurityEvent(StrEnum):
    """The events of the security log, as they stand in the field `event`: operators build their alarms on these words."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    SESSION_ENDED = "session_ended"
    PERSON_ADMITTED = "person_admitted"
    PERSON_ENDED = "person_ended"
    ROLES_CHANGED = "roles_changed"
    ROLE_REFUSED = "role_refused"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the name of an event
    CASE_REFUSED = "case_refused"
    LINK_USED = "link_used"
    LINK_REFUSED = "link_refused"
    LINK_ENDED = "link_ended"
    LIMIT_REACHED = "limit_reached"
    CASE_SEEN = "case_seen"
    DOCUMENT_FETCHED = "document_fetched"
    BUNDLE_FETCHED = "bundle_fetched"
    LOOKS_SEEN = "looks_seen"
    LOOKS_EXPORTED = "looks_exported"
    CASES_EXPORTED = "cases_exported"
    FIGURES_EXPORTED = "figures_exported"
    ACCESS_CHANGED = "access_changed"
    PERSON_SEARCHED = "person_searched"
    PERSON_DATA_EXPORTED = "person_data_exported"
    SETTING_CHANGED = "setting_changed"
    DEPARTMENT_CHANGED = "department_changed"
    MODEL_CHANGED = "model_changed"
    LAW_CHANGED = "law_changed"
    DESTRUCTION_CHANGED = "destruction_changed"
    CASE_DESTROYED = "case_destroyed"
    DOCUMENT_REMOVED = "document_removed"
    DOCUMENT_MOVED = "document_moved"
    VIRUS_FOUND = "virus_found"
    SECRET_CHANGED = "secret_changed"  # noqa: S105 - the name of an event
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"
    TRAIL_BROKEN = "trail_broken"


class EventOutcome(StrEnum):
    """The ways in which an event of the security log ends: it happened, a rule refused it, or it failed."""

    OK = "ok"
    REFUSED = "refused"
    FAILED = "failed"


def security_event(
    event: SecurityEvent, *, who: Actor | str, whose_case: str | int | None = None, outcome: EventOutcome = EventOutcome.OK,
    **more: str | int | None,
) -> None:  # fmt: skip
    """Write one line. Raises ValueError when `more` takes a name that every line has already.

    `who` is the actor, or for somebody without one NOBODY or a name that sign-on gave; `whose_case` the number of a case.
    `more` holds codes, ids and counts only. A BSN or token that comes along all the same is blacked out, as in every log.
    """
    if taken := OWN_FIELDS.intersection(more):
        raise ValueError(f"the security log has a field of its own named {min(taken)}")
    fields: dict[str, str | int | None] = {"who": pseudonym(who), "case": whose_case, "address": visitor(), **more}
    clean = {name: _clean(value) for name, value in fields.items()}
    first_in_request(event)  # so that who refuses the request afterwards does not tell it a second time
    log.info(str(event), log="security", outcome=str(outcome), **clean, **{NAME: carried().get(NAME)})


def pseudonym(who: Actor | str) -> str:
    """The name of a person in the security log: `staff:<id>`, `citizen:<keyed index>`, `department:<dossier id>`, `system`.

    A citizen's index is the keyed one that stands in the database: without the installation's secret it tells nothing. Who acts for
    another is told with for whom, as `citizen:<keyed index>><begin of that of the other>`, so that what they begin stays apart as well.
    """
    if isinstance(who, str):
        return who
    if who.kind in {ActorKind.SYSTEM, ActorKind.DEPARTMENT}:
        return who.subject  # `department:` stands in it
    other = who.for_whom
    return f"{who.kind}:{who.subject}" + (
        f"{FOR_ANOTHER}{other.subject[:BEGIN]}{other.branch}" if other and not other.own else ""
    )


VISITS: Final = f"{ActorKind.CITIZEN}:{VISITOR}"  # how the pseudonym of every visit begins in which somebody files without signing in


def pseudonyms(who: Actor) -> tuple[str, ...]:
    """The names that `pseudonym` gives this actor, that of now first, then those under secrets that are being replaced."""
    other = who.for_whom
    others = [other] if other is None else [replace(other, subject=one) for one in (other.subject, *other.earlier)]
    return tuple(
        pseudonym(replace(who, subject=subject, for_whom=whom))
        for subject in (who.subject, *who.earlier)
        for whom in others
    )


def renamed(name: str, moved: Mapping[str, str]) -> str:
    """A pseudonym after people got other indexes (`moved`, by that of before): of who acts, and of the other where one stands in it."""
    kind, _, rest = name.partition(":")
    own, mark, other = rest.partition(FOR_ANOTHER)
    begins = {old[:BEGIN]: new[:BEGIN] for old, new in moved.items()}
    return f"{kind}:{moved.get(own, own)}{mark}{begins.get(other[:BEGIN], other[:BEGIN])}{other[BEGIN:]}"


def _clean(value: str | int | None) -> str | int | None:
    return redact(value)[:LONGEST] if isinstance(value, str) else value
