"""The explanation of a drawing at a task of a department, with the values of the case filled in (P16): its page and its mail say the same."""

from collections.abc import Mapping

from engine import Model
from processes.post.templates import texts_with_facts


def task_text(model: Model, element: str, facts: Mapping[str, object]) -> str:
    """The explanation of a task in words; a choice by its title. A value that is not known yet stays empty."""
    words = {code: fact for code, fact in facts.items() if not isinstance(fact, tuple)}
    for code, value in model.values.items():
        titles = {choice.value: choice.title for choice in value.choices}
        if (chosen := words.get(code)) in titles:
            words[code] = titles[str(chosen)]
    return texts_with_facts(model.elements[element].documentation, words)
