"""What was looked at in every way in a run: each template and each class once, whichever of its processes comes first."""

import os

import pytest
from kit import looked_at
from kit.looked_at import FOLDER, new_parts, template_of


@pytest.fixture(autouse=True)
def a_run(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, FOLDER, str(tmp_path))
    monkeypatch.setattr(looked_at, "_mine", set())


def test_a_part_is_new_once_in_a_run_also_for_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert new_parts(["zs-main", "zs-frame"]) == {"zs-main", "zs-frame"}
    assert new_parts(["zs-main", "zs-header"]) == {"zs-header"}
    monkeypatch.setattr(looked_at, "_mine", set())  # as another process begins
    assert new_parts(["zs-main", "zs-header", "zs-copy"]) == {"zs-copy"}


@pytest.mark.parametrize(
    ("address", "template"),
    [
        ("http://127.0.0.1:8000/werk/zaken/BZW-2026-000001", "/werk/zaken/{number}"),
        ("http://127.0.0.1:8000/werk/zaken/KLA-2026-000002?van=1#einde", "/werk/zaken/{number}"),
        ("http://127.0.0.1:8000/werk/zaken/samen", "/werk/zaken/samen"),
        ("http://127.0.0.1:8000/mijn", "/mijn"),
        ("about:blank", "blank"),
    ],
)
def test_a_template_goes_by_the_pattern_of_its_addresses(address: str, template: str) -> None:
    assert template_of(address) == template
