"""Whether a setting may get a value, and whether it may stand where it is put: EditRefused says what to do when not.

Only what the edit itself names is checked. What was wrong before stays, and is a finding of the linter.
"""

import re
from collections.abc import Iterable, Mapping

from engine.edits.asked import NewSetting
from engine.edits.source import SourceElement
from engine.errors import EditRefused
from engine.kernel.reading.settings import BPMN
from engine.vocabulary import SHAPES, Shape, hosts_of
from engine.vocabulary.kinds import LONGEST

UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TELLING = ("code", "value")  # an attribute that tells a setting from the others of its kind


def clean(text: str, element: str, setting: str = "", attribute: str = "") -> str:
    """The text on one line, without spaces around it; raises EditRefused for letters that no drawing can hold."""
    if UNPRINTABLE.search(text):
        raise EditRefused("De tekst heeft onzichtbare tekens. Typ de tekst opnieuw.", element, setting, attribute)
    return " ".join(line.strip() for line in text.splitlines()).strip()


def checked(element: str, name: str, attribute: str, value: str) -> str | None:
    """The value as it will be written, None for an empty one; raises EditRefused when it does not fit."""
    shape = SHAPES[name]
    known = shape.attributes.get(attribute)
    if known is None:
        advice = (
            f"Gebruik: {', '.join(shape.attributes)}." if shape.attributes else "Deze instelling heeft alleen tekst."
        )
        raise EditRefused(f"`case:{name}` kent geen `{attribute[:40]}`. {advice}", element, name, attribute)
    text = clean(value, element, name, attribute)
    if not text:
        if known.required:
            raise EditRefused(f"{known.label} is verplicht. Vul dit in.", element, name, attribute)
        return None
    try:
        known.kind(text)
    except ValueError as problem:
        raise EditRefused(
            f"{known.label} kan niet `{text[:60]}` zijn. {problem}", element, name, attribute
        ) from problem
    return text


def check_text(element: str, name: str, text: str) -> str:
    """The text of a setting that holds text, on one line; raises EditRefused."""
    if not SHAPES[name].text:
        raise EditRefused(f"`case:{name}` heeft geen tekst, maar velden. Vul die in.", element, name)
    words = " ".join(clean(text, element, name).split())
    if len(words) > LONGEST:
        raise EditRefused(f"{SHAPES[name].label} is te lang. Gebruik ten hoogste {LONGEST} tekens.", element, name)
    return words


def check_either(element: str, name: str, now: Mapping[str, str], touched: Iterable[str]) -> None:
    """Exactly one of the attributes that exclude each other is there, when the edit touches one of them."""
    either = SHAPES[name].exactly_one
    if not set(either) & set(touched) or sum(bool(now.get(key)) for key in either) == 1:
        return
    labels = [SHAPES[name].attributes[key].label for key in either]
    raise EditRefused(
        f"Vul precies één in van: {', '.join(labels)}. Maak het andere veld leeg.", element, name, either[0]
    )


def check_telling(element: str, name: str, value: Mapping[str, str], others: Iterable[SourceElement]) -> None:
    """No other of its kind has its code."""
    telling = next((key for key in TELLING if key in SHAPES[name].attributes and SHAPES[name].many), None)
    if telling and value.get(telling) in {other.attributes.get(telling) for other in others} - {None}:
        said = f"De code `{value[telling][:60]}` is er al. Kies een andere code."
        raise EditRefused(said, element, name, telling)


def check_place(id_: str, parent: SourceElement, name: str, same: int) -> Shape:
    """The shape of a setting that may stand here; raises EditRefused when it does not fit, or is there already."""
    shape = SHAPES.get(name)
    if shape is None:
        raise EditRefused(f"`case:{name[:60]}` bestaat niet. Kies een instelling uit de lijst.", id_, name)
    fits = parent.name in hosts_of(shape) if parent.space == BPMN else name in SHAPES[parent.name].children
    if not fits:
        raise EditRefused(f"{shape.label} past niet bij dit onderdeel. Kies een ander onderdeel.", id_, name)
    if same and not shape.many:
        raise EditRefused(f"{shape.label} staat er al. Verander wat er staat.", id_, name)
    return shape


def check_new(id_: str, new: NewSetting) -> NewSetting:
    """A new setting with its values as they will be written, in the order of the vocabulary; raises EditRefused."""
    shape = SHAPES[new.name]
    if shape.text:
        return NewSetting(new.name, text=check_text(id_, new.name, new.text))
    given = dict(new.attributes)
    values = {key: checked(id_, new.name, key, given[key]) for key in given}
    for key, attribute in shape.attributes.items():
        if attribute.required and not values.get(key):
            raise EditRefused(f"{attribute.label} is verplicht. Vul dit in.", id_, new.name, key)
    said = {key: text for key in shape.attributes if (text := values.get(key))}
    check_either(id_, new.name, said, shape.exactly_one)
    return NewSetting(new.name, tuple(said.items()), inside=tuple(_inside(id_, new)))


def _inside(id_: str, new: NewSetting) -> Iterable[NewSetting]:
    order = SHAPES[new.name].children
    for number, child in enumerate(new.inside):
        if child.name not in order:
            raise EditRefused(
                f"`case:{child.name[:60]}` past niet in `case:{new.name}`. Haal het weg.", id_, child.name
            )
        if not SHAPES[child.name].many and any(other.name == child.name for other in new.inside[:number]):
            raise EditRefused(f"{SHAPES[child.name].label} staat er twee keer. Laat er één staan.", id_, child.name)
    children = [check_new(id_, child) for child in sorted(new.inside, key=lambda child: order.index(child.name))]
    return [child for child in children if child.text or not SHAPES[child.name].text]
