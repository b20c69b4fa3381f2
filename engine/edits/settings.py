"""Edits of one setting: its values, its text, a new one, one less, another place among those of its kind."""

from collections.abc import Iterator, Mapping

from engine.edits.asked import (
    AddSetting,
    Files,
    MoveSetting,
    NewSetting,
    RemoveSetting,
    SetSetting,
    SetSettings,
    SetText,
    SetTranslation,
)
from engine.edits.checking import check_either, check_new, check_place, check_telling, check_text, checked
from engine.edits.finding import SETTINGS, Editing, inside, open_drawing, setting_of, shape_at
from engine.edits.source import (
    SourceElement,
    case_prefix,
    in_attribute,
    in_text,
    line_start,
    moved,
    tag_name,
    with_attributes,
    with_child,
    with_text,
    without,
)
from engine.errors import EditRefused
from engine.kernel.reading.settings import BPMN
from engine.vocabulary import SHAPES, TRANSLATED_OF_ELEMENT, Shape, shapes_on

TRANSLATION = "translation"


def set_setting(files: Files, edit: SetSetting) -> Files:
    return set_settings(files, SetSettings(edit.element, edit.path, ((edit.attribute, edit.value),)))


def set_settings(files: Files, edit: SetSettings) -> Files:
    editing = open_drawing(files)
    shape = shape_at(edit.element, edit.path)
    name = edit.path[-1][0]
    setting = setting_of(editing, edit.element, edit.path)
    said = setting.attributes
    other = [(key, value) for key, value in edit.values if said.get(key) != value and (value.strip() or key in said)]
    values = {key: checked(edit.element, name, key, value) for key, value in other}
    if not values:
        return files
    now = {**said, **{key: value or "" for key, value in values.items()}}
    check_either(edit.element, name, now, values)
    others = [one for one in _same(setting_of(editing, edit.element, edit.path[:-1]), name) if one is not setting]
    check_telling(edit.element, name, {key: value for key, value in values.items() if value}, others)
    return editing.saved(with_attributes(editing.data, setting, values, tuple(shape.attributes)))


def set_text(files: Files, edit: SetText) -> Files:
    editing = open_drawing(files)
    shape_at(edit.element, edit.path)
    name = edit.path[-1][0]
    parent = setting_of(editing, edit.element, edit.path[:-1])
    there = _same(parent, name)
    if edit.path[-1][1] == 0 and not there:
        check_place(edit.element, parent, name, 0)
        new = NewSetting(name, text=check_text(edit.element, name, edit.text))
        return add_setting(files, AddSetting(edit.element, edit.path[:-1], new)) if new.text else files
    setting = setting_of(editing, edit.element, edit.path)
    words = check_text(edit.element, name, edit.text)
    if not words:
        return editing.saved(without(editing.data, setting))
    return files if " ".join(setting.text.split()) == words else editing.saved(with_text(editing.data, setting, words))


def set_translation(files: Files, edit: SetTranslation) -> Files:
    there = inside(setting_of(open_drawing(files), edit.element, edit.path))
    texts = [one for one in there if one.name == TRANSLATION]
    wanted = {"lang": edit.language, "of": edit.of}
    number = next((at for at, one in enumerate(texts) if wanted.items() <= one.attributes.items()), None)
    path = (*edit.path, (TRANSLATION, number or 0))
    if number is not None:
        return (
            set_setting(files, SetSetting(edit.element, path, "text", edit.text))
            if edit.text.strip()
            else remove_setting(files, RemoveSetting(edit.element, path))
        )
    if not edit.text.strip():
        return files
    known = SHAPES[edit.path[-1][0]].translated if edit.path else TRANSLATED_OF_ELEMENT
    if edit.of not in known:
        told = f"Kies uit: {', '.join(known)}." if known else "Kies een andere instelling."
        raise EditRefused(
            f"`{edit.of[:60]}` heeft geen tekst in een andere taal. {told}", edit.element, TRANSLATION, "of"
        )
    new = NewSetting(TRANSLATION, (*wanted.items(), ("text", edit.text)))
    return add_setting(files, AddSetting(edit.element, edit.path, new))


def add_setting(files: Files, edit: AddSetting) -> Files:
    editing = open_drawing(files)
    parent = setting_of(editing, edit.element, edit.path)
    name = edit.setting.name
    same = _same(parent, name)
    check_place(edit.element, parent, name, len(same))
    new = check_new(edit.element, edit.setting)
    check_telling(edit.element, name, dict(new.attributes), same)
    data, prefix = case_prefix(editing.root, editing.data)
    editing = open_drawing(editing.saved(data))
    parent = setting_of(editing, edit.element, edit.path)
    written = b"\n".join(_written(new, prefix))
    if parent.space == BPMN:
        return editing.saved(_on_element(editing, parent, name, written))
    shape = SHAPES[parent.name]
    there = [one for one in inside(parent) if one.name != TRANSLATION or _goes_before(one, new, shape)]
    return editing.saved(with_child(editing.data, parent, written, _after(there, name, shape.children)))


def remove_setting(files: Files, edit: RemoveSetting) -> Files:
    editing = open_drawing(files)
    shape_at(edit.element, edit.path)
    return editing.saved(without(editing.data, setting_of(editing, edit.element, edit.path)))


def move_setting(files: Files, edit: MoveSetting) -> Files:
    editing = open_drawing(files)
    shape_at(edit.element, edit.path)
    setting = setting_of(editing, edit.element, edit.path)
    same = _same(setting_of(editing, edit.element, edit.path[:-1]), setting.name)
    number = same.index(setting)
    to = min(max(edit.to, 0), len(same) - 1)
    if to == number:
        return files
    at = line_start(editing.data, same[to]) if to < number else same[to].end
    return editing.saved(moved(editing.data, setting, at))


def _same(parent: SourceElement, name: str) -> list[SourceElement]:
    return [child for child in inside(parent) if child.name == name]


def _written(new: NewSetting, prefix: str) -> Iterator[bytes]:
    """A new setting as lines, those of what stands in it two spaces further."""
    tag = tag_name(prefix, new.name)
    said = b"".join(b" " + key.encode() + b'="' + in_attribute(value) + b'"' for key, value in new.attributes)
    if new.text:
        yield b"<" + tag + b">" + in_text(new.text) + b"</" + tag + b">"
    elif not new.inside:
        yield b"<" + tag + said + b"/>"
    else:
        yield b"<" + tag + said + b">"
        for child in new.inside:
            yield from (b"  " + line for line in _written(child, prefix))
        yield b"</" + tag + b">"


def _on_element(editing: Editing, element: SourceElement, name: str, written: bytes) -> bytes:
    """The setting among those of the element, of which it may be the first."""
    carrier = next(iter(element.of(BPMN, SETTINGS)), None)
    if carrier is not None:
        return with_child(editing.data, carrier, written, _after(inside(element), name, shapes_on(element.name)))
    tag = tag_name(element.prefix, SETTINGS)
    lines = b"\n".join([b"<" + tag + b">", *(b"  " + line for line in written.split(b"\n")), b"</" + tag + b">"])
    documentation = element.of(BPMN, "documentation")
    return with_child(editing.data, element, lines, documentation[-1] if documentation else None)


def _goes_before(one: SourceElement, new: NewSetting, shape: Shape) -> bool:
    """Whether this translation stands before a new one in a canonical drawing: by language, then as the texts that they translate."""

    def place(said: Mapping[str, str]) -> tuple[str, int]:
        of = said.get("of", "")
        return said.get("lang", ""), shape.translated.index(of) if of in shape.translated else len(shape.translated)

    return new.name != TRANSLATION or place(one.attributes) < place(dict(new.attributes))


def _after(there: list[SourceElement], name: str, order: tuple[str, ...]) -> SourceElement | None:
    """The last one of its kind, or else the last one that comes before it by the vocabulary; None when it comes first."""
    earlier = order[: order.index(name) + 1]
    return next((one for one in reversed(there) if one.name == name), None) or next(
        (one for one in reversed(there) if one.name in earlier), None
    )
