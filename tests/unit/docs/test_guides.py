"""The guides for administrators and case workers name only what stands on a page, also where no test does what they say."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GUIDES = ("administrator.md", "behandelaar.md", "commissie.md")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
SHOWN_BY = ("portal", "processes", "engine", "bpmn")
TEXTS = {".py", ".html", ".js", ".bpmn", ".json"}
EXPLAINS = {
    "vet",
    "Lopende zaken",
    "Samen beslissen.",
    "Laten meelezen.",
    "Uit gebruik.",
}  # words about the guide itself
MADE_BY_READER = {"De afvalheffing van dit jaar.", "Wat is het nummer van uw afvalpas?", "Bezwaar tegen afvalheffing"}


@cache
def shown() -> str:
    files = (one for folder in SHOWN_BY for one in sorted((ROOT / folder).rglob("*")) if one.suffix in TEXTS)
    return "\n".join(one.read_text() for one in files if "built" not in one.parts and "node_modules" not in one.parts)


def named() -> set[str]:
    return {words for guide in GUIDES for words in BOLD.findall((ROOT / "docs" / guide).read_text())}


@pytest.mark.parametrize("words", sorted(named() - EXPLAINS - MADE_BY_READER))
def test_s20_what_stands_in_bold_stands_on_a_page(words: str) -> None:
    number_left_out = re.sub(r"Versie \d+ in", "Versie ", words).removeprefix("Versie ")
    assert words in shown() or number_left_out in shown(), f"no page says '{words}'"
