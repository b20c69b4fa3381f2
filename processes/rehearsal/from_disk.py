"""Deploys and rehearses a case type folder on the operator's disk, for the commands."""

from collections.abc import Iterator
from pathlib import Path

from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.base.actor import SYSTEM
from processes.rehearsal import Played, play_folder
from processes.storage.case_type_folders import all_folders, folder_at, folders_beside
from processes.storage.services import Services


def deploy_path(services: Services, path: Path) -> Iterator[str]:
    """Deploy one folder, or every folder in a place that holds several, called processes first.

    Raises Refused with findings, NoSuchPath.
    """
    several = path.is_dir() and not (path / f"{path.resolve().name}.bpmn").is_file()
    for folder in all_folders(path) if several else [folder_at(path)]:
        yield act(services, SYSTEM, DeployFolder(folder))


def rehearse_path(path: Path) -> Iterator[Played]:
    """Play every rehearsal of a folder; the folders beside it are what it may call. Raises NoSuchPath."""
    return play_folder(folder_at(path), folders_beside(path))
