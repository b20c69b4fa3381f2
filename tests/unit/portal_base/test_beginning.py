"""`/` and the link 'Naar het begin' lead to the first page of whatever this installation shows."""

from pathlib import Path
from typing import Any

import pytest
from kit.browser import TestClient
from kit.small_portal import portal


@pytest.mark.parametrize(
    ("settings", "where"),
    [
        ({"faces": ("citizen", "workbench", "admin"), "demo": True}, "/demo"),
        ({"faces": ("department", "citizen", "workbench")}, "/mijn"),
        ({"faces": ("admin", "workbench")}, "/werk"),
        ({"faces": ("admin",)}, "/beheer"),
    ],
)
def test_who_comes_without_an_address_begins_at_the_first_face(
    tmp_path: Path, settings: dict[str, Any], where: str
) -> None:
    with portal(tmp_path, **settings) as app:
        client = TestClient(app)
        answer = client.get("/", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, where)
        assert f'href="{where}">Naar het begin' in client.get("/nergens").text


def test_where_only_departments_come_there_is_no_beginning(tmp_path: Path) -> None:
    with portal(tmp_path, faces=("department",)) as app:
        answer = TestClient(app).get("/")
    assert answer.status_code == 404
    assert "Naar het begin" not in answer.text
