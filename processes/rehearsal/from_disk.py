"""Deploys and rehearses a case type folder on the operator's disk, for the commands."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from engine import Folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.base.actor import SYSTEM
from processes.jobs.rehearsing import play_missing
from processes.reads.admin import check_upload, in_use
from processes.reads.studio import RehearsalsBroken, read_guard
from processes.rehearsal import Played, play_folder
from processes.storage.case_type_folders import all_folders, folder_at, folders_beside
from processes.storage.services import Services


def deploy_path(services: Services, path: Path) -> Iterator[str]:
    """Deploy one folder, or every folder in a place that holds several, called processes first, each after its rehearsals.

    The first filling of an installation plays none: nobody uses it yet, and all rehearsals of all case types take minutes.
    Raises Refused with findings, RehearsalsBroken, StageBusy, NoSuchPath.
    """
    several = path.is_dir() and not (path / f"{path.resolve().name}.bpmn").is_file()
    folders = all_folders(path) if several else [folder_at(path)]
    guarded, together = bool(in_use(services)[0]), {one.name: one for one in folders}
    for folder in folders:
        if guarded:
            _refuse_broken(services, folder, together)
        yield act(services, SYSTEM, DeployFolder(folder))


def rehearse_path(path: Path) -> Iterator[Played]:
    """Play every rehearsal of a folder; the folders beside it are what it may call. Raises NoSuchPath."""
    return play_folder(folder_at(path), folders_beside(path))


def _refuse_broken(services: Services, folder: Folder, together: Mapping[str, Folder]) -> None:
    guard = play_missing(services, read_guard(services, check_upload(services, SYSTEM, folder), together))
    if guard.broken:
        raise RehearsalsBroken(folder.name, guard.broken)
