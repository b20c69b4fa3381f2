"""The errors of signing in. Each has a `title` for its page, which leads back to signing in."""

from typing import ClassVar

from processes.base.errors import ZaakspoorError


class SignInFailed(ZaakspoorError):
    """Er is niets veranderd. Probeer het nog een keer."""

    status = 400
    title: ClassVar[str] = "Inloggen is niet gelukt"


class SignInStopped(SignInFailed):
    """U bent gestopt met inloggen. Er is niets veranderd."""

    title = "Het inloggen is afgebroken"


class ProviderFailed(SignInFailed):
    """De inlogdienst kan u nu niet laten inloggen. Probeer het later nog een keer. Kan het niet wachten? Bel ons dan."""

    status = 503
    title = "De inlogdienst werkt nu niet"


class TooWeak(SignInFailed):
    """Uw manier van inloggen is voor deze pagina niet sterk genoeg. Gebruik bijvoorbeeld de DigiD-app."""

    status = 403
    title = "Log sterker in"


class NotAnew(SignInFailed):
    """De inlogdienst heeft u niet opnieuw laten inloggen. U bent niet ingelogd. Sluit alle vensters van uw browser en begin opnieuw."""


class NoProvider(ZaakspoorError):
    """Inloggen is hier nog niet ingesteld. De beheerder moet eerst een inlogdienst kiezen."""

    status = 503


class UnreadableFile(ZaakspoorError):
    """Inloggen is hier nog niet goed ingesteld. De beheerder moet eerst een sleutel of een bestand van de inlogdienst herstellen."""

    status = 503


class CannotBeAsked(SignInFailed):
    """De inlogdienst kan niet zeggen of u nog mag werken. Log opnieuw in."""


class NotLetIn(SignInFailed):
    """U heeft hier geen toegang. Vraag de functioneel beheerder."""

    status = 403
    title = "U heeft hier geen toegang"


class WrongWay(SignInFailed):
    """U koos een andere manier om in te loggen dan de inlogdienst heeft gebruikt. Begin opnieuw en kies de manier die u wilt gebruiken."""

    status = 403


class NotForOthers(SignInFailed):
    """Uw machtiging kunnen wij hier niet gebruiken. Log in voor uzelf, of stuur een brief met uw machtiging."""

    status = 403


class Restricted(SignInFailed):
    """Uw machtiging geldt voor een deel van het bedrijf dat wij hier niet kennen. Log in met een machtiging voor het hele bedrijf of voor één vestiging, of stuur ons een brief."""

    status = 403


class TokenRefused(SignInFailed):
    """Deze melding van de inlogdienst klopt niet."""


class LogoutRefused(ZaakspoorError):
    """Het bericht van de inlogdienst dat iemand uitlogt, klopt niet. Wilt u zeker uitgelogd zijn? Sluit dan alle vensters van uw browser."""

    status = 400


class SamlRefused(SignInFailed):
    """Het antwoord van de inlogdienst klopt niet. U bent niet ingelogd. Begin opnieuw."""

    def __init__(self, why: str) -> None:
        """`why` is the word for the security log: the check that failed. People see the sentence above."""
        super().__init__()
        self.why = why


class LogoutDenied(SamlRefused):
    """Wij konden niet doen wat de inlogdienst vroeg. Wilt u zeker uitgelogd zijn? Sluit dan alle vensters van uw browser."""

    def __init__(self, why: str, request_id: str) -> None:
        """A request to sign out that is truly of the provider, by its ID, but that we cannot carry out: it hears so."""
        super().__init__(why)
        self.request_id = request_id
