"""The checking process that stays: what it says is what the check apart says, and only its fork dies of a drawing."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from kit.cases import shipped

from engine import Folder
from processes.base import isolated_check, warm_check
from processes.base.isolated_check import check_apart
from processes.base.warm_check import WarmCheck

NAZENDING = shipped("nazending")
ASKED = {"folder": isolated_check.as_json(NAZENDING), "law": {}, "retention": []}


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmCheck]:
    check = WarmCheck()
    yield check
    check.stop()


def for_ever(*_: object) -> None:
    while True:
        pass


def all_memory(*_: object) -> None:
    bytearray(2 * isolated_check.MEMORY)


def falls_over(*_: object) -> None:
    raise ValueError


def test_s5_findings_while_drawing_are_those_of_an_upload(warm: WarmCheck) -> None:
    broken = replace(NAZENDING, drawing=NAZENDING.drawing.replace(b"bpmn:endEvent", b"bpmn:complexGateway"))
    for folder in (NAZENDING, broken, Folder("leeg", b"<a/>")):
        assert warm.check(folder, {}, {}, ()) == check_apart(folder, {}, {}, ())


def test_s5_what_is_called_is_known_as_soon_as_it_is_in_use(warm: WarmCheck) -> None:
    caller = shipped("stukkenverzoek")
    library = {"nazending": NAZENDING, "stukkenverzoek": caller}
    assert warm.check(caller, library, {}, ()) == check_apart(caller, library, {}, ())


@pytest.mark.parametrize(
    ("does", "trouble"), [(for_ever, "heavy"), (all_memory, "heavy"), (falls_over, "broken")], ids=str
)
def test_a_drawing_that_takes_too_much_ends_only_its_fork(
    monkeypatch: pytest.MonkeyPatch, does: Callable[..., None], trouble: str
) -> None:
    monkeypatch.setattr(isolated_check, "SECONDS", 1)
    monkeypatch.setattr(warm_check, "findings_of", does)
    assert warm_check._in_a_fork(ASKED, {}) == {"trouble": trouble}


def test_a_checking_process_that_is_gone_is_started_again(warm: WarmCheck) -> None:
    warm.check(NAZENDING, {}, {}, ())
    process = warm._process
    assert process is not None
    os.kill(process.pid, 9)
    process.wait()
    assert warm.check(NAZENDING, {}, {}, ()).finished
