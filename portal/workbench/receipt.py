"""The days of an answer on paper, as the forms of the workbench ask them."""

from portal.received import Received
from portal.workbench.dates import date_or_none
from processes.actions.answers import ReceiptDays

RECEIVED, POSTMARKED = "answer-received_on", "answer-postmarked_on"
EMPTY = "Vul in wanneer het antwoord is ontvangen."
NO_DAY = "Vul in wanneer de intrekking is ontvangen."


def receipt_in(form: Received, wrong: dict[str, str], suffix: str = "", empty: str = EMPTY) -> ReceiptDays | None:
    """The days as typed; None where the form did not ask for them, or with a mistake in `wrong`."""
    received_on = date_or_none(form, RECEIVED + suffix, wrong)
    postmarked_on = date_or_none(form, POSTMARKED + suffix, wrong)
    if received_on is None and RECEIVED + suffix in form.fields:
        wrong.setdefault(RECEIVED + suffix, empty)
    return ReceiptDays(received_on, postmarked_on) if received_on else None
