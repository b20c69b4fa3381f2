"""Edits of what BPMN itself says: names, timers, conditions, calls; a whole drawing; and a folder under another name."""

from collections.abc import Iterator, Mapping

from engine.canonical import canonical
from engine.edits.asked import Files, RenameCaseType, ReplaceDrawing, SetCalled, SetCondition, SetName, SetTimer
from engine.edits.checking import checked, clean
from engine.edits.finding import drawing_of, element_of, open_drawing, settings_on
from engine.edits.source import (
    SourceElement,
    in_text,
    replaced,
    tag_name,
    with_attributes,
    with_child,
    with_text,
    without,
)
from engine.errors import EditRefused, ExpressionError
from engine.expressions import compile_expression, parse_timer
from engine.kernel.reading.graph import DIAGRAM
from engine.kernel.reading.settings import BPMN
from engine.kernel.safe_xml import UnsafeXml
from engine.vocabulary import SHAPES
from engine.vocabulary.kinds import LONGEST, process
from engine.words import ElementKind, TimerKind

NAME = ("id", "name")  # the order of attributes of any element of BPMN
CALL = (*NAME, "calledElement")
CONDITION = "conditionExpression"


def set_name(files: Files, edit: SetName) -> Files:
    editing = open_drawing(files)
    element = element_of(editing, edit.element)
    name = clean(edit.name, edit.element, attribute="name")
    if len(name) > LONGEST:
        raise EditRefused(f"De naam is te lang. Gebruik ten hoogste {LONGEST} tekens.", edit.element, "", "name")
    return editing.saved(with_attributes(editing.data, element, {"name": name or None}, NAME))


def set_timer(files: Files, edit: SetTimer) -> Files:
    editing = open_drawing(files)
    timers = element_of(editing, edit.element).of(BPMN, "timerEventDefinition")
    if len(timers) != 1:
        raise EditRefused("Dit onderdeel heeft geen timer. Kies een onderdeel met een timer.", edit.element, "timer")
    text = _timer_text(edit)
    there = [child for child in timers[0].children if child.name in set(TimerKind)]
    if not there:
        return editing.saved(
            with_child(editing.data, timers[0], _formal(timers[0], edit.kind, text, editing.root), None)
        )
    if there[0].name != edit.kind:
        return editing.saved(replaced(editing.data, there[0], _formal(timers[0], edit.kind, text, editing.root)))
    return files if there[0].text.strip() == text else editing.saved(with_text(editing.data, there[0], text))


def _timer_text(edit: SetTimer) -> str:
    if edit.kind not in set(TimerKind):
        raise EditRefused(f"Kies uit: {', '.join(TimerKind)}.", edit.element, "timer", "kind")
    text = clean(edit.text, edit.element, "timer")
    if not text:
        raise EditRefused(
            "De timer is leeg. Vul een duur (P14D), een datum of een expressie in.", edit.element, "timer"
        )
    try:
        parse_timer(text, TimerKind(edit.kind))
    except ExpressionError as problem:
        raise EditRefused(str(problem), edit.element, "timer") from problem
    return text


def set_condition(files: Files, edit: SetCondition) -> Files:
    editing = open_drawing(files)
    flow = element_of(editing, edit.element)
    if flow.name != "sequenceFlow":
        raise EditRefused("Alleen een pijl heeft een voorwaarde. Kies een pijl.", edit.element, "condition")
    text = clean(edit.text, edit.element, "condition")
    there = flow.of(BPMN, CONDITION)
    if not text:
        return editing.saved(without(editing.data, there[0])) if there else files
    try:
        compile_expression(text)
    except ExpressionError as problem:
        raise EditRefused(str(problem), edit.element, "condition") from problem
    if there:
        return files if there[0].text.strip() == text else editing.saved(with_text(editing.data, there[0], text))
    last = flow.children[-1] if flow.children else None
    return editing.saved(with_child(editing.data, flow, _formal(flow, CONDITION, text, editing.root), last))


def _formal(parent: SourceElement, name: str, text: str, root: SourceElement) -> bytes:
    """An expression of BPMN, in the prefix of its parent."""
    tag = tag_name(parent.prefix, name)
    formal = tag_name(parent.prefix, "tFormalExpression")
    kind = b' xsi:type="' + formal + b'"' if "xsi" in root.declared else b""
    return b"<" + tag + kind + b">" + in_text(text) + b"</" + tag + b">"


def set_called(files: Files, edit: SetCalled) -> Files:
    editing = open_drawing(files)
    element = element_of(editing, edit.element)
    if element.name != ElementKind.CALL_ACTIVITY:
        raise EditRefused("Alleen een aanroep van een ander proces kan dit. Kies er een.", edit.element, "called")
    called = clean(edit.process, edit.element, "called")
    _process(called, edit.element)
    return editing.saved(with_attributes(editing.data, element, {"calledElement": called}, CALL))


def _process(name: str, element: str) -> None:
    try:
        process(name)
    except ValueError as problem:
        raise EditRefused(f"De naam `{name[:60]}` kan niet. {problem}", element, "process") from problem


def replace_drawing(files: Files, edit: ReplaceDrawing) -> Files:
    name = drawing_of(files)
    try:
        return {**files, name: canonical(edit.drawing, files[name])}
    except UnsafeXml as refused:
        raise EditRefused(str(refused), name) from refused


# -- another case type -------------------------------------------------------------------------------------------------


def rename_case_type(files: Files, edit: RenameCaseType) -> Files:
    editing = open_drawing(files)
    processes = [
        one
        for one in editing.root.of(BPMN, "process")
        if settings_on(one) or one.attributes.get("isExecutable") == "true"
    ]
    if len(processes) != 1:
        raise EditRefused("De tekening heeft niet precies één proces. Laat er één over.", editing.name)
    _process(edit.process, editing.name)
    data = editing.data
    changes = dict(_renaming(editing.root, processes[0], edit))
    for element in sorted(changes, key=lambda element: element.start, reverse=True):
        order = tuple(SHAPES["caseType"].attributes) if element.name == "caseType" else NAME
        data = with_attributes(data, element, changes[element], order)
    others = {name: content for name, content in files.items() if name != editing.name}
    return {f"{edit.process}.bpmn": data, **others}


def _renaming(
    root: SourceElement, drawn: SourceElement, edit: RenameCaseType
) -> Iterator[tuple[SourceElement, Mapping[str, str | None]]]:
    old = drawn.attributes.get("id", "")
    title = checked(old, "caseType", "title", edit.title)
    yield drawn, {"id": edit.process, "name": title}
    for setting in settings_on(drawn):
        if setting.name == "caseType":
            prefix = checked(old, "caseType", "prefix", edit.prefix)
            yield setting, {"identification": edit.process, "title": title, "prefix": prefix}
    for element in root.walk():
        if (element.space, element.name) == (BPMN, "participant") and element.attributes.get("processRef") == old:
            yield element, {"processRef": edit.process, "name": title}
        if element.space == DIAGRAM and element.attributes.get("bpmnElement") == old:
            yield element, {"bpmnElement": edit.process}
