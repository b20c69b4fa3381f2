"""The page that passes somebody on to a provider, to sign out there too: a form that a script sends at once, and else its button."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request
from starlette.responses import Response

from portal.pages import render
from portal.security.headers import NO_FRAME, content_policy
from portal.sign_on.saml.messages import LeavingBy
from processes.base.settings import Settings


@dataclass(frozen=True, slots=True)
class Onward:
    """The form: `method` is `post`, or `get` when its fields stand in the address."""

    address: str
    method: str
    fields: tuple[tuple[str, str], ...]


def in_address(address: str, fields: Mapping[str, str]) -> Onward:
    """With the fields in the address. A form that is sent so puts them in the place of those that stand there already."""
    parts = urlsplit(address)
    return Onward(
        parts._replace(query="").geturl(), "get", (*parse_qsl(parts.query, keep_blank_values=True), *fields.items())
    )


def in_body(address: str, fields: Mapping[str, str]) -> Onward:
    """With the fields in the body. Raises ValueError, as `in_address` does, for what is no address."""
    return Onward(urlsplit(address).geturl(), "post", tuple(fields.items()))


def as_left(left: LeavingBy) -> Onward:
    """The form of a message of SAML that we made."""
    return in_body(left.address, left.fields) if left.fields else in_address(left.address, {})


def onward_page(request: Request, settings: Settings, onward: Onward, *, in_frames: bool = False) -> Response:
    """The page with this form, the only one on it. `in_frames`: a provider may show it in a frame, and so may who shows that provider in one."""
    answer = render(request, "session/signed_out_here.html", out=onward)
    answer.headers["Content-Security-Policy"] = content_policy(
        settings, "https:" if in_frames else NO_FRAME, forms_to=[onward.address], passed_on=True
    )
    return answer
