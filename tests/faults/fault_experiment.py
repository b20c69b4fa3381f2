"""One experiment on an installation: cases are played while things fail, then everything is held to the promises."""

import os
from typing import ClassVar

from fault_checker import Trace, broken_promises
from fault_installation import Installation
from fault_play import Outside, Play, drained, first_day_again
from kit.waiting import until

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "0"))  # 0: the short form, part of every test run


class Experiment:
    """One play under faults; `check` at the end."""

    people = 0  # who objected so far in this installation: everybody does so once
    confirmed: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, installation: Installation, legal: Trace) -> None:
        self.installation = installation
        self.doors = Outside(installation, Experiment.confirmed)
        self._legal = legal

    def play(self, cases: int) -> Play:
        first_day_again(self.installation.services)
        Experiment.people += cases
        return Play(self.installation.services, self.doors, cases, Experiment.people - cases)

    def check(self, *plays: Play) -> None:
        """Wait until all is done, then hold everything to the promises."""
        assert until(lambda: drained(self.installation.services)), self.installation.words()
        numbers = [number for play in plays for number in play.numbers]
        found = broken_promises(self.installation, self.doors, self._legal, numbers) + self.installation.programs.odd
        assert not found, "\n".join([*found, "", self.installation.words()])
