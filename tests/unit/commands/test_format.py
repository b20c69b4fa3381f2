"""`zaakspoor format`: a drawing in its canonical form, at once for a whole folder of case types."""

import shutil
from pathlib import Path

import pytest

from engine.canonical import canonical
from portal.commands import main

HOME = Path(__file__).parents[3] / "bpmn"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["format", *words])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out + captured.err


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Two called processes, of which one is written in another way."""
    for name in ("nazending", "zienswijze"):
        shutil.copytree(HOME / name, tmp_path / name)
        drawing = tmp_path / name / f"{name}.bpmn"
        drawing.write_bytes(canonical(drawing.read_bytes()))
    odd = tmp_path / "nazending" / "nazending.bpmn"
    odd.write_bytes(odd.read_bytes().replace(b"/>", b" />"))
    return tmp_path


def test_s2_format_writes_what_is_written_otherwise_and_check_only_looks(capsys, folders):
    drawing = folders / "nazending" / "nazending.bpmn"
    before = drawing.read_bytes()
    code, words = said(capsys, str(folders), "--check")
    assert (code, drawing.read_bytes()) == (1, before)
    assert f"{drawing}\nAnders geschreven: 1 tekening." in words
    assert said(capsys, str(folders / "nazending"))[0] == 0
    assert drawing.read_bytes() == canonical(before) != before
    assert said(capsys, str(folders), "--check") == (0, "Anders geschreven: 0 tekeningen.\n")
    assert {path.name for path in drawing.parent.iterdir()} == {path.name for path in (HOME / "nazending").iterdir()}


@pytest.mark.parametrize(("name", "content", "sentence"), [("x.bpmn", b"<a", "XML"), ("x.txt", b"", "geen tekening")])
def test_s2_format_says_what_it_cannot_do(capsys, tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    code, words = said(capsys, str(tmp_path))
    assert code == 1
    assert sentence in words
