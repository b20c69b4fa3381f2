"""The tables of sealed columns and of columns with a blind index forget none: they are compared with the code and with kept rows."""

import ast
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest
from kept_release import Kept
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows
from kit.documents import stored
from kit.people import BRAM, TESS, TESS_BSN, VERA, citizen
from sqlalchemy import LargeBinary, String, cast, select

from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.drafts import SaveDraft
from processes.actions.filing import NewDocument
from processes.actions.messages import SendMessage
from processes.actions.person_data import FindPerson
from processes.actions.profile import SaveProfile
from processes.base.actor import ForWhom
from processes.jobs.sealed_parts import PARTS
from processes.storage import large_uploads, web_sessions
from processes.storage.base import Base
from processes.storage.large_uploads import Announced
from processes.storage.looks import Look, write_look
from processes.storage.sealed_columns import INDEXED, SEALED
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.storage.tables import DocumentRow, Party
from processes.storage.upload_room import note_uploads
from processes.storage.words import LookKind, SessionKind

ROOT = Path(__file__).parents[3]
NOT_SEALED = {
    "instance.state",
    "model_version.folder",
    "version_proposal.folder",  # the folder of a version that waits: as the one before
    "model_draft_file.packed",
    "house_style_file.content",
    "dossier.salt",
    "draft_share.salt",
}  # bytes that hold no secret of a person
# sealed for a page, a cookie, a backup or the row of settings: nothing to seal again
OF_NO_ROW = {
    "backup", "department.chosen", "held_files", "form_token", "sign_in_journey", "simulator_token", "held_model", "begun_form", "setting.secret", "setting.retired_keys",
}  # fmt: skip


def name_of(column: object) -> str:
    return f"{column.table.name}.{column.name}"


def test_t5_every_column_with_bytes_is_sealed_and_in_the_table_or_said_to_be_plain() -> None:
    binary = {
        name_of(column)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    sealed = {name_of(one.value) for one in SEALED}
    assert binary - sealed == NOT_SEALED
    assert sealed - binary == {
        "document.file_key", "person_package.file_key", "case_bundle.file_key", "upload_part.file_key", "file_scan.file_key",
        "post_file.file_key",
    }  # fmt: skip # as text


def test_t5_every_place_that_something_is_sealed_for_is_in_the_table() -> None:
    """Each call of `seal` in the program names a place that is a constant, which stands in one of the two lists."""
    constants, used = {}, set()
    for path in [*(ROOT / "processes").rglob("*.py"), *(ROOT / "portal").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                constants.setdefault((path, getattr(target, "id", "")), node.value.value)
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") in {"seal", "seal_by_each"}
                and len(node.args) > 1
            ):
                used.add((path, ast.unparse(node.args[1])))
    by_name = {name: value for (_, name), value in constants.items() if isinstance(value, str)}
    found = {constants.get((path, name), by_name.get(name, name)) for path, name in used}
    known = {one.place for one in SEALED} | OF_NO_ROW
    assert len(found) > 8
    # `column` is chosen between two names of the list; `said` belongs to the frames of a file
    assert found - known <= {"column"}, found - known


def test_t5_a_reseal_goes_by_every_sealed_column() -> None:
    written = {name_of(column) for part in PARTS for column in part.wanted.selected_columns}
    assert {name_of(one.value) for one in SEALED} <= written
    assert all(part.table.name in {one.value.table.name for one in SEALED} for part in PARTS)


def columns_that_name(services: Services, indexes: Collection[str]) -> set[str]:
    """Every column in which one of these indexes stands somewhere."""
    with services.sessions() as session:
        return {
            name_of(column)
            for table in Base.metadata.tables.values()
            for column in table.columns
            if not isinstance(column.type, LargeBinary)
            and any(
                index in str(value)
                for value in session.scalars(select(cast(column, String)).where(column.is_not(None)))
                for index in indexes
            )
        }


def test_t5_no_other_column_of_a_release_names_a_citizen_by_the_index(kept: Kept) -> None:
    upgrade(kept.address)
    with kept.opened() as (services, _):
        with services.sessions() as session:
            indexes = {index for index in session.scalars(select(Party.identity_index)) if index}
        assert len(indexes) > 2
        found = columns_that_name(services, indexes)
    assert {"party.identity_index", "person_profile.identity_index"} <= found <= {name_of(one.value) for one in INDEXED}


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_t5_all_that_a_citizen_does_names_her_in_the_columns_of_the_table_only(
    installed: Callable[..., Services],
) -> None:
    """She registers, does a task, writes, adds a document, looks at it and saves her details; she signs in for a branch, somebody looks for her, and an officer looks her up."""
    services = installed(lambda one: (put_in_use(one, *BEZWAAR), add_departments(one, "parkeren")))
    number = register_bezwaar(services, TESS)
    do(services, "Intake", **{**INTAKE, "complete": False, "route": "ambtelijk", "missing_items": "uw redenen"})
    tess = Browser(services, TESS)
    act(services, tess.actor, SendMessage(number, "Wanneer hoor ik iets?"), once="k" * 40)
    act(services, tess.actor, SaveProfile("nieuw@post.example", "", news_by_mail=True, identity=TESS_BSN))
    act(services, tess.actor, AddDocuments(number, (NewDocument(stored(services), "submission", "Foto"),)))
    do(services, "RepairByCitizen", tess.actor, repair_text="Dit zijn mijn redenen")
    note_uploads(services, tess.actor, [stored(services)])
    act(services, tess.actor, SaveDraft("/mijn/nieuw/bezwaar"))
    large_uploads.begin(services, tess.actor, Announced("/mijn/nieuw/bezwaar", "files", "groot.pdf", 5000))
    tess.get(f"/mijn/zaken/{number}")
    tess.get(f"/mijn/documenten/{next(row.id for row in rows(services, DocumentRow) if row.title == 'Foto')}")
    for_her = replace(citizen(services, BRAM), for_whom=ForWhom(tess.actor.subject, TESS.name))
    assert write_look(services, for_her, Look(LookKind.CASE, number, "overview"))
    at_branch = {"bsn": TESS_BSN.partition(":")[2], "for": TESS_BSN, "branch": "000012345678"}
    web_sessions.create(services, SessionKind.CITIZEN, tess.actor.subject, TESS.name, identity=at_branch)
    act(services, VERA, FindPerson(tess.actor.subject, "bsn", "Zij vroeg om inzage"))
    found = columns_that_name(services, {services.secrets.index(TESS_BSN)})
    assert found == {name_of(one.value) for one in INDEXED}
