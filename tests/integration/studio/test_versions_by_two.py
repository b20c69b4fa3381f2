"""A version goes into use after a second administrator agreed, on its day, and back again: by pages, and exactly what was agreed to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from kit.browser import Browser
from kit.cases import add_departments, days_later, put_in_use, rows, today
from kit.people import FENNA, known
from kit.small_types import FIRST, SECOND, case_of, folder, register

from engine import Folder
from engine.edits import files_of
from processes.actions import act
from processes.actions.dated import ConfirmSetting, SaveSetting, TakeBackSetting, WithdrawSetting
from processes.actions.deploying import DeployFolder, Plan
from processes.actions.drafting import ImportDraft, SaveDraftFiles
from processes.actions.proposing import ApproveVersion, SendBackVersion, WithdrawVersion
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.dated.deploying import CODE
from processes.dated.typed_settings import TypedSetting
from processes.jobs.version_sweep import sweep_versions
from processes.jobs.workers import drain
from processes.storage.model_cache import fingerprint, pack
from processes.storage.services import Services
from processes.storage.tables import (
    AuditRow,
    ModelDraft,
    ModelDraftRevision,
    ModelMove,
    ModelVersion,
    NoteRow,
    SettingChange,
    VersionProposal,
)

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))
HOME = "/beheer/zaaktypen/eerste"
DRAFT = f"{HOME}/ontwerp"
RULE = f"/beheer/instellingen/deploying/regel/{CODE}"


def named(name: str) -> Folder:
    return folder(FIRST.changed("body", 'name="Begonnen"', f'name="{name}"'), "eerste")


@pytest.fixture
def place(services: Services) -> Services:
    """With a draft of the case type that calls its first status otherwise."""
    put_in_use(services, folder(SECOND, "tweede"), folder(FIRST, "eerste"))
    known(services, GERDA)
    add_departments(services, "wonen")
    act(services, FENNA, ImportDraft("eerste", files_of(named("Binnen"))))
    return services


@pytest.fixture
def two(place: Services) -> Services:
    """Where a second administrator must agree."""
    typed = TypedSetting("deploying", CODE, today(place).isoformat(), {"second": "ja"}, "Zo spraken wij het af.")
    act(place, FENNA, SaveSetting(typed))
    return place


def versions(services: Services) -> list[ModelVersion]:
    return sorted(rows(services, ModelVersion, process="eerste"), key=lambda row: row.version)


def proposed(services: Services) -> VersionProposal:
    (row,) = rows(services, VersionProposal)
    return row


def test_s14_a_second_administrator_sees_what_changes_and_agrees(two: Services) -> None:
    fenna, gerda = Browser(two, FENNA), Browser(two, GERDA)
    fenna.get(f"{DRAFT}/in-gebruik")
    page = fenna.post(f"{DRAFT}/in-gebruik", {"reason": "Een beter woord."})
    assert "U stelde deze versie zelf voor" in page
    assert "/akkoord" not in page
    assert len(versions(two)) == 1
    assert "Een nieuwe versie van Eerste zaak wacht op uw akkoord" in gerda.get("/beheer")
    assert "wacht op uw akkoord" not in fenna.get("/beheer")
    assert "wacht op akkoord" in gerda.get("/beheer/zaaktypen")
    page = gerda.get(f"{HOME}/voorstel")
    for words in (
        "Een beter woord.",
        "status 'Binnen' (eerst 'Begonnen')",
        "Fenna Beheer",
        "Er zijn geen repetities om te spelen.",
    ):
        assert words in page
    assert "versie 2" in gerda.post(f"{HOME}/voorstel/akkoord")
    page = gerda.get(HOME)
    assert "Fenna Beheer, met akkoord van Gerda Beheer" in page
    assert "Een beter woord." in page
    assert rows(two, VersionProposal) == []
    (draft,) = rows(two, ModelDraft)
    assert (draft.based_on, draft.deployed_at is not None) == (2, True)
    told = [row.action for row in rows(two, AuditRow) if row.action.startswith(("version", "deploy"))][-3:]
    assert told == ["version_proposed", "version_approved", "deploy"]


def test_s14_a_proposal_is_sent_back_with_a_reason_and_the_maker_reads_it(two: Services) -> None:
    fenna, gerda = Browser(two, FENNA), Browser(two, GERDA)
    fenna.get(f"{DRAFT}/in-gebruik")
    fenna.post(f"{DRAFT}/in-gebruik")
    gerda.get(f"{HOME}/voorstel")
    assert "Schrijf op wat er anders moet." in gerda.post(f"{HOME}/voorstel/terugsturen", status=422)
    gerda.post(f"{HOME}/voorstel/terugsturen", {"answer": "Binnen wat?"})
    assert "Gerda Beheer schreef: Binnen wat?" in fenna.get(f"{HOME}/voorstel")
    with pytest.raises(NotNow):
        act(two, GERDA, ApproveVersion("eerste", proposed(two).id))
    assert len(versions(two)) == 1


def test_s14_who_proposed_cannot_agree_through_a_second_tab(two: Services) -> None:
    fenna, tab = Browser(two, FENNA), Browser(two, FENNA)
    fenna.get(f"{DRAFT}/in-gebruik")
    fenna.post(f"{DRAFT}/in-gebruik")
    tab.get(f"{HOME}/voorstel")
    form = {"proposal": proposed(two).id, **tab.held(f"{HOME}/voorstel/intrekken")}
    assert "Een andere beheerder moet akkoord geven" in tab.post(f"{HOME}/voorstel/akkoord", form, status=403)
    with pytest.raises(NotAllowed):
        act(two, FENNA, SendBackVersion("eerste", proposed(two).id, "x"))
    assert len(versions(two)) == 1


def test_s14_a_draft_that_is_swapped_before_the_agreement_withdraws_its_proposal(two: Services) -> None:
    fenna, gerda = Browser(two, FENNA), Browser(two, GERDA)
    fenna.get(f"{DRAFT}/in-gebruik")
    fenna.post(f"{DRAFT}/in-gebruik")
    gerda.get(f"{HOME}/voorstel")
    seen = max(rows(two, ModelDraftRevision), key=lambda row: row.number).id
    bad = named("Boef").drawing
    act(two, FENNA, SaveDraftFiles("eerste", seen, "Tekst veranderd.", {"eerste.bpmn": bad}))
    gerda.post(f"{HOME}/voorstel/akkoord", status=404)
    fenna.get(f"{DRAFT}/in-gebruik")
    fenna.post(f"{DRAFT}/in-gebruik")
    assert "ander voorstel" in gerda.post(f"{HOME}/voorstel/akkoord", {"proposal": seen}, status=409)
    assert len(versions(two)) == 1


def test_s14_who_works_alone_cannot_switch_the_second_one_off(two: Services) -> None:
    fenna, gerda = Browser(two, FENNA), Browser(two, GERDA)
    fenna.get(f"{RULE}/wijzigen")
    off = {"valid_from": today(two).isoformat(), "reason": "Te traag."}
    assert "Dit gaat met zijn tweeën" in fenna.post(f"{RULE}/wijzigen", off)
    assert "Een andere beheerder moet" in fenna.post(f"{RULE}/wijzigen", {**off, "step": "save"})
    assert act(two, FENNA, DeployFolder(named("Alleen"))) == "eerste:"
    tab = fenna.held(f"{RULE}/intrekken")
    assert "U stelde deze wijziging zelf voor" in fenna.post(f"{RULE}/akkoord", tab, status=403)
    assert "wacht op een tweede beheerder" in gerda.get("/beheer/instellingen")
    assert f'href="{RULE}"' in gerda.get("/beheer")
    assert f'href="{RULE}"' not in Browser(two, FENNA).get("/beheer")
    assert "Te traag." in gerda.get(RULE)
    page = gerda.post(f"{RULE}/akkoord")
    assert "Te traag. (Met akkoord van een tweede beheerder.)" in page
    assert act(two, FENNA, DeployFolder(named("Alleen"))) == "eerste:2"


def test_s14_no_way_around_the_second_one_is_left_open(two: Services) -> None:
    day, later = today(two), today(two) + timedelta(days=5)
    for way in (
        TakeBackSetting("deploying", CODE, day, "Toch niet."),
        SaveSetting(TypedSetting("deploying", CODE, later.isoformat(), {}, "Straks niet meer.")),
    ):
        assert act(two, FENNA, way).endswith(":wacht")
    seen = rows(two, SettingChange)[0].id
    assert [row.reason for row in rows(two, SettingChange)] == ["Straks niet meer."]
    again = SaveSetting(TypedSetting("deploying", CODE, later.isoformat(), {}, "Een ander voorstel."))
    assert act(two, FENNA, again).endswith(":wacht")
    with pytest.raises(NotNow, match="ander voorstel"):
        act(two, GERDA, ConfirmSetting("deploying", CODE, seen))
    seen = rows(two, SettingChange)[0].id
    days_later(two, 8)
    with pytest.raises(NotNow, match="ouder dan 7 dagen"):
        act(two, GERDA, ConfirmSetting("deploying", CODE, seen))
    act(two, GERDA, WithdrawSetting("deploying", CODE, seen))
    assert rows(two, SettingChange) == []
    on = SaveSetting(TypedSetting("deploying", CODE, day.isoformat(), {"second": "ja"}, "Zo blijft het."))
    with pytest.raises(Invalid, match="niets veranderd"):
        act(two, FENNA, on)


def test_s14_a_package_and_an_older_version_wait_for_a_second_one_as_well(two: Services) -> None:
    assert act(two, FENNA, DeployFolder(named("Pakket"))) == "eerste:"
    assert act(two, GERDA, ApproveVersion("eerste", proposed(two).id)) == "eerste:2"
    gerda = Browser(two, GERDA)
    page = gerda.get(f"{HOME}/1/terug")
    assert "status 'Begonnen' (eerst 'Pakket')" in page
    gerda.post(f"{HOME}/1/terug", {"reason": "Toch niet."})
    act(two, FENNA, ApproveVersion("eerste", proposed(two).id))
    last = versions(two)[-1]
    assert (last.version, last.from_version, last.reason) == (3, 1, "Toch niet.")
    assert (last.sha256, last.deployed_by, last.approved_by) == (versions(two)[0].sha256, "gerda", "fenna")


def test_s14_a_version_is_planned_and_used_by_cases_from_its_day_on(place: Services) -> None:
    day = today(place) + timedelta(days=10)
    fenna = Browser(place, FENNA)
    fenna.get(f"{DRAFT}/in-gebruik")
    page = fenna.post(f"{DRAFT}/in-gebruik", {"starts_on": "gisteren"}, status=422)
    assert 'href="#field-starts_on"' in page
    page = fenna.post(f"{DRAFT}/in-gebruik", {"starts_on": day.isoformat(), "reason": "Nieuwe verordening."})
    assert "Deze versie staat klaar vanaf" in page
    before = register(place)
    days_later(place, 9)
    assert (sweep_versions(place), version_of(place, register(place))) == (0, 1)
    days_later(place, 1)
    assert (sweep_versions(place), sweep_versions(place)) == (1, 0)
    assert (version_of(place, before), version_of(place, register(place))) == (1, 2)
    last = versions(place)[-1]
    assert (last.deployed_by, last.reason) == ("fenna", "Nieuwe verordening.")


def test_s14_a_planned_version_is_withdrawn_before_its_day(place: Services) -> None:
    plan = Plan(starts_on=today(place) + timedelta(days=1))
    act(place, FENNA, DeployFolder(named("Morgen"), plan))
    fenna = Browser(place, FENNA)
    assert "nog niet in gebruik" in fenna.get(HOME)
    fenna.get(f"{HOME}/voorstel")
    assert "De nieuwe versie is ingetrokken" in fenna.post(f"{HOME}/voorstel/intrekken")
    days_later(place, 1)
    assert (sweep_versions(place), len(versions(place))) == (0, 1)


def test_s14_a_planned_version_that_does_not_fit_any_more_is_sent_back_by_the_program(place: Services) -> None:
    act(place, FENNA, DeployFolder(named("Morgen"), Plan(starts_on=today(place) + timedelta(days=1))))
    with place.sessions.begin() as session:
        row = session.get_one(VersionProposal, proposed(place).id)
        broken = replace(named("Morgen"), forms={})
        row.folder, row.sha256 = pack(broken), fingerprint(broken)
    days_later(place, 1)
    assert sweep_versions(place) == 0
    assert "kon op haar dag niet in gebruik" in Browser(place, FENNA).get(f"{HOME}/voorstel")


def test_s14_another_version_takes_the_place_of_the_planned_one_and_the_page_says_so(place: Services) -> None:
    act(place, FENNA, DeployFolder(named("Morgen"), Plan(starts_on=today(place) + timedelta(days=1))))
    fenna = Browser(place, FENNA)
    assert "dan vervalt die versie" in fenna.get(f"{DRAFT}/in-gebruik")
    assert "versie 2" in fenna.post(f"{DRAFT}/in-gebruik")
    assert rows(place, VersionProposal) == []
    assert "version_withdrawn" in [row.action for row in rows(place, AuditRow)]


@pytest.mark.parametrize(
    "plan", [Plan(starts_on=date(2020, 1, 1)), Plan(starts_on=date(2999, 1, 1)), Plan("x" * 3000, date(2027, 1, 1))]
)
def test_s14_a_plan_that_cannot_be_is_refused_at_its_field(place: Services, plan: Plan) -> None:
    with pytest.raises(Invalid):
        act(place, FENNA, DeployFolder(named("Nooit"), plan))


def test_s14_nothing_waits_no_more_after_it_was_withdrawn(two: Services) -> None:
    act(two, FENNA, DeployFolder(named("Weg")))
    row = proposed(two)
    act(two, GERDA, WithdrawVersion("eerste", row.id))
    with pytest.raises(NotFound):
        act(two, GERDA, ApproveVersion("eerste", row.id))


def version_of(services: Services, number: str) -> int:
    return next(one.version for one in versions(services) if one.id == case_of(services, number).model_version_id)


def test_s1_a_change_of_words_only_goes_live_for_running_cases_in_one_press(place: Services) -> None:
    running, fenna = register(place), Browser(place, FENNA)
    assert "De lopende zaak met versie 1 gaat meteen mee" in fenna.get(f"{DRAFT}/in-gebruik")
    fenna.post(f"{DRAFT}/in-gebruik", {"moves": "ja", "reason": "Een beter woord."})
    drain(place)
    assert version_of(place, running) == 2
    assert "status 'Begonnen' (eerst 'Binnen')" in fenna.get(f"{HOME}/1/terug")
    assert "loopt verder op versie 2" in rows(place, NoteRow, case_id=case_of(place, running).id)[-1].text


@pytest.mark.parametrize("more", ["than words", "than today"])
def test_s1_more_than_words_does_not_take_running_cases_along(place: Services, more: str) -> None:
    register(place)
    given = (
        named("Binnen") if more == "than today" else folder(FIRST.changed("body", 'order="10"', 'order="20"'), "eerste")
    )
    day = today(place) + timedelta(days=1) if more == "than today" else None
    with pytest.raises(Invalid) as refused:
        act(place, FENNA, DeployFolder(given, Plan(starts_on=day, moves=True)))
    assert set(refused.value.fields) == {"moves"}
    assert rows(place, ModelMove) == []


def test_s1_words_for_running_cases_wait_for_the_second_one_too(two: Services) -> None:
    running = register(two)
    act(two, FENNA, DeployFolder(named("Binnen"), Plan(moves=True)))
    assert "Gaan meteen mee" in Browser(two, GERDA).get(f"{HOME}/voorstel")
    act(two, GERDA, ApproveVersion("eerste", proposed(two).id))
    drain(two)
    assert version_of(two, running) == 2
