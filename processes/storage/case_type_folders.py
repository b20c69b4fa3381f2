"""Drawings and case type folders on disk: read, found in one place, and checked. Needs no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine import Finding, Folder, Model, broken_calls, lint, read_folder, read_model
from engine.edits import Mending, files_of, folder_of, mend
from engine.words import Severity
from processes.base.errors import ZaakspoorError
from processes.base.file_types import known_formats
from processes.law import default_book
from processes.law.for_linter import known_rules


class NoSuchPath(ZaakspoorError):
    """Dit bestand of deze map bestaat niet."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as `lint` prints it."""

    element: str
    severity: str
    code: str
    message: str

    @classmethod
    def of(cls, finding: Finding) -> "Line":
        return cls(finding.element, finding.severity, finding.code, finding.message)

    def as_dict(self) -> dict[str, str]:
        """The form that `lint --json` promises."""
        return {"element": self.element, "severity": self.severity, "code": self.code, "message": self.message}


def check_path(path: Path) -> list[Line]:
    """Findings of a folder, or of a lone drawing with the forms and mails that lie beside it."""
    if not path.exists():
        return [Line("", Severity.ERROR, "unreadable", f"'{path}' bestaat niet. Geef een tekening of een map.")]
    if path.is_dir() and not (drawing := path / f"{path.resolve().name}.bpmn").is_file():
        words = f"In de map '{path}' staat geen tekening '{drawing.name}'. Geef de map van één zaaktype."
        return [Line("", Severity.ERROR, "unreadable", words)]
    folder, beside = folder_at(path), folders_beside(path)
    library = _models(beside)
    findings = _findings(folder, library)
    return [Line.of(finding) for finding in (*findings, *_callers_beside(folder, beside, library))]


def _findings(folder: Folder, library: Mapping[str, Model]) -> list[Finding]:
    law, retention = known_rules(default_book())  # a path is checked without a database, so by the law that comes along
    return lint(folder, library, law_rules=law, retention_rules=retention, formats=known_formats())


def mend_path(path: Path) -> list[Mending]:
    """All findings of a folder mended that have one right mending, and written; other files stay to the byte.

    Raises NoSuchPath, and EditRefused for a drawing that cannot be read.
    """
    files, library = files_of(folder_at(path)), _models(folders_beside(path))
    mended, done = mend(files, lambda now: _findings(folder_of(now), library))
    home = path if path.is_dir() else path.parent
    for name, content in mended.items():
        if files.get(name) != content:
            (home / name).write_bytes(content)
    return done


def _callers_beside(folder: Folder, beside: Mapping[str, Folder], library: Mapping[str, Model]) -> Iterator[Finding]:
    """An error for each folder beside it that uses this process and does not fit it; nobody calls a case type."""
    called = read_model(folder.drawing).model
    if called is None or called.case_type:
        return
    for name, caller in beside.items():
        if broken := broken_calls(caller, called, None, library):
            what = "; ".join(sorted(one.in_words for one in broken))
            message = f"`{name}`, dat ernaast staat, gebruikt dit proces en loopt hierop vast: {what}."
            advice = "Maak de invoer, de uitvoer en de termijnen van beide weer gelijk."
            yield Finding(called.process, Severity.ERROR, "caller-breaks", f"{message} {advice}")


def folder_at(path: Path) -> Folder:
    """A folder, or a lone drawing as a folder without forms and mails. Raises NoSuchPath."""
    if not path.exists():
        raise NoSuchPath(f"'{path}' bestaat niet. Geef een map van een zaaktype, zoals bpmn/bezwaar.")
    if _is_home(path):
        return read_folder(path if path.is_dir() else path.parent)
    return Folder(path.stem, path.read_bytes())


def folders_beside(path: Path) -> Mapping[str, Folder]:
    """The other case type folders in the same place, called processes first."""
    home = path if path.is_dir() else path.parent
    others = [place for place in sorted(home.resolve().parent.iterdir()) if (place / f"{place.name}.bpmn").is_file()]
    found = {place.name: read_folder(place) for place in others if place.name != home.resolve().name}
    return dict(sorted(found.items(), key=lambda item: _is_case_type(item[1])))


def all_folders(home: Path) -> list[Folder]:
    """Every folder under `bpmn/`, called processes first, so that each can be deployed after what it calls."""
    places = [place for place in sorted(home.iterdir()) if (place / f"{place.name}.bpmn").is_file()]
    return sorted(map(read_folder, places), key=_is_case_type)


def _is_case_type(folder: Folder) -> bool:
    model = read_model(folder.drawing).model
    return model is not None and model.case_type is not None


def _models(folders: Mapping[str, Folder]) -> dict[str, Model]:
    read = ((name, read_model(folder.drawing).model) for name, folder in folders.items())
    return {name: model for name, model in read if model is not None}


def _is_home(path: Path) -> bool:
    """A folder, or the drawing that belongs to the folder in which it lies."""
    return path.is_dir() or path.stem == path.resolve().parent.name
