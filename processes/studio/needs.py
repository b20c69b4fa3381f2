"""The things of an installation that a case type names: rules of law, retention classes, other processes, departments, text blocks.

Files of a draft in; each thing by its code with every place that names it, and the edits that let it name another one there. A case type
names no teams, tariffs or sender: these stay with the installation.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.edits import DrawnSetting, Edit, ElementSettings, Files, SetCalled, SetMail, SetSetting, SettingPath
from engine.errors import ExpressionError
from engine.expressions import given_texts
from engine.lint.templates import MAIL_NAMES, MARK, names_read
from engine.vocabulary import Reference

PARAMETER: Final = "parameter"  # of a service task: an expression under a name
DEPARTMENT: Final = "department"
ADDRESS: Final = re.compile(r"https?://[^\s\"'<>{}]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
FIXED: Final = ("http://www.omg.org/", "http://bpmn.io/", "http://www.w3.org/", "https://wetten.overheid.nl/")
MAILS: Final = "mails/"
TEXTS: Final = (MAILS, "forms/")
REMEDY: Final = "remedy."  # before the name of a text block with what somebody can do against a decision
BLOCKS: Final = tuple(sorted(one for one in MAIL_NAMES if one == "contact" or one.startswith(REMEDY)))  # those of here


class NeedKind(StrEnum):
    """The kinds of things that a draft names and that an installation may lack."""

    LAW_RULE = Reference.LAW_RULE
    RETENTION_RULE = Reference.RETENTION_RULE
    PROCESS = Reference.PROCESS
    DEPARTMENT = "department"
    TEXT_BLOCK = "text_block"


@dataclass(frozen=True, slots=True)
class UseOfNeed:
    """One place that names it: of the drawing, or (`element` is its file) a mail. `around`: the text around it, when it stands
    in one.
    """

    element: str
    path: SettingPath
    attribute: str
    around: str = ""

    @property
    def in_mail(self) -> bool:
        return self.element.startswith(MAILS)

    def renamed(self, text: str, code: str, other: str) -> str:
        """The text of this place with another one in it."""
        if self.in_mail:
            name = re.compile(rf"(?<![\w.]){re.escape(code)}(?![\w.])")
            return MARK.sub(lambda mark: name.sub(other, mark[0]), text)
        quoted = re.compile(rf"(['\"]){re.escape(code)}\1")
        return quoted.sub(lambda found: f"{found[1]}{other}{found[1]}", text) if self.around else other

    def edit(self, text: str) -> Edit:
        """The edit that gives this place its text."""
        if self.in_mail:
            return SetMail(self.element.removeprefix(MAILS), text)
        return SetSetting(self.element, self.path, self.attribute, text) if self.path else SetCalled(self.element, text)


@dataclass(frozen=True, slots=True)
class CaseTypeNeed:
    kind: NeedKind
    code: str
    uses: tuple[UseOfNeed, ...]

    def edits(self, other: str) -> tuple[Edit, ...]:
        """The edits that let every place name another one."""
        return edits_for([(self, other)])


@dataclass(frozen=True, slots=True)
class AddressInText:
    """An address of mail or of a site that stands in a text of a case type. `file`: its name in the folder."""

    file: str
    address: str


def edits_for(chosen: Iterable[tuple[CaseTypeNeed, str]]) -> tuple[Edit, ...]:
    """The edits that let every place of each name the other one: one of each place, which may name several."""
    texts: dict[tuple[str, SettingPath, str], tuple[UseOfNeed, str]] = {}
    for need, other in chosen:
        for use in need.uses:
            place = (use.element, use.path, use.attribute)
            _, text = texts.get(place, (use, use.around))
            texts[place] = (use, use.renamed(text, need.code, other))
    return tuple(use.edit(text) for use, text in texts.values())


def needs_of(elements: Iterable[ElementSettings], files: Files | None = None) -> tuple[CaseTypeNeed, ...]:
    """Everything that the drawing and its mails name, each code once, by kind and code."""
    found: defaultdict[tuple[NeedKind, str], list[UseOfNeed]] = defaultdict(list)
    for element in elements:
        if element.called:
            found[NeedKind.PROCESS, element.called].append(UseOfNeed(element.id, (), ""))
        for setting in _with_inside(element.settings):
            for kind, code, attribute, expression in _named_by(setting):
                found[kind, code].append(UseOfNeed(element.id, setting.path, attribute, expression))
    for name, text in _mails(files or {}):
        for block in sorted(one for one in names_read(text) if one.startswith(REMEDY) or one in BLOCKS):
            found[NeedKind.TEXT_BLOCK, block].append(UseOfNeed(name, (), "", text))
    order = list(NeedKind)
    return tuple(
        CaseTypeNeed(kind, code, tuple(uses))
        for (kind, code), uses in sorted(found.items(), key=lambda one: (order.index(one[0][0]), one[0][1]))
    )


def _mails(files: Files) -> Iterator[tuple[str, str]]:
    return ((name, files[name].decode("utf-8-sig", "replace")) for name in sorted(files) if name.startswith(MAILS))


def addresses_in(files: Files) -> tuple[AddressInText, ...]:
    """Addresses in mails and forms: they are of who wrote the case type, and a package carries them along."""
    found = [
        AddressInText(name, address.rstrip(".,;:)"))
        for name in sorted(files)
        if name.startswith(TEXTS)
        for address in ADDRESS.findall(files[name].decode("utf-8", "replace"))
    ]
    return tuple(dict.fromkeys(one for one in found if not one.address.startswith(FIXED)))


def _named_by(setting: DrawnSetting) -> Iterator[tuple[NeedKind, str, str, str]]:
    """The kind and code of each thing that a setting names, with the attribute and the expression in which it stands."""
    kinds: Mapping[str, NeedKind] = {
        one.value: one for one in NeedKind if one not in {NeedKind.DEPARTMENT, NeedKind.TEXT_BLOCK}
    }
    for name, attribute in setting.shape.attributes.items():
        code = setting.values.get(name, "").strip()
        if code and attribute.refers is not None and attribute.refers.value in kinds:
            yield kinds[attribute.refers.value], code, name, ""
    of_department = DEPARTMENT if DEPARTMENT in setting.shape.attributes else ""
    if setting.name == PARAMETER and setting.values.get("name") == DEPARTMENT:
        of_department = "value"
    if of_department:
        expression = setting.values.get(of_department, "")
        for code in sorted(_texts(expression)):
            yield NeedKind.DEPARTMENT, code, of_department, expression


def _texts(expression: str) -> frozenset[str]:
    try:
        return given_texts(expression) if expression else frozenset()
    except ExpressionError:
        return frozenset()


def _with_inside(settings: Iterable[DrawnSetting]) -> Iterator[DrawnSetting]:
    for one in settings:
        yield one
        yield from _with_inside(one.inside)
