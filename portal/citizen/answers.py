"""The filled-in answers in words, to read once more before sending."""

from collections.abc import Sequence

from portal.forms import Filled, FormSchema
from processes.execution.answered import decision_lines, value_in_words

Answer = tuple[str, str]


def answers(schema: FormSchema, filled: Filled, departments: Sequence[tuple[str, str]]) -> dict[str, list[Answer]]:
    """Question and answer by the key of each question, in the order of the form. Files are listed apart."""
    found: dict[str, list[Answer]] = {}
    names = dict(departments)
    for component in schema.components:
        if component.type == "decisions":
            found[component.key] = list(decision_lines(filled.decisions, names))
        elif component.key in filled.values:
            titles = {choice.value: choice.title for choice in component.choices} | names
            found[component.key] = [(component.label, value_in_words(filled.values[component.key], titles))]
    return found
