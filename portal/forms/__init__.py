"""Forms that a drawing brings along: form-js schemas in, fields on a page and typed values out. See docs/bpmn-profile.md."""

from portal.forms.changes import FormChanges, all_answers, changes_between
from portal.forms.fields import ShownField, fields_for, lists_for
from portal.forms.files import types_asked_at
from portal.forms.reading import Filled, ReadDecision, TypedJudgement, read_form, typed_decisions
from portal.forms.schema import Component, FormSchema, UnknownForm

__all__ = [
    "Component", "Filled", "FormChanges", "FormSchema", "ReadDecision", "ShownField", "TypedJudgement", "UnknownForm",
    "all_answers", "changes_between", "fields_for", "lists_for", "read_form",
    "typed_decisions", "types_asked_at",
]  # fmt: skip
