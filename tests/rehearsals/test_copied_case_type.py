"""Another case type is another folder: copied under another name, with another form, deployed and played. No Python."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from processes.rehearsal import play_folder
from processes.storage.case_type_folders import check_path, folders_beside

HOME = Path(__file__).parents[2] / "bpmn"
EACH = 4  # one in so many rehearsals: all of them are played with the original
QUESTION = '<case:value code="favourite_colour" title="Lievelingskleur" type="choice"><case:choice value="blauw" title="Blauw" /><case:choice value="geel" title="Geel" /></case:value>'
COMPONENT = {
    "type": "radio",
    "key": "favourite_colour",
    "label": "Wat is uw lievelingskleur?",
    "validate": {"required": True},
}


@pytest.fixture
def copied(tmp_path):
    """`bpmn/` with a case type `kleurbezwaar` that asks one more thing than bezwaar does."""
    home = tmp_path / "bpmn"
    shutil.copytree(HOME, home)
    folder = home / "kleurbezwaar"
    shutil.copytree(home / "bezwaar", folder)
    drawing = (folder / "bezwaar.bpmn").read_text()
    (folder / "bezwaar.bpmn").unlink()
    first_value = drawing.index("<case:value ")
    drawing = drawing[:first_value] + QUESTION + drawing[first_value:]
    drawing = drawing.replace('id="bezwaar"', 'id="kleurbezwaar"').replace(
        'processRef="bezwaar"', 'processRef="kleurbezwaar"'
    )
    drawing = drawing.replace('identification="bezwaar"', 'identification="kleurbezwaar"').replace(
        'prefix="BZW"', 'prefix="KLB"'
    )
    (folder / "kleurbezwaar.bpmn").write_text(drawing)
    form = json.loads((folder / "forms" / "start.json").read_text())
    form["components"].append(COMPONENT)
    (folder / "forms" / "start.json").write_text(json.dumps(form))
    return folder


@pytest.mark.timeout(900)
def test_o38_a_copied_case_type_with_another_form_is_accepted_and_plays(copied):
    # no other case type gives the copy a ruling of the court, and its new question has no English: that is said, and nothing else
    assert {line.code for line in check_path(copied)} == {"value-never-filled", "english-missing"}
    from engine import read_folder

    folder = read_folder(copied)
    names = sorted(folder.rehearsals)[::EACH]
    folder = replace(folder, rehearsals={name: folder.rehearsals[name] for name in names})
    outcomes = list(play_folder(folder, folders_beside(copied)))
    assert len(outcomes) == len(names) >= 5
    assert {outcome.name: outcome.problems for outcome in outcomes if outcome.problems} == {}


def test_o38_what_the_new_form_asks_is_a_value_of_the_case(copied):
    from sqlalchemy import select

    from engine import read_folder
    from processes.rehearsal.played_case import open_case
    from processes.rehearsal.sandbox import sandbox
    from processes.rehearsal.script import read_script
    from processes.storage.tables import Case, CaseValue

    folder = replace(read_folder(copied), rehearsals={})
    script = read_script(
        "kleur.yaml",
        b'title: kleur\nstart: {"on": 2026-03-02, by: citizen, decisions: [{announced_on: 2026-02-12, subject: x, department: parkeren}],'
        b" values: {grounds: y, favourite_colour: geel}}\nsteps: []",
    )
    with sandbox(folder, folders_beside(copied)) as (services, clock):
        played = open_case(services, clock, "kleurbezwaar", script)
        with services.sessions() as session:
            assert session.get_one(Case, played.case_id).number.startswith("KLB-2026-")
            stored = select(CaseValue.value).where(CaseValue.code == "favourite_colour")
            assert session.scalars(stored).one() == "geel"
