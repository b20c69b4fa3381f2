"""The settings of a case type folder, for whoever edits them: each element with its settings, their raw values, and what may be added."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.drawing import Drawing
from engine.edits.asked import Files, SettingPath
from engine.edits.finding import inside, open_drawing
from engine.edits.reading_order import reading_order
from engine.edits.source import SourceElement
from engine.edits.unnamed import said_as
from engine.kernel.reading import read_model
from engine.kernel.reading.settings import BPMN
from engine.model import Model
from engine.vocabulary import ELEMENTS, READ_AS, SHAPES, Shape, shapes_on
from engine.words import EventKind


@dataclass(frozen=True, slots=True)
class DrawnSetting:
    """One setting as it is drawn. `values`: the texts of its attributes, those that are not there left out; they may be
    wrong. `addable`: the settings that may be added in it.
    """

    name: str
    path: SettingPath
    values: Mapping[str, str]
    text: str
    inside: tuple["DrawnSetting", ...]
    addable: tuple[str, ...]

    @property
    def shape(self) -> Shape:
        return SHAPES[self.name]

    @property
    def translations(self) -> Mapping[tuple[str, str], str]:
        """The texts in another language, by the language and what they translate: `("en", "name")`."""
        return _translations(self.inside)

    @property
    def title(self) -> str:
        """Its name on a list: what its most telling attribute says, else its kind."""
        return self.values.get(self.shape.titled, "") or self.shape.label


@dataclass(frozen=True, slots=True)
class ElementSettings:
    """One element: the process, a lane, or a flow node. `kind` is its name in BPMN and `kind_name` in Dutch; `lane` is the name
    of the lane in which it stands. `timer`: the kind and text of its timer; `called`: the process that it calls;
    `documentation`: its explanation, which at a task stands above the form. `said`: it in words, also when it has no name.
    """

    id: str
    kind: str
    kind_name: str
    name: str
    lane: str
    settings: tuple[DrawnSetting, ...]
    addable: tuple[str, ...]
    timer: tuple[str, str] | None = None
    called: str = ""
    documentation: str = ""
    said: str = ""

    @property
    def translations(self) -> Mapping[tuple[str, str], str]:
        """Its name in another language, in the way of a setting."""
        return _translations(self.settings)


def _translations(settings: tuple[DrawnSetting, ...]) -> Mapping[tuple[str, str], str]:
    found = [one.values for one in settings if one.name == "translation"]
    return {(said.get("lang", ""), said.get("of", "")): said.get("text", "") for said in found}


def settings_of(files: Files) -> list[ElementSettings]:
    """The process, its lanes, and its flow nodes in reading order; raises EditRefused when the drawing cannot be read.

    Elements without a setting are in it too, for one may be added. A drawing without a process gives nothing.
    """
    editing = open_drawing(files)
    reading = read_model(editing.data)
    if reading.model is None or reading.drawing is None:
        return []
    sources: dict[str, SourceElement] = {}
    for element in editing.root.walk():
        if element.space == BPMN and element.attributes.get("id"):
            sources.setdefault(element.attributes["id"], element)
    ids = [reading.drawing.process, *(lane.id for lane in reading.drawing.lanes), *reading_order(reading.drawing)]
    return [_element(sources[one], reading.model, reading.drawing) for one in dict.fromkeys(ids) if one in sources]


def _element(source: SourceElement, model: Model, drawing: Drawing) -> ElementSettings:
    id_ = source.attributes["id"]
    kind = READ_AS.get(source.name, source.name)
    node, element = drawing.nodes.get(id_), model.elements.get(id_)
    lanes = {lane.id: lane.name or lane.id for lane in drawing.lanes}
    timers = [event for event in node.events if event.kind == EventKind.TIMER] if node else []
    kind_name, name = ELEMENTS.get(kind, "onderdeel"), " ".join(source.attributes.get("name", "").split())
    return ElementSettings(
        id=id_,
        kind=kind,
        kind_name=kind_name,
        name=name,
        lane=lanes.get(element.lane or "", "") if element else "",
        settings=_settings(source, ()),
        addable=_addable(source, shapes_on(source.name)),
        timer=(timers[0].timer or "", timers[0].text) if timers else None,
        called=(node.called or "") if node else "",
        documentation=element.documentation if element else "",
        said=said_as(drawing, node) if node else f"{kind_name} '{name or id_}'",
    )


def _settings(source: SourceElement, path: SettingPath) -> tuple[DrawnSetting, ...]:
    seen: dict[str, int] = {}
    found = []
    for child in inside(source):
        number = seen[child.name] = seen.get(child.name, -1) + 1
        if child.name in SHAPES:
            found.append(_setting(child, (*path, (child.name, number))))
    return tuple(found)


def _setting(source: SourceElement, path: SettingPath) -> DrawnSetting:
    shape = SHAPES[source.name]
    return DrawnSetting(
        name=source.name,
        path=path,
        values={key: source.attributes[key] for key in shape.attributes if key in source.attributes},
        text=" ".join(source.text.split()) if shape.text else "",
        inside=_settings(source, path),
        addable=_addable(source, shape.children),
    )


def _addable(source: SourceElement, fitting: tuple[str, ...]) -> tuple[str, ...]:
    there = {child.name for child in inside(source)}
    return tuple(name for name in fitting if SHAPES[name].many or name not in there)
