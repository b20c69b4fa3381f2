"""Dates of forms that no drawing made."""

from datetime import date

from portal.received import Received
from processes.base.errors import Invalid
from processes.base.typed_values import read_date


def date_in(form: Received, name: str) -> date:
    """A date that must be there. Raises Invalid with the sentence for its field."""
    try:
        return read_date(form.one(name))
    except ValueError as error:
        raise Invalid({name: str(error)}) from error


def date_or_none(form: Received, name: str, wrong: dict[str, str]) -> date | None:
    """A date that may stay empty; a mistake goes into `wrong`."""
    try:
        return read_date(form.one(name)) if form.one(name) else None
    except ValueError as error:
        wrong[name] = str(error)
        return None
