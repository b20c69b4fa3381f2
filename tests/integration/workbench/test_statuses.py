"""The statuses on a page say what is so: what is still to come is not done, and what will not come is not foreseen."""

import re

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, do, register_bezwaar, rows
from kit.people import TESS
from sqlalchemy import insert

from processes.storage.tables import Case, StatusRow

STEP = re.compile(r"<strong[^>]*>([^<]+)</strong>\s*<span class=\"zs-quiet\">(voltooid|huidige status|nog te doen)")


def steps(page: str) -> list[tuple[str, str]]:
    return STEP.findall(page)


def reach(services, *codes: str) -> None:
    """As if the drawing came there, one after another."""
    (case,) = rows(services, Case)
    with services.sessions.begin() as session:
        for code in codes:
            session.execute(
                insert(StatusRow).values(case_id=case.id, code=code, element=code, reached_at=case.registered_at)
            )


def test_d28_a_longer_term_does_not_end_a_hearing_that_is_still_to_come(services, noor: Browser) -> None:
    number = register_bezwaar(services, TESS)
    reach(services, "in_progress", "hearing", "extended")
    found = dict(steps(noor.get(f"/werk/zaken/{number}")))
    assert (found["Hoorzitting gepland"], found["Verlengd"]) == ("huidige status", "voltooid")
    reach(services, "preparing")
    found = dict(steps(noor.get(f"/werk/zaken/{number}")))
    assert found["Hoorzitting gepland"] == "voltooid"


@pytest.mark.parametrize(
    ("route", "more", "gone"),
    [
        ("commissie", {}, set()),
        ("ambtelijk", {}, {"Wachten op advies"}),
        ("zonder_horen", {"waiver": "kennelijk_ongegrond", "no_hearing_reason": "Niets nieuws."}, {"Wachten op advies", "Hoorzitting gepland"}),
    ],
)  # fmt: skip
def test_d28_no_status_is_foreseen_to_which_no_way_leads(services, noor: Browser, route: str, more, gone) -> None:
    number = register_bezwaar(services, TESS)
    foreseen = {"Hoorzitting gepland", "Wachten op advies", "Beslissing in voorbereiding"}
    assert foreseen <= {name for name, state in steps(noor.get(f"/werk/zaken/{number}")) if state == "nog te doen"}
    do(services, "Intake", **INTAKE, route=route, **more)
    coming = {name for name, state in steps(noor.get(f"/werk/zaken/{number}")) if state == "nog te doen"}
    assert foreseen & coming == foreseen - gone
