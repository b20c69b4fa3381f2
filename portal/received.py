"""A received form: the fields as typed, the files as they already stand in the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.base.errors import ZaakspoorError
from processes.base.typed_values import one_line, trimmed
from processes.base.uploads import Upload


class BrokenBody(ZaakspoorError):
    """Het versturen is halverwege afgebroken. Er is niets opgeslagen; verstuur het nog een keer."""

    status = 400


class HoldsNul(BrokenBody):
    """Wat u verstuurde bevat een teken dat niet kan. Er is niets opgeslagen; typ de tekst opnieuw en verstuur het nog een keer."""


def without_nul(text: str) -> str:
    """The text of a field or its name, as it is. Raises HoldsNul: PostgreSQL stores no NUL, and nobody types one."""
    if "\0" in text:
        raise HoldsNul
    return text


class TooMuch(ZaakspoorError):
    """Dit formulier heeft te veel onderdelen. Er is niets opgeslagen; verstuur minder bestanden tegelijk."""

    status = 413


class TooManyFiles(TooMuch):
    """Dit zijn te veel bestanden. Er is niets opgeslagen; verstuur ze in delen."""

    @classmethod
    def over(cls, most: int) -> "TooManyFiles":
        allowed = "één bestand" if most == 1 else f"{most} bestanden tegelijk"
        return cls(
            f"U kunt hier hoogstens {allowed} versturen. Er is nog niets opgeslagen; verstuur de rest daarna apart."
        )


class TextsTooLong(TooMuch):
    """Wat u heeft ingevuld, is samen te lang: alle teksten samen mogen hoogstens 2 MB zijn. Er is niets opgeslagen. Maak de teksten korter, of stuur een lange tekst mee als bestand."""


class NotAForm(ZaakspoorError):
    """Dit is geen formulier dat wij kunnen lezen. Laad de pagina opnieuw en probeer het nog een keer."""

    status = 415


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken while the rest of the form was: the form field, the safe name of the file, and why."""

    field: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Received:
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, list[Upload]] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        """The last value of a field of one line, its white space folded; `default` when it was not sent.

        A program may send the end of a line in any field, where a browser would not.
        """
        values = self.fields.get(name)
        return trimmed(one_line(values[-1])) if values else default

    def text(self, name: str, default: str = "") -> str:
        """The last value of a field of several lines (`textarea`), without white space around it."""
        values = self.fields.get(name)
        return trimmed(values[-1]) if values else default

    def all(self, name: str) -> list[str]:
        """Every value of a field of one line."""
        return [trimmed(one_line(value)) for value in self.fields.get(name, [])]

    def texts(self, name: str) -> list[str]:
        """Every value of a field, with its lines."""
        return [trimmed(value) for value in self.fields.get(name, [])]

    def ticked(self, name: str) -> bool:
        return self.one(name) not in {"", "nee", "false", "0"}

    @property
    def form_key(self) -> str:
        """The one-time key of the form; hand it to the action so that a second press changes nothing."""
        return self.one("form_key")

    @property
    def locked(self) -> bool:
        """Whether one of the files opens only with a password: the page after sending says so."""
        return any(upload.locked for upload in self.uploads)

    @property
    def uploads(self) -> list[Upload]:
        """Every file, whatever its field."""
        return [upload for uploads in self.files.values() for upload in uploads]

    @property
    def brought(self) -> list[Upload]:
        """The files that came in the form itself, and that are thrown away with it when it is refused."""
        return self.uploads
