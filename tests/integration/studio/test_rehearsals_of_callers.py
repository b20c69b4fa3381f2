"""S14: a process that others call goes into use when the rehearsals of the case types that call it go as recorded, with it in place."""

from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, rows
from kit.people import FENNA
from kit.sketches import Sketch
from kit.small_types import FIRST, SECOND, folder

from engine import Folder
from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import ImportDraft
from processes.jobs.workers import drain
from processes.reads.studio import RehearsalsBroken
from processes.rehearsal.from_disk import deploy_path
from processes.storage.services import Services
from processes.storage.tables import ModelVersion

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
DOOR = "/beheer/zaaktypen/hulp/ontwerp/in-gebruik"
CALLED = Sketch(
    "", 'startEvent Begin\nuserTask Help name="Help" :: <case:form schema="work.json"/>\nendEvent Done\nBegin > Help\nHelp > Done',
    FIRST.lane, "", {"work.json": '{"type": "default", "components": []}'}, {}, 'id="hulp" name="Hulp" isExecutable="true"',
)  # fmt: skip
NAMED = CALLED.changed("body", 'name="Help"', 'name="Help eens"')
LONGER = NAMED.changed("body", "Help > Done", "Help > More\nMore > Done").changed(
    "body", "endEvent Done", 'userTask More :: <case:form schema="work.json"/>\nendEvent Done'
)
CALLER = replace(
    FIRST,
    body='startEvent Begin :: <case:form schema="start.json"/><case:status code="begun" name="Begonnen" order="10"/>\n'
    'callActivity Ask name="Vraag hulp" calledElement="hulp"\nuserTask Work :: <case:form schema="work.json"/>\n'
    'endEvent Done :: <case:result value="dictum"/>\nBegin > Ask\nAsk > Work\nWork > Done',
)
BEGIN = 'title: {}\nstart: {{"on": 2026-03-02, by: worker, values: {{grounds: Oud}}}}\nsteps:\n'
GOOD = BEGIN.format("Met hulp") + "  - expect: {tasks: [Help]}\n  - complete: Help\n    expect: {tasks: [Work]}\n"
WRONG = BEGIN.format("Al lang anders") + "  - expect: {status: lang-geleden}\n"


@pytest.fixture
def place(services: Services) -> Services:
    caller = replace(folder(CALLER, "eerste"), rehearsals={"goed.yaml": GOOD.encode(), "anders.yaml": WRONG.encode()})
    put_in_use(services, folder(CALLED, "hulp"), folder(SECOND, "tweede"), caller)
    return services


def versions(services: Services) -> list[int]:
    return [row.version for row in rows(services, ModelVersion, process="hulp")]


def drawn(sketch: Sketch) -> Folder:
    return folder(sketch, "hulp")


def test_s14_a_called_process_plays_the_rehearsals_of_its_callers_and_names_case_type_rehearsal_and_step(
    place: Services,
) -> None:
    act(place, FENNA, ImportDraft("hulp", files_of(drawn(LONGER))))
    fenna = Browser(place, FENNA)
    fenna.get(DOOR)
    page = fenna.post(DOOR, status=422)
    assert "Dit ontwerp kan nog niet in gebruik: 1 repetitie gaat anders" in page
    assert (
        "Eerste zaak, repetitie 'Met hulp': Stap 2 (Help eens): Wat aan taken openstaat is 'More', verwacht was 'Work'."
        in page
    )
    assert "Al lang anders" not in page, "it goes wrong with what is in use as well: not the fault of this process"
    assert versions(place) == [1]
    act(place, FENNA, ImportDraft("hulp", files_of(drawn(NAMED))))
    assert "Eerst spelen wij de repetities" in fenna.get(DOOR)
    assert "versie 2" in fenna.post(DOOR)
    assert drain(place) == 1, "stuck cases are tried again, nothing was left to play"


def test_s14_the_command_plays_the_callers_too(place: Services, tmp_path: Path) -> None:
    for name, content in files_of(drawn(LONGER)).items():
        file = tmp_path / "hulp" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with pytest.raises(RehearsalsBroken) as stopped:
        list(deploy_path(place, tmp_path / "hulp"))
    assert (
        "Eerste zaak, goed (Met hulp): Stap 2 (Help eens): Wat aan taken openstaat is 'More', verwacht was 'Work'."
        in str(stopped.value)
    )
    assert versions(place) == [1]
