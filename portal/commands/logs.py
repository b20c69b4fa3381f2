"""The logs of a command: set up before it runs, so that no line of a library shows the data of people."""

import os

from processes.base.logs import set_up_logs
from processes.base.setting_values import switch

PROCESSES = {"web", "worker", "clock", "demo"}  # have no output but their log


def begin(command: str) -> None:
    """Lines of JSON in production, readable ones elsewhere; of a command that ends by itself beside its output. What is no switch counts as production: the settings say so."""
    try:
        production = switch(os.environ.get("ZAAKSPOOR_PRODUCTION", "off"))
    except ValueError:
        production = True
    set_up_logs(production=production, beside_output=command not in PROCESSES)
