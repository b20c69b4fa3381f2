"""C10: each word of ours that a citizen or department can read is there in English, and is put in its place."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jinja2 import nodes
from kit.english import dutch_words

from engine import DocumentType
from portal.department.draft import TOO_MANY
from portal.language.catalogue import Speaker, catalogue_of, english_catalogue, with_places
from portal.language.days import ENGLISH_FILTERS
from portal.language.english import english
from portal.language.segments import TOKEN, SourceKind, pieces_of
from portal.pages import environment
from portal.received import TooManyFiles
from portal.security.limits import TooOften
from processes.base.actor import Actor, ActorKind
from processes.base.checklist import SaidAnswer, SaidOfDocument, wrong_said
from processes.base.english import day_words
from processes.base.errors import QuotaReached
from processes.base.uploads import Upload, why_refused
from processes.storage.upload_room import OF_VISITS, UploadRoom

TEMPLATES = Path(__file__).parents[3] / "portal" / "templates"
FOLDERS = ("citizen", "department", "public", "about", "errors", "session", "sign_on", "forms", "macros")
# of the workbench alone, beside pages of citizens and departments
OF_STAFF = {
    "macros/plots.html", "macros/substitution.html", "macros/papers.html", "forms/delivery-judgement.html", "forms/inventory.html", "forms/redactions.html",
    "forms/inspection.html", "forms/result-explanation.html", "forms/in-time.html", "forms/outcomes.html", "forms/view-answers.html", "forms/concerns.html",
    "forms/asked-again.html", "forms/court-only.html",
}  # fmt: skip
SAME = {"SHA-256", 'aria-describedby="', 'aria-invalid="true"'}
STAFF_LINE = "Misschien is de zaak vertrouwelijker dan u mag zien."
LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}")
CODE = re.compile(r"[a-z0-9_.:/?=&%#-]*")
NAMES = sorted(
    name
    for name in environment().list_templates()
    if (name.split("/")[0] in FOLDERS or name == "base.html") and name not in OF_STAFF
)


def words_in(name: str) -> set[str]:
    """The runs of words of a template as the catalogue knows them."""
    pieces = pieces_of((TEMPLATES / name).read_text())
    found = {one.key for one in pieces if one.kind is SourceKind.WORDS}
    return {
        one
        for one in found
        if LETTERS.search(TOKEN.sub("", one)) and not CODE.fullmatch(TOKEN.sub("", one).replace(" ", ""))
    }


@pytest.mark.parametrize("name", NAMES)
def test_c10_each_run_of_words_of_a_template_is_there_in_english(name: str) -> None:
    known = english_catalogue()
    lacking = {
        one
        for one in words_in(name)
        if known.of_source(name, one) is None and one not in SAME and not one.startswith(STAFF_LINE)
    }
    # a word that is only emphasised values, such as `<strong>{{ file.name }}</strong>`
    assert {one for one in lacking if LETTERS.search(re.sub(r"</?strong>|\{\{.*?\}\}", "", one))} == set()


@pytest.mark.parametrize("name", NAMES)
def test_c10_english_inserts_what_dutch_inserts(name: str) -> None:
    """A translation names no value that its template does not know; which of them it needs is for its writer."""
    source = (TEMPLATES / name).read_text()
    known = environment().parse(source).find_all(nodes.Name)
    names = {one.name for one in known} | {"ui", "f"}
    for key in words_in(name):
        said = english_catalogue().of_source(name, key) or ""
        assert {one.name for one in environment().parse(said).find_all(nodes.Name)} <= names, key


@pytest.mark.parametrize(("dutch", "expected"), [
    ("Uw bezwaar is in behandeling. U krijgt uiterlijk woensdag 27 januari 2027 een beslissing.",
     "Your objection is being handled. You will receive a decision by Wednesday 27 January 2027 at the latest."),
    ("Uw bezwaar is afgerond op maandag 4 januari 2027. Het resultaat is: Gegrond.",
     "Your objection was closed on Monday 4 January 2027. The result is: Well-founded."),
    ("nog 12 dagen", "12 days left"),
    ("1 dag te laat", "1 day late"),
    ("U mag kiezen uit: PDF, foto (jpg). Een bestand mag hoogstens 5 MB zijn. Er wordt nog niets verstuurd.",
     "You may choose from: PDF, photo (jpg). A file may be at most 5 MB. Nothing is sent yet."),
    ("Beslissing op bezwaar: 12 weken, vanaf de dag na vrijdag 1 januari 2027. De laatste dag is vrijdag 26 maart 2027.",
     "Decision on the objection: 12 weeks, from the day after Friday 1 January 2027. The last day is Friday 26 March 2027."),
    ("Wat iemand zelf schreef, blijft staan.", "Wat iemand zelf schreef, blijft staan."),
    ("", ""),
    (" ", " "),
])  # fmt: skip
def test_c10_a_sentence_that_the_program_makes_is_said_in_english(dutch: str, expected: str) -> None:
    own = catalogue_of((("Bezwaar", "Objection", ""), ("Gegrond", "Well-founded", "")))
    assert Speaker((english_catalogue(), own)).said(dutch) == expected


def test_c10_a_text_of_a_case_type_keeps_its_places() -> None:
    own = catalogue_of([
        (*one, "")
        for dutch, english in (
            ("Vul aan.{% if deadline.repair %} Doe dit uiterlijk op {{ deadline.repair }}.{% endif %}", "Complete it.{% if deadline.repair %} Do this by {{ deadline.repair }}.{% endif %}"),
            ("Van {{ a }} tot {{ b | date }}", "Until {{ b|date }}, from {{ a }}"),
        )
        for one in with_places(dutch, english)
    ])  # fmt: skip
    speaker = Speaker((english_catalogue(), own))
    assert speaker.said("Vul aan. Doe dit uiterlijk op 3 mei 2027.") == "Complete it. Do this by 3 May 2027."
    assert speaker.said("Vul aan.") == "Complete it."
    assert speaker.said("Van 3 mei 2027 tot 4 mei 2027") == "Until 4 May 2027, from 3 May 2027"


FILE, OF_ONE = Upload("foto.exe", "", 9_000_000, "", "b"), Actor(ActorKind.CITIZEN, "1", "Tess")
USUAL, ARCHIVED = DocumentType("report", "Rapport", max_megabytes=5), DocumentType("report", "Rapport", archive=True)


@pytest.mark.parametrize("sentence", [
    UploadRoom(0, 0, OF_ONE, 250, 40).day_sentence, UploadRoom(0, 0, OF_ONE, 250, 40).waiting_sentence, OF_VISITS,
    UploadRoom(0, 0, replace(OF_ONE, kind=ActorKind.DEPARTMENT), 250).day_sentence,
    str(TooOften(datetime(2027, 2, 14, 8, 5, tzinfo=UTC))), str(TooManyFiles.over(1)), str(TooManyFiles.over(50)), str(QuotaReached()), TOO_MANY,
    *(str(why_refused(kind, replace(FILE, name=name, locked=locked))) for kind, name, locked in (
        (None, "a.pdf", False), (USUAL, "a.exe", False), (USUAL, "a.pdf", False), (ARCHIVED, "a.docx", False), (ARCHIVED, "a.pdf", True),
    )),
    *((wrong_said(said, date(2027, 2, 14)) or ("", ""))[1] for said in (
        SaidOfDocument("report", "ABC", SaidAnswer.ABSENT), SaidOfDocument("report", "ABC", SaidAnswer.LATER),
    )),
])  # fmt: skip
def test_c10_how_much_how_often_and_which_files_is_said_in_english(sentence: str) -> None:
    assert dutch_words(sentence), "so that the next line can fail"
    assert dutch_words(english(sentence)) == []


@pytest.mark.parametrize(("dutch", "expected"), [
    ("zaterdag 14 februari 2026", "Saturday 14 February 2026"),
    ("14 februari 2026 om 9.05 uur", "14 February 2026 at 9:05"),
    ("9.05 uur", "9:05"),
    ("10 werkdagen", "10 working days"),
    ("€ 1.442", "€1,442"),
    ("€\u00a0480,67", "€480.67"),
    ("2026", None),
    ("Parkeren", None),
])  # fmt: skip
def test_c10_days_and_amounts_are_written_as_in_english(dutch: str, expected: str | None) -> None:
    assert day_words(dutch) == expected


def test_c10_filters_write_as_english_does() -> None:
    moment = datetime(2026, 2, 14, 8, 5, tzinfo=UTC)
    said = {
        name: ENGLISH_FILTERS[name](moment) for name in ("date_nl", "day_nl", "weekday_nl", "datetime_nl", "time_nl")
    }
    assert said == {
        "date_nl": "14 February 2026", "day_nl": "14 Feb", "weekday_nl": "Saturday 14 February 2026",
        "datetime_nl": "14 February 2026 at 9:05", "time_nl": "9:05",
    }  # fmt: skip
    assert (ENGLISH_FILTERS["number_nl"](1234.5), ENGLISH_FILTERS["size_nl"](2_400_000)) == ("1,234.5", "2.4 MB")
    assert ENGLISH_FILTERS["date_nl"](None) == "not yet known"
    assert ENGLISH_FILTERS["yes_no"](True) == "yes"
    assert ENGLISH_FILTERS["date_nl"](date(2026, 3, 1)) == "1 March 2026"


def test_c10_what_somebody_typed_in_a_field_is_never_changed() -> None:
    template = environment("en").from_string(
        '<textarea>{{ typed }}</textarea><input value="{{ typed }}"><p aria-label="{{ typed }}">{{ typed }}</p>'
    )
    assert template.render(typed="Documenten") == (
        '<textarea>Documenten</textarea><input value="Documenten"><p aria-label="Documents">Documents</p>'
    )


def test_c10_a_template_is_found_again_whole() -> None:
    for name in environment().list_templates():
        source = (TEMPLATES / name).read_text()
        assert "".join(one.source for one in pieces_of(source)) == source, name


def test_c10_unknown_words_stay_dutch_and_codes_stay_codes() -> None:
    assert english("Een zin die niemand kent") == "Een zin die niemand kent"
    assert english("decide") == "decide"
