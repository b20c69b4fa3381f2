"""Plays rehearsals and says what differs from what they expect, in plain Dutch."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine import EngineError, Folder
from processes.base.errors import ZaakspoorError
from processes.execution.case_execution import Poisoned
from processes.rehearsal.expectations import differences, look
from processes.rehearsal.played_case import PlayedCase, open_case
from processes.rehearsal.sandbox import prepared, sandbox
from processes.rehearsal.script import Action, Rehearsal, ScriptError, read_script
from processes.rehearsal.script_words import words_of
from processes.rehearsal.steps import VERBS


@dataclass(frozen=True, slots=True)
class Played:
    """The outcome of one rehearsal; no `problems` means that it went as written."""

    name: str
    title: str
    problems: tuple[str, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class StepDone:
    """One step, done. `failure` is the sentence that says why it could not be done, `wrong` the error itself;
    else `seen` is the state after it, as `look` gives it.
    """

    failure: str
    differences: tuple[str, ...] = ()
    seen: Mapping[str, Any] = field(default_factory=dict)
    wrong: Exception | None = None


def play_folder(
    folder: Folder, library: Mapping[str, Folder], progress: Callable[[str], None] = lambda _: None
) -> Iterator[Played]:
    """Play every rehearsal of a folder, each in an installation of its own. Raises Refused when the model has errors."""
    if not folder.rehearsals:
        return
    with prepared(folder, library) as ground:
        for name, content in sorted(folder.rehearsals.items()):
            progress(name)
            try:
                script = read_script(name, content)
            except ScriptError as wrong:
                yield Played(name, name, (str(wrong),), 0)
                continue
            with sandbox(folder, library, ground) as (services, clock):
                yield play(open_case(services, clock, folder.name, script), script)


def play(played: PlayedCase, script: Rehearsal) -> Played:
    """Play one rehearsal to its first step that fails, and name every difference on the way."""
    problems: list[str] = []
    words = words_of(played)
    for at, step in enumerate(script.steps, start=1):
        done = play_step(played, step)
        said = f"Stap {at} ({words.step(step)})"
        problems += [f"{said}: {difference}" for difference in done.differences]
        if done.failure:
            problems.append(f"{said}: {done.failure}")
            break
    return Played(script.name, script.title, tuple(problems), len(script.steps))


def play_step(played: PlayedCase, step: Action) -> StepDone:
    """Do one step, and look."""
    try:
        if step.verb:
            VERBS[step.verb](played, step)
        seen = look(played, step.expect)
    except (ZaakspoorError, EngineError, ScriptError) as wrong:
        cause = wrong.__cause__ if isinstance(wrong, Poisoned) and isinstance(wrong.__cause__, Exception) else wrong
        return StepDone(words_of(played).wrong(cause), wrong=wrong)
    return StepDone("", tuple(differences(seen, step.expect, lambda: words_of(played))), seen)
