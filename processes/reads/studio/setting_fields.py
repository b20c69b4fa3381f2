"""One setting as the fields of a page: a field for each attribute and each text in it, with what one may choose from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from engine.edits import DrawnSetting, ElementSettings, Files
from engine.lint.codes import PARAMETERS
from engine.vocabulary import SHAPES, Attribute, KindName, Reference, Shape, option_word
from processes.base.file_types import known_formats
from processes.law import LawBook
from processes.law.term import length_in_words

YES_NO: Final = (("true", "ja"), ("false", "nee"))
HINTS: Final[Mapping[str, str]] = {
    KindName.CODE: "Kleine letters, cijfers en _.",
    KindName.PROCESS: "Kleine letters, cijfers, _ en -.",
    KindName.NUMBER: "Een heel getal.",
    KindName.DURATION: "Een duur: P14D is 14 dagen, P2W 2 weken, P1M 1 maand.",
    KindName.DAYS: "Een duur in hele dagen: P14D is 14 dagen, P2W 2 weken, P1M 1 maand.",
    KindName.EXPRESSION: 'Een expressie, bijvoorbeeld: route == "commissie".',
}  # fmt: skip
LANE_KIND: Final = "lane"
TYPED: Final = frozenset({KindName.EXPRESSION, KindName.PLACE})  # the words of these are only some of what can be
MOST_TICKS: Final = 40  # more than these are typed
TEXT_PREFIX: Final = "text."  # before the name of a text in a setting, as a field

Choice = tuple[str, str]  # what is written, and how it reads


class AskedBy(StrEnum):
    """The kinds of fields by which a page asks for a setting."""

    TEXT = "text"
    NUMBER = "number"
    AREA = "area"  # several lines
    SELECT = "select"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True)
class DrawnField:
    """One field; `value` is the text as a drawing holds it."""

    name: str
    label: str
    help: str
    kind: AskedBy
    value: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    otherwise: str = ""  # what counts when the field is empty, in words
    says: str = ""  # what the value says, where that reads better than the value itself
    plain: bool = False  # nothing that a list need tell: what counts anyway, or a code that nobody sees

    @property
    def values(self) -> list[str]:
        """The ticked ones of a field with ticks."""
        return self.value.split()

    @property
    def hint(self) -> str:
        return f"{self.help} Leeg: {self.otherwise}." if self.otherwise else self.help


@dataclass(frozen=True, slots=True)
class Offers:
    """The things that a setting may name: those of the draft, and those of this installation."""

    elements: Sequence[ElementSettings]
    files: Files
    processes: Mapping[str, str]
    book: LawBook

    def of(self, refers: Reference) -> tuple[Choice, ...]:
        """Everything that may be named, in the order of the drawing; nothing for things that are typed."""
        found: Mapping[Reference, Callable[[], Iterable[Choice]]] = {
            Reference.ELEMENT: lambda: (
                (one.id, f"{one.kind_name} '{one.name or one.id}'") for one in self.elements[1:]
            ),
            Reference.LANE: lambda: ((one.id, one.name or one.id) for one in self.elements if one.kind == LANE_KIND),
            Reference.MAIL: lambda: self._files("mails/", ".txt"),
            Reference.FORM: lambda: self._files("forms/", ""),
            Reference.PROCESS: self.processes.items,
            Reference.LAW_RULE: {rule.code: f"{rule.title} ({rule.article})" for rule in self.book.rules}.items,
            Reference.RETENTION_RULE: {one.number: f"{one.number} {one.result}" for one in self.book.retention}.items,
            Reference.OPERATION: lambda: ((name, name) for name in PARAMETERS),
            Reference.FILE_FORMAT: lambda: ((name, name) for name in sorted(known_formats())),
        }
        if refers in found:
            return tuple(found[refers]())
        return tuple(self._declared(str(refers))) if refers in SHAPES else ()

    def recipients(self) -> tuple[Choice, ...]:
        return tuple(self._declared("party"))

    def _declared(self, name: str) -> Iterable[Choice]:
        settings = [one for element in self.elements[:1] for one in element.settings if one.name == name]
        return [(one.values["code"], one.title) for one in settings if "code" in one.values]

    def _files(self, folder: str, suffix: str) -> Iterable[Choice]:
        names = [
            name.removeprefix(folder).removesuffix(suffix) for name in sorted(self.files) if name.startswith(folder)
        ]
        return ((name, name) for name in names)


def fields_of(shape: Shape, setting: DrawnSetting | None, offers: Offers) -> tuple[DrawnField, ...]:
    """The fields of a setting as it is drawn, or of a new one."""
    values = setting.values if setting else {}
    fields = [_field(name, one, values.get(name, ""), offers) for name, one in shape.attributes.items()]
    if shape.text:
        fields.append(_area("", shape, setting.text if setting else ""))
    for name in shape.children:
        if SHAPES[name].text and not SHAPES[name].many:
            inside = [one.text for one in setting.inside if one.name == name] if setting else []
            fields.append(_area(name, SHAPES[name], inside[0] if inside else ""))
    return tuple(fields)


def in_words(field: DrawnField) -> str:
    """The value of a field as a list shows it."""
    if field.kind in {AskedBy.SELECT, AskedBy.TICKS}:
        names = dict(field.choices)
        return ", ".join(
            names.get(one, one) for one in (field.values if field.kind == AskedBy.TICKS else [field.value])
        )
    return field.says or field.value


def _field(name: str, attribute: Attribute, value: str, offers: Offers) -> DrawnField:
    choices = _choices(attribute, offers)
    kind = attribute.kind.name
    hint = "" if choices else HINTS.get(kind, "")
    field = DrawnField(
        name, attribute.label, f"{attribute.help} {hint}".strip(), AskedBy.TEXT, value, attribute.required,
        otherwise=_default(attribute, choices), plain=value == attribute.default or kind == KindName.CODE,
    )  # fmt: skip
    if attribute.kind.many:
        known = {choice for choice, _ in choices}
        fits = 0 < len(choices) <= MOST_TICKS and known.issuperset(value.split())
        return replace(field, kind=AskedBy.TICKS, choices=choices) if fits else field
    if choices:
        others = () if not value or value in dict(choices) else ((value, f"{value} (bestaat niet)"),)
        return replace(field, kind=AskedBy.SELECT, choices=(*choices, *others))
    if kind == KindName.NUMBER:
        return replace(field, kind=AskedBy.NUMBER)
    return _with_length(field) if kind in {KindName.DURATION, KindName.DAYS} else field


def _choices(attribute: Attribute, offers: Offers) -> tuple[Choice, ...]:
    if attribute.kind.name == KindName.FLAG:
        return YES_NO
    if attribute.kind.name in TYPED:
        return ()
    words = tuple((str(one), option_word(one)) for one in attribute.options)
    if attribute.refers is None:
        return words
    named = offers.recipients() if attribute.refers == Reference.RECIPIENT else offers.of(attribute.refers)
    return (*words, *named)


def _default(attribute: Attribute, choices: tuple[Choice, ...]) -> str:
    if attribute.kind.name in {KindName.DURATION, KindName.DAYS} and attribute.default:
        return length_in_words(attribute.default, working=False)
    return dict(choices).get(attribute.default, attribute.default)


def _with_length(field: DrawnField) -> DrawnField:
    try:
        words = length_in_words(field.value, working=False) if field.value else ""
    except ValueError:
        return field
    return replace(field, help=f"{field.help} Nu: {words}.", says=words) if words else field


def _area(name: str, shape: Shape, text: str) -> DrawnField:
    return DrawnField(f"{TEXT_PREFIX}{name}", shape.label, shape.help, AskedBy.AREA, text)
