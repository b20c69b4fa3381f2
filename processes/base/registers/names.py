"""Whether a name as somebody typed it is one of the names in a register: two texts in, yes or no out.

Initials stand for first names, titles and forms of companies say nothing, and accents, hyphens and capitals do not count.
"""

import re
from collections.abc import Sequence

from processes.base.folding import fold

SAYS_NOTHING = {
    "mr", "dr", "drs", "ir", "ing", "prof", "dhr", "de", "heer", "mevr", "mevrouw", "mw", "van", "der", "den", "het", "ter", "ten", "te", "el", "al",
    "bv", "nv", "vof", "cv", "stichting", "vereniging", "vve", "maatschap", "coop", "en",
}  # fmt: skip
DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")  # b.v. is one word, and so is j.p.


def same_name(typed: str, names: Sequence[str], family: str = "") -> bool:
    """Whether the typed name fits one of these. `family`: of a person, the words that must be in it when it is not the same name."""
    return any(_fits(_words(typed), _words(name), _needed(_words(name), _words(family))) for name in names)


def _needed(known: list[str], family: list[str]) -> set[str]:
    """The words of a name that must be in the typed one: the family name, or that of a partner by which somebody is called."""
    if not family or set(family) <= set(known):
        return set(family)
    return set(known[1:])


def _words(name: str) -> list[str]:
    plain = DOTTED.sub("", fold(name))
    return [word for word in re.split(r"[\W_]+", plain) if word and word not in SAYS_NOTHING]


def _fits(typed: list[str], known: list[str], family: set[str]) -> bool:
    if not typed or not known:
        return False
    if not family:
        shorter, longer = sorted((set(typed), set(known)), key=len)
        return shorter <= longer
    if not family <= set(typed):
        return False
    given, first = [one for one in typed if one not in family], [one for one in known if one not in family]
    return not given or not first or given[0][0] == first[0][0]
