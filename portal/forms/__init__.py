"""Forms that a drawing brings along: form-js schemas in, fields on a page and typed values out. See docs/bpmn-profile.md."""

from portal.forms.fields import ShownField, fields_for, lists_for
from portal.forms.reading import Filled, ReadDecision, TypedJudgement, read_form
from portal.forms.schema import Component, FormSchema, UnknownForm

__all__ = [
    "Component", "Filled", "FormSchema", "ReadDecision", "ShownField", "TypedJudgement", "UnknownForm", "fields_for", "lists_for",
    "read_form",
]  # fmt: skip
