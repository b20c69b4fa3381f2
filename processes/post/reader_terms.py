"""The days in a letter by which its reader can or must do something, for the mail that says that the letter waits (Awb 2:10(2)).

Read from the words that were sent, so that the mail can say no other day than the letter does. A sentence that asks something of
its reader begins with a verb ("Laat het ons uiterlijk op ... weten") or with the day itself; what the municipality promises does not.
"""

import re
from dataclasses import dataclass
from typing import Final

_DAY = r"(?P<day>\d{1,2} [a-z]+ \d{4})"
_SAME_SENTENCE = r"(?:[^.?!\n]|\.(?=\S))*?"  # a point inside an address or a time ends no sentence
_ASKED: Final = re.compile(
    rf"(?:^|[.?!:] )(?:Uiterlijk op|(?:Laat|Reageer|Doe|Stuur|Geef|Zorg)\b{_SAME_SENTENCE}uiterlijk op) {_DAY}",
    re.MULTILINE,
)
_AGAINST: Final = re.compile(rf"U kunt dus (?:bezwaar maken|in beroep gaan) tot en met {_DAY}")


@dataclass(frozen=True, slots=True)
class ReaderTerms:
    """`answer_by`: the last day to answer, `object_by`: the last day for an objection or appeal; as the letter words them, or empty."""

    answer_by: str = ""
    object_by: str = ""


def terms_of_reader(body: str) -> ReaderTerms:
    """The days of a letter with this text. With several days to answer it is the first that the letter names."""
    asked, against = _ASKED.search(body), _AGAINST.search(body)
    return ReaderTerms(asked["day"] if asked else "", against["day"] if against else "")
