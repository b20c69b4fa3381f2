"""An uploaded drawing, or one of a draft, is read and checked in a process of its own, with a limit on time and memory.

A folder in, findings out. A drawing that makes the reader hang or grow takes only that child down, and gives one finding.
What the child did not finish may not be read anywhere else either: see `Verdict.finished`. Children are made by a process
that has loaded everything once (processes.base.checking), so that a page need not wait for that.
"""

import base64
import json
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Final

from engine import Finding, Folder, LegalTerm
from engine.words import Severity
from processes.base.warm_process import Broken, TooHeavy, WarmProcess

SECONDS: Final = 10  # of processor time; our largest drawing takes a fifth of a second
WAIT_SECONDS: Final = 20  # by the clock, for a machine that is busy with other things as well
COMMAND: Final = (sys.executable, "-m", "processes.base.checking")
TOO_HEAVY: Final = (
    f"Het lezen van deze tekening duurt langer dan {SECONDS} seconden of vraagt te veel geheugen. "
    "Splits de tekening in kleinere processen, of bewaar haar opnieuw vanuit de modelleertool."
)
BROKEN: Final = (
    "Deze tekening is niet te lezen. Bewaar haar opnieuw vanuit de modelleertool en probeer het nog een keer."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of the check in a child process. `finished` is False when it did not come to an end: then the drawing
    may not be read anywhere else.

    `folder` is what was checked: with forms and mails borrowed when only a drawing was given.
    """

    process: str
    folder: Folder
    findings: tuple[Finding, ...]
    finished: bool

    @property
    def may_be_used(self) -> bool:
        return self.finished and not any(finding.severity == Severity.ERROR for finding in self.findings)


class NotReadApart(Exception):
    """A child did not come to an end with a drawing: a code of findings, and a sentence for the person who sent it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def check_apart(
    folder: Folder,
    library: Mapping[str, Folder],
    law: Mapping[str, LegalTerm],
    retention: Collection[str],
    *,
    lone_drawing: bool = False,
) -> Verdict:
    """All findings of a folder. A `lone_drawing` takes the rest from the folder of the same process in `library`."""
    asked = {
        "folder": as_json(folder),
        "library": {name: as_json(one) for name, one in library.items()},
        "law": {code: asdict(term) for code, term in law.items()},
        "retention": sorted(retention),
        "lone": lone_drawing,
    }
    try:
        answer = answered_apart(asked)
    except NotReadApart as why:
        return Verdict("", folder, (Finding("", Severity.ERROR, why.code, why.sentence),), finished=False)
    findings = tuple(Finding(**one) for one in answer["findings"])
    process = str(answer["process"])
    return Verdict(process, completed(folder, process, library) if lone_drawing else folder, findings, finished=True)


def answered_apart(asked: Mapping[str, Any]) -> Any:
    """The answer of a child to a question, as JSON holds both. Raises NotReadApart."""
    try:
        return json.loads(_ask(json.dumps(asked, sort_keys=True).encode()))
    except TooHeavy as cause:
        raise NotReadApart("too-heavy", TOO_HEAVY) from cause
    except Broken as cause:
        raise NotReadApart("unreadable", BROKEN) from cause


@lru_cache(maxsize=16)  # the check page asks, and taking into use asks the same: that must not wait in a transaction
def _ask(asked: bytes) -> bytes:
    return _checker.ask(asked)


_checker = WarmProcess(lambda: COMMAND, 2 * WAIT_SECONDS)


def completed(folder: Folder, process: str, library: Mapping[str, Folder]) -> Folder:
    """A drawing alone, with the forms, mails and rehearsals of the process that it changes."""
    known = library.get(process)
    name = process or folder.name
    if known is None:
        return replace(folder, name=name)
    return Folder(name, folder.drawing, known.forms, known.mails, known.rehearsals)


def as_json(folder: Folder) -> dict[str, Any]:
    """A folder as `as_folder` reads it back."""
    files = {kind: _encoded(getattr(folder, kind)) for kind in ("forms", "mails", "rehearsals")}
    return {"name": folder.name, "drawing": base64.b64encode(folder.drawing).decode(), **files}


def _encoded(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode() for name, content in files.items()}


def as_folder(record: Mapping[str, Any]) -> Folder:
    files = ({name: base64.b64decode(text) for name, text in record[kind].items()} for kind in KINDS)
    return Folder(record["name"], base64.b64decode(record["drawing"]), *files)


KINDS: Final = ("forms", "mails", "rehearsals")
