"""W9: each kind of PDF is kept as pictures of its pages, with the variants in which a layout goes wrong first, and compared."""

import pytest

from processes.post import letters
from tools import sample_pdfs
from tools.draw_pdfs import KEPT, MOST_OTHER, kept_of, others, pages_of
from tools.sample_pdfs import SAMPLES

MOST_BYTES = 40_000
A_FEW = 100


@pytest.mark.parametrize("name", SAMPLES)
def test_w9_a_page_looks_as_it_was_kept(name):
    kept, made = kept_of(name), pages_of(SAMPLES[name]())
    assert len(kept) == len(made), "python -m tools.draw_pdfs makes the pictures anew: look at them first"
    assert [others(*pair) > MOST_OTHER for pair in zip(kept, made, strict=True)] == [False] * len(made)


def test_w9_a_line_that_moves_by_a_millimetre_is_seen(monkeypatch):
    (kept,) = kept_of("letter")
    moved = letters.STYLE.replace("h1 { font-size: 12pt; margin: 0 0 5mm }", "h1 { font-size: 12pt; margin: 0 0 6mm }")
    assert moved != letters.STYLE
    monkeypatch.setattr(letters, "STYLE", moved)
    (made,) = pages_of(SAMPLES["letter"]())
    assert others(kept, made) > A_FEW


def test_w9_one_word_that_is_otherwise_is_seen():
    (kept,) = kept_of("letter")
    (made,) = pages_of(sample_pdfs.letter(body=sample_pdfs.SHORT.replace("stadhuis", "stadspark")))
    assert others(kept, made) > MOST_OTHER


def test_w9_the_pictures_are_small_and_each_is_of_a_kind_of_pdf():
    found = sorted(KEPT.glob("*.png"))
    assert {path.stem.rpartition("-p")[0] for path in found} == set(SAMPLES)
    assert [path.name for path in found if path.stat().st_size > MOST_BYTES] == []
