"""Rehearsals: a case type played on the real engine, with real actions and a clock that moves (B1).

In: a case type folder and its library; out: for each rehearsal what went as it should and what did not.
"""

from processes.rehearsal.player import Played, play_folder
from processes.rehearsal.script import Rehearsal, ScriptError, read_script

__all__ = ["Played", "Rehearsal", "ScriptError", "play_folder", "read_script"]
