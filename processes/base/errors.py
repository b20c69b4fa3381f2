"""The errors of case work. A class's docstring is the sentence that people read; `status` its HTTP code."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final


class ZaakspoorError(Exception):
    """Er ging iets mis. Probeer het nog een keer."""

    status = 500

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else " ".join((type(self).__doc__ or "").split())


class NotFound(ZaakspoorError):
    """Deze pagina bestaat niet, of u mag haar niet zien."""

    status = 404


class FilingIsOff(NotFound):
    """U kunt in dit portaal geen nieuwe zaak beginnen. Bel ons, kom langs of stuur een brief."""


class NotAllowed(ZaakspoorError):
    """U mag dit niet doen."""

    status = 403


class StrongerSignInNeeded(NotAllowed):
    """Voor deze zaak moet u sterker inloggen."""

    def __init__(self, title: str, level: str, number: str = "") -> None:
        """`title`: of the case type; `level`: that it demands; `number`: of the case, of one that is there."""
        super().__init__()
        self.title, self.level, self.number = title, level, number


class AlreadyDone(ZaakspoorError):
    """Dit is al gedaan. Uw invoer is niet opgeslagen; kijk in de zaak wat de stand is."""

    status = 409


class CaseClosed(ZaakspoorError):
    """Deze zaak is afgerond. U kunt er niets meer aan toevoegen."""

    status = 409


class NotNow(ZaakspoorError):
    """Dit kan nu niet in deze zaak."""

    status = 409


class NotScannedYet(NotNow):
    """Dit bestand wordt gecontroleerd op virussen. Daarna kunt u het openen; probeer het over een paar minuten nog een keer."""


class HoldsVirus(NotNow):
    """In dit bestand is een virus gevonden. Wij hebben het weggegooid, en niemand kan het openen."""


# what can no longer be done: a page says why, and shows the way back
TOO_LATE: Final = (AlreadyDone, CaseClosed, NotNow)


class LinkGone(ZaakspoorError):
    """Deze link werkt niet. Misschien is hij verlopen of niet helemaal overgenomen. Vraag de behandelaar om een nieuwe link."""

    status = 404


class TooLarge(ZaakspoorError):
    """Dit bestand is te groot."""

    status = 413


class QuotaReached(TooLarge):
    """U heeft al zoveel bestanden gestuurd als mag. Verstuur deze bestanden later."""


class WrongOffset(ZaakspoorError):
    """Dit deel van het bestand sluit niet aan op wat wij al hebben. Kies het bestand nog een keer; het gaat dan verder waar het was."""

    status = 409


class PieceBusy(ZaakspoorError):
    """Dit bestand wordt op dit moment al verstuurd, misschien in een ander venster. Wacht een halve minuut en probeer het opnieuw."""

    status = 423


class UploadGone(ZaakspoorError):
    """Dit bestand wordt niet meer bewaard: het is weggehaald, geweigerd, verlopen of al verstuurd. Kies het nog een keer als het nodig is."""

    status = 410


class DraftTooLong(TooLarge):
    """Dit is te lang om te bewaren: wij bewaren hoogstens 200 kB tekst per formulier. Maak de teksten korter, of verstuur het formulier meteen."""


class FileBroken(ZaakspoorError):
    """Dit bestand is beschadigd of veranderd in de opslag, en kan niet worden geopend. Meld dit aan de beheerder."""

    status = 500


class Busy(ZaakspoorError):
    """Het systeem is nu even niet bereikbaar. Er is niets opgeslagen; probeer het over een minuut opnieuw."""

    status = 503


class NoRoom(ZaakspoorError):
    """Er is geen ruimte meer om dit op te slaan. Er is niets opgeslagen; probeer het later opnieuw."""

    status = 507


class Invalid(ZaakspoorError):
    """Niet alles is goed ingevuld."""

    status = 422

    def __init__(self, fields: Mapping[str, str]) -> None:
        """`fields` gives one Dutch sentence per field; '' holds what belongs to no field."""
        super().__init__(" ".join(fields.values()) or "Niet alles is goed ingevuld.")
        self.fields = dict(fields)


@contextmanager
def mistakes_into(wrong: dict[str, str]) -> Iterator[None]:
    """The sentences of an Invalid go into `wrong`, so that somebody hears every mistake in one round."""
    try:
        yield
    except Invalid as error:
        wrong.update(error.fields)
