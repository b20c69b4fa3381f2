"""One setting as the fields of a page: a field for each attribute and each text in it, with what one may choose from."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from engine.edits import DrawnSetting, ElementSettings, Files
from engine.lint.codes import PARAMETERS
from engine.sentences import KnownName
from engine.vocabulary import (
    SHAPES,
    TRANSLATED_OF_ELEMENT,
    Attribute,
    KindName,
    Reference,
    Shape,
    option_word,
    shapes_on,
)
from engine.words import Language
from processes.base.file_types import known_formats
from processes.base.typed_lengths import drawn_lengths, worded_lengths
from processes.law import LawBook
from processes.reads.studio.sentence_words import condition_text

YES_NO: Final = (("true", "ja"), ("false", "nee"))
HINTS: Final[Mapping[str, str]] = {
    KindName.CODE: "Kleine letters, cijfers en _.",
    KindName.PROCESS: "Kleine letters, cijfers, _ en -.",
    KindName.NUMBER: "Een heel getal.",
    KindName.DURATION: "Bijvoorbeeld 14 dagen, 2 weken, 1 maand of 4 uur.",
    KindName.DAYS: "Bijvoorbeeld 14 dagen, 2 weken of 1 maand.",
    KindName.EXPRESSION: "Een gegeven van de zaak of een expressie, bijvoorbeeld: case.received_on.",
    KindName.CONDITION: 'Een expressie, bijvoorbeeld: route == "commissie".',
}  # fmt: skip
LENGTHS: Final = frozenset({KindName.DURATION, KindName.DAYS})
LANE_KIND: Final = "lane"
TYPED: Final = frozenset(
    {KindName.EXPRESSION, KindName.CONDITION, KindName.PLACE}
)  # the words of these are only some of what can be
MOST_TICKS: Final = 40  # more than these are typed
NAME, DOCUMENTATION, TRANSLATION = "name", "documentation", "translation"
QUOTED: Final = re.compile(r"(['\"])([^'\"]*)\1")
TEXT_PREFIX: Final = "text."  # before the name of a text in a setting, as a field
ENGLISH_PREFIX: Final = "en."  # before the name of a text, as the field of the same text in English
OPERATIONS: Final[Mapping[str, str]] = {
    "publish": "toon documenten op het portaal",
    "publish_newest": "toon het nieuwste document op het portaal",
    "add_organisation": "voeg een organisatie toe aan de zaak",
    "open_inspection": "leg het dossier ter inzage",
    "note": "maak een notitie",
    "list_parties": "zoek de betrokkenen met een rol",
    "list_new_parties": "zoek de betrokkenen die er nieuw bij zijn",
    "list_changed_parties": "zoek de betrokkenen die veranderd zijn",
    "give_to_department": "geef documenten aan een afdeling",
    "tell_related": "meld iets in een zaak die erbij hoort",
    "file_inventory": "maak de lijst van documenten",
    "release": "maak het besluit bekend",
    "record_publication": "leg de openbare pagina vast",
    "begin_part": "begin een deelbesluit",
    "decide_part": "leg een deelbesluit vast",
    "end_part": "rond een deelbesluit af",
    "share": "deel documenten met een betrokkene",
    "withdraw_parties": "leg vast wie intrekt",
    "begin_next_case": "begin de zaak die volgt",
    "record_default_notice": "leg een ingebrekestelling vast",
}
DUTCH_COUNTS: Final = "Voor wie geen Nederlands leest. Leeg: dan staat daar het Nederlands."

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
    plain: bool = False  # nothing that a list need tell: what counts anyway, or a code that nobody sees
    lang: str = ""  # of the text in it, when that is not Dutch
    length: bool = False  # a length of time, which people type in words
    condition: bool = False  # it holds or not, which a sentence may say
    said: str = ""  # the sentence that a condition is

    @property
    def values(self) -> list[str]:
        """The ticked ones of a field with ticks."""
        return self.value.split()

    @property
    def shown(self) -> str:
        """The value as somebody types it."""
        return worded_lengths(self.value) if self.length else self.value

    def typed(self, text: str) -> "DrawnField":
        """The field with what somebody typed in it."""
        return replace(self, value=drawn_lengths(text) if self.length else text)

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
    names: Mapping[str, KnownName] = field(default_factory=dict)

    def of(self, refers: Reference) -> tuple[Choice, ...]:
        """Everything that may be named, in the order of the drawing; nothing for things that are typed."""
        found: Mapping[Reference, Callable[[], Iterable[Choice]]] = {
            Reference.ELEMENT: lambda: ((one.id, one.said) for one in self.elements[1:]),
            Reference.LANE: lambda: ((one.id, one.name or one.id) for one in self.elements if one.kind == LANE_KIND),
            Reference.MAIL: lambda: self._files("mails/", ".txt"),
            Reference.FORM: lambda: self._files("forms/", ""),
            Reference.PROCESS: self.processes.items,
            Reference.LAW_RULE: {rule.code: f"{rule.title} ({rule.article})" for rule in self.book.rules}.items,
            Reference.RETENTION_RULE: {one.number: f"{one.number} {one.result}" for one in self.book.retention}.items,
            Reference.OPERATION: lambda: ((name, OPERATIONS.get(name, name)) for name in PARAMETERS),
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
    said = setting.translations if setting else {}
    return with_english(fields, shape.translated, said)


def with_english(
    fields: Iterable[DrawnField], translated: Sequence[str], said: Mapping[tuple[str, str], str]
) -> tuple[DrawnField, ...]:
    """The fields with one for the English text after each that may have one. `said`: what there is, by language and name."""
    found: list[DrawnField] = []
    for one in fields:
        found.append(one)
        name = one.name.removeprefix(TEXT_PREFIX)
        if name in translated:
            found.append(english_field(one, name, said.get((Language.ENGLISH, name), "")))
    return tuple(found)


def english_field(of: DrawnField, name: str, value: str) -> DrawnField:
    """The field for the same text in English."""
    return DrawnField(
        f"{ENGLISH_PREFIX}{name}", f"{of.label} in het Engels", DUTCH_COUNTS, of.kind, value, lang=Language.ENGLISH
    )


def is_english_text(one: DrawnSetting, among: Sequence[DrawnSetting], known: Sequence[str]) -> bool:
    """Whether a translation is the one that the field for an English text shows. Any other is a mistake, which stays on the list."""
    of = one.values.get("of", "")
    first = next((other for other in among if other.name == TRANSLATION and other.values.get("of") == of), None)
    return of in known and one is first and one.values.get("lang") == Language.ENGLISH


def fields_of_texts(element: ElementSettings) -> tuple[DrawnField, ...]:
    """The texts that people read of an element itself: its name and, of a task, its explanation and both in English."""
    help_ = "Zo heet dit in de tekening, en als het een taak is ook in de takenlijst."
    fields = [DrawnField(NAME, "Naam", help_, AskedBy.TEXT, element.name)]
    if TRANSLATION not in shapes_on(element.kind):
        return tuple(fields)
    help_ = "Wat wie de taak doet boven het formulier leest."
    fields.append(DrawnField(DOCUMENTATION, "Uitleg", help_, AskedBy.AREA, element.documentation))
    return with_english(fields, TRANSLATED_OF_ELEMENT, element.translations)


def in_words(field: DrawnField) -> str:
    """The value of a field as a list shows it."""
    if field.kind in {AskedBy.SELECT, AskedBy.TICKS}:
        names = dict(field.choices)
        return ", ".join(
            names.get(one, one) for one in (field.values if field.kind == AskedBy.TICKS else [field.value])
        )
    return field.said or field.shown


def title_in_words(setting: DrawnSetting, offers: Offers) -> str:
    """Its name on a list, in words where it is the code of something or an expression; its kind where there are no words for that."""
    value, attribute = setting.values.get(setting.shape.titled, ""), setting.shape.attributes.get(setting.shape.titled)
    if attribute is None or not value:
        return setting.title
    field = _field(setting.shape.titled, attribute, value, offers)
    if attribute.kind.name in TYPED and not field.said:
        return setting.shape.label
    return in_words(field)


def _field(name: str, attribute: Attribute, value: str, offers: Offers) -> DrawnField:
    choices = _choices(attribute, offers)
    kind = attribute.kind.name
    hint = "" if choices else HINTS.get(kind, "")
    shown = DrawnField(
        name, attribute.label, f"{attribute.help} {hint}".strip(), AskedBy.TEXT, value, attribute.required,
        otherwise=_default(attribute, choices), plain=value == attribute.default or (kind == KindName.CODE and not choices),
        length=kind in LENGTHS,
    )  # fmt: skip
    if attribute.kind.many:
        known = {choice for choice, _ in choices}
        fits = 0 < len(choices) <= MOST_TICKS and known.issuperset(value.split())
        return replace(shown, kind=AskedBy.TICKS, choices=choices) if fits else shown
    if choices:
        others = () if not value or value in dict(choices) else ((value, f"{value} (bestaat niet)"),)
        return replace(shown, kind=AskedBy.SELECT, choices=(*choices, *others))
    if kind == KindName.NUMBER:
        return replace(shown, kind=AskedBy.NUMBER)
    if kind == KindName.CONDITION:
        words, plain = condition_text(value, offers.names)
        return replace(shown, condition=True, said="" if plain or not value else words)
    if kind == KindName.EXPRESSION and value:
        return replace(shown, said=_fact_in_words(value, offers))
    return shown


def _fact_in_words(expression: str, offers: Offers) -> str:
    """The words of an expression that is one fact or one text; empty for any other."""
    known = offers.names.get(expression.strip())
    quoted = QUOTED.fullmatch(expression.strip())
    return known.words if known else quoted[2] if quoted else ""


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
    if attribute.kind.name in LENGTHS:
        return worded_lengths(attribute.default)
    return dict(choices).get(attribute.default, attribute.default)


def _area(name: str, shape: Shape, text: str) -> DrawnField:
    return DrawnField(f"{TEXT_PREFIX}{name}", shape.label, shape.help, AskedBy.AREA, text)
