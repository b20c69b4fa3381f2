"""The fields that say how a version goes into use, on every page with that button: why, and from which day."""

from portal.received import Received
from processes.actions.putting_in_use import Plan
from processes.base.errors import Invalid
from processes.base.typed_values import read_date


def read_plan(form: Received, from_version: int | None = None) -> Plan:
    """Raises Invalid for a day that is none."""
    typed = form.one("starts_on")
    try:
        day = read_date(typed) if typed else None
    except ValueError as wrong:
        raise Invalid({"starts_on": str(wrong)}) from wrong
    return Plan(form.text("reason"), day, from_version, moves=form.ticked("moves"))


def place_of(answer: str) -> str:
    """The page after an action that answers `process:version`: of the new version, or of what waits."""
    process, _, version = answer.partition(":")
    return f"/beheer/zaaktypen/{process}?nieuw={version}" if version else f"/beheer/zaaktypen/{process}/voorstel"
