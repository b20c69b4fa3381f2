"""Every code that a page, a mail or a command shows has its words: each table of words beside the codes it is for."""

import ast
import importlib
import pkgutil
import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

import portal
import processes
from engine.model import Folder
from engine.vocabulary import NODES
from engine.words import Confidentiality, Side
from portal.admin.studio import rehearsal_words
from portal.app import FACES
from portal.beginning import BEGINNINGS
from portal.citizen import cases as citizen_cases
from portal.citizen import contact
from portal.late_forms import SIGN_IN
from portal.problems import SENTENCES, TITLES
from portal.security.session_pages import START
from portal.sign_on.identity import CLAIMS, ROLES, WAYS
from portal.sign_on.routes import SCOPES
from portal.workbench import case_list, doors, draft, register, register_post
from portal.workbench import post_room as portal_post_room
from portal.workbench.tabs import FOR_COMMITTEE, TABS
from processes.access.visibility import CONFIDENTIALITY
from processes.actions import post_handling
from processes.actions.filing import LONGEST_TITLE, ORIGINS
from processes.actions.registering import CHANNELS, LONGEST, NewDecision, NewParty
from processes.actions.tasks import SIDES as DOERS
from processes.base import case_type_zip, dutch, email_address, isolated_check
from processes.base.actor import ActorKind, StaffRole
from processes.base.errors import ZaakspoorError
from processes.base.settings import Face, Settings
from processes.effects import following
from processes.jobs import outbox_kinds, trail_verification, verification
from processes.jobs.destroying import REMAINS
from processes.jobs.verification_advice import ADVICE
from processes.law import default_book
from processes.law.disclosure_grounds import PUBLIC, Publicity
from processes.law.rules import LONGEST_THAT_MOVES, Certainty, Unit
from processes.law.typed_rules import LONGEST_TERM
from processes.post import certificate
from processes.post.standard.citizens import NEWS
from processes.reads.admin import attention, law_words
from processes.reads.admin import words as admin_words
from processes.reads.department.delivered import DOCUMENT_STATES
from processes.reads.retention import WORDS as OF_DESTRUCTION
from processes.reads.workbench import answers, documents, open_tasks, parties, post_room, relations, search, words
from processes.rehearsal import expectations, playing, script, steps
from processes.storage.base import Base
from processes.storage.search_table import KINDS as SEARCHED
from processes.storage.tables import Decision, DocumentRow, Party
from processes.storage.words import (
    CaseChannel,
    CaseState,
    DestructionState,
    DocumentOrigin,
    DocumentState,
    InstancePhase,
    MailboxPurpose,
    OutboxKind,
    PostChannel,
    PostHandling,
    PostItemChannel,
    Relation,
    SearchKind,
    SessionKind,
)

HOME = Path(__file__).parents[3]
IDENTITIES = {"bsn", "kvk", "eidas"}

# what is shown -> its table, and the codes that it must have words for
WORDED = {
    "channels of a case": (words.CASE_CHANNELS, CaseChannel),
    "channels of a party": (words.PARTY_CHANNELS, PostChannel),
    "states of a document, for staff": (documents.STATES, DocumentState),
    "states of a document, for a department": (DOCUMENT_STATES, DocumentState),
    "origins of a document": (documents.ORIGINS, DocumentOrigin),
    "actors who file a document": (ORIGINS, ActorKind),
    "sides, on the page of a case": (open_tasks.SIDES, Side),
    "sides, for an administrator": (admin_words.SIDES, Side),
    "elements of a drawing": (admin_words.KINDS, NODES),
    "channels of post": (post_room.CHANNELS, PostItemChannel),
    "channels of post, on the timeline": (post_handling.CAME_BY, PostItemChannel),
    "channels of post that becomes a case": (register_post.CHANNELS, PostItemChannel),
    "channels of post that is brought in": (dict(portal_post_room.CHANNELS), PostItemChannel),
    "what became of post": (post_room.HANDLED, PostHandling),
    "mailboxes, for an administrator": (attention.MAILBOXES, MailboxPurpose),
    "relations": (relations.KINDS, Relation),
    "phases of what a party is asked": (answers.STANDS, InstancePhase),
    "states on the way to destruction": (OF_DESTRUCTION, DestructionState),
    "assessments": (PUBLIC, Publicity),
    "identities of a party": (parties.KINDS, IDENTITIES),
    "certainty of a rule": (law_words.CERTAINTY, get_args(Certainty)),
    "longest term of a rule": (LONGEST_TERM, get_args(Unit)),
    "terms that move": (LONGEST_THAT_MOVES, get_args(Unit)),
    "faces": (FACES, Face),
    "first pages after a sign-in": (START, SessionKind),
    "pages to sign in": (SIGN_IN, SessionKind),
    "claims that hold an identity": (CLAIMS, IDENTITIES),
    "outbox work": (outbox_kinds.KINDS, OutboxKind),
    "verbs of a rehearsal": (steps.VERBS, script.VERBS),
}


@pytest.mark.parametrize("what", WORDED)
def test_each_code_has_its_line_and_no_line_is_for_nothing(what):
    table, codes = WORDED[what]
    assert set(table) == set(codes)


# what is chosen from -> the codes there, and those that are left out with the reason
CHOSEN = {
    "channels that a worker registers": ({code for code, _ in register.CHANNELS}, CaseChannel, {CaseChannel.PORTAL}),
    "channels that an action takes": (set(CHANNELS), CaseChannel, set()),
    "states of the list of cases": (
        set(case_list.STATES.values()) - {""}, CaseState, {CaseState.DESTROYED},  # a destroyed case has no row
    ),
    "what staff search": (
        {*search.OF_HANDLERS, *search.OF_CLEARED}, SearchKind, {SearchKind.CONFIDENTIAL},  # nobody chooses it: it is found in the cases of the handler alone
    ),
    "what the search table tells of": ({one.code for one in SEARCHED}, SearchKind, set()),
    # a department shows a code that was mailed to it, a visitor does not sign in: no provider is asked
    "scopes of a sign-in": (set(SCOPES), SessionKind, {SessionKind.DEPARTMENT, SessionKind.VISITOR}),
    "first pages of a face": (set(BEGINNINGS), Face, {Face.DEPARTMENT}),  # departments come by their links
    "roles that sign-on knows": (set(ROLES), StaffRole, set()),
    "sides whose tasks staff do": (set(DOERS), Side, {Side.CITIZEN, Side.DEPARTMENT}),
    "identities of who files": (set(contact.KINDS), IDENTITIES, set()),
    "faces of the settings": (set(Settings.__dataclass_fields__["faces"].default), Face, set()),
    "confidentiality": (set(CONFIDENTIALITY), Confidentiality, set()),
    "tabs of a committee": (set(FOR_COMMITTEE), TABS, set(TABS) - set(FOR_COMMITTEE)),
}  # fmt: skip


@pytest.mark.parametrize("what", CHOSEN)
def test_what_can_be_chosen_is_every_code_but_those_left_out(what):
    chosen, codes, without = CHOSEN[what]
    assert chosen == set(codes) - without


def test_levels_of_confidentiality_stand_from_low_to_high():
    assert tuple(Confidentiality) == CONFIDENTIALITY


def test_every_unit_of_a_term_has_its_words():
    assert set(get_args(Unit)) | {"working"} == set(dutch.ONE_AND_MORE)


def test_every_variant_of_the_law_has_its_words():
    assert {rule.variant for rule in default_book().rules} <= set(law_words.VARIANTS)


# -- what the program says after a change ------------------------------------------------------------------------------


def texts_of(folder: Path, without: str = "") -> list[str]:
    """Every fixed text in the sources of a folder, but for the keys of one table."""
    found = []
    for file in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == without:
                node.value = ast.Constant(None)
        tree = ast.parse(file.read_text())
        tree.body = [one for one in tree.body if getattr(getattr(one, "targets", [None])[0], "id", "") != without]
        found += [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return found


@pytest.mark.parametrize("folder", ["workbench", "admin", "citizen"])
def test_each_address_that_says_what_was_done_has_a_sentence(folder):
    place = HOME / "portal" / folder
    tables: set[str] = set()
    for name in ("DONE", "SENT"):
        for file in place.glob("*.py"):
            module = importlib.import_module(f"portal.{folder}.{file.stem}") if file.stem != "__init__" else None
            tables |= set(getattr(module, name, {}))
    asked = {
        word for file in place.glob("*.py")
        for word in re.findall(r"\?(?:gedaan|opnieuw|verstuurd)=([a-z-]+)", file.read_text())
    }  # fmt: skip
    assert asked
    assert asked - tables == set()


def test_each_sentence_of_the_workbench_is_said_somewhere():
    said = texts_of(HOME / "portal" / "workbench", "DONE")
    pieces = " ".join(said)
    unsaid = {
        code for code in doors.DONE if not code.endswith("-slot") and not re.search(rf"(?<![\w-]){code}\b", pieces)
    }
    assert unsaid == set()


def test_what_a_tab_says_was_done_has_a_sentence():
    """The last fixed text given to `change_on_tab` and to `_change` of a penalty."""
    asked = set()
    for file in (HOME / "portal" / "workbench").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in {"change_on_tab", "_change"} and len(node.args) > 7:
                done = node.args[7]
                asked |= {one.value for one in ast.walk(done) if isinstance(one, ast.Constant)}
    assert len(asked) > 15
    assert asked - set(doors.DONE) == set()


def test_the_citizen_reads_a_sentence_after_each_thing_that_was_sent():
    source = "".join(file.read_text() for file in (HOME / "portal" / "citizen").glob("*.py"))
    assert set(re.findall(r"verstuurd=([a-z]+)", source)) == set(citizen_cases.SENT)


# -- errors ------------------------------------------------------------------------------------------------------------


def every_class() -> dict[str, type]:
    found = {}
    for package in (processes, portal):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name and not module.name.endswith("__main__"):
                named = vars(importlib.import_module(module.name)).items()
                found |= {name: one for name, one in named if isinstance(one, type)}
    return found


CLASSES = every_class()


def test_each_cause_that_the_administrator_reads_about_is_an_error_of_that_name():
    """The outbox keeps the name of the class: a class with another name would lose its words."""
    assert {name for name in attention.CAUSES if not issubclass(CLASSES.get(name, int), Exception)} == set()


def test_each_status_of_an_error_has_a_title():
    statuses = {one.status for one in CLASSES.values() if issubclass(one, ZaakspoorError)}
    assert {404, 409, 422, 500} <= statuses
    assert statuses - set(TITLES) == set()
    assert set(SENTENCES) <= set(TITLES)


def test_each_problem_that_verifying_finds_has_its_advice():
    source, of_trail = (Path(one.__file__).read_text() for one in (verification, trail_verification))
    found = {*re.findall(r'_problem\(\s*"(\w+)"', source), *re.findall(r'"(\w+_forged|trail_\w+ed)"', of_trail)}
    assert found == set(ADVICE)


# -- mails and certificates --------------------------------------------------------------------------------------------


def given_to(name: str, place: int) -> set[str]:
    """The fixed texts that the sources of `processes` give to a function at this place."""
    found = set()
    for file in (HOME / "processes").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and name in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}:
                given = node.args[place : place + 1]
                found |= {one.value for part in given for one in ast.walk(part) if isinstance(one, ast.Constant)}
    return {one for one in found if isinstance(one, str)}


def test_all_news_has_a_text_and_each_text_is_sent():
    assert given_to("tell_readers", 3) | given_to("tell_parties", 2) == set(NEWS)


def test_every_kind_of_outbox_work_is_asked_for():
    asked = {
        node.args[at].attr
        for file in (HOME / "processes").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in {"enqueue", "enqueue_again"}
        for at in (0, 1)
        if len(node.args) > at
        and isinstance(node.args[at], ast.Attribute)
        and node.args[at].attr in OutboxKind.__members__
    }
    assert asked | {"FORGET_BLOB"} == set(OutboxKind.__members__)  # that one is asked by the destruction of a case


def test_a_certificate_counts_what_a_destruction_empties():
    tables = {one.name for one in Base.metadata.sorted_tables if "case_id" in one.c} - REMAINS
    counted = {"case", "case_relation", "decision", "document", "party"}
    assert counted <= set(certificate.KINDS)
    assert set(certificate.KINDS) - tables == {
        "case",
        "case_group",
        "person_package",
        "person_profile",
    }  # rows of their own
    assert tables - set(certificate.KINDS) == UNCOUNTED


UNCOUNTED = {"document_text", "outbox", "search", "upload_part"}  # the work, the words and the parts of what is counted


# -- the same columns and files in two places --------------------------------------------------------------------------


ADDRESSES = {"email", "manager_email", "recipient"}


def test_what_may_be_typed_fits_in_its_column():
    columns = {**{one.name: one for one in Decision.__table__.c}, **{one.name: one for one in Party.__table__.c}}
    for name, most in LONGEST.items():
        assert (name, most) == (name, (columns if name != "number" else Decision.__table__.c)[name].type.length)
    addresses = [one for table in Base.metadata.sorted_tables for one in table.c if one.name in ADDRESSES]
    assert [f"{one}" for one in addresses if one.type.length < email_address.LONGEST] == []
    assert {one.name for one in addresses} == ADDRESSES
    assert DocumentRow.__table__.c["title"].type.length == LONGEST_TITLE


def test_what_goes_along_to_another_case_are_columns():
    assert set(following.PARTY) <= set(Party.__table__.c.keys())
    assert set(following.DECISION) == set(Decision.__table__.c.keys()) - {"id", "case_id", "outcomes"}


def test_what_a_worker_types_when_registering_is_what_the_action_takes():
    assert set(draft.DECISION) == {one.name for one in fields(NewDecision)}
    typed = {"number": "identity", "same": "same_as"}  # what the page asks apart
    assert {typed.get(one, one) for one in draft.PARTY} <= {one.name for one in fields(NewParty)}


def test_a_folder_has_the_same_parts_wherever_it_is_read_or_packed():
    parts = {one.name for one in fields(Folder)} - {"name", "drawing"}
    assert parts == set(case_type_zip.KINDS) == set(isolated_check.KINDS)


# -- rehearsals --------------------------------------------------------------------------------------------------------


def test_the_guide_of_rehearsals_names_what_can_be_played_and_expected():
    guide = (HOME / "docs" / "rehearsals.md").read_text()
    assert {
        one for one in (*script.VERBS, *script.EXPECTED, *script.MAIN) if not re.search(rf"\b{one}\b", guide)
    } == set()


def test_everything_that_may_be_expected_is_looked_at():
    tree = ast.parse(Path(expectations.__file__).read_text())
    look = next(one for one in tree.body if getattr(one, "name", "") == "look")
    seen = {key.value for node in ast.walk(look) if isinstance(node, ast.Return) for key in node.value.keys}
    assert seen == set(script.EXPECTED) == set(rehearsal_words.EXPECTED)
    assert seen >= playing.RECORDED


def test_every_step_of_a_rehearsal_has_words_on_its_page():
    assert set(rehearsal_words.StepWords.VERBS) == set(script.VERBS)


def test_mails_that_a_rehearsal_leaves_out_are_mails_that_the_program_sends():
    sent = given_to("queue_mail", 2) | {"news-"}
    assert set(expectations.NOT_OF_THE_DRAWING) <= sent


# -- documents for who runs it -----------------------------------------------------------------------------------------


def test_each_figure_that_the_operators_page_names_is_given():
    named = set(re.findall(r"\bzaakspoor_\w+", (HOME / "docs" / "operating.md").read_text()))
    sources = "".join(file.read_text() for room in ("processes", "portal") for file in (HOME / room).rglob("*.py"))
    gauges = (HOME / "processes" / "jobs" / "gauges.py").read_text()
    given = set(re.findall(r'"(zaakspoor_\w+)"', sources))
    given |= {f"zaakspoor_{name}" for name in re.findall(r'"(\w+)"', gauges)}
    assert named
    assert named - given == set()


def test_the_operators_page_names_every_face_and_sign_on_every_way():
    page = (HOME / "docs" / "operating.md").read_text()
    assert f"`{' '.join(Face)}`" in page
    assert set(WAYS) >= {"digid", "eherkenning", "eidas"}
