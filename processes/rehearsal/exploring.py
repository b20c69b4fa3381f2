"""A case goes on with first choices until it stands at an element, or for so many steps: one try of a search for a way there.

Comes in: steps that were found before; goes out: all steps, and for each state on the way where the case stood and what else could
have been done there. Which of that is tried next is for who asks (processes.jobs.seeking).
"""

import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Protocol

import yaml

from engine import Folder, Model
from processes.base.actor import StaffRole
from processes.base.isolated_play import SECONDS
from processes.rehearsal.played_case import PlayedCase
from processes.rehearsal.player import play_step
from processes.rehearsal.script import Action, read_script
from processes.rehearsal.standing import Place, RecordedReactions, places_of
from processes.rehearsal.view import newest_post, view_of
from processes.rehearsal.writing import read_raw, written

Choice = dict[str, Any]
"""A step as a script has it."""
ENOUGH: Final = SECONDS * 0.6  # seconds of processor time; what is known then is told
TRIED_HERE: Final = 4  # choices at one state that turn out not to be possible, before it is given up
TIME: Final = "time"
MADE_UP: Final = "start: {}\nsteps: []\n"


class Chooser(Protocol):
    """Knows what somebody can do and fill in; the portal has one. Layers below know no form of it."""

    def start(self, folder: Folder, model: Model) -> dict[str, Any]:
        """The beginning of a case."""

    def choices(
        self, view: Mapping[str, Any], forms: Mapping[str, tuple[bytes, Model]], wished: Mapping[str, Any]
    ) -> list[Choice]:
        """Every step that can be done now, the likeliest first. `wished`: answers to prefer, as Seek has them."""


def as_rehearsal(asked: Mapping[str, Any], folder: Folder, model: Model, chooser: Chooser) -> str:
    """The text of the rehearsal that is gone on with: the beginning of a recorded one (`steps`), or a made-up one, and the steps
    that were found before (`seek.taken`, each a YAML text).
    """
    raw = read_raw(asked["steps"] or MADE_UP)
    start = raw["start"] or chooser.start(folder, model)
    steps = [yaml.safe_load(one) for one in asked["seek"]["taken"]]
    return written(asked["seek"]["title"], start, steps)


@dataclass
class Exploring:
    """One try. `target`: the process and element that are looked for; `most`: how many steps in all; `near`: the elements from which
    the drawing leads there, none when that is not known; `waits`: those of them at which only time leads on. `until`: the moment of
    the monotonic clock at which it stops. `wished`: the answers to prefer.
    """

    played: PlayedCase
    noted: RecordedReactions
    chooser: Chooser
    target: Place
    most: int
    start: Mapping[str, Any]
    title: str
    near: frozenset[str] = frozenset()
    waits: frozenset[str] = frozenset()
    until: float = math.inf
    wished: Mapping[str, Any] = field(default_factory=dict)
    steps: list[Choice] = field(default_factory=list)
    states: list[dict[str, Any]] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)

    def through(self, found_before: Sequence[Choice]) -> dict[str, Any]:
        """The fields of Explored."""
        reached = self._reached()
        if self._lost():
            self.near = frozenset()  # it is come to by a way that is not drawn, such as a message
        for raw in found_before:
            if reached or time.monotonic() > self.until:
                break
            if not self._do(raw):
                return self._told(found=False, failed=True)
            reached = self._reached()
        before = len(self.steps)
        while not reached and len(self.steps) < self.most and self._has_time() and self._go_on(before):
            reached = self._reached()
        return self._told(found=reached)

    def _has_time(self) -> bool:
        return time.process_time() < ENOUGH and time.monotonic() < self.until

    def _go_on(self, before: int) -> bool:
        """One step more, with the choice that was made least often; False when nothing can be done, or nothing leads there."""
        if self._lost():
            return False
        view = asdict(view_of(self.played, newest_post(self.played)))
        choices = self.chooser.choices(view, self._forms(view), self.wished)
        waits = self._waits()
        # the likeliest of equals first; where only time leads on, time
        turns = sorted(
            (one for one in choices if "withdraw" not in one),
            key=lambda one: (not (waits and _name(one) == TIME), self._turn(one)),
        )
        taken = next((one for one in turns[:TRIED_HERE] if self._do(one)), None)
        if len(self.steps) >= before:
            others = [_text(one) for one in choices if one is not taken]
            self.states.append(
                {"at": len(self.steps) - (taken is not None), "stands": view["stands"], "others": others}
            )
        return taken is not None

    def _turn(self, choice: Choice) -> float:
        """How soon a choice has its turn: what was done before comes later, time passes often, and buttons are for who waits long."""
        used = self.used[_name(choice)]
        return used / 4 if _name(choice) == TIME else used + 3 * ("press" in choice)

    def _do(self, choice: Choice) -> bool:
        """Do a step; what a worker may not do, somebody who decides does."""
        by_decider = [{**choice, "by": str(StaffRole.DECIDER)}] if "complete" in choice and "by" not in choice else []
        for one in (choice, *by_decider):
            if not play_step(self.played, self._action(one)).failure:
                self.steps.append(one)
                self.used[_name(choice)] += 1
                return True
        return False

    def _action(self, choice: Choice) -> Action:
        return read_script("weg", written(self.title, self.start, [choice]).encode()).steps[0]

    def _reached(self) -> bool:
        reached = self.target in {*self.noted.passed, *self._stands()}
        self.noted.passed.clear()
        return reached

    def _stands(self) -> list[Place]:
        with self.played.services.sessions() as session:
            return list(places_of(session, self.played.services, self.played.case_id))

    def _lost(self) -> bool:
        """Whether the case stands nowhere from where the drawing leads to the element."""
        return bool(self.near) and not any(
            process == self.target[0] and element in self.near for process, element in self._stands()
        )

    def _waits(self) -> bool:
        """Whether the case stands where only time leads to the element."""
        return any(process == self.target[0] and element in self.waits for process, element in self._stands())

    def _forms(self, view: Mapping[str, Any]) -> dict[str, tuple[bytes, Model]]:
        found: dict[str, tuple[bytes, Model]] = {}
        with self.played.services.sessions() as session:
            for at, task in enumerate(view["tasks"]):
                deployed = self.played.services.models.current(session, task["process"])
                form = deployed.folder.forms.get(deployed.model.elements[task["element"]].form or "")
                if form is not None:
                    found[str(at)] = (form, deployed.model)
        return found

    def _told(self, *, found: bool, failed: bool = False) -> dict[str, Any]:
        return {
            "found": found,
            "failed": failed,
            "text": written(self.title, self.start, self.steps),
            "steps": [_text(one) for one in self.steps],
            "states": self.states,
        }


def _name(choice: Choice) -> str:
    """The same for each turn of time, which is another day every time."""
    return TIME if isinstance(choice.get("until"), date) else _text(choice)


def _text(choice: Choice) -> str:
    text: str = yaml.safe_dump(choice, allow_unicode=True, sort_keys=False)
    return text
