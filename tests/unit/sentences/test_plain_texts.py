"""D2: fixed texts for people outside in language level B1, as far as one can count: short sentences, no officialese, and a word of the law only beside what it means.

Whether a text is clear is judged by people; this keeps what they made from growing long and stiff again.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from portal.language.segments import SourceKind, pieces_of

HOME: Final = Path(__file__).parents[3]
TEMPLATES: Final = HOME / "portal" / "templates"
DRAWINGS: Final = HOME / "bpmn"
OUTSIDE: Final = ("citizen", "sign_on", "session", "about", "public", "errors")
TOLD: Final = ("text", "label", "description")  # of a part of a form
LONGEST: Final = {
    "page": 20,
    "letter": 24,
}  # words of a sentence; a letter says the law in brackets, which is not counted
MEAN: Final = {"page": 8, "letter": 8}  # of sentences of more than two words
STIFF: Final = (
    "aangaande", "alsmede", "betreffende", "bovengenoemd", "conform", "derhalve", "desgewenst", "dienaangaande", "geschieden",
    "hetgeen", "ingevolge", "inzake", "jegens", "krachtens", "middels", "ondergetekende", "onderhavig", "te allen tijde", "teneinde", "tevens",
    "trachten", "uwerzijds", "zulks",
)  # fmt: skip
KNOWS_THE_LAW: Final = re.compile("Beste collega|Geachte (rechtbank|rechter|griffie)")
# a word of the law, and words that say what it means: one of these stands in the same file
RARE: Final = {
    "dwangsom": "geld|betalen|betaald|per dag", "in gebreke": "twee weken|te laat", "machtiging": "toestemming|voor iemand anders|namens",
    "niet-ontvankelijk": "niet behandel|niet verder|inhoud|te laat", "voorlopige voorziening": "wachten|spoed|rechter|rechtbank",
    "zienswijze": "vindt|mening|reactie",
}  # fmt: skip


def sentences_of(text: str) -> Iterator[str]:
    """Sentences of a text: values that a program fills in are one word, and what stands in brackets is left out."""
    plain = re.sub(r"\{\{.*?\}\}", "X", re.sub(r"\{%.*?%\}|\{#.*?#\}|</?strong>", "\n", text, flags=re.DOTALL))
    for line in re.sub(r"\([^)]*\)", "", plain).splitlines():
        yield from (one.strip() for one in re.split(r"(?<=[.?!:;])\s+", line) if one.strip())


def words_in(sentence: str) -> int:
    return len(re.findall(r"[\w'’-]+", sentence))


def pages() -> Iterator[tuple[str, str]]:
    """Every fixed text on a page for citizens, with its file: of templates, and of the forms with which a case begins."""
    for place in (one for folder in OUTSIDE for one in sorted((TEMPLATES / folder).glob("*.html"))):
        source = place.read_text()
        told = [piece.key for piece in pieces_of(source) if piece.kind == SourceKind.WORDS]
        yield from ((place.name, text) for text in [*told, *re.findall(r'"([A-Z][^"{}<>]{20,})"', source)])
    for place in sorted(DRAWINGS.glob("*/forms/start.json")):
        yield from ((str(place.relative_to(DRAWINGS)), text) for text in _told(json.loads(place.read_text())))


def _told(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for name, text in value.items() if name in TOLD and isinstance(text, str))
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _told(one)


def letters() -> Iterator[tuple[str, str]]:
    """Every letter and mail of a drawing; those to courts and colleagues too, for who reads them is a person."""
    for place in sorted(DRAWINGS.glob("*/mails/*.txt")):
        if ".en." not in place.name:
            yield str(place.relative_to(DRAWINGS)), place.read_text()


TEXTS: Final = {"page": list(pages()), "letter": list(letters())}


@pytest.mark.parametrize("kind", TEXTS)
def test_d2_sentences_are_short(kind: str) -> None:
    counted = [(words_in(one), place, one) for place, text in TEXTS[kind] for one in sentences_of(text)]
    assert [one for one in counted if one[0] > LONGEST[kind]] == []
    long_enough = [count for count, _, _ in counted if count > 2]
    assert len(long_enough) > 200
    assert sum(long_enough) / len(long_enough) <= MEAN[kind]


@pytest.mark.parametrize("kind", TEXTS)
def test_d2_nothing_is_said_stiffly(kind: str) -> None:
    said = re.compile(rf"\b({'|'.join(STIFF)})", re.IGNORECASE)
    assert [(place, found.group()) for place, text in TEXTS[kind] if (found := said.search(text))] == []


@pytest.mark.parametrize("word", RARE)
def test_d2_a_word_of_the_law_stands_beside_what_it_means(word: str) -> None:
    whole: dict[str, str] = {}
    for place, text in [*TEXTS["page"], *(one for one in TEXTS["letter"] if not KNOWS_THE_LAW.search(one[1]))]:
        whole[place] = f"{whole.get(place, '')} {text}".lower()
    used = {place: text for place, text in whole.items() if word in text}
    assert used
    assert [place for place, text in used.items() if not re.search(RARE[word], text.replace(word, ""))] == []
