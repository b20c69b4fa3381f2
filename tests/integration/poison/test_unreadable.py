"""T2: one case type, or one edit of the law, that cannot be read: all others go on, and the administrator reads which it is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar, rows, shipped
from kit.installation import installation
from kit.people import FENNA, NOOR, TESS
from sqlalchemy import update

from engine import Folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.base.actor import SYSTEM
from processes.jobs.clock_process import SWEEPS
from processes.jobs.verification import verify
from processes.law.edits import LawRecordKind
from processes.storage.law_cache import LawCache
from processes.storage.model_cache import ModelCache, ModelUnreadable, pack
from processes.storage.services import Services
from processes.storage.tables import Case, LawRuleRow, ModelVersion

DAMAGE = {
    "no archive": b"kapot",
    "no drawing": pack(Folder("bezwaar", b"<a/>")),
    "another drawing": pack(shipped("nazending")),
}


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR, "klacht")
    add_departments(services, "parkeren")
    register_bezwaar(services, TESS)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        opened.models._kept.clear()  # as in a process that begins now
        yield opened


def spoil(services: Services, folder: bytes) -> None:
    with services.sessions.begin() as session:
        session.execute(update(ModelVersion).where(ModelVersion.process == "bezwaar").values(folder=folder))


@pytest.mark.parametrize("folder", DAMAGE.values(), ids=DAMAGE.keys())
def test_t2_one_case_type_that_cannot_be_read_stops_nothing_else(services: Services, folder: bytes) -> None:
    spoil(services, folder)
    (case,) = rows(services, Case)
    noor, fenna, tess = (Browser(services, who) for who in (NOOR, FENNA, TESS))
    assert case.number in noor.get("/werk")
    assert "zaaktype niet te lezen" in noor.get("/werk/zaken")
    assert "kan niet worden gelezen" in noor.get(f"/werk/zaken/{case.number}", 409)
    for browser, path in ((noor, "/werk/nieuw"), (tess, "/mijn/nieuw")):
        assert "Klacht" in browser.get(path)
        assert f"{path}/bezwaar" not in browser.html
    noor.get("/werk/nieuw/klacht")
    tess.get("/mijn")
    assert "Bezwaar, versie 1" in fenna.get("/beheer")
    assert "Er kan geen nieuwe zaak mee beginnen" in fenna.html
    found = [problem.where for problem in verify(services) if problem.code == "model_unreadable"]
    assert "proces bezwaar, versie 1" in found
    for sweep in SWEEPS:
        sweep.run(services)


def test_t2_the_same_folder_in_use_again_repairs_the_case_type(services: Services) -> None:
    spoil(services, b"kapot")
    act(services, SYSTEM, DeployFolder(shipped("klacht")))  # the check of another one reads what is in use
    assert act(services, SYSTEM, DeployFolder(shipped("bezwaar"))) == "bezwaar:2"
    assert act(services, SYSTEM, DeployFolder(shipped("bezwaar"))) == "bezwaar:2"
    register_bezwaar(services, TESS)
    assert "Lopende zaken met deze versie staan stil" in Browser(services, FENNA).get("/beheer")


def test_t2_an_error_of_the_program_itself_counts_as_unreadable(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("processes.storage.model_cache.compile_model", breaks)
    with services.sessions() as session, pytest.raises(ModelUnreadable):
        ModelCache().current(session, "bezwaar")
    with services.sessions() as session:
        assert ModelCache().all_current(session) == {}


RECORDS = ["kapot", {"code": "awb-7-10", "valid_from": "geen dag"}]


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("kind", [LawRecordKind.RULE, LawRecordKind.CLOSED_DAY])
def test_t2_one_edit_of_the_law_that_cannot_be_read_does_not_count_and_is_named(
    services: Services, kind: str, record: object
) -> None:
    day = date(2027, 5, 7)
    with services.sessions.begin() as session:
        session.add(LawRuleRow(kind=kind, code="awb-7-10", variant="standard", valid_from=day, record=record))
    services.law._kept = LawCache()._kept
    register_bezwaar(services, TESS)
    name = "gelijkgestelde dag 7 mei 2027" if kind == LawRecordKind.CLOSED_DAY else "awb-7-10 vanaf 7 mei 2027"
    noor, fenna = Browser(services, NOOR), Browser(services, FENNA)
    noor.get("/werk")
    assert name in fenna.get("/beheer")
    fenna.get("/beheer/wettelijke-termijnen")
    assert [f"wettelijke termijnen, {name}"] == [one.where for one in verify(services) if one.code == "law_unreadable"]
