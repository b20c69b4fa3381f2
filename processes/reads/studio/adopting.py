"""The page on which a drawing of another tool becomes a draft: its questions, what was changed, and the new drawing."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.adopting import AdoptingQuestion, wrong_answer
from engine.edits import Files, files_of
from engine.words import Severity
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Invalid, NotFound
from processes.base.isolated_adopting import AdoptedApart, adopt_apart
from processes.base.isolated_check import NotReadApart
from processes.law.for_linter import known_rules
from processes.law.retention_classes import retention_to_choose
from processes.reads.admin.outline import Outline, outline_of
from processes.reads.admin.uploading import ShownFinding, in_use, reading_of, shown
from processes.reads.admin.words import Names
from processes.reads.studio.draft import DraftHead, read_draft_files
from processes.storage.services import Services
from processes.studio.copying import NewNames
from processes.studio.taken_over import NO_NAMES, TAKEN_OVER, TakenOver, read_taken_over

PREFIX_CODE = "prefix"  # asked beside the names


@dataclass(frozen=True, slots=True)
class AskedOnPage:
    """A question with its answer. `field`: the name of its field; without `options` a text is asked."""

    field: str
    question: AdoptingQuestion
    value: str

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The proposal says so itself."""
        given = self.question.options
        return tuple((code, f"{words} (voorstel)" if at == 0 else words) for at, (code, words) in enumerate(given))


@dataclass(frozen=True, slots=True)
class AdoptingPage:
    """`files` are those of the draft that it would make, with the record of how it was taken over."""

    taken: TakenOver
    names: NewNames
    questions: tuple[AskedOnPage, ...]
    mended: tuple[str, ...]
    findings: tuple[ShownFinding, ...]
    drawing: bytes
    outline: Outline | None
    files: Files

    @property
    def errors(self) -> int:
        return sum(one.severity == Severity.ERROR for one in self.findings)


def read_adopting(services: Services, actor: Actor, taken: TakenOver) -> AdoptingPage:
    """The file is read by a child process, with limits. Raises Invalid with a sentence for `file`."""
    only_staff(actor, (StaffRole.ADMIN,))
    _, book, today = in_use(services)
    known = known_rules(book)[1]
    retention = {code: words for code, words in retention_to_choose().items() if code in known}
    given = taken.names
    answers = {**taken.answers, **({PREFIX_CODE: given.prefix} if given.prefix else {})}
    try:
        made = adopt_apart(taken.source, given.identification, given.title, answers, retention)
    except NotReadApart as why:
        raise Invalid({"file": why.sentence}) from why
    read = reading_of(made.folder.drawing)
    case_type = read.model.case_type if read.model else None
    proposed = NewNames(case_type.title, case_type.identification, case_type.prefix) if case_type else NO_NAMES
    names = given if given.identification else proposed
    record = TakenOver(taken.file, taken.source, taken.answers, names)
    return AdoptingPage(
        record, names, _asked(made, taken.answers), made.mended, shown(made.findings, Names(read)),
        made.folder.drawing, outline_of(read, book.rules_on(today)), {**files_of(made.folder), TAKEN_OVER: record.as_file()},
    )  # fmt: skip


def read_taken_over_draft(services: Services, actor: Actor, name: str) -> tuple[DraftHead, Files, AdoptingPage]:
    """A draft with its files, and the page on which its questions are answered again. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    if TAKEN_OVER not in files:
        raise NotFound("Dit ontwerp is niet uit een tekening van een ander programma gemaakt.")
    return head, files, read_adopting(services, actor, read_taken_over(files[TAKEN_OVER]))


def answers_of(page: AdoptingPage, typed: Mapping[str, str]) -> dict[str, str]:
    """The answers as they were typed, by the code of their question; a field that was not sent keeps its answer."""
    return {one.question.code: typed.get(one.field, one.value) for one in page.questions}


def wrong_answers(page: AdoptingPage) -> dict[str, str]:
    """A sentence for each field with an answer that cannot be taken."""
    wrong = {one.field: wrong_answer(one.question, one.value) for one in page.questions if not one.question.options}
    return {field: sentence for field, sentence in wrong.items() if sentence}


def _asked(made: AdoptedApart, answers: Mapping[str, str]) -> tuple[AskedOnPage, ...]:
    listed = [question for question in made.questions if question.code != PREFIX_CODE]
    return tuple(AskedOnPage(f"q{at}", one, _value(one, answers)) for at, one in enumerate(listed))


def _value(question: AdoptingQuestion, answers: Mapping[str, str]) -> str:
    given = answers.get(question.code, "")
    if question.options:
        codes = [code for code, _ in question.options]
        return given if given in codes else codes[0]
    return given or question.proposal
