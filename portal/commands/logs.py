"""The logs of a command: set up before it runs, so that no line of a library shows the data of people."""

import os

from processes.base.logs import set_up_logs


def begin() -> None:
    """Lines of JSON in production, readable ones elsewhere."""
    set_up_logs(production=os.environ.get("ZAAKSPOOR_PRODUCTION", "") not in {"", "0", "false", "nee"})
