from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import TestClient
from kit.small_portal import portal

from portal.pages import environment


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with portal(tmp_path) as app:
        yield TestClient(app)


@pytest.fixture
def show():
    """Renders shown fields with the real templates."""

    def render(fields) -> str:
        source = '{% import "forms/fields.html" as forms with context %}{{ forms.fields(fields) }}'
        return environment().from_string(source).render(fields=fields, csrf_token="t", errors={})

    return render
