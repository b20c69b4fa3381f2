"""E-mail addresses that people type, read as the address that is meant, or refused with a sentence to show at the field.

Every form, setting and sign-on reads addresses here, and mail leaves by the address that is made here for the line.
"""

import re
import unicodedata
from typing import Final

import email_validator
from email_validator import EmailNotValidError, ValidatedEmail

from processes.base.errors import ZaakspoorError

LONGEST: Final = 254  # RFC 5321 with the correction of RFC 3696: a path of 256 without its brackets
AROUND: Final = " ;,.\"'`“”„‘’«»"  # what stays behind when an address is copied from a list or a sentence
# characters without a shape that Unicode does not count among the formatting ones (category Cf)
SHAPELESS: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
IN_BRACKETS: Final = re.compile(r"[^<>@]*<([^<>]*)>")  # as in `Jan de Vries <jan@voorbeeld.nl>`
SCHEME: Final = re.compile(r"mailto:", re.IGNORECASE)

# a municipality may have mailboxes under .local that its own mail server knows
if "local" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
    email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")


class WrongAddress(ZaakspoorError):
    """Dit is geen e-mailadres. Een voorbeeld is naam@voorbeeld.nl."""

    status = 422


def email_address(typed: str) -> str:
    """The address that is meant: without invisible characters, brackets and `mailto:`, its domain in readable letters.

    Raises WrongAddress, also when something else than ASCII stands before the @: few mail servers take that.
    """
    text = _meant(typed)
    if len(text) > LONGEST:
        raise WrongAddress("Dit is geen e-mailadres, want het is te lang. Controleer het adres.")
    found = _valid(text)
    strange = next((sign for sign in found.local_part if not sign.isascii()), None)
    if strange is not None:
        raise WrongAddress(
            f"Voor de @ staat '{strange}'. Mailservers nemen daar alleen letters zonder accent, cijfers en leestekens aan. "
            "Controleer het adres, of vul een ander adres in."
        )
    return found.normalized


def typed_address(typed: str | None, field: str, wrong: dict[str, str]) -> str:
    """Like email_address, but "" for a field without anything visible. `wrong` gets the sentence for a field that is wrong."""
    if not typed or not _meant(typed):
        return ""
    try:
        return email_address(typed)
    except WrongAddress as error:
        wrong[field] = str(error)
        return ""


def wire_address(address: str) -> str:
    """The address that goes over the line: the domain in ASCII (IDNA). What is not ASCII before the @ stays, and needs SMTPUTF8.

    Raises WrongAddress for what was stored before addresses were read here and is none.
    """
    found = _valid(_meant(address))
    return found.ascii_email or f"{found.local_part}@{found.ascii_domain}"


def _meant(typed: str) -> str:
    """NFKC makes ordinary letters of full-width ones; white space of every kind becomes a space, which is cut off at the ends."""
    text = SHAPELESS.sub("", "".join(_seen(sign) for sign in typed))
    text = unicodedata.normalize("NFKC", text).strip(AROUND)
    if found := IN_BRACKETS.fullmatch(text):
        text = found[1].strip(AROUND)
    return SCHEME.sub("", text, count=1) if SCHEME.match(text) else text


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    return " " if kind[0] == "Z" or kind == "Cc" else sign


def _valid(text: str) -> ValidatedEmail:
    try:
        return email_validator.validate_email(text, check_deliverability=False)
    except (EmailNotValidError, UnicodeError) as error:
        raise WrongAddress from error
