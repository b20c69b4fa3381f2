"""Why something stays secret: the grounds of the Woo, each with its article and a name in plain Dutch. Data.

From articles 5.1 and 5.2 of the Wet open overheid (BWBR0045754).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Publicity(StrEnum):
    """Whether one document becomes public: whole, partly, not, or it was public already (`document.assessment.public`)."""

    GEHEEL = "geheel"
    DEELS = "deels"
    NIET = "niet"
    AL_OPENBAAR = "al_openbaar"


class InventoryOutcome(StrEnum):
    """The outcomes of an inventory: all public, whole beside secret documents, some redacted, all secret, empty."""

    GEHEEL = "geheel"
    GEMENGD = "gemengd"
    DEELS = "deels"
    NIET = "niet"
    GEEN = "geen"


@dataclass(frozen=True, slots=True)
class Ground:
    code: str
    article: str
    name: str

    @property
    def title(self) -> str:
        return f"{self.name} (Woo {self.article})"


def _ground(code: str, article: str, name: str) -> tuple[str, Ground]:
    return code, Ground(code, article, name)


GROUNDS: Mapping[str, Ground] = dict(
    (
        _ground("5.1-1-a", "5.1, lid 1, onder a", "eenheid van de Kroon"),
        _ground("5.1-1-b", "5.1, lid 1, onder b", "veiligheid van de Staat"),
        _ground("5.1-1-c", "5.1, lid 1, onder c", "bedrijfsgegevens die in vertrouwen zijn gegeven"),
        _ground("5.1-1-d", "5.1, lid 1, onder d", "bijzondere persoonsgegevens of strafgegevens"),
        _ground("5.1-1-e", "5.1, lid 1, onder e", "identificatienummers zoals het BSN"),
        _ground("5.1-2-a", "5.1, lid 2, onder a", "contacten met andere landen"),
        _ground("5.1-2-b", "5.1, lid 2, onder b", "economische of financiële belangen van de overheid"),
        _ground("5.1-2-c", "5.1, lid 2, onder c", "opsporen en vervolgen van strafbare feiten"),
        _ground("5.1-2-d", "5.1, lid 2, onder d", "inspectie, controle en toezicht"),
        _ground("5.1-2-e", "5.1, lid 2, onder e", "privacy van personen"),
        _ground("5.1-2-f", "5.1, lid 2, onder f", "andere bedrijfsgegevens waar concurrenten iets aan hebben"),
        _ground("5.1-2-g", "5.1, lid 2, onder g", "bescherming van het milieu"),
        _ground("5.1-2-h", "5.1, lid 2, onder h", "veiligheid van personen en bedrijven"),
        _ground("5.1-2-i", "5.1, lid 2, onder i", "goed werken van de overheid"),
        _ground("5.1-5", "5.1, lid 5", "onevenredig nadeel voor een ander belang"),
        _ground("5.2", "5.2", "persoonlijke beleidsopvattingen voor intern beraad"),
    )
)
PUBLIC: Mapping[str, str] = {
    Publicity.GEHEEL: "Openbaar",
    Publicity.DEELS: "Deels openbaar",
    Publicity.NIET: "Niet openbaar",
    Publicity.AL_OPENBAAR: "Al openbaar",
}
WITH_GROUNDS = frozenset({Publicity.DEELS, Publicity.NIET})
