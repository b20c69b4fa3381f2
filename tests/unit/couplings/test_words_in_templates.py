"""A page that asks which state something has, names a state that there is: templates compare plain texts."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from engine.sentences import RowJoin, TimerGate, TimerShape
from engine.words import MainCaseRule, Severity
from portal.admin.studio.rehearsal_pages import CASE_PAGES, NO_PAGES
from portal.citizen.filing_parts import TITLES as PARTS_OF_FILING
from portal.language.chosen import LANGUAGES
from portal.sign_on.identity import WAYS
from portal.workbench.asked_list import COLUMNS
from processes.actions.filing_along import JoinAnswer
from processes.base.text_changes import LineChange
from processes.dated import KINDS, FieldKind
from processes.execution.term_days import DayPlace
from processes.law import default_book
from processes.law.penalty import PenaltyState
from processes.reads.citizen.news import NewKind
from processes.reads.citizen.overview import WhoseTurn
from processes.reads.site_texts import PartKind
from processes.reads.statuses import StatusStep
from processes.reads.studio import SLUGS, AskedBy, SentenceKind
from processes.reads.workbench.reading_document import ShownAs
from processes.reads.workbench.today_rows import SOURCES
from processes.storage.words import (
    BundleState,
    CaseState,
    CoFilerState,
    DestructionState,
    DocumentState,
    HiddenState,
    LetterState,
    NoteKind,
    PackageState,
    PostChannel,
    ReadingLanguage,
    ScanState,
    SessionKind,
    TaskState,
)

TEMPLATES = Path(__file__).parents[3] / "portal" / "templates"
STEPS = get_args(get_type_hints(StatusStep)["state"])
VARIANTS = {rule.variant for rule in default_book().rules}

# template, what is compared -> the words that it can be
COMPARED: dict[tuple[str, str], Collection[str]] = {
    ("about/page.html", "part.kind"): PartKind,
    ("base.html", "language"): LANGUAGES,
    ("macros/reading.html", "language"): LANGUAGES,
    ("base.html", "session_kind"): SessionKind,
    ("citizen/join_answer.html", "answer"): {*JoinAnswer, "declined"},
    ("citizen/parts.html", "person.state"): CoFilerState,
    ("workbench/case/parties.html", "one.state"): CoFilerState,
    ("citizen/details.html", "way"): set(WAYS.values()),
    ("citizen/not_filed.html", "session.kind"): SessionKind,
    ("macros/reach.html", "language"): LANGUAGES,
    ("workbench/task.html", "page.state"): TaskState,
    ("workbench/case_list.html", "code"): dict(COLUMNS),
    ("workbench/case_list.html", "line.state"): CaseState,
    ("workbench/bundle_lines.html", "one.state"): BundleState,
    ("workbench/case/documents.html", "line.state"): DocumentState,
    ("workbench/case/documents.html", "line.hidden"): HiddenState,
    ("workbench/case/hidden_document.html", "page.state"): HiddenState,
    ("workbench/reading.html", "document.state"): DocumentState,
    ("workbench/reading.html", "page.shown"): ShownAs,
    ("workbench/reader.html", "shown"): ShownAs,
    ("workbench/post_item.html", "file.shown"): ShownAs,
    ("workbench/post_item.html", "file.scan"): ScanState,
    ("workbench/case/press.html", "letter.channel"): PostChannel,
    ("workbench/case/letter_draft.html", "page.state"): LetterState,
    ("workbench/case/letter_draft_parts.html", "line.change"): LineChange,
    ("workbench/case/penalty_parts.html", "made.state"): PenaltyState,
    ("workbench/case/term.html", "one.place"): DayPlace,
    ("workbench/today.html", "row.source"): SOURCES,
    ("workbench/waiting_parts.html", "line.state"): PenaltyState,
    ("workbench/waiting_parts.html", "note.kind"): NoteKind,
    ("workbench/party_fields.html", "party.language"): ReadingLanguage,
    ("workbench/register.html", "page.main_asked"): MainCaseRule,
    ("admin/destruction.html", "line.state"): DestructionState,
    ("admin/person_found.html", "found.package.state"): PackageState,
    ("admin/setting_words.html", "one.kind"): FieldKind,
    ("admin/setting_form.html", "one.name"): {field.name for kind in KINDS.values() for field in kind.fields},
    ("admin/studio/macros.html", "field.kind"): AskedBy,
    ("admin/studio/element.html", "field.kind"): AskedBy,
    ("admin/studio/overview.html", "one.severity"): Severity,
    ("admin/studio/mails.html", "one.severity"): Severity,
    ("admin/studio/rehearsal_pages.html", "pages_asked"): {CASE_PAGES, NO_PAGES},
    ("admin/studio/macros.html", "one.severity"): Severity,
    ("admin/studio/frame.html", "place_in_draft"): {
        "bewaringen",
        "elementen",
        "in-gebruik",
        "opmerkingen",
        "overname",
        "verschil",
    },
    ("admin/studio/sentence.html", "page.kind"): SentenceKind,
    ("admin/studio/sentence_macros.html", "page.kind"): SentenceKind,
    ("admin/studio/sentence_panel.html", "page.kind"): SentenceKind,
    ("admin/studio/sentence_macros.html", "form.shape"): TimerShape,
    ("admin/studio/sentence_macros.html", "form.gate"): {"", *TimerGate},
    ("admin/studio/sentence_macros.html", "page.condition.join"): RowJoin,
    ("admin/studio/sentences.html", "finding.severity"): Severity,
    ("admin/studio/forms.html", "finding.severity"): Severity,
    ("admin/studio/settings.html", "place_in_draft"): set(SLUGS.values()),
    ("admin/law_form.html", "typed.variant"): VARIANTS,
    ("admin/law_rule.html", "line.variant"): VARIANTS,
    ("macros/ui.html", "step.state"): STEPS,
    ("citizen/case.html", "step.state"): STEPS,
    ("citizen/case.html", "line.penalty.state"): PenaltyState,
    ("citizen/parts.html", "letter.channel"): PostChannel,
    ("citizen/parts.html", "tile.turn"): WhoseTurn,
    ("citizen/parts.html", "one.kind"): NewKind,
    ("citizen/take_along.html", "one.state"): BundleState,
    ("citizen/details.html", "profile.channel"): PostChannel,
    ("citizen/details.html", "shown.channel"): PostChannel,
    ("citizen/contact.html", "profile.channel"): PostChannel,
    ("citizen/new_form.html", "part.code"): PARTS_OF_FILING,
    ("citizen/new_check.html", "part.code"): PARTS_OF_FILING,
    ("forms/datetime.html", "field.subtype"): {"date", "datetime"},
    ("sign_on/choose.html", "way"): WAYS,
}
ASKED = re.compile(r"([\w.]*\w) (?:==|!=) [\"']([\w-]+)[\"']|([\w.]*\w) (?:not )?in \(([^()]*)\)")
# of the page itself: what a macro was given, or which part of a list is shown
OF_PAGES = {"kind", "type", "name", "place", "van", "stand"}


NOT_TICKED = "nee"  # of a box, as the form sends it


def comparisons() -> list[tuple[str, str, str]]:
    """(template, what, word) of each comparison of all templates."""
    return [
        (str(file.relative_to(TEMPLATES)), one or several, text)
        for file in sorted(TEMPLATES.rglob("*.html"))
        for tag in re.findall(r"\{[{%](.*?)[}%]\}", file.read_text(), re.DOTALL)
        for one, word, several, words in ASKED.findall(tag)
        for text in ([word] if word else re.findall(r"[\"']([\w-]+)[\"']", words))
        if (one or several) not in OF_PAGES and text != NOT_TICKED
    ]


def test_the_comparisons_of_all_templates_are_in_the_table():
    assert {(template, what) for template, what, _ in comparisons()} == set(COMPARED)


@pytest.mark.parametrize(("template", "what", "word"), sorted(set(comparisons())))
def test_a_word_that_a_template_compares_with_is_one_that_there_is(template, what, word):
    assert word in set(COMPARED.get((template, what), ()))
