"""C10: what somebody wrote stays letter by letter on an English page, and can neither break nor hold up its making."""

from dataclasses import dataclass
from time import process_time

import pytest
from starlette.requests import Request

from portal.language.catalogue import LONGEST, MOST_LINES, Speaker, catalogue_of, english_catalogue, with_places
from portal.language.chosen import other_language
from portal.language.english import english
from portal.language.sentences import sentence_of
from portal.pages import environment
from processes.base.checklist import SaidAnswer, SaidOfDocument
from processes.base.written import OwnWords, TypedLines, TypedText, composed, listed

PHRASES = ("Mijn tuin is afgerond.", "Nee", "Brief", "3 weken te laat", "1 maart 2027")
A_WHILE = (
    0.5  # seconds of this process: many times what a text takes, and a fraction of what trying every division would
)


@dataclass(frozen=True)
class Shown:
    """A value of a page with words of people beside words of ours."""

    subject: TypedText
    lines: TypedLines = ()
    kind: str = "Brief"


def filled(source: str, **values: object) -> str:
    return environment("en").from_string(source).render(values)


@pytest.mark.parametrize("phrase", PHRASES)
def test_c10_the_program_would_say_these_words_in_english(phrase: str) -> None:
    """So that the tests below cannot pass for words that nobody knows."""
    assert english(phrase) != phrase


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize(("source", "expected"), [
    ("<p>{{ shown.subject }}</p>", "<p>%s</p>"),
    ('<p aria-label="{{ shown.subject }}">{{ shown.subject or shown.kind }}</p>', '<p aria-label="%s">%s</p>'),
    ('<p>{{ "Dossier " ~ shown.subject }}</p>', "<p>File %s</p>"),
    ('<p>{{ shown.subject ~ "" }}</p>', "<p>%s</p>"),
    ('<p>{{ [shown.subject]|join(", ") }}</p>', "<p>%s</p>"),
    ('<p>{{ (shown.kind ~ ": " ~ shown.subject)|capitalize_first }}</p>', "<p>Brief: %s</p>"),
    ('<p class="nl-paragraph zs-typed">{{ raw }}</p>', '<p class="nl-paragraph zs-typed">%s</p>'),
    ('{% import "macros/ui.html" as ui %}{{ ui.paragraph(shown.subject) }}', '<p class="nl-paragraph">%s</p>'),
])  # fmt: skip
def test_c10_words_of_people_stay_wherever_a_template_puts_them(phrase: str, source: str, expected: str) -> None:
    assert filled(source, shown=Shown(phrase), raw=phrase) == expected.replace("%s", phrase)


def test_c10_beside_words_of_people_ours_are_said_in_english() -> None:
    made = filled(
        '{% import "macros/ui.html" as ui %}{{ ui.data_list(shown.lines) }}<p>{{ shown.kind }}</p>',
        shown=Shown("", (("Naam", "Brief"),)),
    )
    assert all(one in made for one in ("<dt>Name</dt>", "<dd>Brief</dd>", "<p>Letter</p>"))


def test_c10_a_page_escapes_words_of_people() -> None:
    assert (
        filled('<p>{{ "Dossier " ~ shown.subject }}</p>', shown=Shown("<b>x</b>")) == "<p>File &lt;b&gt;x&lt;/b&gt;</p>"
    )


def test_c10_a_sentence_of_ours_around_words_of_people_is_said_around_them() -> None:
    said = SaidOfDocument("brief", "Brief", SaidAnswer.ABSENT, "Mijn tuin is afgerond.").in_words
    assert said == "wij hebben dit niet, omdat: Mijn tuin is afgerond."
    assert filled("<p>{{ said }}</p>", said=said).endswith(": Mijn tuin is afgerond.</p>")
    assert "wij" not in filled("<p>{{ said }}</p>", said=said)
    assert filled("{{ one }}", one=listed([OwnWords("Brief"), OwnWords("Nee")])) == "Brief, Nee"


def test_c10_signs_that_stand_for_words_are_no_way_to_say_others() -> None:
    strange = OwnWords("\ue0001\ue001 \ue0007\ue001")
    assert composed("Dossier ", strange, OwnWords("x")).said(english) == f"File {strange}x"


@pytest.mark.parametrize("text", [
    " tot en met " * 100 + ":  " * 100 + " van " * 100 + "x",
    " tot en met " * 13 + ":  " * 13 + " van " * 13 + "x",
    "Mijn tuin is afgerond. " * 25,
    "q, q, kenmerk " * 40,
    "U koos dat u 'q' meestuurt, maar er is geen bestand van de soort 'q'. " * 8,
    "a: b. " * 10_000,
    "a\n" * 50_000,
], ids=range(7))  # fmt: skip
def test_c10_no_text_keeps_the_program_busy(text: str) -> None:
    began = process_time()
    english(text)
    assert process_time() - began < A_WHILE


@pytest.mark.parametrize("text", ["Nee\n" * MOST_LINES, "Uw bezwaar is afgerond. " + "x" * LONGEST])
def test_c10_a_long_text_is_somebodys_own(text: str) -> None:
    assert english(text) == text


def test_c10_a_place_takes_in_as_little_as_it_can() -> None:
    sentence = sentence_of("Van {a} tot {b}, van {a}.", "From {a} to {b}, from {a}, not {c}.")
    assert sentence is not None
    assert sentence.values_in("Van 1 tot 2 tot 3, van 1.") == {"a": "1", "b": "2 tot 3"}
    assert [sentence.values_in(text) for text in ("Van 1 tot 2, van 3.", "Van  tot 2, van .", "Van 1 tot 2", "")] == [
        None
    ] * 4
    assert sentence.with_values({"a": "1", "b": "{a}"}) == "From 1 to {a}, from 1, not {c}."


def test_c10_an_english_text_with_a_place_of_its_own_breaks_no_page() -> None:
    assert list(with_places("Wij wachten.", "We wait for {{ grounds }}.")) == []
    assert list(with_places("Op {{ a }}.", "On {{ a }} and {{ b }}.")) == []
    own = catalogue_of((*one, "") for one in with_places("Vul {x} in op {{ a }}.", "Fill in { and {y} on {{ a }}."))
    said = Speaker((english_catalogue(), own)).said("Vul {x} in op 1 mei 2027.")
    assert said == "Fill in { and {y} on 1 May 2027."


@pytest.mark.parametrize("path", ["/inloggen", "//voorbeeld.example/inloggen", "///x"])
def test_c10_the_link_to_the_other_language_stays_on_this_site(path: str) -> None:
    """It begins at the page itself, so no address of another site can stand in it."""
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": [],
            "server": ("example.org", 443),
            "scheme": "https",
        }
    )
    assert other_language(request) == "?taal=en"
