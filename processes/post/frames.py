"""The frame of a formal notice: who sends it, in whose name, and whom one can call. Kept with the notice as it was that day."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from processes.base.letterhead import Letterhead
from processes.base.written import TypedText
from processes.execution.case_execution import CaseExecution
from processes.execution.deciding import body_of
from processes.execution.letterhead import style_of_today
from processes.house_style.style import HouseStyle
from processes.storage.tables import Instance


@dataclass(frozen=True, slots=True)
class Frame:
    """The part around the text of a letter. `body` is the administrative body, `contact` a person or a team.

    `logo` is the digest of a picture of the house style, empty without one; `logo_words` what it says when the name stands in it,
    empty when the name is written beside it. `approved`: a line for each who agreed to the letter, with function and day.
    """

    organisation: TypedText
    body: TypedText
    postal_address: TypedText
    visiting_address: TypedText
    phone: TypedText
    email: TypedText
    website: TypedText
    hours: TypedText
    contact: TypedText
    contact_phone: TypedText
    logo: str = ""
    logo_words: str = ""
    approved: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """The form in which a notice keeps it: who agreed stands in it only where somebody did."""
        approved = {"approved": list(self.approved)} if self.approved else {}
        return {name: value for name, value in asdict(self).items() if name != "approved"} | approved

    def lines(self) -> tuple[str, ...]:
        """The sender, line by line, as it stands beside the address of a letter."""
        written = (*self.postal_address.splitlines(), *self.visiting_address.splitlines())
        return tuple(line for line in (*written, self.phone, self.email, self.website) if line.strip())


def frame_from(record: Mapping[str, Any] | None) -> Frame | None:
    """The frame that a notice keeps; None for one from before frames were kept."""
    return Frame(**{**record, "approved": tuple(record.get("approved", ()))}) if record else None


def logo_of(style: HouseStyle | None, name: str) -> dict[str, Any]:
    """The fields of the frame that come from the house style."""
    if style is None or not style.logo:
        return {}
    return {"logo": style.logo, "logo_words": (style.logo_alt or name) if style.logo_has_name else ""}


def frame_of(run: CaseExecution, head: Letterhead, handler: str, instance: Instance | None = None) -> Frame:
    """The frame of a notice that is sent now; `handler` is the name of who handles the case, empty when nobody does."""
    sender = head.organisation
    body = head.bodies.get(body_of(run, instance))
    post = head.post_of(run.case.handler)
    return Frame(
        organisation=sender.name, body=body.name if body else "", postal_address=sender.postal_address,
        visiting_address=sender.visiting_address, phone=sender.phone, email=sender.email, website=sender.website,
        hours=sender.hours, contact=handler or sender.team, contact_phone=post.phone or sender.phone,
        **logo_of(style_of_today(run.work), sender.name),
    )  # fmt: skip
