"""`zaakspoor adopt` writes a folder that the linter accepts, and never over one that is there."""

import pytest

from portal.commands import main
from processes.storage.case_type_folders import check_path

DRAWING = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="p" name="Verlof">'
    '<startEvent id="s"/><task id="a" name="Beoordelen"/><endEvent id="e"/>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="e"/></process></definitions>'
)


def run(*words):
    with pytest.raises(SystemExit) as ended:
        main(["adopt", *map(str, words)])
    return ended.value.code


def test_s7_the_command_makes_a_folder_without_errors(tmp_path, capsys):
    (tmp_path / "vreemd.bpmn").write_text(DRAWING)
    assert run(tmp_path / "vreemd.bpmn", "--to", tmp_path / "verlof", "--answer", "prefix=vlf") == 0
    said = capsys.readouterr().out
    assert "Hoe lang worden deze zaken bewaard?" in said
    assert "Gemaakt:" in said
    assert "zaakspoor rehearse" in said
    assert (tmp_path / "verlof" / "rehearsals" / "eerste-weg.yaml").is_file()
    assert 'prefix="VLF"' in (tmp_path / "verlof" / "verlof.bpmn").read_text()
    assert [line for line in check_path(tmp_path / "verlof") if line.severity == "error"] == []


def test_s7_the_command_never_writes_over_a_folder(tmp_path, capsys):
    (tmp_path / "vreemd.bpmn").write_text(DRAWING)
    (tmp_path / "verlof").mkdir()
    assert run(tmp_path / "vreemd.bpmn", "--to", tmp_path / "verlof") == 1
    assert "bestaat al" in capsys.readouterr().err
    assert list((tmp_path / "verlof").iterdir()) == []


def test_s7_the_command_refuses_an_answer_that_is_none_and_makes_nothing(tmp_path, capsys):
    (tmp_path / "vreemd.bpmn").write_text(DRAWING)
    assert run(tmp_path / "vreemd.bpmn", "--to", tmp_path / "verlof", "--answer", "retention=99") != 0
    said = " ".join(capsys.readouterr())
    assert "'99' is geen antwoord op retention. Kies uit: 13.1" in " ".join(said.split())
    assert not (tmp_path / "verlof").exists()
