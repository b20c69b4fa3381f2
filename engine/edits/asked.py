"""The edits of a case type folder: small frozen values that say what to change, and nothing of how.

A folder is a mapping of names to bytes, named as in `bpmn/<name>/`: `bezwaar.bpmn`, `forms/start.json`, `mails/x.txt`,
`rehearsals/y.yaml`. `element` is the id of an element of the drawing. A setting on it is found by its path: which of its
settings (`("status", 0)`: the first `case:status`), and so on inward (`("status", 0), ("next", 0)`). Values are texts as a
drawing holds them; an empty value takes the attribute away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.words import Language

Files = Mapping[str, bytes]
SettingPath = tuple[tuple[str, int], ...]
Pairs = tuple[tuple[str, str], ...]


def path_text(path: SettingPath) -> str:
    """A path as one text, for an address or a field of a page: `status.0/next.0`."""
    return "/".join(f"{name}.{number}" for name, number in path)


def path_of(text: str) -> SettingPath:
    """The path that such a text tells; raises ValueError."""
    steps = [step.rpartition(".") for step in text.split("/") if step]
    if not all(name and number.isascii() and number.isdigit() for name, _, number in steps):
        raise ValueError("a path is written as `status.0/next.0`")
    return tuple((name, int(number)) for name, _, number in steps)


@dataclass(frozen=True, slots=True)
class NewSetting:
    """A setting that is not there yet. `text` is for a setting that holds text; `inside` are the settings in it."""

    name: str
    attributes: Pairs = ()
    text: str = ""
    inside: tuple["NewSetting", ...] = ()


@dataclass(frozen=True, slots=True)
class SetSetting:
    """One attribute of a setting gets another value, or goes when the value is empty."""

    element: str
    path: SettingPath
    attribute: str
    value: str


@dataclass(frozen=True, slots=True)
class SetSettings:
    """Several attributes of one setting at once, as a form sends them; what is not named stays."""

    element: str
    path: SettingPath
    values: Pairs


@dataclass(frozen=True, slots=True)
class SetText:
    """The text of a setting that holds text, such as an explanation: made when it is not there, gone when it is empty."""

    element: str
    path: SettingPath
    text: str


@dataclass(frozen=True, slots=True)
class AddSetting:
    """A setting more, after those of its kind: on the element, or (`path`) in another setting."""

    element: str
    path: SettingPath
    setting: NewSetting


@dataclass(frozen=True, slots=True)
class RemoveSetting:
    """A setting less, with all that stands in it."""

    element: str
    path: SettingPath


@dataclass(frozen=True, slots=True)
class MoveSetting:
    """The place of a setting among those of its kind becomes `to`, counted from 0; past the last means last."""

    element: str
    path: SettingPath
    to: int


@dataclass(frozen=True, slots=True)
class SetTranslation:
    """A text in another language: of a setting (`of` names its attribute or text), or with an empty path of the element
    itself (`name`). It is made when it is not there, and gone when it is empty.
    """

    element: str
    path: SettingPath
    of: str
    text: str
    language: str = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class SetName:
    """The name of an element as it is drawn: of a step, a lane, an arrow, a pool or the process; none when it is empty."""

    element: str
    name: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    """When a timer fires: `kind` is a word of TimerKind, `text` an expression or an ISO text."""

    element: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SetCondition:
    """When a flow is taken; an empty text takes the condition away."""

    element: str
    text: str


@dataclass(frozen=True, slots=True)
class SetCalled:
    """The process that a call activity starts."""

    element: str
    process: str


@dataclass(frozen=True, slots=True)
class SetMail:
    """The text of a mail or letter, made when it is not there: the first line is its subject, then an empty line."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SetForm:
    """A form in form-js as JSON, made when it is not there."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SetRehearsal:
    """A recorded rehearsal as YAML, made when it is not there."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """A mail, form or rehearsal less, by its name in the folder: `mails/x.txt`."""

    name: str


@dataclass(frozen=True, slots=True)
class ReplaceDrawing:
    """Another drawing, as an editor wrote it; it is kept in its canonical form, in the order of the one before."""

    drawing: bytes


@dataclass(frozen=True, slots=True)
class RenameCaseType:
    """The folder as that of another case type. `process` is its process id, which is the name of its folder too, and its
    identification; `prefix` begins its case numbers. Texts keep their words.
    """

    title: str
    prefix: str
    process: str


Edit = (
    SetSetting | SetSettings | SetText | AddSetting | RemoveSetting | MoveSetting | SetTranslation | SetName | SetTimer | SetCondition | SetCalled
    | SetMail | SetForm | SetRehearsal | RemoveFile | ReplaceDrawing | RenameCaseType
)  # fmt: skip
