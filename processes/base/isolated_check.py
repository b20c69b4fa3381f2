"""An uploaded drawing is read and checked in a process of its own, with a limit on time and memory.

A folder in, findings out. A drawing that makes the reader hang or grow takes only that child down, and gives one finding.
What the child did not finish may not be read anywhere else either: see `Verdict.finished`.
"""

import base64
import json
import os
import resource
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine import EngineError, Finding, Folder, LegalTerm, Model, compile_model, lint, read_model
from engine.words import Severity
from processes.base.file_types import known_formats

SECONDS: Final = 10  # of processor time; our largest drawing takes a fifth of a second
WAIT_SECONDS: Final = 20  # by the clock, for a machine that is busy with other things as well
MEMORY: Final = 1024 * 1024 * 1024
OPEN_FILES: Final = 32
HOME: Final = Path(__file__).parents[2]
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


def too_heavy(folder: Folder) -> Verdict:
    """The verdict on a folder whose reading took too much time or memory."""
    return Verdict("", folder, (Finding("", Severity.ERROR, "too-heavy", TOO_HEAVY),), finished=False)


def unreadable(folder: Folder) -> Verdict:
    """The verdict on a folder on which the child fell over."""
    return Verdict("", folder, (Finding("", Severity.ERROR, "unreadable", BROKEN),), finished=False)


class _TooHeavy(Exception):
    """The child ran out of time or memory."""


class _Broken(Exception):
    """The child fell over."""


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
        answer = json.loads(_ask(json.dumps(asked, sort_keys=True).encode()))
    except _TooHeavy:
        return too_heavy(folder)
    except _Broken:
        return unreadable(folder)
    findings = tuple(Finding(**one) for one in answer["findings"])
    process = str(answer["process"])
    return Verdict(process, _completed(folder, process, library) if lone_drawing else folder, findings, finished=True)


def bare_environment() -> dict[str, str]:
    """Only what Python needs: no secret of this installation is known to a process that reads what was uploaded."""
    return {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}


@lru_cache(
    maxsize=16
)  # the check page asks, and then taking into use asks the same: that must not wait in a transaction
def _ask(asked: bytes) -> bytes:
    command = [sys.executable, "-m", "processes.base.isolated_check"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what was uploaded goes in as data
            command,
            input=asked,
            capture_output=True,
            check=False,
            timeout=WAIT_SECONDS,
            cwd=HOME,
            env=bare_environment(),
        )
    except subprocess.TimeoutExpired as cause:
        raise _TooHeavy from cause
    if done.returncode < 0 or b"MemoryError" in done.stderr[-2000:]:
        raise _TooHeavy
    if done.returncode:
        raise _Broken
    return done.stdout.rpartition(b"\n")[2]  # whatever a library has to say stands on lines before it


def _completed(folder: Folder, process: str, library: Mapping[str, Folder]) -> Folder:
    """A drawing alone, with the forms, mails and rehearsals of the process that it changes."""
    known = library.get(process)
    name = process or folder.name
    if known is None:
        return replace(folder, name=name)
    return Folder(name, folder.drawing, known.forms, known.mails, known.rehearsals)


def as_json(folder: Folder) -> dict[str, Any]:
    """A folder as JSON holds it, for the process that reads it."""
    files = {kind: _encoded(getattr(folder, kind)) for kind in ("forms", "mails", "rehearsals")}
    return {"name": folder.name, "drawing": base64.b64encode(folder.drawing).decode(), **files}


def _encoded(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode() for name, content in files.items()}


def as_folder(record: Mapping[str, Any]) -> Folder:
    """The folder that `as_json` wrote."""
    files = ({name: base64.b64decode(text) for name, text in record[kind].items()} for kind in KINDS)
    return Folder(record["name"], base64.b64decode(record["drawing"]), *files)


KINDS: Final = ("forms", "mails", "rehearsals")


# -- in the child ----------------------------------------------------------------------------------------------------


def limit() -> None:
    """Bound what this process may use from here on: time, memory, files; it writes none."""
    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    library = folders_of(asked["library"])
    folder = as_folder(asked["folder"])
    if asked["lone"]:
        model = read_model(folder.drawing).model
        folder = _completed(folder, model.process if model else "", library)
    return findings_of(folder, models_of(library), asked)


def folders_of(records: Mapping[str, Any]) -> dict[str, Folder]:
    """The folders of a library as it was sent."""
    return {name: as_folder(one) for name, one in records.items()}


def models_of(library: Mapping[str, Folder]) -> dict[str, Model]:
    """The models of a library, without those that cannot be read."""
    read = ((name, read_model(one.drawing).model) for name, one in library.items())
    return {name: one for name, one in read if one is not None}


def findings_of(folder: Folder, known: Mapping[str, Model], asked: Mapping[str, Any]) -> dict[str, Any]:
    """The process of the folder and everything that is wrong with it; `asked` holds the law and the retention classes."""
    model = read_model(folder.drawing).model
    law = {code: _as_term(term) for code, term in asked["law"].items()}
    findings = lint(folder, known, law_rules=law, retention_rules=set(asked["retention"]), formats=known_formats())
    if model is not None and not any(finding.severity == Severity.ERROR for finding in findings):
        try:
            compile_model(folder.drawing, model)
        except EngineError as refused:
            findings.append(
                Finding("", Severity.ERROR, "not-executable", f"De tekening is niet uit te voeren: {refused}")
            )
    return {"process": model.process if model else "", "findings": [asdict(finding) for finding in findings]}


def _as_term(record: Mapping[str, Any]) -> LegalTerm:
    lists = {name: tuple(record[name]) for name in ("procedures", "variants", "retired")}
    return LegalTerm(**{**record, **lists})


def main() -> None:
    """The child: a question on standard input, the answer on standard output."""
    limit()
    sys.stdout.write(json.dumps(_answer(json.loads(sys.stdin.buffer.read()))))


if __name__ == "__main__":
    main()
