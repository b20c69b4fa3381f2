"""The step that hostile tests begin with."""

from typing import Any

from kit.cases import INTAKE, do

from processes.storage.services import Services


def intake(services: Services, **values: Any) -> None:
    """Through the intake: with these values the department Parkeren is asked for documents."""
    do(services, "Intake", **{**INTAKE, "route": "zonder_horen", **values})
