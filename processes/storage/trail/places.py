"""The places that a check of the trail names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BrokenPlace:
    """A place where a chain does not hold: `seq` is the row at fault, `what` a Dutch sentence."""

    chain: int
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class ForgedRow:
    """A row of another table that is not as the trail left it. `title` is the Dutch word for such a row, `key` its name in the
    trail, `what` a Dutch sentence.
    """

    chain: int
    title: str
    key: str
    what: str
