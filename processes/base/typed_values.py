"""Typed text read as a value: dates, numbers, telephone numbers, BSN, KvK and case numbers. Text in, value out.

The only place that knows: forms of drawings, pages of ours and actions all ask here. Every function raises ValueError with
a Dutch sentence that says what to do; who shows the form keeps what was typed.
"""

import re
import unicodedata
from datetime import date, datetime
from itertools import groupby
from typing import Final

from processes.base.clock import AMSTERDAM
from processes.base.dutch import MONTHS, WEEKDAYS
from processes.base.secrets import BSN_DIGITS, bsn_is_valid

FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_OF_LAST_CENTURY = 50  # 50 to 99 is 1950 to 1999, 00 to 49 is 2000 to 2049
KVK_DIGITS = 8
BRANCH_DIGITS = 12
PHONE_DIGITS = range(8, 16)  # E.164 has 15 at most; an area and a number have 8 at least
LONGEST_PHONE = 40  # what the columns hold
# letters and signs that take room and show nothing, beside those that Unicode calls white, control or format
FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
QUOTES: Final = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4`"), "'")
ENGLISH: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# what ends a line, steers a machine or is half a character: Unicode's categories Cc, Zl, Zp and Cs
NO_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
NO_SIGN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
)  # the same, but for tabs and the ends of lines
BETWEEN = r"(?: ?[-/.,] ?| )"
YEAR = r"'?(\d{4}|\d{2})"
WEEKDAY = re.compile(rf"(?:{'|'.join(f'{day}|{day[:2]}' for day in WEEKDAYS)})\b[., ]*")
YEAR_FIRST = re.compile(r"(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})")
DAY_FIRST = re.compile(rf"(\d{{1,2}}){BETWEEN}(\d{{1,2}}){BETWEEN}{YEAR}")
IN_LETTERS = re.compile(rf"(\d{{1,2}})(?:(?:e|de|ste)(?= ))?[-/. ]*([^\W\d_]+)[-/., ]*{YEAR}")
MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
MOMENT = re.compile(r"(.+?)(?:t|,? (?:om )?)(\d{1,2})(?:(?:[:.u]| uur )(\d{2})(?::\d{2})?)?( ?(?:uur|u))?")
CURRENCY = re.compile(r"^-?(€|eur(?:o)?)|(€|eur(?:o)?)$")
NO_CENTS = re.compile(r"[,.](?:-{1,2}|=)$")
DUTCH_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,\d{1,6})?")


def trimmed(text: str) -> str:
    """Without white space of every kind around it, also what cannot be seen; inside nothing changes."""
    start, end = 0, len(text)
    while start < end and _unseen(text[start]):
        start += 1
    while end > start and _unseen(text[end - 1]):
        end -= 1
    return text[start:end]


def one_line(text: str) -> str:
    """A text of one line with single spaces, whatever signs for the end of a line or a page came along with it."""
    return " ".join(NO_LINE.sub(" ", text).split())


def many_lines(text: str) -> str:
    """A text of lines that end in one way, without what steers a machine or is half a character: no database keeps those."""
    return NO_SIGN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(text: str) -> str:
    """One line of signs as on a keyboard: single spaces, no invisible signs, one kind of dash, quote and digit."""
    groups = groupby(text.translate(DASHES).translate(QUOTES), key=lambda sign: unicodedata.category(sign) == "No")
    # a raised digit or a fraction is not the digits that it is made of: 6² is not 62
    usual = "".join("".join(signs) if odd else unicodedata.normalize("NFKC", "".join(signs)) for odd, signs in groups)
    seen = "".join(" " if _white(sign) else sign for sign in usual if _white(sign) or not _unseen(sign))
    return " ".join(seen.split())


def read_date(text: str) -> date:
    """`2026-02-14`, `14-2-2026`, `14/02/26`, `14 februari 2026`, `1-feb-2026`, `za 14 febr. '26` and the like."""
    return _checked(*_parts(WEEKDAY.sub("", plain(text).lower(), count=1)))


def read_moment(text: str) -> datetime:
    """`2026-02-14T09:05`, `14-2-2026 9:05`, `14 feb 2026 om 9 uur`, in Amsterdam."""
    match = MOMENT.fullmatch(plain(text).lower())
    if match is None or not (match[3] or match[4]):
        raise ValueError("Schrijf dag en tijd, bijvoorbeeld 14-2-2026 9.05.")
    day = read_date(match[1])
    try:
        return datetime(day.year, day.month, day.day, int(match[2]), int(match[3] or 0), tzinfo=AMSTERDAM)
    except ValueError as error:
        raise ValueError("Deze tijd bestaat niet. Schrijf bijvoorbeeld 9.05 of 13.30.") from error


def read_number(text: str) -> int | float:
    """`12`, `1.250`, `3,5`, `1.250,75`, `€ 1.250,-`. A point stands only between thousands: `1.25` is asked again, for an
    amount that was read wrongly costs more than a second look.
    """
    clean = re.sub(r"[ ']", "", plain(text).lower())
    clean = NO_CENTS.sub("", CURRENCY.sub(lambda found: "-" if found[0].startswith("-") else "", clean))
    if not DUTCH_NUMBER.fullmatch(clean):
        raise ValueError("Schrijf een getal, met een komma voor de cijfers achter de komma. Bijvoorbeeld 1250,75.")
    clean = clean.replace(".", "").replace(",", ".")
    return float(clean) if "." in clean else int(clean)


def read_phone(text: str) -> str:
    """A telephone number as it was typed, in plain signs: `020/1234567`, `+31 (0)6 12345678`."""
    clean = re.sub(r"^tel(?:efoon)?[.:]* *", "", plain(text), flags=re.IGNORECASE)
    digits = sum(sign.isdigit() for sign in clean)
    if digits > PHONE_DIGITS[-1] or len(clean) > LONGEST_PHONE:
        raise ValueError("Dit zijn te veel cijfers. Vul één telefoonnummer in, bijvoorbeeld 06 12345678.")
    if digits not in PHONE_DIGITS or not re.fullmatch(r"[([]?\+?[0-9 ()/.\[\]-]+", clean):
        raise ValueError("Dit is geen telefoonnummer. Een voorbeeld is 06 12345678.")
    return clean


def read_bsn(text: str) -> str:
    """Nine digits that pass the eleven test; a zero in front that was left out is put back."""
    digits = _digits(text)
    if len(digits) == BSN_DIGITS - 1:
        digits = f"0{digits}"
    if not bsn_is_valid(digits):
        raise ValueError("Dit is geen geldig BSN. Controleer de negen cijfers.")
    return digits


def read_kvk(text: str) -> str:
    """Eight digits."""
    digits = _digits(text)
    if not (len(digits) == KVK_DIGITS and digits.isascii() and digits.isdigit()):
        raise ValueError("Een KvK-nummer heeft acht cijfers. Controleer het nummer.")
    return digits


def read_branch(text: str) -> str:
    """Twelve digits: the number of a branch (vestigingsnummer) in the trade register."""
    digits = _digits(text)
    if not (len(digits) == BRANCH_DIGITS and digits.isascii() and digits.isdigit()):
        raise ValueError("Een vestigingsnummer heeft twaalf cijfers. Controleer het nummer, of maak dit veld leeg.")
    return digits


def case_number(text: str) -> str:
    """A case number as the table has it, `BZW-2026-000004`, whatever dashes, spaces and small letters somebody typed."""
    return plain(text).replace(" ", "").upper()


def _digits(text: str) -> str:
    return re.sub(r"[ ./-]", "", plain(text))


def _white(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Zs", "Zl", "Zp"}


def _unseen(sign: str) -> bool:
    return sign in FILLERS or unicodedata.category(sign) in UNSEEN


def _parts(clean: str) -> tuple[int, int, int]:
    """Year, month and day."""
    if clean.isascii() and clean.isdigit() and len(clean) == len("20260214"):
        # read from the year no number is a date that is also one read from the day: a century is no month
        return _from_year(clean) if FIRST_YEAR <= int(clean[:4]) <= LAST_YEAR and int(clean[4:6]) <= len(MONTHS) else (
            int(clean[4:]), int(clean[2:4]), int(clean[:2])
        )  # fmt: skip
    if match := YEAR_FIRST.fullmatch(clean):
        return int(match[1]), int(match[2]), int(match[3])
    if match := DAY_FIRST.fullmatch(clean):
        return _year(match[3]), int(match[2]), int(match[1])
    if (match := IN_LETTERS.fullmatch(clean)) and (month := _month(match[2])):
        return _year(match[3]), month, int(match[1])
    if (match := MONTH_FIRST.fullmatch(clean)) and (month := _month(match[1])):
        return int(match[3]), month, int(match[2])
    raise ValueError("Schrijf de datum als dag, maand en jaar, bijvoorbeeld 14-2-2026.")


def _from_year(digits: str) -> tuple[int, int, int]:
    return int(digits[:4]), int(digits[4:6]), int(digits[6:])


def _checked(year: int, month: int, day: int) -> date:
    try:
        made = date(year, month, day)
    except ValueError as error:
        raise ValueError("Deze datum bestaat niet. Controleer de dag en de maand.") from error
    if not FIRST_YEAR <= made.year <= LAST_YEAR:
        raise ValueError("Dit jaartal klopt niet. Schrijf het jaar met vier cijfers, bijvoorbeeld 2026.")
    return made


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - two digits, as in '26
        return year
    return year + (1900 if year >= FIRST_OF_LAST_CENTURY else 2000)


def _month(word: str) -> int | None:
    """By its name or the beginning of it, in Dutch or English; three letters at least."""
    if len(word) < 3:  # noqa: PLR2004
        return None
    found = {at for names in (MONTHS, ENGLISH) for at, name in enumerate(names, 1) if name.startswith(word)}
    return 3 if word == "mrt" else found.pop() if len(found) == 1 else None


def as_day(value: object) -> date | None:
    """A day as a form gives it or as it was stored (ISO 8601); None for what is no day. It never raises."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
