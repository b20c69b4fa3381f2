"""The contract between a called process and whoever calls it: inputs, outputs, and the deadlines of its case.

`calls` holds a caller against the processes that it calls; `broken_calls` holds a called process against a caller.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from engine.kernel.reading import read_model
from engine.lint.filling import filled_codes
from engine.lint.subject import ITEM, Subject, build_subject
from engine.model import Folder, Model, Value

NOTHING: Final[Mapping[str, Value]] = MappingProxyType({})


class Part(StrEnum):
    """The parts of a contract that may not fit: an input, an output, a deadline, or that a process calls itself."""

    INPUT = "input"
    OUTPUT = "output"
    GONE = "gone"
    DEADLINE = "deadline"
    ROUND = "round"


WORDS: Final = {
    Part.INPUT: "geeft `{code}` ({type}) niet mee",
    Part.OUTPUT: "verwacht `{code}` van een ander soort dan {type}",
    Part.GONE: "verwacht `{code}` terug",
    Part.DEADLINE: "kent de termijn `{code}` niet",
    Part.ROUND: "wordt zelf weer door `{code}` aangeroepen",
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not fit. `type` is the type that the called process declares, empty for a deadline."""

    part: Part
    code: str
    type: str = ""

    @property
    def in_words(self) -> str:
        """The mismatch as something that the caller does, for behind its name."""
        return WORDS[self.part].format(code=self.code, type=self.type)


def mismatches(called: Model, values: Mapping[str, Value], caller: Model) -> Iterator[Mismatch]:
    """Everything in which a call does not fit. `values`: those that the caller has, and so gives along and takes back."""
    for need in called.inputs.values():
        given = values.get(need.code)
        if given is None and need.optional:
            continue
        if given is None or (given.type, given.list) != (need.type, need.list):
            yield Mismatch(Part.INPUT, need.code, need.type)
    for output in called.outputs.values():
        own = values.get(output.code)
        if own is not None and (own.type, own.list) != (output.type, output.list):
            yield Mismatch(Part.OUTPUT, output.code, output.type)
    for code in called.deadlines:
        if code not in caller.deadlines:
            yield Mismatch(Part.DEADLINE, code)


def given_at(subject: Subject, called: Model, *, repeated: bool) -> Mapping[str, Value]:
    """The values that a call activity has for the process that it calls; one that is repeated also has its `item`."""
    item = called.inputs.get(ITEM)
    return {**subject.values, ITEM: item} if item and repeated else subject.values


def uses_process(caller: Model, process: str) -> bool:
    """Whether this drawing starts the process: by a call, a button, or for documents that come late."""
    return process in {*_called(caller), *_started(caller)}


def broken_calls(
    caller: Folder, called: Model, before: Model | None, library: Mapping[str, Model]
) -> frozenset[Mismatch]:
    """Everything in which a drawing that uses this process would no longer fit it; none when it does not use it.

    `before` is the version in use, which says what outputs the caller was promised. `library`: the newest models.
    """
    reading = read_model(caller.drawing)
    if reading.model is None or reading.drawing is None or not uses_process(reading.model, called.process):
        return frozenset()
    known = {**library, called.process: called}
    subject = build_subject(caller, reading.model, reading.drawing, known)
    return frozenset([*_at_calls(subject, called, before), *_at_starts(subject.model, called, before)])


def _at_calls(subject: Subject, called: Model, before: Model | None) -> Iterator[Mismatch]:
    calls = [node for node in subject.nodes.values() if node.called == called.process]
    for node in calls:
        yield from mismatches(called, given_at(subject, called, repeated=node.multi is not None), subject.model)
    if calls:
        yield from _gone(subject, called, before)
    if calls and subject.model.process in _called(called):
        yield Mismatch(Part.ROUND, called.process)


def _gone(subject: Subject, called: Model, before: Model | None) -> Iterator[Mismatch]:
    """Outputs that are no longer handed back, of which the caller has the value and nothing else fills it."""
    promised = before.outputs if before else NOTHING
    lost = (promised.keys() - called.outputs.keys()) & subject.model.values.keys()
    for code in sorted(lost - filled_codes(subject)):
        yield Mismatch(Part.GONE, code, promised[code].type)


def _at_starts(caller: Model, called: Model, before: Model | None) -> Iterator[Mismatch]:
    """A button, and documents that come late, give no values along. An input that the version in use has as well is
    meant to stay empty then.
    """
    if called.process in _started(caller):
        empty = before.inputs if before else NOTHING
        yield from (one for one in mismatches(called, NOTHING, caller) if one.code not in empty)


def _called(model: Model) -> Iterator[str]:
    return (element.called for element in model.elements.values() if element.called)


def _started(model: Model) -> Iterator[str]:
    yield from (button.process for button in model.on_demand.values() if button.process)
    if model.case_type and model.case_type.supplement:
        yield model.case_type.supplement
