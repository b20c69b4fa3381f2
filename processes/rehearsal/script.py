"""A rehearsal as it is written: YAML in, frozen steps out. The form stands in docs/rehearsals.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from processes.base.actor import StaffRole
from processes.storage.words import PostChannel

VERBS = (
    "complete", "deliver", "judge", "wait", "until", "press", "join", "give", "withdraw", "message", "term", "retry", "posted", "letter", "correct",
)  # fmt: skip
EXPECTED = (
    "status",
    "tasks",
    "mails",
    "deadlines",
    "result",
    "finished",
    "follows",
    "sees",
    "held",
    "met",
    "penalties",
)
MAIN = {"case_type", "on", "decisions", "values", "parties"}
AROUND = ("by", "values", "expect", "reason", "received")


class ScriptError(Exception):
    """Deze repetitie is niet te lezen."""


@dataclass(frozen=True, slots=True)
class RehearsedMainCase:
    """The case to which the rehearsed one belongs: registered first, by a worker."""

    case_type: str
    on: date
    decisions: tuple[Mapping[str, Any], ...]
    values: Mapping[str, Any]
    parties: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Start:
    """`channel` is the way by which Tess Testeling gets letters: portal or post."""

    on: date
    by: str
    decisions: tuple[Mapping[str, Any], ...]
    values: Mapping[str, Any]
    parties: tuple[Mapping[str, Any], ...] = ()
    main_case: RehearsedMainCase | None = None
    channel: str = PostChannel.PORTAL


@dataclass(frozen=True, slots=True)
class Action:
    """`verb` is one of VERBS or empty (only a look); `what` is what stands behind it. `received`: the day on which an answer on
    paper came in.
    """

    verb: str
    what: Any
    by: str
    values: Mapping[str, Any]
    reason: str
    expect: Mapping[str, Any]
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    name: str
    title: str
    start: Start
    steps: tuple[Action, ...] = field(default_factory=tuple)


def read_script(name: str, content: bytes) -> Rehearsal:
    """Parse one file. Raises ScriptError with the step and the word that is wrong."""
    try:
        raw = yaml.safe_load(content.decode())
    except (yaml.YAMLError, UnicodeDecodeError) as cause:
        raise ScriptError(f"{name}: dit is geen leesbare YAML.") from cause
    if not isinstance(raw, dict) or not {"title", "start", "steps"} <= set(raw):
        raise ScriptError(f"{name}: een repetitie heeft 'title', 'start' en 'steps'.")
    steps = tuple(_step(name, at, step) for at, step in enumerate(raw["steps"], start=1))
    return Rehearsal(name, str(raw["title"]), _start(name, raw["start"]), steps)


def _start(name: str, raw: Any) -> Start:
    if not isinstance(raw, dict) or not isinstance(raw.get("on"), date):
        raise ScriptError(
            f"{name}: 'start' heeft een datum nodig, geschreven als \"on\": 2026-03-02 (met aanhalingstekens)."
        )
    return Start(
        on=raw["on"],
        by=raw.get("by", StaffRole.WORKER),
        decisions=tuple(raw.get("decisions") or ()),
        values=raw.get("values") or {},
        parties=tuple(raw.get("parties") or ()),
        main_case=_main_case(name, raw["main_case"], raw["on"]) if raw.get("main_case") else None,
        channel=raw.get("channel", PostChannel.PORTAL),
    )


def _main_case(name: str, raw: Any, day: date) -> RehearsedMainCase:
    """On the same day where it names none."""
    on = raw.get("on", day) if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or "case_type" not in raw or set(raw) - MAIN or not isinstance(on, date) or on > day:
        words = "case_type en verder on, decisions, values en parties, en niet later dan de zaak zelf"
        raise ScriptError(f"{name}: 'main_case' heeft {words}.")
    return RehearsedMainCase(
        case_type=str(raw["case_type"]),
        on=on,
        decisions=tuple(raw.get("decisions") or ()),
        values=raw.get("values") or {},
        parties=tuple(raw.get("parties") or ()),
    )


def _step(name: str, at: int, raw: Any) -> Action:
    if not isinstance(raw, dict):
        raise ScriptError(f"{name}, stap {at}: een stap bestaat uit namen met waarden.")
    unknown = set(raw) - set(VERBS) - set(AROUND)
    verbs = [verb for verb in VERBS if verb in raw]
    wrong = set(raw.get("expect") or {}) - set(EXPECTED)
    if unknown or wrong or len(verbs) > 1:
        words = ", ".join(sorted(map(str, unknown | wrong))) or " en ".join(verbs)
        raise ScriptError(f"{name}, stap {at}: hier klopt iets niet: {words}.")
    verb = verbs[0] if verbs else ""
    return Action(
        verb,
        raw.get(verb),
        raw.get("by", StaffRole.WORKER),
        raw.get("values") or {},
        raw.get("reason", ""),
        raw.get("expect") or {},
        raw.get("received"),
    )
