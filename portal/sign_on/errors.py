"""The errors of signing in."""

from processes.base.errors import ZaakspoorError


class SignInFailed(ZaakspoorError):
    """Inloggen is niet gelukt. Probeer het nog een keer."""

    status = 400


class SignInStopped(SignInFailed):
    """U heeft het inloggen afgebroken. U bent niet ingelogd."""


class TooWeak(SignInFailed):
    """Uw manier van inloggen is voor deze pagina niet sterk genoeg. Gebruik bijvoorbeeld de DigiD-app."""

    status = 403


class NoProvider(ZaakspoorError):
    """Inloggen is hier nog niet ingesteld. De beheerder moet eerst een inlogdienst kiezen."""

    status = 503


class NotLetIn(SignInFailed):
    """U heeft hier geen toegang. Vraag de functioneel beheerder."""

    status = 403


class WrongWay(SignInFailed):
    """U koos een andere manier om in te loggen dan de inlogdienst heeft gebruikt. Begin opnieuw en kies de manier die u wilt gebruiken."""

    status = 403


class TokenRefused(SignInFailed):
    """Deze melding van de inlogdienst klopt niet."""
