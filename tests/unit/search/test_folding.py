"""Words for searching, as a table: what is written, and the words that are kept of it."""

import pytest

from processes.base.folding import LONGEST, MOST_ASKED, asked_of, fold, meets, words_of

KEPT = [
    ("José Díaz", "jose diaz"),
    ("Ömer Şahin", "omer sahin"),
    ("Zoe\u0308 Zoë", "zoe"),
    ("Søren Łódź Işık İnan", "soren lodz isik inan"),
    ("Weiß WEISS Ĳsbrand ﬁets", "weiss ijsbrand fiets"),
    ("d'Ancona", "d ancona dancona"),
    ("J.P. de Vries-Jansen", "j p jp de vries jansen vriesjansen"),
    ("BZW-2026-000004-D1", "bzw 2026 000004 d1 bzw2026000004d1 4"),
    ("kenmerk 0000", "kenmerk 0000"),
    ("so\u00adft\u200bware", "software"),
    ("Ｂｒｅｅｄ ①", "breed 1"),
    ("under_score", "under score underscore"),
    ("Яна Ёлкина 王芳", "яна елкина 王芳"),
    ("' - ... \u0301 _", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "words"), KEPT)
def test_words_are_kept_without_case_accents_and_signs(text: str, words: str) -> None:
    assert " ".join(words_of(text)) == words


@pytest.mark.parametrize("sign", "'’‘ʼ`´′‛ʻ＇ˈ")
def test_every_shape_of_an_apostrophe_is_the_same(sign: str) -> None:
    assert words_of(f"d{sign}Ancona") == words_of("d'Ancona")
    assert fold(f"{sign}s-Gravenveen") == "'s-gravenveen"


def test_words_of_several_texts_stand_once_and_nothing_is_too_long() -> None:
    assert words_of("Rood", None, "rood blauw") == ("rood", "blauw")
    assert words_of("x" * 300) == ("x" * LONGEST,)
    assert meets(asked_of("x" * 300), words_of("x" * 300))
    assert len(asked_of("een " * 100)) == MOST_ASKED


ANSWERS = [
    ("vries jansen", "Jansen-de Vries", True),
    ("vrie jan", "Jansen-de Vries", True),
    ("vries pietersen", "Jansen-de Vries", False),
    ("ries", "Jansen-de Vries", False),
    ("j", "Jansen", False),
    ("j jansen", "J. Jansen", True),
    ("O'Brien", "OBrien", True),
    ("obrien", "O’Brien", True),
    ("brien", "O’Brien", True),
    ("EV77", "EV-77", True),
    ("EV-7", "EV-77", True),
    ("2026-4", "BZW-2026-000004", True),
    ("2026 4", "BZW-2026-000041", False),
    ("000012", "BZW-2026-000012", True),
    ("000012", "binnen 12 weken", False),
    ("2026-000012", "BZW-2026-000012", True),
    ("2026-000012", "12 januari 2026", False),
    ("00012", "BZW-2026-000012", True),
    ("?", "Jansen", False),
]


@pytest.mark.parametrize(("typed", "text", "answers"), ANSWERS)
def test_a_question_is_answered_by_words_and_their_beginnings(typed: str, text: str, answers: bool) -> None:
    assert meets(asked_of(typed), words_of(text)) is answers
