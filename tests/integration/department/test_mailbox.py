"""All dossiers of a department after a code to its own mailbox, and a lost link that comes again that way (P6, P7)."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.browser import ORIGIN, hidden
from kit.cases import INTAKE, do, register_bezwaar
from kit.desk import Desk, desk
from kit.people import NOOR
from kit.statements import statements
from sqlalchemy import select, update

from portal.security.sessions import cookie_name
from processes.access.dossier_link import tasks_of
from processes.access.mailbox import departments_behind, living_dossiers, waiting_in
from processes.actions import act
from processes.actions.dossier_links import RevokeLink
from processes.actions.mailbox_codes import TRIES
from processes.jobs.unconfirmed_sweep import sweep_unconfirmed
from processes.jobs.workers import drain
from processes.storage.tables import (
    Case,
    Decision,
    DepartmentRow,
    DocumentRequestRow,
    Dossier,
    MailboxCode,
    MailRow,
    TaskRow,
    WebSession,
)

BOX = "parkeren@voorbeeldstad.example"
NOBODYS = "niemand@voorbeeldstad.example"


class Reader:
    """The browser of somebody who reads the mailbox of a department."""

    def __init__(self, office: Desk) -> None:
        self.office = office

    def get(self, path: str, **more: Any) -> Any:
        return self.office.client.get(path, **more)

    def post(self, path: str, page: str, **fields: str) -> Any:
        data = {"csrf": hidden(page, "csrf"), "form_key": hidden(page, "form_key"), **fields}
        return self.office.client.post(path, data=data, headers=ORIGIN)

    def ask(self, address: str = BOX) -> Any:
        return self.post("/verzoek", self.get("/verzoek").text, email=address)

    def code(self) -> str:
        """The newest code that was mailed."""
        drain(self.office.services)
        mails = [row for row in self.office.rows(MailRow) if row.template == "mailbox-code"]
        return re.search(r"^\d{6}$", mails[-1].body, re.MULTILINE).group()  # type: ignore[union-attr]

    def fill(self, code: str) -> Any:
        return self.post("/verzoek/code/invullen", self.get("/verzoek/code").text, code=code)

    def come_in(self) -> Any:
        self.ask()
        return self.fill(self.code())


@pytest.fixture
def reader(office: Desk) -> Reader:
    return Reader(office)


def codes_mailed(office: Desk) -> list[str]:
    drain(office.services)
    return [row.recipient for row in office.rows(MailRow) if row.template == "mailbox-code"]


def test_p6_a_code_to_the_mailbox_opens_all_dossiers_of_the_department(office: Desk, reader: Reader) -> None:
    assert "E-mailadres van het postvak" in reader.get("/verzoek/overzicht").text
    page = reader.come_in()
    assert page.url.path == "/verzoek/overzicht"
    assert office.number in page.text
    assert "Het besluit waartegen bezwaar is gemaakt" in page.text
    (dossier,) = office.rows(Dossier)
    opened = reader.get(f"/verzoek/overzicht/{dossier.id}")
    assert opened.url.path == office.address
    assert office.number in opened.text


def test_p6_o16_code_and_overview_tell_nothing_of_the_decision_of_another_department(
    office: Desk, reader: Reader
) -> None:
    with office.services.sessions.begin() as session:
        session.scalars(select(Decision)).one().department = "wonen"
        session.add(Decision(case_id=1, subject="Bouwstop", number="PA-9", department="parkeren"))
    page = reader.come_in().text
    assert ("Bouwstop" in page, "Intrekken parkeervergunning" in page) == (True, False)
    (mail,) = [row for row in office.rows(MailRow) if row.template == "mailbox-code"]
    for word in (office.number, "Bouwstop", "Intrekken"):
        assert word not in mail.subject + mail.body


def test_p7_a_lost_link_comes_again_by_the_code(office: Desk, reader: Reader) -> None:
    gone = reader.get("/verzoek/" + "x" * 43)
    assert 'href="/verzoek"' in gone.text
    reader.come_in()
    assert reader.get(f"/verzoek/overzicht/{office.rows(Dossier)[0].id}").url.path == office.address


def test_p6_an_address_that_nobody_has_gets_the_same_answer_for_the_same_work(office: Desk, reader: Reader) -> None:
    pages, done = [], []
    for address in (BOX, NOBODYS):
        page = reader.get("/verzoek").text
        with statements(office.services) as made:
            pages.append(reader.post("/verzoek", page, email=address))
        done.append(made)
    assert pages[0].status_code == pages[1].status_code == 200
    strip = re.compile(r'value="[^"]{20,}"')
    assert strip.sub("", pages[0].text) == strip.sub("", pages[1].text)
    assert done[0] == done[1]
    assert not any("department" in one for one in done[0])
    assert codes_mailed(office) == [BOX]
    assert reader.fill("000000").status_code == 422


@pytest.mark.parametrize("address", [BOX, NOBODYS])
def test_p6_five_wrong_codes_are_the_end_of_it(office: Desk, reader: Reader, address: str) -> None:
    reader.ask(address)
    right = reader.code() if address == BOX else "123456"
    wrong = "000000" if right != "000000" else "111111"
    answers = [reader.fill(wrong) for _ in range(TRIES)]
    assert {answer.status_code for answer in answers} == {422}
    assert ["klopt niet" in answer.text for answer in answers] == [True] * (TRIES - 1) + [False]
    assert "werkt niet (meer)" in reader.fill(right).text
    assert office.rows(WebSession) == []


def test_p6_a_code_works_ten_minutes_and_once(office: Desk, reader: Reader) -> None:
    reader.ask()
    code = reader.code()
    with office.services.sessions.begin() as session:
        session.execute(update(MailboxCode).values(asked_at=datetime.now(UTC) - timedelta(minutes=10, seconds=5)))
    assert "werkt niet (meer)" in reader.fill(code).text
    reader.ask()
    code = reader.code()
    assert reader.fill(code).url.path == "/verzoek/overzicht"
    assert "werkt niet (meer)" in reader.fill(code).text


def test_p6_a_code_counts_only_in_the_browser_that_asked(office: Desk, reader: Reader) -> None:
    reader.ask()
    code = reader.code()
    office.client.cookies.clear()
    assert "werkt niet (meer)" in reader.fill(code).text


def test_p6_codes_are_limited_by_address_and_by_network(tmp_path: Path) -> None:
    limits = ("code-address=2/10minutes", "code-network=5/10minutes")
    with desk(tmp_path, limits=limits) as office:
        reader = Reader(office)
        assert [reader.ask(one).status_code for one in (BOX, BOX, BOX.upper(), NOBODYS, NOBODYS)] == [
            200, 200, 429, 200, 200,
        ]  # fmt: skip
        assert reader.ask("ander@voorbeeldstad.example").status_code == 429
        office.client.comes_from("198.51.100.7")
        assert reader.ask("ander@voorbeeldstad.example").status_code == 200


def test_p6_a_session_is_short_and_ends_by_its_button(office: Desk, reader: Reader) -> None:
    page = reader.come_in().text
    (row,) = office.rows(WebSession)
    assert row.kind == "department"
    assert timedelta(minutes=19) < row.expires_at - row.created_at <= timedelta(minutes=20)
    assert BOX.encode() not in row.data
    cookie = next(
        one for one in office.client.cookies.jar if one.name == cookie_name(office.services.settings, "department")
    )
    assert cookie.has_nonstandard_attr("HttpOnly")
    out = reader.post("/uitloggen?soort=department", page)
    assert "Een nieuwe code vragen" in out.text
    assert reader.get("/verzoek/overzicht").url.path == "/verzoek"


def test_p6_another_mailbox_of_the_department_ends_what_the_old_one_may_see(office: Desk, reader: Reader) -> None:
    reader.come_in()
    office.change(DepartmentRow, email="nieuw@voorbeeldstad.example")
    assert reader.get(f"/verzoek/overzicht/{office.rows(Dossier)[0].id}").status_code == 404
    assert reader.get("/verzoek/overzicht").url.path == "/verzoek"


def test_b7_the_dossier_of_another_department_is_not_there(office: Desk, reader: Reader) -> None:
    with office.services.sessions.begin() as session:
        salt = b"een ander dossier van dezelfde zaak"
        found = office.services.secrets.token_hash(office.services.secrets.link_token(salt))
        other = Dossier(case_id=1, department="wonen", salt=salt, token_hash=found, opened_at=office.clock.now())
        session.add(other)
        session.flush()
        other_id = other.id
    reader.come_in()
    assert reader.get(f"/verzoek/overzicht/{other_id}").status_code == 404
    assert reader.get("/verzoek/overzicht?toon=alles").text.count('href="/verzoek/overzicht/') == 1


def test_p6_a_revoked_dossier_stands_in_no_overview(office: Desk, reader: Reader) -> None:
    (dossier,) = office.rows(Dossier)
    act(office.services, NOOR, RevokeLink(dossier.id))
    reader.come_in()
    assert office.number not in reader.get("/verzoek/overzicht?toon=alles").text
    assert reader.get(f"/verzoek/overzicht/{dossier.id}").status_code == 404


def thirty(office: Desk) -> None:
    """Thirty requests in all, the first late, each due on another day."""
    for number in range(29):
        register_bezwaar(office.services, subject=f"Vergunning {number}")
        do(office.services, "Intake", **INTAKE, route="commissie")
    with office.services.sessions.begin() as session:
        for place, row in enumerate(session.scalars(select(DocumentRequestRow).order_by(DocumentRequestRow.id))):
            row.due = office.today + timedelta(days=place - 3)


def test_p6_thirty_requests_stand_by_date_with_how_late_they_are(office: Desk, reader: Reader) -> None:
    reader.come_in()
    thirty(office)
    page = reader.get("/verzoek/overzicht").text
    shown = re.findall(r"BZW-2026-\d+", page)
    assert len(shown) == 30
    assert shown == sorted(shown)
    assert page.index("3 dagen te laat") < page.index("nog 5 dagen")
    assert "Gevraagd (30)" in page
    late = reader.get("/verzoek/overzicht?toon=te-laat").text
    assert len(re.findall(r"BZW-2026-\d+", late)) == 3
    found = reader.get("/verzoek/overzicht", params={"zoek": "000017 vergunning"}).text
    assert len(re.findall(r"BZW-2026-\d+", found)) == 1
    assert "Geen dossier gevonden" in reader.get("/verzoek/overzicht", params={"zoek": "bestaat niet"}).text
    with office.services.sessions() as session:
        mine = session.scalars(living_dossiers(departments_behind(session, BOX), office.today)).all()
        together = {(dossier, task.id) for dossier, task, _ in session.execute(waiting_in([one.id for one in mine]))}
        one_by_one = {(one.id, task.id) for one in mine for task in session.scalars(tasks_of(session, one))}
        assert together == one_by_one
        assert len(together) == 30


def test_p6_the_overview_of_thirty_takes_a_handful_of_statements(office: Desk, reader: Reader) -> None:
    reader.come_in()
    with statements(office.services) as one:
        reader.get("/verzoek/overzicht")
    thirty(office)
    with statements(office.services) as many:
        reader.get("/verzoek/overzicht")
    assert len(many) <= len(one) + 2  # what the pages share is read again now and then


def test_p6_codes_and_their_mails_are_swept(office: Desk, reader: Reader) -> None:
    reader.ask()
    reader.code()
    with office.services.sessions.begin() as session:
        session.execute(update(MailboxCode).values(asked_at=datetime.now(UTC) - timedelta(hours=2)))
        session.execute(
            update(MailRow)
            .where(MailRow.template == "mailbox-code")
            .values(created_at=office.clock.now() - timedelta(days=3))
        )
    sweep_unconfirmed(office.services)
    assert office.rows(MailboxCode) == []
    assert codes_mailed(office) == []


# -- a department that is always asked for a code ------------------------------------------------------------------


@pytest.fixture
def careful(office: Desk) -> Desk:
    office.change(DepartmentRow, always_code=True)
    with office.services.sessions() as session:
        assert session.get_one(DepartmentRow, "parkeren").always_code
    return office


def test_p6_a_link_alone_shows_only_the_request_for_a_code(careful: Desk, reader: Reader) -> None:
    task = careful.task("DeliverDocuments")
    for rest in ("", "/nazending", f"/taak/{task}", "/stuk/1"):
        page = reader.get(careful.address + rest)
        assert page.status_code == 403
        assert "Stuur de code" in page.text
        assert careful.number not in page.text
        assert "Parkeren" not in page.text
    data = {"csrf": careful.csrf, "form_key": "sleutel-0123456789", "remark": "Hier", "task": task, "stap": "versturen"}
    assert careful.client.post(f"{careful.address}/aanleveren", data=data, headers=ORIGIN).status_code == 403
    assert careful.rows(TaskRow)[-1].state == "open"


def test_p6_who_knows_the_address_of_a_mailbox_keeps_its_department_from_no_link(tmp_path: Path) -> None:
    """Anybody may ask for a code for it, and use up what may be asked for that address, or at that desk."""
    limits = ("code-address=2/day", "code-network=5/10minutes")
    with desk(tmp_path, limits=limits) as office:
        reader = Reader(office)
        office.change(DepartmentRow, always_code=True)
        assert [reader.ask(one).status_code for one in (BOX, BOX, BOX, NOBODYS, NOBODYS, NOBODYS)][2:] == [
            429,
            200,
            200,
            429,
        ]
        ask = f"{office.address}/code"
        assert reader.post(ask, reader.get(office.address).text).url.path == "/verzoek/code"
        assert len(codes_mailed(office)) == 3
        assert reader.fill(reader.code()).url.path == "/verzoek/overzicht"
        office.client.cookies.clear()
        answers = [reader.post(ask, reader.get(office.address).text).status_code for _ in range(2)]
        assert answers == [200, 429]  # a link has tries of its own, and no more than those


def test_p6_the_code_asked_by_a_link_goes_to_the_departments_own_mailbox(careful: Desk, reader: Reader) -> None:
    asked = reader.post(f"{careful.address}/code", reader.get(careful.address).text)
    assert asked.url.path == "/verzoek/code"
    code = reader.code()
    assert codes_mailed(careful) == [BOX]
    assert reader.fill(code).url.path == "/verzoek/overzicht"
    assert careful.number in reader.get(careful.address).text


def test_p6_the_code_of_another_mailbox_does_not_open_the_link(careful: Desk, reader: Reader) -> None:
    reader.ask("wonen@voorbeeldstad.example")
    reader.fill(reader.code())
    assert reader.get(careful.address).status_code == 403


def test_o4_a_department_with_networks_of_its_own_shows_nothing_elsewhere(office: Desk, reader: Reader) -> None:
    office.client.comes_from("10.1.2.3")
    office.change(DepartmentRow, networks="10.1.0.0/16")
    reader.come_in()
    assert office.number in reader.get("/verzoek/overzicht").text
    office.client.comes_from("203.0.113.5")
    reader.come_in()
    for path in ("/verzoek/overzicht", f"/verzoek/overzicht/{office.rows(Dossier)[0].id}"):
        answer = reader.get(path)
        assert answer.status_code == 403
        assert office.number not in answer.text


def test_o35_a_dossier_that_is_over_stands_in_no_overview(office: Desk, reader: Reader) -> None:
    reader.come_in()
    office.change(Case, state="closed", departments_until=office.today - timedelta(1))
    assert office.number not in reader.get("/verzoek/overzicht?toon=alles").text
