"""Every opening of a link is written down and shown to the worker, scanners marked as such (P14)."""

from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.desk import Desk, desk
from kit.people import NOOR
from starlette.requests import Request

from portal.security.device import device_of
from processes.jobs.looks_sweep import sweep_looks
from processes.storage.tables import LinkOpening

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
A_PERSON = {"User-Agent": WINDOWS, "Accept-Language": "nl"}


def openings(office: Desk) -> list[tuple[str, str | None, bool]]:
    return [(row.device, row.address, row.unattended) for row in office.rows(LinkOpening)]


def test_p14_an_opening_is_written_down_with_time_place_and_device(office: Desk) -> None:
    office.client.comes_from("198.51.100.7")
    office.client.get(office.address, headers=A_PERSON)
    (row,) = office.rows(LinkOpening)
    assert (row.at, row.address, row.device, row.unattended) == (
        office.clock.now(), "198.51.100.7", "computer (Windows)", False,
    )  # fmt: skip


def test_p14_pages_one_after_the_other_are_one_opening(office: Desk) -> None:
    office.client.comes_from("198.51.100.7")
    for rest in ("", "/nazending", "", "/nazending"):
        office.client.get(office.address + rest, headers=A_PERSON)
    assert len(openings(office)) == 1
    office.client.comes_from("203.0.113.5")
    office.client.get(office.address, headers=A_PERSON)
    office.client.get(office.address, headers={**A_PERSON, "User-Agent": ANDROID})
    assert [(place, device) for device, place, _ in openings(office)] == [
        ("198.51.100.7", "computer (Windows)"), ("203.0.113.5", "computer (Windows)"), ("203.0.113.5", "telefoon (Android)"),
    ]  # fmt: skip


def test_p14_a_link_that_does_not_work_is_no_opening(office: Desk) -> None:
    for _ in range(2):
        office.client.get(f"/verzoek/{'x' * 43}", headers=A_PERSON)
    assert openings(office) == []


@pytest.mark.parametrize(
    ("method", "headers", "words", "unattended"),
    [
        ("GET", {"user-agent": WINDOWS, "accept-language": "nl"}, "computer (Windows)", False),
        (
            "GET",
            {"user-agent": IPHONE, "accept-language": "nl", "sec-fetch-mode": "navigate"},
            "telefoon (iPhone)",
            False,
        ),
        ("HEAD", {"user-agent": WINDOWS, "accept-language": "nl"}, "computer (Windows)", True),
        ("GET", {"user-agent": WINDOWS}, "computer (Windows)", True),
        (
            "GET",
            {"user-agent": WINDOWS, "accept-language": "nl", "sec-purpose": "prefetch"},
            "computer (Windows)",
            True,
        ),
        (
            "GET",
            {"user-agent": WINDOWS, "accept-language": "nl", "sec-fetch-mode": "no-cors"},
            "computer (Windows)",
            True,
        ),
        ("GET", {"user-agent": f"{WINDOWS} HeadlessChrome/141", "accept-language": "nl"}, "een programma", True),
        ("GET", {"user-agent": "Mozilla/5.0 (compatible; Linkbot/2)", "accept-language": "nl"}, "een programma", True),
        ("GET", {"user-agent": "python-requests/2"}, "een programma", True),
        ("GET", {}, "een programma", True),
    ],
)
def test_p14_a_scanner_is_told_from_a_person(
    method: str, headers: dict[str, str], words: str, unattended: bool
) -> None:
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    found = device_of(Request({"type": "http", "method": method, "headers": sent}))
    assert (found.words, found.unattended) == (words, unattended)


def test_p14_the_worker_sees_every_opening_at_the_dossier(tmp_path: Path) -> None:
    with desk(tmp_path, faces=("department", "workbench")) as office:
        noor = Browser(office.services, NOOR)
        address = f"/werk/zaken/{office.number}/verzoeken"
        assert "De link is nog niet geopend." in noor.get(address)
        office.client.comes_from("198.51.100.7")
        office.client.get(office.address, headers={"User-Agent": "curl/8"})
        office.client.get(office.address, headers=A_PERSON)
        page = noor.get(address)
        for words in (
            "2 keer geopend",
            "1 keer door iemand",
            "198.51.100.7",
            "computer (Windows)",
            "automatische controle",
        ):
            assert words in page


def test_p14_openings_go_in_time(office: Desk) -> None:
    office.client.get(office.address, headers=A_PERSON)
    sweep_looks(office.services)
    assert len(openings(office)) == 1
    office.clock.ahead += timedelta(days=31 * (office.services.settings.looks_months + 1))
    sweep_looks(office.services)
    assert openings(office) == []
