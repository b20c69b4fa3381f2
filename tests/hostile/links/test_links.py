"""Links that lie, scanners that open everything, and what may never leave (O5, B7)."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from kit.browser import ORIGIN
from kit.desk import Desk, form_of
from kit.documents import PDF
from kit.people import NOOR
from kit.statements import statements
from sqlalchemy import text
from structlog.testing import capture_logs

from portal import serving
from processes.actions import act
from processes.actions.dossier_links import RevokeLink
from processes.storage.base import Base
from processes.storage.tables import Case, Delivery, DocumentRow, Dossier, LinkOpening, RateRow

PAGES = ("", "/nazending", "/ontvangst/ONT-1", "/stuk/1", "/taak/1", "/iets/anders", "/")


def revoked(office: Desk) -> str:
    act(office.services, NOOR, RevokeLink(office.rows(Dossier)[0].id))
    return office.token


def expired(office: Desk) -> str:
    office.change(Case, departments_until=office.today - timedelta(1))
    return office.token


BROKEN: dict[str, Callable[[Desk], str]] = {
    "wrong": lambda _: "A" * 43,
    "truncated": lambda office: office.token[:-1],
    "longer": lambda office: f"{office.token}A",
    "other case": lambda office: office.token.swapcase(),
    "strange": lambda _: "%ED%A0%80' OR 1=1",
    "long": lambda _: "A" * 5000,
    "revoked": revoked,
    "expired": expired,
}


def everything(office: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the counts of what somebody tries and for who opened a link."""
    with office.services.sessions() as session:
        return {
            table.name: sorted(map(tuple, session.execute(table.select())), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in {RateRow.__tablename__, LinkOpening.__tablename__}
        }


@pytest.mark.parametrize("which", BROKEN)
def test_b7_every_link_that_does_not_work_gets_the_same_page_for_the_same_work(office, which):
    with statements(office.services) as usual:
        model = office.client.get("/verzoek/bestaat-niet")
    token = BROKEN[which](office)
    for page in PAGES:
        with statements(office.services) as done:
            answer = office.client.get(f"/verzoek/{token}{page}")
        assert answer.status_code == 404
        assert answer.content == model.content
        if page == "":
            assert done == usual


def test_b7_a_link_is_looked_up_with_one_statement_whatever_is_wrong_with_it(office):
    with statements(office.services) as done:
        office.client.get("/verzoek/bestaat-niet")
    assert len([one for one in done if "dossier" in one]) == 1


@pytest.mark.parametrize("which", ["wrong", "revoked", "expired"])
def test_b7_nothing_can_be_sent_by_a_link_that_does_not_work(office, which):
    office.deliver(("besluit.pdf", PDF))
    page = office.choose(("rapport.pdf", PDF), task="").text
    good = office.address
    token = BROKEN[which](office)
    before, files = everything(office), len(list(office.services.files.all_blobs()))
    data = {**form_of(page), "stap": "versturen"}
    data["csrf"] = office.services.secrets.digest(f"csrf:/verzoek/{token}")
    sent = [("files", ("nog-een.pdf", PDF, "application/pdf"))]
    for address in (f"/verzoek/{token}/aanleveren", f"/verzoek/{token}/taak/1"):
        answer = office.client.post(address, data=data, files=sent, headers=ORIGIN)
        assert answer.status_code == 404
        assert answer.content == office.client.get("/verzoek/bestaat-niet").content
    assert everything(office) == before
    assert len(list(office.services.files.all_blobs())) == files
    assert good.startswith("/verzoek/")


def test_b7_a_scanner_that_opens_everything_a_hundred_times_changes_nothing(office):
    office.deliver(("besluit.pdf", PDF))
    receipt = office.rows(Delivery)[0].receipt
    before = everything(office)
    addresses = [f"{office.address}{rest}" for rest in ("", "/nazending", f"/ontvangst/{receipt}", "/aanleveren")]
    for turn in range(100):
        address = addresses[turn % len(addresses)]
        method = "HEAD" if turn % 3 == 0 else "GET"
        answer = office.client.request(method, address)
        assert answer.status_code == (404 if address.endswith("aanleveren") else 200)
    assert everything(office) == before


def test_b7_what_belongs_to_another_dossier_looks_like_a_wrong_link(office):
    office.deliver(("besluit.pdf", PDF))
    receipt, document = office.rows(Delivery)[0].receipt, office.rows(DocumentRow)[0].id
    with office.services.sessions.begin() as session:
        salt = b"een ander dossier van dezelfde zaak"
        token = office.services.secrets.link_token(salt)
        found = office.services.secrets.token_hash(token)
        now = office.clock.now()
        session.add(Dossier(case_id=1, department="wonen", salt=salt, token_hash=found, opened_at=now))
    assert office.client.get(f"/verzoek/{token}").status_code == 200
    wrong = office.client.get("/verzoek/bestaat-niet").content
    for page in (f"/ontvangst/{receipt}", f"/stuk/{document}"):
        answer = office.client.get(f"/verzoek/{token}{page}")
        assert (answer.status_code, answer.content) == (404, wrong)


@pytest.mark.parametrize("rest", ["", "/nazending", "/ontvangst/ONT-1", "/stuk/1", "/zoiets"])
def test_b7_the_address_leaks_nowhere(office, rest):
    answer = office.client.get(f"{office.address}{rest}")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "http" not in answer.text.replace("http://www.w3.org", "")  # nothing is fetched from elsewhere


def test_b7_only_a_hash_of_the_link_is_stored(office):
    office.deliver(("besluit.pdf", PDF), remark="Opmerking")
    assert len(office.token) == 43  # 256 bits
    assert office.token not in repr(everything(office))


@pytest.mark.broken_on_purpose
def test_b7_the_link_stands_in_no_log(office, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    token = office.token
    with capture_logs() as lines:
        office.deliver(("besluit.pdf", PDF))
        office.client.get(f"/verzoek/{token}/stuk/niets")
        with office.services.sessions.begin() as session:
            session.execute(text("ALTER TABLE delivery RENAME TO elsewhere"))
        broken = office.client.get(f"/verzoek/{token}")
    assert broken.status_code in {500, 503}
    assert lines
    # the test's own browser (httpx) logs the address that it asks for; the program may not
    own = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert token not in repr(lines) + repr(own) + broken.text


def test_b7_the_server_writes_no_access_log(office, monkeypatch):
    told: list[Any] = []
    server = type(
        "Server",
        (),
        {"__init__": lambda _self, config: told.append(config), "run": lambda _self: None, "started": True},
    )
    monkeypatch.setattr(serving.uvicorn, "Server", server)
    monkeypatch.setattr(serving, "close_services", lambda _services: None)
    monkeypatch.setattr(serving, "Background", lambda _services: type("Idle", (), {"stop": lambda _self: None})())
    serving.serve(office.services, "127.0.0.1", 1)
    assert [config.access_log for config in told] == [False]
