"""The years for which the holidays are known, with room for a long term after them: no law is asked about a day outside."""

from datetime import date
from typing import Final

FIRST_DAY: Final = date(1966, 1, 1)
LAST_DAY: Final = date(2090, 12, 31)
