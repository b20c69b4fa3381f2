"""A received form: the fields as typed, the files as they already stand in the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.base.errors import ZaakspoorError
from processes.base.uploads import Upload


class BrokenBody(ZaakspoorError):
    """Het versturen is halverwege afgebroken. Er is niets opgeslagen; verstuur het nog een keer."""

    status = 400


class TooMuch(ZaakspoorError):
    """Dit formulier heeft te veel onderdelen. Er is niets opgeslagen; verstuur minder bestanden tegelijk."""

    status = 413


class NotAForm(ZaakspoorError):
    """Dit is geen formulier dat wij kunnen lezen. Laad de pagina opnieuw en probeer het nog een keer."""

    status = 415


@dataclass(frozen=True, slots=True)
class Received:
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, list[Upload]] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        """The last value of a field without spaces around it; `default` when it was not sent."""
        values = self.fields.get(name)
        return values[-1].strip() if values else default

    def all(self, name: str) -> list[str]:
        return [value.strip() for value in self.fields.get(name, [])]

    def ticked(self, name: str) -> bool:
        return self.one(name) not in {"", "nee", "false", "0"}

    @property
    def form_key(self) -> str:
        """The one-time key of the form; hand it to the action so that a second press changes nothing."""
        return self.one("form_key")

    @property
    def uploads(self) -> list[Upload]:
        """Every file, whatever its field."""
        return [upload for uploads in self.files.values() for upload in uploads]
