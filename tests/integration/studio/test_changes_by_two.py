"""Where two administrators decide: taking a case type out of use, moving its cases, stopping that, and withdrawing what is planned."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import days_later, rows, today
from kit.people import FENNA, known
from kit.small_types import FIRST, SECOND, folder, furnish, register

from processes.actions import act
from processes.actions.agreeing import AgreeToChange, SendBackChange, WithdrawChange
from processes.actions.dated import SaveSetting
from processes.actions.deploying import DeployFolder, Plan
from processes.actions.moving import MoveAtWork, ReturnCases, StartMove, StopMove
from processes.actions.out_of_use import EndUse, KeepInUse
from processes.actions.proposing import ApproveVersion, WithdrawVersion
from processes.base.actor import SYSTEM, Actor
from processes.base.errors import NotAllowed, NotFound, NotNow
from processes.dated.deploying import CODE
from processes.dated.typed_settings import TypedSetting
from processes.jobs.version_sweep import sweep_versions
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import AuditRow, CaseTypeChange, ModelMove, OutOfUse, VersionProposal

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))
HOME = "/beheer/zaaktypen/eerste"


@pytest.fixture
def two(services: Services) -> Services:
    """A case type with a running case on its first of two versions, where a second administrator must agree."""
    furnish(services)
    known(services, GERDA)
    register(services)
    other = folder(FIRST.changed("body", 'name="Begonnen"', 'name="Binnen"'), "eerste")
    act(services, SYSTEM, DeployFolder(other))
    typed = TypedSetting("deploying", CODE, today(services).isoformat(), {"second": "ja"}, "Zo spraken wij het af.")
    act(services, FENNA, SaveSetting(typed))
    return services


def asked(services: Services) -> CaseTypeChange:
    (row,) = rows(services, CaseTypeChange)
    return row


def agree(services: Services) -> None:
    act(services, GERDA, AgreeToChange("eerste", asked(services).id))


def move_states(services: Services) -> list[str]:
    return [row.state for row in rows(services, ModelMove)]


def test_s14_a_case_type_goes_out_of_use_after_a_second_administrator_saw_it_and_agreed(two: Services) -> None:
    fenna, gerda = Browser(two, FENNA), Browser(two, GERDA)
    assert "Voorleggen aan een andere beheerder" in fenna.get(f"{HOME}/uit-gebruik")
    form = {"from_on": (today(two) + timedelta(9)).isoformat(), "message": "Dit gaat anders.", "reason": "Nieuwe wet."}
    page = fenna.post(f"{HOME}/uit-gebruik", form)
    assert "U vroeg dit zelf. Een andere beheerder moet akkoord geven." in page
    assert rows(two, OutOfUse) == []
    assert "Uit gebruik nemen: wacht op akkoord" in fenna.get(HOME)
    assert f'href="{HOME}/akkoord"' not in fenna.get("/beheer")
    assert f'href="{HOME}/akkoord"' in gerda.get("/beheer")
    page = gerda.get(f"{HOME}/akkoord")
    assert all(said in page for said in ("Dit gaat anders.", "Nieuwe wet.", "Fenna Beheer"))
    gerda.post(f"{HOME}/akkoord/{asked(two).id}/geven")
    (row,) = rows(two, OutOfUse)
    assert (row.message, row.set_by, row.reason) == (
        "Dit gaat anders.", "fenna", "Nieuwe wet. (Met akkoord van een tweede beheerder.)",
    )  # fmt: skip
    assert rows(two, CaseTypeChange) == []
    assert {"change_asked", "change_agreed", "out_of_use"} <= {row.action for row in rows(two, AuditRow)}


def test_s14_a_case_type_that_stays_after_all_asks_a_second_administrator_too(two: Services) -> None:
    act(two, SYSTEM, EndUse("eerste", today(two) + timedelta(9), "Dit gaat anders.", "Nieuwe wet."))
    assert act(two, FENNA, KeepInUse("eerste", "Toch niet.")) == "eerste:wacht"
    assert rows(two, OutOfUse)[0].ended_at is None
    agree(two)
    assert rows(two, OutOfUse)[0].ended_by == "fenna"


def test_s14_who_asked_does_not_agree_and_the_other_says_why_not(two: Services) -> None:
    act(two, FENNA, EndUse("eerste", today(two) + timedelta(9), "Dit gaat anders.", "Nieuwe wet."))
    seen = asked(two).id
    for way in (AgreeToChange("eerste", seen), SendBackChange("eerste", seen, "Zomaar.")):
        with pytest.raises(NotAllowed):
            act(two, FENNA, way)
    gerda, where = Browser(two, GERDA), f"{HOME}/akkoord/{seen}/terugsturen"
    gerda.get(f"{HOME}/akkoord")
    assert f'href="#field-answer-{seen}"' in gerda.post(where, status=422)
    gerda.post(where, {f"answer-{seen}": "Niet voor de zomer."})
    assert "Gerda Beheer schreef: Niet voor de zomer." in Browser(two, FENNA).get(f"{HOME}/akkoord")
    with pytest.raises(NotNow):
        act(two, GERDA, AgreeToChange("eerste", seen))
    act(two, FENNA, WithdrawChange("eerste", seen))
    with pytest.raises(NotFound):
        act(two, GERDA, AgreeToChange("eerste", seen))
    assert rows(two, OutOfUse) == []


def test_s14_what_cannot_be_any_more_when_the_second_one_agrees_is_said(two: Services) -> None:
    act(two, FENNA, EndUse("eerste", today(two) + timedelta(1), "Dit gaat anders.", "Nieuwe wet."))
    days_later(two, 5)
    with pytest.raises(NotNow, match="Deze dag is voorbij"):
        agree(two)
    assert (asked(two).state, rows(two, OutOfUse)) == ("waiting", [])


def test_s15_cases_move_and_go_back_after_a_second_administrator_agreed(two: Services) -> None:
    fenna = Browser(two, FENNA)
    fenna.get(f"{HOME}/verplaatsen/proef?van=1")
    assert "Van versie" in fenna.post(f"{HOME}/verplaatsen", {"van": "1"})
    assert move_states(two) == []
    agree(two)
    drain(two)
    (move,) = rows(two, ModelMove)
    assert (move.state, move.started_by) == ("done", "fenna")
    assert act(two, FENNA, ReturnCases(move.id)) == "eerste:wacht"
    assert move_states(two) == ["done"]
    agree(two)
    drain(two)
    assert move_states(two) == ["returned"]


def test_s15_a_move_goes_nowhere_else_than_the_second_one_saw(two: Services) -> None:
    act(two, FENNA, StartMove("eerste", 1))
    act(two, SYSTEM, DeployFolder(folder(FIRST.changed("body", 'name="Begonnen"', 'name="Hier"'), "eerste")))
    with pytest.raises(NotNow, match="nieuwere versie"):
        agree(two)
    assert move_states(two) == []


@pytest.mark.parametrize("answer", ["agrees", "does not agree", "who asked takes it back"])
def test_s15_a_move_that_somebody_stops_stands_still_until_a_second_one_agrees(two: Services, answer: str) -> None:
    act(two, FENNA, StartMove("eerste", 1))
    agree(two)
    (move,) = rows(two, ModelMove)
    act(two, FENNA, StopMove(move.id))
    drain(two)
    assert move_states(two) == ["paused"]
    page = Browser(two, FENNA).get(f"{HOME}/verplaatsen/{move.id}")
    assert "De verplaatsing staat stil" in page
    assert "Zet alle zaken terug" not in page
    with pytest.raises(MoveAtWork):
        act(two, FENNA, StartMove("eerste", 1))
    ways: dict[str, Callable[[], object]] = {
        "agrees": lambda: agree(two),
        "does not agree": lambda: act(two, GERDA, SendBackChange("eerste", asked(two).id, "Laat maar lopen.")),
        "who asked takes it back": lambda: act(two, FENNA, WithdrawChange("eerste", asked(two).id)),
    }
    ways[answer]()
    drain(two)
    assert move_states(two) == ["stopped" if answer == "agrees" else "done"]


def test_s14_a_planned_version_of_two_is_not_withdrawn_or_replaced_by_one(two: Services) -> None:
    day = Plan(starts_on=today(two) + timedelta(9))
    other = folder(FIRST.changed("body", 'name="Begonnen"', 'name="Straks"'), "eerste")
    act(two, FENNA, DeployFolder(other, day))
    planned = rows(two, VersionProposal)[0].id
    act(two, GERDA, ApproveVersion("eerste", planned))
    with pytest.raises(NotNow, match="tweede beheerder akkoord op gaf"):
        act(two, FENNA, DeployFolder(folder(FIRST.changed("body", 'name="Begonnen"', 'name="Nu"'), "eerste")))
    fenna = Browser(two, FENNA)
    assert "Vraag om intrekken" in fenna.get(f"{HOME}/voorstel")
    assert "gaat op die dag gewoon in" in fenna.post(f"{HOME}/voorstel/intrekken", {"proposal": planned})
    assert len(rows(two, VersionProposal)) == 1
    agree(two)
    days_later(two, 9)
    assert (rows(two, VersionProposal), sweep_versions(two)) == ([], 0)


def test_s14_a_planned_version_goes_into_use_on_its_day_while_nobody_agreed_to_withdrawing_it(two: Services) -> None:
    act(
        two,
        FENNA,
        DeployFolder(
            folder(SECOND.changed("body", "Done", "Ended"), "tweede"), Plan(starts_on=today(two) + timedelta(9))
        ),
    )
    planned = rows(two, VersionProposal)[0].id
    act(two, GERDA, ApproveVersion("tweede", planned))
    assert act(two, FENNA, WithdrawVersion("tweede", planned)) == "tweede:wacht"
    days_later(two, 9)
    assert sweep_versions(two) == 1
    assert rows(two, CaseTypeChange) == []


def test_s14_one_administrator_still_decides_alone_where_no_second_one_is_asked(services: Services) -> None:
    furnish(services)
    register(services)
    act(services, SYSTEM, DeployFolder(folder(FIRST.changed("body", 'name="Begonnen"', 'name="Binnen"'), "eerste")))
    act(services, FENNA, EndUse("eerste", today(services) + timedelta(9), "Dit gaat anders.", "Nieuwe wet."))
    act(services, FENNA, StopMove(int(act(services, FENNA, StartMove("eerste", 1)))))
    assert (len(rows(services, OutOfUse)), move_states(services), rows(services, CaseTypeChange)) == (
        1,
        ["stopped"],
        [],
    )
