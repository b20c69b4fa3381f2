"""One case type that somebody may choose: a citizen who files, or a worker who registers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseTypeChoice:
    """`code` names the process of the case type; `synonyms` are words by which people search for it."""

    code: str
    title: str
    synonyms: tuple[str, ...]
