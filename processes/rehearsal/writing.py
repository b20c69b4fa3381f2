"""The text of a rehearsal while somebody makes it: a step added, the last one dropped, expectations written down.

The text is the YAML that `rehearsals/*.yaml` holds. What is not touched stays as it was written, comments too, where that can be.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import yaml

from processes.base.clock import AMSTERDAM
from processes.base.errors import Invalid

LONGEST: Final = 64 * 1024  # characters; our longest rehearsal has six thousand
MOST_STEPS: Final = 100
WIDTH: Final = 150
WITHOUT: Final[Mapping[str, Any]] = {
    "status": None,
    "tasks": [],
    "mails": [],
    "result": None,
    "finished": False,
}  # when not seen
Raw = dict[str, Any]


class _WithoutAliases(yaml.SafeLoader):
    """An alias can make a short text endless, and no rehearsal needs one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def read_raw(text: str) -> Raw:
    """The title, start and steps as they are written. Raises Invalid with the sentence that helps."""
    if len(text) > LONGEST:
        raise Invalid({"": "Deze repetitie is te lang. Maak er twee kortere van."})
    try:
        raw = yaml.load(text, _WithoutAliases)  # noqa: S506 - it is a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Invalid(
            {"": "Deze repetitie is geen leesbare YAML. Bekijk het bestand in de zip van het ontwerp."}
        ) from error
    if not isinstance(raw, dict) or not isinstance(raw.get("start"), dict) or not isinstance(raw.get("steps"), list):
        raise Invalid({"": "Deze repetitie heeft geen titel, begin en stappen."})
    if any(not isinstance(step, dict) for step in raw["steps"]):
        raise Invalid({"": "Een stap van deze repetitie is niet te lezen."})
    return raw


def written(title: str, start: Mapping[str, Any], steps: Sequence[Mapping[str, Any]] = ()) -> str:
    """A rehearsal as text."""
    return _dumped({"title": title, "start": plain(start), "steps": [plain(step) for step in steps]})


def with_step(text: str, step: Mapping[str, Any]) -> str:
    """With one step more. Raises Invalid."""
    raw = read_raw(text)
    if len(raw["steps"]) >= MOST_STEPS:
        raise Invalid({"": f"Een repetitie heeft hoogstens {MOST_STEPS} stappen. Bewaar deze, en begin een nieuwe."})
    wanted = {**raw, "steps": [*raw["steps"], plain(step)]}
    lines = _dumped([plain(step)]).splitlines()
    added = "\n".join([text.rstrip(), *(f"  {line}" for line in lines), ""])
    return _if_same(added, wanted)


def without_last(text: str) -> str:
    """With the last step dropped. Raises Invalid."""
    raw = read_raw(text)
    wanted = {**raw, "steps": raw["steps"][:-1]}
    node = yaml.compose(text, _WithoutAliases)
    steps = next(value for key, value in node.value if key.value == "steps") if node else None
    if steps is None or len(steps.value) < 2:  # noqa: PLR2004 - with one step nothing but the word is left
        return _dumped(wanted)
    kept = text.splitlines()[: steps.value[-1].start_mark.line]
    return _if_same("\n".join([*kept, ""]), wanted)


def titled(text: str, title: str) -> str:
    """With another title. Raises Invalid."""
    raw = read_raw(text)
    return text if raw.get("title") == title else _dumped({**raw, "title": title})


def expecting(text: str, seen: Sequence[Mapping[str, Any]]) -> str:
    """With what was seen after each step as what is expected, at the steps that expect nothing yet. Raises Invalid.

    A term is written down at the step at which its date changes.
    """
    raw, before, steps = read_raw(text), dict[str, Any](), list[Raw]()
    for at, step in enumerate(raw["steps"]):
        found = dict(seen[at]) if at < len(seen) else {}
        terms = found.pop("deadlines", {})
        changed = {code: date.fromisoformat(day) for code, day in terms.items() if before.get(code) != day}
        before = terms or before
        expect = {**found, **({"deadlines": changed} if changed else {})}
        steps.append(step if step.get("expect") or not expect else {**step, "expect": expect})
    return text if steps == raw["steps"] else _dumped({**raw, "steps": steps})


def renewed(text: str, seen: Sequence[Mapping[str, Any]], wrong: Sequence[Sequence[str]]) -> str:
    """With what was seen after each step instead of what was expected, at the steps at which something is `wrong`. Raises Invalid.

    Who sees what, penalties and cases that follow stay as they were: what was seen does not tell them.
    """
    raw, steps = read_raw(text), list[Raw]()
    for at, step in enumerate(raw["steps"]):
        otherwise = at < min(len(seen), len(wrong)) and wrong[at]
        steps.append({**step, "expect": _expected_now(step["expect"], seen[at])} if otherwise else step)
    return text if steps == raw["steps"] else _dumped({**raw, "steps": steps})


def _expected_now(expect: Mapping[str, Any], seen: Mapping[str, Any]) -> Raw:
    """The same names, with the values of now. A term that does not run any more keeps its day: it may have been met."""
    now = {name: seen.get(name, WITHOUT[name]) if name in WITHOUT else value for name, value in expect.items()}
    running = seen.get("deadlines", {})
    if terms := now.get("deadlines"):
        now["deadlines"] = {
            code: date.fromisoformat(running[code]) if code in running else day for code, day in terms.items()
        }
    return now


def plain(value: Any) -> Any:
    """A value as a script has it: moments as text in Amsterdam time, lists and mappings of the plain kind."""
    if isinstance(value, datetime):
        return value.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _if_same(text: str, wanted: Raw) -> str:
    """The text when it says what is wanted, else what is wanted written anew."""
    try:
        if len(text) <= LONGEST and read_raw(text) == wanted:
            return text
    except Invalid:
        pass
    return _dumped(wanted)


def _dumped(raw: Any) -> str:
    text: str = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, default_flow_style=None, width=WIDTH)
    return text
