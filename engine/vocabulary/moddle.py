"""The settings as a moddle descriptor, so that bpmn-js keeps them when it reads and writes a drawing.

Two things of moddle shape it. Every attribute is a String: with another type, moddle would rewrite the text that it
read. And attributes and children of a type share their names, so a list of children has a name of its own (`retentionChildren`):
`retention` is an attribute of `resultType` and a child of it, and with one name for both bpmn-js drops the whole element.
Children are matched by their type, so this name shows nowhere in a drawing. `meta.allowedIn` says which elements a setting fits.
"""

from collections.abc import Mapping

from engine.vocabulary.parts import Shape, hosts_of

CHILDREN = "Children"


def descriptor_of(shapes: Mapping[str, Shape], namespace: str) -> dict[str, object]:
    """The descriptor as a dict that JSON can hold; the order is that of the table."""
    return {
        "name": "Zaakspoor",
        "uri": namespace,
        "prefix": "case",
        "xml": {"tagAlias": "lowerCase"},
        "types": [_type(name, shape, shapes) for name, shape in shapes.items()],
        "enumerations": [],
        "associations": [],
    }


def _type(name: str, shape: Shape, shapes: Mapping[str, Shape]) -> dict[str, object]:
    attributes = [{"name": attribute, "type": "String", "isAttr": True} for attribute in shape.attributes]
    children = [
        {"name": child + CHILDREN, "type": _type_name(child)} | ({"isMany": True} if shapes[child].many else {})
        for child in shape.children
    ]
    body = [{"name": "text", "type": "String", "isBody": True}] if shape.text else []
    properties = [*attributes, *children, *body]
    hosts = {"allowedIn": [f"bpmn:{_type_name(host)}" for host in hosts_of(shape)]} if shape.hosts else {}
    return {"name": _type_name(name), "superClass": ["Element"], "meta": hosts, "properties": properties}


def _type_name(name: str) -> str:
    return name[0].upper() + name[1:]
