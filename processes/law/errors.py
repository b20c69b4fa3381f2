"""The errors of terms. The docstring of each class is the sentence that people read."""


class DeadlineError(Exception):
    """Deze termijn is niet te berekenen."""

    def __str__(self) -> str:
        return " ".join([(type(self).__doc__ or "").strip(), *map(str, self.args)]).strip()


class BadRecord(DeadlineError):
    """Dit gegeven over een wettelijke termijn klopt niet:"""


class UnknownRule(DeadlineError):
    """Deze wettelijke termijn is niet gevonden:"""


class BadDuration(DeadlineError):
    """Deze duur is niet te lezen. Schrijf bijvoorbeeld P14D (14 dagen), P2W (2 weken) of P1M (1 maand)."""


class BadRequest(DeadlineError):
    """De gegevens van deze termijn kloppen niet:"""


class ExtensionRefused(DeadlineError):
    """Verlengen kan niet:"""
