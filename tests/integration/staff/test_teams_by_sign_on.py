"""Groups at the provider say who is in a team, where an administrator asked for that."""

import pytest
from kit.browser import TestClient
from kit.sign_on import later, simulator_of
from kit.small_portal import services_of, sign_in
from test_staff_sessions import MINUTE, STAFF, number_of, status

from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.team_members import FollowSignOn
from processes.base.actor import SYSTEM, Actor, ActorKind, StaffRole
from processes.base.errors import NotAllowed
from processes.dated import TEAM, teams_on
from processes.dated.typed_settings import TypedSetting
from processes.storage.services import Services
from processes.storage.tables import LawRuleRow

TEAMS = {"juridisch": "yes", "woo": "yes", "hand": ""}  # by sign-on, or by an administrator


@pytest.fixture
def noor(client: TestClient) -> TestClient:
    """Signed in without a team, where a colleague is in each."""
    for code, by_sign_on in TEAMS.items():
        values = {"name": f"team {code}", "mailbox": "", "members": "ander", "case_types": "", "by_sign_on": by_sign_on}
        typed = TypedSetting("team", code, "2020-01-01", values, "Nieuw.", new=True)
        act(services_of(client), SYSTEM, SaveSetting(typed))
    assert sign_in(client, "noor", "staff", STAFF).status_code == 200
    return client


def teams_of(client: TestClient) -> set[str]:
    services, number = services_of(client), number_of(client)
    with services.sessions() as session:
        shelf = services.law.shelf(session)
    teams = teams_on(shelf, max(one.valid_from for one in shelf.all_versions(TEAM)))
    assert all("ander" in team.members for team in teams.values()), "others stay where they are"
    return {code for code, team in teams.items() if number in team.members}


def told(client: TestClient, *words: str) -> None:
    simulator_of(client).change("noor", ["worker", *words], closed=False)


def saved(services: Services) -> int:
    with services.sessions() as session:
        return session.query(LawRuleRow).filter_by(kind="team").count()


def test_s19_sign_on_fills_the_teams_of_which_an_administrator_said_so_and_no_other(noor: TestClient) -> None:
    assert teams_of(noor) == set()
    told(noor, "team-juridisch", "team-hand", "team-nergens", "team-")
    later(noor, MINUTE)
    assert status(noor) == 200
    assert teams_of(noor) == {"juridisch"}
    told(noor, "team-woo")
    later(noor, MINUTE)
    assert status(noor) == 200
    assert teams_of(noor) == {"woo"}
    sign_in(noor, "noor", "staff", STAFF)
    assert teams_of(noor) == {"woo"}, "as sign-on tells it at once, too"
    told(noor)
    sign_in(noor, "noor", "staff", STAFF)
    assert teams_of(noor) == set()


def test_s19_who_stays_where_they_are_adds_no_version_and_each_change_has_its_reason(noor: TestClient) -> None:
    services, before = services_of(noor), saved(services_of(noor))
    told(noor, "team-juridisch")
    for _ in range(3):
        later(noor, MINUTE)
        assert status(noor) == 200
    assert saved(services) == before + 1
    with services.sessions() as session:
        last = session.query(LawRuleRow).filter_by(kind="team").order_by(LawRuleRow.id.desc()).first()
    assert last is not None
    assert (last.code, last.reason, last.record["members"]) == (
        "juridisch", "Volgens de inlogdienst.", f"ander {number_of(noor)}",
    )  # fmt: skip


def test_s19_a_team_is_no_role_and_nobody_but_the_system_says_who_is_in_it(noor: TestClient) -> None:
    told(noor, "team-juridisch")
    later(noor, MINUTE)
    assert noor.get(STAFF).json()["roles"] == ["worker"]
    simulator_of(noor).change("noor", ["team-juridisch"], closed=False)
    later(noor, MINUTE)
    assert status(noor) == 303, "a team alone lets nobody in"
    admin = Actor(ActorKind.STAFF, "fenna", "Fenna", frozenset({StaffRole.ADMIN}))
    with pytest.raises(NotAllowed):
        act(services_of(noor), admin, FollowSignOn("noor", frozenset({"juridisch"})))
