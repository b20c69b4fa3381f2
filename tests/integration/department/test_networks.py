"""A link is told to nobody by search engines, and its department hears of a first use from a network where it never was."""

import ipaddress
from pathlib import Path

import pytest
from kit.desk import desk
from sqlalchemy import select

from portal.department.first_use import network_of
from processes.storage.tables import DepartmentNetwork, MailRow

OFFICE, SAME, HOME = "198.51.100.7", "198.51.100.99", "203.0.113.5"


def told(office) -> list[MailRow]:  # type: ignore[no-untyped-def]
    return [row for row in office.rows(MailRow) if row.template == "new-network"]


@pytest.mark.parametrize(
    ("visits", "mails"),
    [([OFFICE], 0), ([OFFICE, OFFICE, SAME], 0), ([OFFICE, HOME], 1), ([OFFICE, HOME, HOME, OFFICE, HOME], 1),
     ([OFFICE, HOME, "192.0.2.1"], 2), (["2001:db8:1::1", "2001:db8:1:ffff::9"], 0), ([OFFICE, "2001:db8:1::1"], 1)],
)  # fmt: skip
def test_t7_the_department_hears_of_each_new_network_once(tmp_path: Path, visits: list[str], mails: int) -> None:
    with desk(tmp_path) as office:
        for address in visits:
            office.client.comes_from(address)
            assert office.client.get(office.address).status_code == 200
        assert len(told(office)) == mails
        for mail in told(office):
            assert mail.recipient.startswith("parkeren")
            assert office.number in mail.body
            assert office.token not in mail.body


def test_t7_a_network_is_kept_as_a_keyed_digest(tmp_path: Path) -> None:
    with desk(tmp_path) as office:
        office.client.comes_from(OFFICE)
        office.client.get(office.address)
        with office.services.sessions() as session:
            (row,) = session.scalars(select(DepartmentNetwork)).all()
        assert row.network == office.services.secrets.digest(f"network:{network_of_text(OFFICE)}")


def network_of_text(address: str) -> str:
    return network_of(ipaddress.ip_address(address))


def test_t7_a_link_that_does_not_work_tells_nobody(tmp_path: Path) -> None:
    with desk(tmp_path) as office:
        for address in (OFFICE, HOME):
            office.client.comes_from(address)
            assert office.client.get(f"/verzoek/{office.token[:-2]}xx").status_code == 404
        assert (told(office), office.rows(DepartmentNetwork)) == ([], [])


@pytest.mark.parametrize("rest", ["", "/nazending", "/x/y"])
def test_t7_pages_behind_a_link_are_kept_out_of_search_engines(tmp_path: Path, rest: str) -> None:
    with desk(tmp_path) as office:
        page = office.client.get(office.address + rest)
        assert page.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
        assert '<meta name="robots" content="noindex' in page.text
        assert "x-robots-tag" not in office.client.get("/healthz").headers
