"""S19: who sends mail, who is warned, networks, sizes and teams, set on pages with the environment as their first value."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows, today
from kit.installation import installation
from kit.people import FENNA, NOOR, PIET, SEM, known
from sqlalchemy import select, update

from engine.words import Side
from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.draft_comments import ShareDraft
from processes.actions.drafting import StartDraft
from processes.actions.drafts import SaveDraft
from processes.actions.withdrawing import Withdraw
from processes.base.email_address import wire_address
from processes.base.errors import Invalid
from processes.base.visitor import comes_from
from processes.dated.typed_settings import TypedSetting
from processes.execution.letterhead import letterhead_of
from processes.execution.unit_of_work import transact
from processes.jobs.held_files_sweep import sweep_held_files
from processes.post.message import message
from processes.post.senders import sender_of
from processes.reads.department import OutsideNetwork, enter
from processes.reads.drafts import read_draft
from processes.reads.workbench import read_today
from processes.storage.current_settings import current_settings
from processes.storage.drafts import DraftContent
from processes.storage.services import Services
from processes.storage.staff import remember
from processes.storage.tables import Case, DepartmentRow, Dossier, DraftRow, LawRuleRow, MailRow, TaskRow

HOME = "/beheer/instellingen"
TEN_DAYS = {"days": "10", "valid_from": "2020-01-01", "reason": "Minder bewaren."}
FIRST = {
    "organisation": "Gemeente Eerst", "mail_from": "eerst@voorbeeldstad.example", "upload_megabytes": 50,
    "department_networks": ("10.0.0.0/8",), "team_mailbox": "team@voorbeeldstad.example",
}  # fmt: skip


def filled(services: Services) -> None:
    add_departments(services, "parkeren")
    put_in_use(services, *BEZWAAR)
    with services.sessions.begin() as session:
        remember(session, FENNA, "fenna@voorbeeldstad.example")
        remember(session, NOOR, "noor@voorbeeldstad.example")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, filled, faces=("admin", "workbench"), **FIRST) as opened:
        yield opened


@pytest.fixture
def fenna(services: Services) -> Browser:
    return Browser(services, FENNA)


def save(services: Services, kind: str, code: str, *, new: bool = False, **values: str) -> None:
    act(services, FENNA, SaveSetting(TypedSetting(kind, code, "2020-01-01", values, "Zo is het beter.", new)))


def sender(services: Services) -> list[tuple[str, str, str]]:
    """Name, address and place of an answer of each mail that there is, as it would leave."""
    found = []
    with services.sessions() as session:
        for mail in rows(services, MailRow):
            made = message(sender_of(services, session, mail), mail, "Tekst", wire_address(mail.recipient))
            found.append(
                (made["From"].addresses[0].display_name, made["From"].addresses[0].addr_spec, made["Reply-To"])
            )
    return found


def test_s19_the_environment_gives_the_first_value_and_a_page_the_next(fenna: Browser, services: Services) -> None:
    page = fenna.get(f"{HOME}/uploads/regel/uploaden")
    assert "50 (uit ZAAKSPOOR_UPLOAD_MEGABYTES)" in page
    form = {"valid_from": "2020-01-01", "upload_megabytes": "20", "reason": "Kleinere postvakken."}
    assert 'href="#field-upload_megabytes"' in fenna.post(f"{HOME}/uploads/regel/uploaden/wijzigen", {**form, "upload_megabytes": "51"}, status=422)  # fmt: skip
    page = fenna.post(f"{HOME}/uploads/regel/uploaden/wijzigen", {**form, "step": "save"})
    assert "Grootste upload in MB: 50 (uit ZAAKSPOOR_UPLOAD_MEGABYTES) wordt 20" in page
    assert current_settings(services).upload_megabytes == 20
    fenna.post(f"{HOME}/uploads/regel/uploaden/2020-01-01/terugnemen", {"reason": "Toch niet."})
    assert current_settings(services).upload_megabytes == 50


def test_s19_the_name_of_the_organisation_stands_above_pages_from_the_day_it_is_set(
    fenna: Browser, services: Services
) -> None:
    assert "Gemeente Eerst" in fenna.get("/beheer")
    values = {
        "name": "Gemeente Anders", "postal_address": "Postbus 1", "phone": "14 0999", "email": "post@anders.example",
        "hours": "op werkdagen", "team": "team Recht",
    }  # fmt: skip
    save(services, "organisation", "organisatie", **values)
    assert "Gemeente Anders" in fenna.get("/beheer")


def test_s19_a_sender_of_all_mail_and_one_of_a_case_type(fenna: Browser, services: Services) -> None:
    register_bezwaar(services)
    do(services, "Intake", **INTAKE)
    assert {name for name, _, _ in sender(services)} == {"Gemeente Eerst"}
    save(services, "mail_sender", "alle-mail", name="Gemeente Voorbeeldstad", reply_to="balie@voorbeeldstad.example")
    save(services, "mail_sender", "bezwaar", new=True, address="bezwaar@voorbeeldstad.example")
    assert set(sender(services)) == {
        ("Gemeente Voorbeeldstad", "bezwaar@voorbeeldstad.example", "balie@voorbeeldstad.example")
    }
    page = fenna.get(f"{HOME}/mail_sender/nieuw")
    assert 'value="bezwaar"' in page
    assert 'value="stukkenverzoek"' not in page


def test_s19_an_administrator_sends_a_trial_mail_to_themselves(fenna: Browser, services: Services) -> None:
    save(services, "mail_sender", "bezwaar", new=True, address="bezwaar@voorbeeldstad.example")
    fenna.get(f"{HOME}/mail_sender/regel/bezwaar")
    assert "De proefmail is onderweg" in fenna.post(f"{HOME}/mail_sender/regel/bezwaar/proefmail")
    assert [row.recipient for row in rows(services, MailRow)] == ["fenna@voorbeeldstad.example"]
    assert sender(services) == [("Gemeente Eerst", "bezwaar@voorbeeldstad.example", None)]


def test_s19_networks_hold_for_all_departments_and_within_them_for_one(services: Services) -> None:
    register_bezwaar(services)
    do(services, "Intake", **INTAKE)
    (dossier,) = rows(services, Dossier)
    token = services.secrets.link_token(dossier.salt)
    assert current_settings(services).department_networks == ("10.0.0.0/8",)
    save(services, "networks", "afdelingen", department_networks="192.0.2.0/24\n198.51.100.7")
    assert current_settings(services).department_networks == ("192.0.2.0/24", "198.51.100.7")
    comes_from("192.0.2.7")
    assert enter(services, token).name == "Parkeren"
    with services.sessions.begin() as session:
        session.get_one(DepartmentRow, "parkeren").networks = "192.0.2.128/25"
    with pytest.raises(OutsideNetwork):
        enter(services, token)
    comes_from("192.0.2.200")
    assert enter(services, token).name == "Parkeren"
    comes_from(None)


def test_s19_a_team_has_members_and_case_types_and_signs_where_nobody_handles_the_case(
    fenna: Browser, services: Services
) -> None:
    form = {"code": "juridisch", "name": "team Recht", "members": [NOOR.subject], "case_types": ["bezwaar"], "valid_from": "2020-01-01", "reason": "Een nieuw team."}  # fmt: skip
    assert "Dit team bestaat niet meer" not in fenna.get(f"{HOME}/team/nieuw")
    page = fenna.post(f"{HOME}/team/nieuw", {**form, "mailbox": "recht@voorbeeldstad.example"})
    assert NOOR.name in page
    assert "Er is nog niets opgeslagen" in page
    page = fenna.post(f"{HOME}/team/nieuw", {"step": "save"})
    assert NOOR.name in page
    assert "team Recht" in page
    signed = transact(services, FENNA, lambda work: letterhead_of(work, "bezwaar").organisation.team)
    assert signed == "team Recht"
    fenna.post(f"{HOME}/team/regel/juridisch/wijzigen", {**form, "members": ["niemand"]}, status=422)


def test_s19_the_tasks_of_a_lane_go_to_its_team_before_that_of_the_case_type(services: Services) -> None:
    teams = (("recht", NOOR, {"case_types": "bezwaar"}), ("commissie", PIET, {"lanes": "bezwaar:LaneCommittee"}))
    for code, member, handles in teams:
        known(services, member)
        save(services, "team", code, new=True, name=code, members=member.subject, **handles)
    worker, committee = register_bezwaar(services), register_bezwaar(services)
    with services.sessions.begin() as session:
        case = session.scalars(select(Case.id).where(Case.number == committee)).one()
        moved = update(TaskRow).where(TaskRow.case_id == case)  # as when the committee has its turn
        session.execute(moved.values(element="Advice", side=Side.COMMITTEE))
    mine, theirs = (read_today(services, who, "team") for who in (NOOR, PIET))
    assert [[row.number for band in page.bands for row in band.rows] for page in (mine, theirs)] == [
        [worker],
        [committee],
    ]
    assert [(page.counts["team"], page.teams) for page in (mine, theirs)] == [(1, ("recht",)), (1, ("commissie",))]
    assert "Van mijn team (1 taak)" in Browser(services, PIET).get("/werk?van=team")
    fenna = Browser(services, FENNA)
    assert "Bezwaar: Commissie" in fenna.get("/beheer/rollen")
    assert 'value="bezwaar:LaneCommittee"' in fenna.get(f"{HOME}/team/regel/recht/wijzigen")
    nobody = read_today(services, known(services, SEM), "team")
    assert (nobody.bands, nobody.teams) == ((), ())


def test_s19_a_link_of_a_department_lives_as_long_as_the_case_type_says_or_shorter(services: Services) -> None:
    until = [_until(services)]
    save(services, "link_terms", "links", department_days="3", reader_days="90")
    until.append(_until(services))
    save(services, "link_terms", "links", department_days="300", reader_days="90")
    until.append(_until(services))
    assert until == [today(services) + timedelta(days) for days in (14, 3, 14)]


def _until(services: Services) -> date | None:
    """The last day of the links of departments of a case that ends today."""
    number = register_bezwaar(services)
    act(services, NOOR, Withdraw(number, "Niet meer nodig."))
    return rows(services, Case, number=number)[0].departments_until


def test_s19_the_link_of_a_reader_lives_at_most_as_long_as_the_setting_says(services: Services) -> None:
    act(services, FENNA, StartDraft("bezwaar"))
    save(services, "link_terms", "links", department_days="", reader_days="5")
    wanted = ShareDraft("bezwaar", "Jurist", today(services) + timedelta(days=6))
    with pytest.raises(Invalid) as refused:
        act(services, FENNA, wanted)
    assert refused.value.fields == {"until": "Kies een dag vanaf vandaag, hoogstens 5 dagen vooruit."}
    act(services, FENNA, replace(wanted, until=today(services) + timedelta(days=5)))
    assert "Hoogstens 5 dagen vooruit." in Browser(services, FENNA).get("/beheer/zaaktypen/bezwaar/ontwerp/opmerkingen")


def test_s19_a_begun_form_is_kept_as_long_as_the_setting_says_and_the_history_says_who_changed_it(
    services: Services, fenna: Browser
) -> None:
    act(services, NOOR, SaveDraft("/werk/nieuw", DraftContent({"subject": ["Een hek"]})))
    draft = read_draft(services, NOOR, "/werk/nieuw")
    assert draft
    assert draft.until - draft.saved_at == timedelta(days=30)
    page = fenna.post(f"{HOME}/begun_forms/regel/formulieren/wijzigen", TEN_DAYS)
    assert "Er is nog niets opgeslagen" in page
    page = fenna.post(f"{HOME}/begun_forms/regel/formulieren/wijzigen", {"step": "save"})
    assert "Hoeveel dagen na de laatste keer bewaren?: 30 wordt 10" in page
    shorter = read_draft(services, NOOR, "/werk/nieuw")
    assert shorter
    assert shorter.until - shorter.saved_at == timedelta(days=10)
    with services.sessions.begin() as session:
        session.execute(update(DraftRow).values(saved_at=draft.saved_at - timedelta(days=11)))
    sweep_held_files(services)
    assert read_draft(services, NOOR, "/werk/nieuw") is None
    assert "terugnemen" in fenna.get(f"{HOME}/begun_forms/regel/formulieren").lower()
    fenna.post(f"{HOME}/begun_forms/regel/formulieren/wijzigen", {**TEN_DAYS, "days": "0"}, status=422)


def test_s19_an_earlier_version_comes_back_by_one_press_and_a_reason(fenna: Browser, services: Services) -> None:
    for day, text in (("2020-01-01", "192.0.2.0/24"), ("2020-02-01", "198.51.100.0/24")):
        act(
            services,
            FENNA,
            SaveSetting(TypedSetting("networks", "afdelingen", day, {"department_networks": text}, "Verhuisd.")),
        )
    page = fenna.get(f"{HOME}/networks/regel/afdelingen")
    assert "wijzigen?zoals=2020-01-01" in page
    address = f"{HOME}/networks/regel/afdelingen/wijzigen"
    page = fenna.get(f"{address}?zoals=2020-01-01")
    assert "192.0.2.0/24</textarea>" in page
    assert f'value="{today(services)}"' in page  # a first day is proposed
    assert len(rows(services, LawRuleRow)) == 2
