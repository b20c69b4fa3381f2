"""`/.well-known/security.txt` says to whom a weakness is reported, as RFC 9116 asks (T8)."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kit.browser import TestClient
from kit.small_portal import portal

from portal.security_txt import PLACE, lines
from processes.base.settings import Settings

FIELD = re.compile(r"(Contact|Expires|Preferred-Languages|Canonical): (\S.*)")


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/meld", "https://example.org/meld"),
    ],
)
def test_t8_the_file_names_whom_to_tell(tmp_path: Path, contact: str, told: str) -> None:
    with portal(tmp_path, security_contact=contact, public_url="https://zaken.example.org") as app:
        answer = TestClient(app).get(PLACE)
    fields = dict(found.groups() for found in map(FIELD.fullmatch, answer.text.splitlines()) if found)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(fields) == len(answer.text.splitlines()) == 4
    assert fields["Contact"] == told
    assert fields["Canonical"] == f"https://zaken.example.org{PLACE}"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=90) < left < timedelta(days=365)


def test_t8_it_ends_half_a_year_after_the_day_on_which_it_is_asked_for() -> None:
    now = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert "Expires: 2027-06-29T00:00:00Z\n" in lines(Settings(security_contact="s@example.org"), now)


def test_t8_where_nobody_is_named_there_is_none(tmp_path: Path) -> None:
    with portal(tmp_path) as app:
        assert TestClient(app).get(PLACE).status_code == 404
