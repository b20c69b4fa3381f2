"""Which compression a browser reads, by what it says in `Accept-Encoding` (RFC 9110, 12.5.3)."""

from collections.abc import Sequence


def accepted(header: str, offered: Sequence[str]) -> str:
    """The first of `offered` that the browser reads; empty for none, when the content goes as it is.

    A weight of zero is a refusal, and `*` speaks for what is not named. Which of two it likes better is left out of account: browsers
    like all that they name.
    """
    weights = dict(_weighed(part) for part in header.lower().split(",") if part.strip())
    return next((one for one in offered if weights.get(one, weights.get("*", 0.0)) > 0), "")


def _weighed(part: str) -> tuple[str, float]:
    """`gzip;q=0.5` as a name and a weight; a weight that is no number counts as a refusal."""
    name, _, parameters = part.partition(";")
    told = parameters.strip().removeprefix("q=")
    try:
        return name.strip(), float(told) if told else 1.0
    except ValueError:
        return name.strip(), 0.0
