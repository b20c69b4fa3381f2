"""Ways to an element of a draft: of the recorded rehearsals the one that comes there first, or one that was searched for."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import yaml

from processes.base.isolated_play import PlayedThrough, PlayedWith
from processes.reads.admin.uploading import reading_of
from processes.reads.admin.words import node_name
from processes.reads.opening import reading
from processes.reads.studio.guarding import DeployGuard
from processes.reads.studio.rehearsals import Stage
from processes.storage.services import Services
from processes.studio.kept_rehearsals import read_kept, way_name


@dataclass(frozen=True, slots=True)
class WayThere:
    """A recorded rehearsal, and the step (from 1) after which the case stands at what was looked for, or has come past it."""

    rehearsal: str
    step: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class WayFound:
    """The outcome of a search: the rehearsal that comes there with its last step, and how many steps it has; an empty text when
    none was found within the limits. `tried`: how many times a case was played, in how many `seconds`; `nearest`, `away` and
    `choices`: the element where a case came closest, in words, how many arrows from there, and what was done there, as steps of a script.
    `ended`: why it stopped, a word of Ended in processes.jobs.seeking.
    """

    text: str
    steps: int
    tried: int
    seconds: int = 0
    nearest: str = ""
    away: int = 0
    choices: tuple[Mapping[str, Any], ...] = ()
    ended: str = ""


def shortest_way(stage: Stage, element: str, guard: DeployGuard) -> WayThere | None:
    """The recorded rehearsal, of those that were played, that comes first at an element of the draft; None when none does."""
    assert stage.model is not None  # noqa: S101 - a draft that can be played has a drawing
    process = stage.model.process
    found = (
        WayThere(one.line.name, step, one.line.title)
        for one in guard.rehearsals
        if one.played and (step := first_at(one.played, process, element)) is not None
    )
    return min(found, key=lambda one: (one.step, one.rehearsal), default=None)


def first_at(played: PlayedThrough, process: str, element: str) -> int | None:
    """The first step, from 1, after which the case stood at an element or had come past it; None when it did not."""
    for step, reached in enumerate(played.reached, start=1):
        if [process, element] in [list(one) for one in reached]:
            return step
    return None


def search_of(stage: Stage, guard: DeployGuard, element: str) -> str:
    """The name under which the outcome of a search stands: the digest of the draft, of all that it is played with, and the element."""
    return search_name(stage.played_with, guard, element)


def search_name(played_with: PlayedWith, guard: DeployGuard, element: str) -> str:
    about = f"{guard.content} {played_with.content('', b'')}"
    return way_name(sha256(about.encode()).hexdigest(), element)


def read_way_found(services: Services, stage: Stage, guard: DeployGuard, element: str) -> WayFound | None:
    """The outcome of a search that was made with this very draft; None when there was none."""
    name = search_of(stage, guard, element)
    with reading(services) as (session, _now):
        found = read_kept(session, services.secrets, [name]).get(name)
    if not found:
        return None
    drawing = reading_of(stage.checked.check.folder.drawing).drawing
    node = drawing.nodes.get(found["nearest"]) if drawing else None
    nearest = node_name(drawing, node) if drawing and node else ""
    choices = tuple(yaml.safe_load(one) for one in found["choices"])
    return WayFound(
        found["text"], found["steps"], found["tried"], found["seconds"], nearest, found["away"], choices, found["ended"]
    )


def read_kept_steps(services: Services, name: str) -> str | None:
    """The rehearsal that nobody recorded, of this name; None when it is not kept any more."""
    with reading(services) as (session, _now):
        found = read_kept(session, services.secrets, [name]).get(name)
    return found.get("steps") if found and isinstance(found.get("steps"), str) else None
