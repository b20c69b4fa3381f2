"""Whether an objection came in time (Awb 6:7 to 6:10). Advice for the intake; a person decides, also on 6:11."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from processes.base.dutch import date_in_words
from processes.law.compute import compute
from processes.law.request import DeadlineRequest, ExplainedStep
from processes.law.rules import LawBook


@dataclass(frozen=True, slots=True)
class InTime:
    """`last_day` is the last day of the objection period; `steps` explain it and end with the verdict."""

    verdict: Literal["te_vroeg", "ja", "te_laat"]
    last_day: date
    steps: tuple[ExplainedStep, ...]

    @property
    def explanation(self) -> str:
        return self.steps[-1].sentence


def objection_in_time(
    announced: date, received: date, postmark: date | None = None, book: LawBook | None = None
) -> InTime:
    """Whether it is in time: received by the last day, or posted by then and received within a week after (6:9)."""
    period = compute(DeadlineRequest(start=announced, rule="awb-6-7"), book)
    last = period.earliest
    verdict, sentence, article = _verdict(announced, received, postmark, last, book)
    return InTime(verdict, last, (*period.steps, ExplainedStep(received, sentence, article)))


def _verdict(
    announced: date, received: date, postmark: date | None, last: date, book: LawBook | None
) -> tuple[Literal["te_vroeg", "ja", "te_laat"], str, str]:
    came = date_in_words(received)
    if received <= announced:
        return "te_vroeg", f"Het bezwaar kwam binnen op {came}, voordat de termijn begon.", "Awb 6:8 en 6:10"
    if received <= last:
        return "ja", f"Het bezwaar kwam binnen op {came}. Dat is binnen de termijn.", "Awb 6:9, lid 1"
    post = compute(DeadlineRequest(start=last, rule="awb-6-9"), book).earliest
    if postmark is None or received > post:
        return (
            "te_laat",
            f"Het bezwaar kwam binnen op {came}. Dat is na de laatste dag.{_advice(received, post)}",
            "Awb 6:9",
        )
    if postmark > last:
        return (
            "te_laat",
            f"Het bezwaar is op de post gedaan op {date_in_words(postmark)}, na de laatste dag.",
            "Awb 6:9",
        )
    posted = f"op de post gedaan op {date_in_words(postmark)} en kwam binnen een week na de laatste dag aan"
    return "ja", f"Het bezwaar is {posted}. Dat is op tijd.", "Awb 6:9, lid 2"


def _advice(received: date, post: date) -> str:
    return " Kwam het per post? Kijk dan naar de datum van het poststempel." if received <= post else ""
