"""A drawing of another tool is taken over in a process of its own, under the limits of a check (processes.base.isolated_check)."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from engine import Finding, Folder
from engine.adopting import AdoptingQuestion
from processes.base.isolated_check import NotReadApart, answered_apart, as_folder


@dataclass(frozen=True, slots=True)
class AdoptedApart:
    """`mended`: sentences about what was changed or left out; `questions`: those that a person may answer otherwise."""

    folder: Folder
    mended: tuple[str, ...]
    questions: tuple[AdoptingQuestion, ...]
    findings: tuple[Finding, ...]


def adopt_apart(
    source: bytes, name: str, title: str, answers: Mapping[str, str], retention: Mapping[str, str]
) -> AdoptedApart:
    """The folder that a drawing becomes; see `engine.adopting.adopt`. Raises NotReadApart with a sentence when it becomes none."""
    asked = {
        "source": base64.b64encode(source).decode(),
        "name": name,
        "title": title,
        "answers": dict(answers),
        "retention": list(retention.items()),
    }
    answer = answered_apart({"adopt": asked, "library": {}})
    if "refused" in answer:
        raise NotReadApart("unreadable", answer["refused"])
    return AdoptedApart(
        as_folder(answer["folder"]),
        tuple(answer["mended"]),
        tuple(_question(one) for one in answer["questions"]),
        tuple(Finding(**one) for one in answer["findings"]),
    )


def _question(record: Mapping[str, object]) -> AdoptingQuestion:
    options = record["options"]
    assert isinstance(options, list)  # noqa: S101 - as JSON holds a tuple
    return AdoptingQuestion(
        str(record["code"]), str(record["element"]), str(record["sentence"]),
        tuple((str(code), str(words)) for code, words in options), str(record["proposal"]),
    )  # fmt: skip
