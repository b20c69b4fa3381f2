"""The field that a finding is about: on which page of the studio, on which element, which setting of it, which attribute.

A finding names an element, a code and a sentence. The code says which settings it can be about (`engine.lint.about`); of these the
one counts that stands there and that the sentence names, by its code or by another of its values.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.edits.asked import SettingPath
from engine.edits.listing import DrawnSetting, ElementSettings
from engine.lint.about import ABOUT, OF_TIMERS
from engine.model import Finding
from engine.vocabulary import SHAPES, PageGroup, hosts_of

SETTING = re.compile(r"`case:(\w+)`")
QUOTED = re.compile(r"`([^`]+)`|'([^']+)'")
PAGES = {"forms/": PageGroup.FORMS, "mails/": PageGroup.POST}


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Where a finding is mended. `group` is None when that is in the drawing, in a rehearsal or in the file itself. `path` is
    None when it is about no single setting that is there, such as one that is missing; `attribute` may be empty.
    """

    group: PageGroup | None
    element: str
    setting: str = ""
    path: SettingPath | None = None
    attribute: str = ""


def place_of(finding: Finding, elements: Sequence[ElementSettings]) -> FindingPlace:
    """The place of one finding; `elements` as `settings_of` gives them, none when the drawing cannot be read."""
    page = next((page for start, page in PAGES.items() if finding.element.startswith(start)), None)
    if page is not None:
        return FindingPlace(page, finding.element)
    element = next((one for one in elements if one.id == finding.element), None)
    about = [(name, "") for name in SETTING.findall(finding.message) if name in SHAPES] + _told(finding.code)
    if element is None or not about:
        group = PageGroup.REQUESTS if finding.code in OF_TIMERS else None
        return FindingPlace(group, finding.element)
    return _among(finding, element, about)


def _told(code: str) -> list[tuple[str, str]]:
    parts = (one.partition(".") for one in ABOUT.get(code, ()))
    return [(name, attribute) for name, _, attribute in parts]


def _among(finding: Finding, element: ElementSettings, about: list[tuple[str, str]]) -> FindingPlace:
    words = {first or second for first, second in QUOTED.findall(finding.message)}
    there = [(one, attribute) for name, attribute in about for one in _all(element.settings) if one.name == name]
    named = [pair for pair in there if words & {*pair[0].values.values()}] or _lacking(finding, there, words)
    if named or len(there) == 1:
        setting, attribute = (named or there)[0]
        return _at(element, setting.name, setting.path, attribute or _attribute(setting.name, words))
    fits = [(name, attribute) for name, attribute in about if element.kind in hosts_of(SHAPES[name])] or about
    name, attribute = (there[0][0].name, there[0][1]) if there else fits[0]
    return _at(element, name, None, attribute or _attribute(name, words))


def _lacking(
    finding: Finding, there: list[tuple[DrawnSetting, str]], words: set[str]
) -> list[tuple[DrawnSetting, str]]:
    """The settings without the attribute that a finding misses."""
    if finding.code != "missing-attribute":
        return []
    return [(one, "") for one, _ in there if not {_attribute(one.name, words)} & {*one.values}]


def _at(element: ElementSettings, name: str, path: SettingPath | None, attribute: str) -> FindingPlace:
    """On the page of the setting, or of the one that it stands in."""
    outer = path[0][0] if path else name
    return FindingPlace(SHAPES[outer].group, element.id, name, path, attribute)


def _attribute(name: str, words: set[str]) -> str:
    return next((key for key in SHAPES[name].attributes if key in words), "")


def _all(settings: Sequence[DrawnSetting]) -> Iterator[DrawnSetting]:
    for one in settings:
        yield one
        yield from _all(one.inside)
