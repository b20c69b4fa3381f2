"""The errors of the engine. The docstring of each class is the sentence that people read."""

from collections.abc import Iterable
from dataclasses import dataclass


class EngineError(Exception):
    """Er ging iets mis bij het uitvoeren van het proces."""

    def __str__(self) -> str:
        return " ".join([(type(self).__doc__ or "").strip(), *map(str, self.args)]).strip()


class UnreadableModel(EngineError):
    """Dit bestand is geen tekening die we kunnen lezen."""


class EditRefused(EngineError):
    """Deze wijziging kan niet."""

    def __init__(self, sentence: str, element: str = "", setting: str = "", attribute: str = "") -> None:
        """`sentence` says why, and what to do; a page shows it beside the field. `element` is an id, or the name of a file; `setting` and `attribute` say which
        field it is about (`status`, `name`); each is empty when the edit names none.
        """
        super().__init__(sentence)
        self.sentence = sentence
        self.element = element
        self.setting = setting
        self.attribute = attribute


class ExpressionError(EngineError):
    """Deze expressie klopt niet."""


class DurationTooLong(ExpressionError):
    """Deze duur is te lang. Kies een kortere duur."""


class NotReady(EngineError):
    """Deze taak is al gedaan of kan nu niet."""


class NobodyListens(EngineError):
    """Op dit moment wacht niets in het proces op dit bericht."""


class NoWayOut(EngineError):
    """Geen van de pijlen na dit knooppunt past en er is geen standaardpijl."""


class RunsWithoutEnd(EngineError):
    """Het proces blijft doorgaan zonder ergens te wachten."""


class UnknownState(EngineError):
    """Deze opgeslagen stand van het proces is niet te lezen met deze versie."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """One element of an instance for which a new drawing has no place, and `why`, as the end of a Dutch sentence.

    `said`: the reason belongs in the message too, for the element is there and the reason cannot be guessed.
    """

    element: str
    why: str
    said: bool = False


class CannotMove(EngineError):
    """Deze zaak kan niet over naar de nieuwe versie."""

    def __init__(self, misfits: Iterable[Misfit]) -> None:
        """`misfits` are kept without doubles, in their order."""
        self.misfits = tuple(dict.fromkeys(misfits))
        named = dict.fromkeys(f"{one.element} ({one.why})" if one.said else one.element for one in self.misfits)
        super().__init__(f"Dit onderdeel past niet in de nieuwe tekening: {', '.join(named)}.")
