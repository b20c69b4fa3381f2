"""People who work here have a number of our own, bound to `iss` and `sub`; a spelling of a user name makes nobody."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.installation import installation
from kit.people import FENNA, known
from sqlalchemy import select

from processes.actions import act
from processes.actions.people import AS_NEW, AdmitAccount
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, Invalid, NotAllowed
from processes.storage.services import Services
from processes.storage.sign_in import ISSUER, Account, NotAdmitted, note_issuer, sign_in
from processes.storage.tables import AuditRow, SettingRow, StaffIdentity, StaffRow

BEFORE, OTHER = "https://idp.example", "https://ander.example"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, faces=("admin",)) as opened:
        yield opened


def account(subject: str, username: str, issuer: str = BEFORE, email: str | None = None) -> Account:
    return Account(issuer, subject, username, f"Naam van {username}", frozenset({"worker"}), email)


def known_before(services: Services, *usernames: str) -> list[str]:
    """People of before numbers were given out: a number, a user name, no account; the provider of then is BEFORE."""
    with services.sessions.begin() as session:
        for place, username in enumerate(usernames):
            session.add(StaffRow(number=f"m{place}", username=username, name=username, roles=["worker"]))
        session.add(SettingRow(name=ISSUER, value=BEFORE))
    return [f"m{place}" for place in range(len(usernames))]


def comes_in(services: Services, who: Account) -> str | None:
    try:
        return sign_in(services, who).subject
    except NotAdmitted:
        return None


def waiting(services: Services) -> list[tuple[str, str]]:
    with services.sessions() as session:
        found = select(StaffIdentity.issuer, StaffIdentity.subject).where(StaffIdentity.staff.is_(None))
        return [(row.issuer, row.subject) for row in session.execute(found)]


def test_t7_one_account_is_one_person_however_the_user_name_is_spelled(services: Services) -> None:
    numbers = {comes_in(services, account("sub-1", name)) for name in ("noor", "NOOR", "n.veranderd", "noor@elders.nl")}
    assert len(numbers) == 1
    assert None not in numbers


def test_t7_two_accounts_without_anything_in_common_are_two_people(services: Services) -> None:
    assert comes_in(services, account("sub-1", "noor")) != comes_in(services, account("sub-2", "piet"))


@pytest.mark.parametrize(
    ("username", "issuer", "email"),
    [("noor", BEFORE, None), ("NOOR", BEFORE, None), ("noor", OTHER, None), ("noor@gemeente.nl", OTHER, None),
     ("GEMEENTE\\noor", OTHER, None), ("n.behandelaar", OTHER, "NOOR@post.example")],
)  # fmt: skip
def test_t7_another_account_with_a_name_that_is_known_waits_for_an_administrator(
    services: Services, username: str, issuer: str, email: str | None
) -> None:
    assert comes_in(services, account("sub-1", "noor", email="noor@post.example"))
    another = account("sub-2", username, issuer, email)
    assert (comes_in(services, another), comes_in(services, another)) == (None, None)
    assert waiting(services) == [(issuer, "sub-2")]


def test_t7_who_was_known_before_is_bound_once_at_the_provider_of_then_and_it_is_recorded(services: Services) -> None:
    (noor,) = known_before(services, "noor")
    assert comes_in(services, account("sub-0", "noor", OTHER)) is None
    assert comes_in(services, account("sub-1", "NOOR")) == noor
    assert comes_in(services, account("sub-2", "noor")) is None
    with services.sessions() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "staff_bound")).all()
        assert [row.detail for row in rows] == [{"person": noor}]


def test_t7_of_two_spellings_that_were_known_before_neither_is_chosen(services: Services) -> None:
    known_before(services, "noor", "NOOR")
    assert comes_in(services, account("sub-1", "noor")) is None


def test_t7_without_a_provider_of_before_nobody_binds_by_name(services: Services) -> None:
    known(services, FENNA)
    assert comes_in(services, account("sub-1", FENNA.subject)) is None


@pytest.mark.parametrize(
    ("oidc", "production", "noted"),
    [({"staff_issuer": BEFORE}, True, BEFORE), ({}, True, None), ({}, False, "simulator")],
)
def test_t7_the_first_provider_after_the_migration_is_noted_and_stays(
    services: Services, oidc: dict, production: bool, noted: str | None
) -> None:
    known(services, FENNA)
    note_issuer(services.sessions, replace(services.settings, oidc=oidc, production=production))
    note_issuer(services.sessions, replace(services.settings, oidc={"staff_issuer": OTHER}))
    with services.sessions() as session:
        assert session.get_one(SettingRow, ISSUER).value == (noted or OTHER)


@pytest.mark.parametrize("as_new", [True, False])
def test_t7_an_administrator_says_whose_account_it_is(services: Services, as_new: bool) -> None:
    noor = str(comes_in(services, account("sub-1", "noor")))
    second = account("sub-9", "noor", OTHER)
    assert comes_in(services, second) is None
    fenna = Browser(services, FENNA)
    assert "Naam van noor" in fenna.get("/beheer/medewerkers")
    page = fenna.post("/beheer/medewerkers/toelaten", {"number-1": AS_NEW if as_new else noor})
    assert "Het account is toegelaten" in page
    assert (comes_in(services, second) == noor) is not as_new
    assert waiting(services) == []


def test_t7_only_an_administrator_admits_and_only_what_waits(services: Services) -> None:
    comes_in(services, account("sub-1", "noor"))
    comes_in(services, account("sub-2", "noor"))
    wanted = AdmitAccount(BEFORE, "sub-2", AS_NEW)
    with pytest.raises(NotAllowed):
        act(services, Actor("staff", "x", "X", frozenset({"worker", "decider"})), wanted)
    with pytest.raises(Invalid):
        act(services, FENNA, AdmitAccount(BEFORE, "sub-2", "m-verzonnen"))
    act(services, FENNA, wanted)
    with pytest.raises(AlreadyDone):
        act(services, FENNA, wanted)


def test_t7_two_people_of_one_name_are_told_apart_on_pages(services: Services) -> None:
    with services.sessions.begin() as session:
        for number, username in (("m1", "jan1"), ("m2", "jan2")):
            session.add(StaffRow(number=number, username=username, name="Jan de Vries", roles=["admin"]))
    page = Browser(services, FENNA).get("/beheer/medewerkers")
    assert page.count("Jan de Vries") >= 2
    assert "Ingelogd als Jan de Vries (jan2)" in Browser(
        services, Actor("staff", "m2", "Jan de Vries", frozenset({"admin"}))
    ).get("/beheer/medewerkers")
