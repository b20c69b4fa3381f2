"""Looks for tests: what stands in the table, in short."""

from datetime import timedelta

from kit.cases import BEZWAAR, add_departments, put_in_use, rows
from kit.people import ADA, NOOR, PIET, SEM, VERA, known

from processes.base.actor import Actor
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import Case, LookRow


def furnish(services: Services) -> None:
    """Bezwaar in use, and staff who have signed in before."""
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, PIET, SEM, ADA, VERA):
        known(services, actor)


def seen(services: Services) -> list[tuple[str, str, str]]:
    """Who, kind and part of each look, oldest first."""
    return [(row.who, row.kind, row.part) for row in rows(services, LookRow)]


def looked(services: Services, actor: Actor, number: str, *, days_ago: float = 0, **more: object) -> None:
    """A look that somebody had some days ago."""
    (case,) = rows(services, Case, number=number)
    given = {"kind": "case", "part": "overview", **more}
    with services.sessions.begin() as session:
        at = business_now(services, session) - timedelta(days=days_ago)
        session.add(LookRow(at=at, who_kind=actor.kind, who=actor.subject, case_id=case.id, **given))
