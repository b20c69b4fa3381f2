"""One case type that somebody may choose: a citizen who files, or a worker who registers."""

from dataclasses import dataclass

from processes.execution.out_of_use import EndOfUse


@dataclass(frozen=True, slots=True)
class CaseTypeChoice:
    """`code` names the process of the case type; `synonyms` are words by which people search for it. `end`: when it
    goes out of use, `out` whether it is. `signed`: the law wants a signature, which who does not sign in has not given.
    """

    code: str
    title: str
    synonyms: tuple[str, ...]
    end: EndOfUse | None = None
    out: bool = False
    signed: bool = False
