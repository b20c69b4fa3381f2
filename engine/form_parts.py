"""The components of a form (form-js), and the values that they fill."""

import json
from collections.abc import Mapping
from typing import Any

from engine.model import Folder, Model

LARGEST = 256 * 1024
MOST_COMPONENTS = 200


def form_keys(data: bytes) -> frozenset[str]:
    """The keys that a form fills; none when it cannot be read."""
    try:
        return frozenset(str(component.get("key")) for component in read_form(data) if component.get("key"))
    except ValueError:
        return frozenset()


def read_form(data: bytes) -> list[dict[str, Any]]:
    """The components; raises ValueError with a Dutch sentence."""
    if len(data) > LARGEST:
        raise ValueError("Het is groter dan 256 kB. Splits het.")
    try:
        form = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise ValueError("Het is geen geldige JSON. Bewaar het opnieuw vanuit de formuliertool.") from problem
    components = form.get("components") if isinstance(form, dict) else None
    if not isinstance(components, list) or not all(isinstance(component, dict) for component in components):
        raise ValueError("`components` ontbreekt of is geen lijst van onderdelen.")
    if len(components) > MOST_COMPONENTS:
        raise ValueError(f"Het heeft meer dan {MOST_COMPONENTS} onderdelen. Splits het.")
    return components


def asked_of_each(folder: Folder, model: Model) -> Mapping[str, frozenset[str]]:
    """By element, the codes of values that the form of a task with `answers="each"` fills."""
    return {
        element.id: form_keys(folder.forms.get(element.form or "", b"")) & model.values.keys()
        for element in model.elements.values()
        if model.asks_each(element.id)
    }
