"""The process that makes children which check a drawing: see processes.base.isolated_check, which starts it.

It loads the engine once and forks for each question. What was uploaded is read by the child alone, under limits; the drawings
in use, which the program itself runs, are read before the fork and kept.
"""

import base64
import resource
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache, partial
from typing import Any, Final

from engine import EngineError, Finding, LegalTerm, Model, compile_model, lint, read_model
from engine.adopting import adopt
from engine.words import Severity
from processes.base.file_types import known_formats
from processes.base.forking import in_child, serve
from processes.base.isolated_check import SECONDS, WAIT_SECONDS, as_folder, as_json, completed

MEMORY: Final = 1024 * 1024 * 1024
OPEN_FILES: Final = 32


def main() -> None:
    """Questions on standard input, answers on standard output."""
    serve(_answered)


def _answered(asked: Mapping[str, Any]) -> bytes:
    """The answer of a child, or the word for how it died."""
    return in_child(partial(answer_of, asked, _library(asked)), limit, WAIT_SECONDS)


def limit() -> None:
    """The limits under which a drawing of somebody else is read."""
    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def answer_of(asked: Mapping[str, Any], known: Mapping[str, Model]) -> dict[str, Any]:
    """A check, or with `adopt` a drawing of another tool that is taken over."""
    return adopted(asked["adopt"]) if "adopt" in asked else check(asked, known)


def adopted(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The folder that a drawing of another tool becomes, or under `refused` the sentence that says why it cannot."""
    try:
        made = adopt(
            base64.b64decode(asked["source"]), asked["name"], asked["answers"], dict(asked["retention"]), asked["title"]
        )
    except EngineError as refused:
        return {"refused": str(refused)}
    return {
        "folder": as_json(made.folder),
        "mended": made.mended,
        "questions": [asdict(question) for question in made.questions],
        "findings": [asdict(finding) for finding in made.findings],
    }


def check(asked: Mapping[str, Any], known: Mapping[str, Model]) -> dict[str, Any]:
    """The findings of what was asked, with the models in use by name."""
    folder = as_folder(asked["folder"])
    model = read_model(folder.drawing).model
    process = model.process if model else ""
    if asked["lone"]:
        folder = completed(folder, process, {name: as_folder(one) for name, one in asked["library"].items()})
    law = {code: _as_term(term) for code, term in asked["law"].items()}
    findings = lint(folder, known, law_rules=law, retention_rules=set(asked["retention"]), formats=known_formats())
    if model is not None and not any(finding.severity == Severity.ERROR for finding in findings):
        try:
            compile_model(folder.drawing, model)
        except EngineError as refused:
            sentence = f"De tekening is niet uit te voeren: {refused}"
            findings.append(Finding("", Severity.ERROR, "not-executable", sentence))
    return {"process": process, "findings": [asdict(finding) for finding in findings]}


def _library(asked: Mapping[str, Any]) -> dict[str, Model]:
    read = ((name, _model_in_use(as_folder(one).drawing)) for name, one in asked["library"].items())
    return {name: one for name, one in read if one is not None}


@lru_cache(maxsize=100)
def _model_in_use(drawing: bytes) -> Model | None:
    return read_model(drawing).model


def _as_term(record: Mapping[str, Any]) -> LegalTerm:
    lists = {name: tuple(record[name]) for name in ("procedures", "variants", "retired")}
    return LegalTerm(**{**record, **lists})


if __name__ == "__main__":
    main()
