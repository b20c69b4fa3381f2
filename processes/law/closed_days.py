"""Days that a decree made equal to a holiday (Algemene termijnenwet art. 3, third paragraph), as they come along. Data.

An administrator adds each new one at /beheer/wettelijke-termijnen/dagen. The holidays of the law itself are computed, in
`counting.py`.
"""

from datetime import date

from processes.law.rules import ClosedDay

_SOURCE = "besluit op grond van artikel 3, lid 3, Algemene termijnenwet; via een tweede bron"
_CHECKED = date(2026, 11, 22)

CLOSED_DAYS = tuple(
    ClosedDay(day=day, source=_SOURCE, checked_on=_CHECKED)
    for day in (
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    )
)
