"""A case type is changed in a draft: begun, saved, undone, named, thrown away, and taken into use. Nothing runs by a draft.

The answer of an action is the name of the draft, unless it says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.edits import Edit, Files, RenameCaseType, apply, files_of, folder_of
from processes.access.guards import only_staff
from processes.actions.deploying import DeployFolder, Plan, deploy_folder
from processes.actions.proposing import saved_again
from processes.actions.putting_in_use import version_in_use
from processes.base.actor import ActorKind, StaffRole
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.model_cache import unpack
from processes.storage.tables import ModelDraft, ModelVersion
from processes.studio.copying import NewNames
from processes.studio.revisions import (
    HAD_BACK,
    ChangedMeanwhile,
    Saving,
    add_revision,
    contents,
    edited,
    forget_tidied,
    locked_draft,
    merged,
    newest_revision,
    one_revision,
    only_kept,
    remove_draft,
    tidied_away,
    without_name,
)

LONGEST_NAME = 80
LONGEST_WORDS = 500
AT_ONCE = Plan()


@dataclass(frozen=True, slots=True)
class StartDraft:
    """A draft of a process in use, from its newest version; the draft that is there already stays as it is."""

    process: str


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A draft with the files of a package; one that is there already gets them as its newest save.

    `release`: of the program that made the package, as it says; empty when it says none.
    """

    name: str
    files: Files
    release: str = ""


@dataclass(frozen=True, slots=True)
class CopyCaseType:
    """A draft of a new case type, out of the newest version of `process`."""

    process: str
    names: NewNames


@dataclass(frozen=True, slots=True)
class AdoptDrawing:
    """A draft of a new case type out of a drawing of another tool: its `files`, and the name of the file that it came from (`source`,
    empty when it is drawn here from nothing).
    """

    names: NewNames
    files: Files
    source: str


@dataclass(frozen=True, slots=True)
class SaveDraftFiles:
    """Files of a draft, put in or left out. `seen` is the save that the editor looked at, `words` what changed."""

    name: str
    seen: str
    words: str
    put: Mapping[str, bytes] = field(default_factory=dict)
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditDraft:
    """Edits of settings of a draft, all or none. `seen` is the save that the editor looked at, `words` what changed."""

    name: str
    seen: str
    words: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class RestoreRevision:
    """An older save becomes the newest."""

    name: str
    seen: str
    revision: str


@dataclass(frozen=True, slots=True)
class NameRevision:
    """A name for a save, by which it is found again and kept; without a name it is an ordinary save again."""

    name: str
    revision: str
    label: str


@dataclass(frozen=True, slots=True)
class TidyDraft:
    """Only the saves with a name stay, and the newest. What a person tidies away can be had back for a week; the system deletes.
    `expired`: only what was tidied away longer ago than that, says the system.
    """

    name: str
    expired: bool = False


@dataclass(frozen=True, slots=True)
class UntidyDraft:
    """The saves that were tidied away are there again."""

    name: str


@dataclass(frozen=True, slots=True)
class DiscardDraft:
    """The draft goes with all its saves; what is in use stays in use."""

    name: str


@dataclass(frozen=True, slots=True)
class DeployDraft:
    """The save that somebody looked at goes into use, as the plan says."""

    name: str
    seen: str
    plan: Plan = AT_ONCE


def start_draft(work: UnitOfWork, action: StartDraft) -> str:
    """Raises NotFound."""
    _only_admin(work)
    if work.session.get(ModelDraft, action.process) is not None:
        return action.process
    version = _in_use(work, action.process)
    draft = ModelDraft(name=action.process, title=version.title, based_on=version.version, changed_at=work.now)
    return _begun(
        work, draft, files_of(unpack(version.process, version.folder)), f"Begonnen met versie {version.version}."
    )


def import_draft(work: UnitOfWork, action: ImportDraft) -> str:
    """Raises TooLarge."""
    _only_admin(work)
    known = work.session.get(ModelDraft, action.name, with_for_update=True)
    if known is None:
        newest = version_in_use(work, action.name)
        based_on = newest.version if newest else None
        known = ModelDraft(name=action.name, title=action.name, based_on=based_on, changed_at=work.now)
    made_by = f"een pakket van Zaakspoor {action.release}" if action.release else "een bestand"
    return _begun(work, known, action.files, f"Ingelezen uit {made_by}.")


def copy_case_type(work: UnitOfWork, action: CopyCaseType) -> str:
    """Raises Invalid when the new names cannot be, or are taken."""
    _only_admin(work)
    version = _in_use(work, action.process)
    if not version.is_case_type:
        raise Invalid(
            {"": "Alleen een zaaktype kan zo worden gekopieerd. Dit is een proces dat een zaaktype aanroept."}
        )
    names = _free_names(work, action.names)
    renamed = RenameCaseType(names.title, names.prefix, names.identification)
    files = apply(files_of(unpack(version.process, version.folder)), renamed)
    draft = ModelDraft(name=names.identification, title=names.title, copied_from=action.process, changed_at=work.now)
    return _begun(work, draft, files, f"Gekopieerd van '{version.title}', versie {version.version}.")


def adopt_drawing(work: UnitOfWork, action: AdoptDrawing) -> str:
    """Raises Invalid when the names cannot be, or are taken, and TooLarge."""
    _only_admin(work)
    names = _free_names(work, action.names)
    draft = ModelDraft(name=names.identification, title=names.title, changed_at=work.now)
    words = f"Overgenomen uit de tekening '{action.source}'." if action.source else "Begonnen als nieuw zaaktype."
    return _begun(work, draft, action.files, words)


def save_draft_files(work: UnitOfWork, action: SaveDraftFiles) -> str:
    """The answer is the id of the newest save. Raises ChangedMeanwhile, NotFound and TooLarge."""
    _only_admin(work)
    draft = locked_draft(work.session, action.name)
    files = merged(work.session, action.name, action.seen, action.put, frozenset(action.drop))
    return _saved(work, draft, files, action.words)


def edit_draft(work: UnitOfWork, action: EditDraft) -> str:
    """The answer is the id of the newest save. The drawing must have been checked: it is read here.

    Raises EditRefused, ChangedMeanwhile, NotFound and TooLarge.
    """
    _only_admin(work)
    draft = locked_draft(work.session, action.name)
    return _saved(work, draft, edited(work.session, action.name, action.seen, action.edits), action.words)


def restore_revision(work: UnitOfWork, action: RestoreRevision) -> str:
    """The answer is the id of the newest save. Raises ChangedMeanwhile when somebody saved since, and NotFound."""
    _only_admin(work)
    draft = locked_draft(work.session, action.name)
    _refuse_changed(work, action.name, action.seen)
    older = one_revision(work.session, action.name, action.revision)
    called = f" ('{older.label}')" if older.label else ""
    return _saved(work, draft, contents(work.session, older), f"Teruggezet naar bewaring {older.number}{called}.")


def name_revision(work: UnitOfWork, action: NameRevision) -> str:
    """Raises Invalid and NotFound."""
    _only_admin(work)
    locked_draft(work.session, action.name)
    if len(action.label) > LONGEST_NAME:
        raise Invalid({"label": f"Maak de naam korter: hoogstens {LONGEST_NAME} tekens."})
    row = one_revision(work.session, action.name, action.revision)
    row.label = action.label or None
    work.audit(0, "draft_named", draft=action.name, revision=row.number)
    return action.name


def tidy_draft(work: UnitOfWork, action: TidyDraft) -> str:
    """Raises NotFound."""
    _only_admin(work)
    locked_draft(work.session, action.name)
    if work.actor.kind == ActorKind.STAFF:
        rows = without_name(work.session, action.name)
        for row in rows:
            row.tidied_at = work.now
        gone = len(rows)
    elif action.expired:
        gone = forget_tidied(work.session, action.name, work.now - HAD_BACK)
    else:
        gone = only_kept(work.session, action.name)
    if gone:
        work.audit(0, "draft_tidied", draft=action.name, count=gone)
    return action.name


def untidy_draft(work: UnitOfWork, action: UntidyDraft) -> str:
    """Raises NotFound, and NotNow when nothing can be had back (any more)."""
    _only_admin(work)
    locked_draft(work.session, action.name)
    rows = tidied_away(work.session, action.name)
    if not rows:
        raise NotNow("Er is niets meer om terug te halen. Wat is opgeruimd, blijft een week.")
    for row in rows:
        row.tidied_at = None
    work.audit(0, "draft_untidied", draft=action.name, count=len(rows))
    return action.name


def discard_draft(work: UnitOfWork, action: DiscardDraft) -> str:
    """Raises NotFound."""
    _only_admin(work)
    remove_draft(work.session, locked_draft(work.session, action.name))
    saved_again(work, action.name, "")
    work.audit(0, "draft_discarded", draft=action.name)
    return action.name


def deploy_draft(work: UnitOfWork, action: DeployDraft) -> str:
    """The answer is `process:version`, or `process:` when it waits for a second administrator or for its day.

    Raises Refused with all findings, Invalid for a plan that cannot be, and ChangedMeanwhile when somebody saved since.
    """
    _only_admin(work)
    draft = locked_draft(work.session, action.name)
    _refuse_changed(work, action.name, action.seen)
    newest = newest_revision(work.session, action.name)
    plan = replace(action.plan, draft=action.name, revision=newest.id)
    answer = deploy_folder(work, DeployFolder(folder_of(contents(work.session, newest)), plan))
    process, _, version = answer.partition(":")
    if process != action.name:
        raise Invalid(
            {"": f"De tekening heet '{process}' en het ontwerp '{action.name}'. Geef de tekening die naam weer."}
        )
    if version:
        draft.based_on, draft.deployed_at = int(version), work.now
    return answer


def _only_admin(work: UnitOfWork) -> None:
    only_staff(work.actor, (StaffRole.ADMIN,))


def _begun(work: UnitOfWork, draft: ModelDraft, files: Files, words: str) -> str:
    work.session.add(draft)
    work.session.flush()
    _saved(work, draft, files, words)
    return draft.name


def _saved(work: UnitOfWork, draft: ModelDraft, files: Files, words: str) -> str:
    row = add_revision(work.session, draft, files, Saving(work.actor.subject, work.now, words[:LONGEST_WORDS]))
    work.audit(0, "draft_saved", draft=draft.name, revision=row.number)
    saved_again(work, draft.name, row.id)
    return row.id


def _refuse_changed(work: UnitOfWork, name: str, seen: str) -> None:
    newest = newest_revision(work.session, name)
    if newest.id != seen:
        raise ChangedMeanwhile(newest, {})


def _in_use(work: UnitOfWork, process: str) -> ModelVersion:
    version = version_in_use(work, process)
    if version is None:
        raise NotFound("Dit proces bestaat niet.")
    return version


def _free_names(work: UnitOfWork, given: NewNames) -> NewNames:
    names, wrong = given.checked(), {}
    if version_in_use(work, names.identification) or work.session.get(ModelDraft, names.identification):
        wrong["identification"] = f"'{names.identification}' bestaat al. Kies iets anders."
    taken = {
        one.model.case_type.prefix: one.model.case_type.title
        for one in work.services.models.all_current(work.session).values()
        if one.model.case_type
    }
    if names.prefix in taken:
        wrong["prefix"] = f"'{names.prefix}' is al van '{taken[names.prefix]}'. Kies iets anders."
    if wrong:
        raise Invalid(wrong)
    return names
