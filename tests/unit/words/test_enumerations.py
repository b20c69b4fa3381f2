"""Each set of words that is stored or compared is one enumeration: told what it is, named once, and used.

The columns below hold words of an enumeration; a word that the code compares without it is found by reading the source.
"""

import ast
import importlib
import pkgutil
import re
from enum import StrEnum
from pathlib import Path

import pytest
from sqlalchemy import String

import engine
import portal
import processes
from engine.words import Audience, Confidentiality, ElementKind, EventKind, Severity, Side, TimerKind
from processes.base.actor import ActorKind
from processes.law.edits import LawRecordKind
from processes.storage.base import Base
from processes.storage.words import (
    AnswerKind,
    ApprovalState,
    BundleForm,
    BundleReader,
    BundleState,
    CaseChannel,
    CaseMoveState,
    CaseState,
    CaseTypeChangeKind,
    CoFilerState,
    ColleagueTaskState,
    CorrectionKind,
    DeskMailKind,
    DestructionState,
    DocumentOrigin,
    DocumentState,
    ElectronicWay,
    GroupStepState,
    HearingSessionState,
    HiddenState,
    InstancePhase,
    LetterState,
    LookKind,
    MailboxPurpose,
    MoveState,
    NewsKind,
    NoteKind,
    OutboxKind,
    PackageState,
    PartyKind,
    PostChannel,
    PostHandling,
    PostItemChannel,
    ProposalState,
    ReadingLanguage,
    Relation,
    SeatAnswer,
    SeatKind,
    SessionKind,
    TaskState,
    TermKind,
)

HOME = Path(engine.__file__).parents[1]
PROFILE = (HOME / "docs" / "bpmn-profile.md").read_text()

COLUMNS: dict[str, type[StrEnum]] = {
    "case.state": CaseState,
    "case.channel": CaseChannel,
    "case.confidentiality": Confidentiality,
    "case_bundle.form": BundleForm,
    "case_bundle.reader": BundleReader,
    "case_bundle.state": BundleState,
    "case_group_step.state": GroupStepState,
    "case_move.state": CaseMoveState,
    "case_relation.kind": Relation,
    "case_type_change.kind": CaseTypeChangeKind,
    "case_type_change.state": ProposalState,
    "correction.kind": CorrectionKind,
    "desk_mail.kind": DeskMailKind,
    "destruction.state": DestructionState,
    "document.audience": Audience,
    "document.confidentiality": Confidentiality,
    "document.origin": DocumentOrigin,
    "document.hidden": HiddenState,
    "document.state": DocumentState,
    "hearing_seat.answer": SeatAnswer,
    "hearing_seat.kind": SeatKind,
    "hearing_session.state": HearingSessionState,
    "instance.phase": InstancePhase,
    "law_rule.kind": LawRecordKind,
    "look.kind": LookKind,
    "look.who_kind": ActorKind,
    "letter.state": LetterState,
    "letter_approval.state": ApprovalState,
    "mail_answer.kind": AnswerKind,
    "mailbox.purpose": MailboxPurpose,
    "co_filer.state": CoFilerState,
    "model_move.state": MoveState,
    "deadline.kind": TermKind,
    "news.kind": NewsKind,
    "colleague_task.state": ColleagueTaskState,
    "note.kind": NoteKind,
    "notice.channel": PostChannel,
    "outbox.kind": OutboxKind,
    "mail.language": ReadingLanguage,
    "party.channel": PostChannel,
    "party.language": ReadingLanguage,
    "party.electronic_how": ElectronicWay,
    "party.kind": PartyKind,
    "person_package.state": PackageState,
    "person_profile.channel": PostChannel,
    "person_profile.language": ReadingLanguage,
    "post_item.channel": PostItemChannel,
    "post_item.handled_as": PostHandling,
    "task.side": Side,
    "task.state": TaskState,
    "sign_in.kind": SessionKind,
    "web_session.kind": SessionKind,
}
# attributes that hold such a word, in rows or in settings of a drawing
COMPARED = frozenset({
    "state", "phase", "kind", "channel", "origin", "audience", "side", "confidentiality", "severity", "link", "calendar",
    "main_case", "procedure",
})  # fmt: skip
# of pages and protocols alone: neither stored nor set in a drawing
OF_PAGES = frozenset({"current", "postgresql", "sqlite"})


def every_enumeration() -> list[type[StrEnum]]:
    found: dict[str, type[StrEnum]] = {}
    for package in (engine, processes, portal):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in module.name or module.name.endswith("__main__"):
                continue
            for thing in vars(importlib.import_module(module.name)).values():
                if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum:
                    found[f"{thing.__module__}.{thing.__qualname__}"] = thing
    return list(found.values())


ENUMERATIONS = every_enumeration()
CLASSES = [
    (node.name, f"{file.relative_to(HOME)}")
    for folder in ("engine", "processes", "portal")
    for file in sorted((HOME / folder).rglob("*.py"))
    for node in ast.parse(file.read_text()).body
    if isinstance(node, ast.ClassDef)
]


def test_every_set_of_stored_words_is_found() -> None:
    assert set(COLUMNS.values()) <= set(ENUMERATIONS)


@pytest.mark.parametrize("words", ENUMERATIONS, ids=lambda one: one.__name__)
def test_no_other_class_has_the_name_of_an_enumeration(words: type[StrEnum]) -> None:
    assert len([place for name, place in CLASSES if name == words.__name__]) == 1


@pytest.mark.parametrize("words", ENUMERATIONS, ids=lambda one: one.__name__)
def test_an_enumeration_says_what_it_is_and_has_no_word_twice(words: type[StrEnum]) -> None:
    assert len((words.__dict__["__doc__"] or "").split()) > 3
    assert list(words.__members__) == [one.name for one in words]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_has_room_for_its_words_and_starts_with_one_of_them(column: str) -> None:
    table, _, name = column.partition(".")
    found = Base.metadata.tables[table].c[name]
    assert isinstance(found.type, String)
    assert max(map(len, COLUMNS[column])) <= (found.type.length or 0)
    assert found.default is None or found.default.arg in set(COLUMNS[column])


def test_every_column_that_begins_with_a_word_has_its_enumeration() -> None:
    begun = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.c
        if column.default is not None and isinstance(column.default.arg, StrEnum)
    }
    assert begun <= set(COLUMNS)
    assert {"case.state", "instance.phase", "task.state"} <= begun


@pytest.mark.parametrize(
    ("words", "member", "spelling"),
    [
        (CaseState, "RUNNING", "running"),
        (InstancePhase, "CANCELLED", "cancelled"),
        (OutboxKind, "FORGET_BLOB", "forget_blob"),
        (Side, "COMMITTEE", "committee"),
        (Severity, "ERROR", "error"),
    ],
)
def test_a_member_is_its_word_in_every_way_that_a_word_is_used(
    words: type[StrEnum], member: str, spelling: str
) -> None:
    one = words[member]
    assert (one == spelling, hash(one), f"{one}", str(one), {spelling: 1}[one]) == (
        True,
        hash(spelling),
        spelling,
        spelling,
        1,
    )


OF_DRAWINGS = [
    one
    for one in ENUMERATIONS
    if one.__module__ == "engine.words" and one not in {ElementKind, EventKind, TimerKind, Severity}
]  # those four are words of BPMN itself, and of the checks


@pytest.mark.parametrize("words", OF_DRAWINGS, ids=lambda one: one.__name__)
def test_the_words_of_a_drawing_stand_in_its_document(words: type[StrEnum]) -> None:
    assert [str(word) for word in words if not re.search(rf"\b{word}\b", PROFILE)] == []


def compared_without(file: Path) -> list[str]:
    """Places where a text stands beside an attribute that holds a word of an enumeration."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr in COMPARED:
            given = [part for one in node.comparators for part in getattr(one, "elts", [one])]
            words = {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
            if words - OF_PAGES:
                found.append(f"{file.relative_to(HOME)}:{node.lineno}: {node.left.attr} {sorted(words)}")
    return found


@pytest.mark.parametrize("folder", ["engine", "processes", "portal"])
def test_nothing_compares_a_stored_word_as_a_bare_text(folder: str) -> None:
    files = [file for file in sorted((HOME / folder).rglob("*.py")) if "migrations" not in file.parts]
    assert files
    assert [place for file in files for place in compared_without(file)] == []
