"""The changes of a form since somebody began to fill it in: two schemas and what was typed in, the differences out.

What was typed under a question that is gone, or that now asks for another kind of answer, is given back in words, to be copied.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from portal.forms.schema import Component, FormSchema
from portal.received import Received

Answer = tuple[str, str]
"""A question, and what was typed or chosen there."""

# questions whose fields are not called by their key alone
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "decisions": ("decision-",), "outcomes": ("outcome-",), "delivery-judgement": ("judgement-", "reason-", "portal-"),
}  # fmt: skip
ALIKE: Final = ({"textfield", "textarea"}, {"radio", "select"})  # kinds of which the answer fits the other as well
FILES: Final = {"filepicker", "documents-upload"}


@dataclass(frozen=True, slots=True)
class FormChanges:
    """`gone`: answers to questions that are not asked (so) any more; `choices`: chosen answers that can be chosen no longer;
    `reworded`: answered questions as they were and as they are; `asked`: new questions, and whether they must be answered;
    `files`: questions for files that are not asked any more.
    """

    gone: tuple[Answer, ...] = ()
    choices: tuple[Answer, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    asked: tuple[tuple[str, bool], ...] = ()
    files: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.gone, self.choices, self.reworded, self.asked, self.files))


def changes_between(before: FormSchema, after: FormSchema, typed: Received) -> FormChanges:
    """Everything that somebody must know who began with `before` and finishes with `after`; nothing when all fits."""
    was, now = _by_key(before), _by_key(after)
    kept = {key for key, one in was.items() if key in now and _fits(one, now[key])}
    left = [one for key, one in was.items() if key not in kept]
    return FormChanges(
        gone=tuple(_answers(left, typed)),
        choices=tuple(answer for key in kept for answer in _choice_gone(was[key], now[key], typed)),
        reworded=tuple((was[key].label, now[key].label) for key in was if key in kept and _reworded(was[key], now[key], typed)),
        asked=tuple(_asked(was, now, kept, typed)),
        files=tuple(one.label for one in left if one.type in FILES),
    )  # fmt: skip


def all_answers(schema: FormSchema, typed: Received) -> tuple[Answer, ...]:
    """Everything that was typed on this form, with its questions."""
    return tuple(_answers(_by_key(schema).values(), typed))


def _by_key(schema: FormSchema) -> dict[str, Component]:
    return {one.key: one for one in schema.components if one.key}


def _fits(was: Component, now: Component) -> bool:
    same = was.type == now.type and was.subtype == now.subtype
    return same or any({was.type, now.type} <= kinds for kinds in ALIKE)


def _answers(components: Iterable[Component], typed: Received) -> Iterator[Answer]:
    for one in components:
        if text := "\n".join(_texts(one, typed)):
            yield one.label, text


def _texts(component: Component, typed: Received) -> list[str]:
    """The answer that was filled in at one question, in the words of its choices."""
    families = FAMILIES.get(component.type, ())
    names = [name for name in typed.fields if name == component.key or (families and name.startswith(families))]
    titles = {choice.value: choice.title for choice in component.choices}
    if component.type == "checkbox":
        return ["Aangekruist"] if typed.ticked(component.key) else []
    return [titles.get(text, text) for name in names for text in typed.texts(name) if text]


def _choice_gone(was: Component, now: Component, typed: Received) -> Iterator[Answer]:
    there = {choice.value for choice in now.choices}
    if not was.choices or not now.choices:
        return
    titles = {choice.value: choice.title for choice in was.choices}
    for answer in typed.texts(was.key):
        if answer and answer not in there:
            yield now.label, titles.get(answer, answer)


def _reworded(was: Component, now: Component, typed: Received) -> bool:
    return was.label != now.label and bool(_texts(was, typed))


def _asked(
    was: Mapping[str, Component], now: Mapping[str, Component], kept: set[str], typed: Received
) -> Iterator[tuple[str, bool]]:
    for key, one in now.items():
        if key not in kept:
            yield one.label, one.required
        elif one.required and not was[key].required and not _texts(one, typed) and one.type not in FILES:
            yield one.label, True
