"""The bytes of a mail in, a value out that says what it holds. Never fails: a mail that cannot be taken apart is one without text.

Only the forgiving old policy of Python's mail package is used: the new one takes very long for some headers.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr
from itertools import islice
from typing import Any, Final

from processes.base.typed_values import one_line
from processes.post.incoming.plain_words import decoded, plain, without_tags

MOST_PARTS: Final = 50
LONGEST_HEADER: Final = 2_000
TO_HEADERS: Final = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "cc")
ADDRESS: Final = re.compile(r"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,255}")
MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,250}>")
Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """`headers` by small name, cut; `to` every address that it was sent to; `refers` Message-IDs that it answers or brings back.

    `reports`: per recipient the fields of a delivery report (RFC 3464), by small name. `digest` is the same for the same mail.
    """

    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    headers: Headers
    content_type: str  # of the whole, such as `multipart/report`
    kinds: frozenset[str]  # of its parts
    refers: tuple[str, ...]
    reports: tuple[Headers, ...]
    attachments: int
    digest: str
    cut: bool = False


def read_mail(content: bytes, *, cut: bool = False) -> IncomingMail:
    """Everything that is looked at later."""
    try:
        message: Message = BytesParser(policy=compat32).parsebytes(content)
        parts = tuple(islice(_walk(message), MOST_PARTS))
        return _read(message, parts, content, cut=cut)
    except Exception:  # noqa: BLE001 - nested too deep, or whatever else a sender thought of: it is shown as unreadable
        return unreadable(content)


def unreadable(content: bytes) -> IncomingMail:
    """A mail of which only that it came is known."""
    return IncomingMail(
        "", (), "(onleesbaar)", "Dit bericht is niet te lezen. Het staat nog in het postvak.", {}, "", frozenset(), (), (),
        0, hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def _read(message: Message, parts: tuple[Message, ...], content: bytes, *, cut: bool) -> IncomingMail:
    headers = _headers(message)
    own = [part for part in parts if not getattr(part, "brought_back", False)]
    return IncomingMail(
        sender=plain(parseaddr(headers.get("from", ""))[1], 320),
        to=tuple(dict.fromkeys(address for name in TO_HEADERS for address in _all(message, name, ADDRESS))),
        subject=one_line(plain(headers.get("subject", "")))[:300],
        text=_text(own),
        headers=headers,
        content_type=message.get_content_type(),
        kinds=frozenset(part.get_content_type() for part in parts),
        refers=tuple(dict.fromkeys(_refers(message, parts))),
        reports=tuple(_reports(parts)),
        attachments=sum(_attached(part) for part in own),
        digest=_digest(headers, content),
        cut=cut,
    )


def _walk(message: Message, *, brought_back: bool = False) -> Iterator[Message]:
    """The parts, each once; those of a mail inside the mail are marked as brought back."""
    message.brought_back = brought_back  # type: ignore[attr-defined]
    yield message
    inside = message.get_payload()
    if isinstance(inside, list) and message.get_content_type() != "message/delivery-status":
        is_mail = message.get_content_maintype() == "message"
        for part in inside:
            if isinstance(part, Message):
                yield from _walk(part, brought_back=brought_back or is_mail)


def _headers(message: Message) -> Headers:
    found: Headers = {}
    for name, value in islice(message.raw_items(), 200):
        found.setdefault(name.lower(), _decoded(value))
    return found


def _decoded(value: Any) -> str:
    """Encoded words (RFC 2047) as text; a header in bytes without them as well as it can be read."""
    raw = str(value)[:LONGEST_HEADER]
    try:
        pairs = decode_header(raw)
    except Exception:  # noqa: BLE001 - of a broken header the raw text says enough
        return plain(raw, LONGEST_HEADER)
    words = "".join(word if isinstance(word, str) else decoded(word, charset) for word, charset in pairs)
    return plain(words, LONGEST_HEADER)


def _all(message: Message, name: str, pattern: re.Pattern[str]) -> list[str]:
    """Every match in every header of this name."""
    values = [plain(str(value), LONGEST_HEADER) for value in message.get_all(name, [])[:20]]
    return [found.strip(".") for value in values for found in pattern.findall(value)]


def _refers(message: Message, parts: tuple[Message, ...]) -> Iterator[str]:
    for name in ("in-reply-to", "references", "x-original-message-id", "x-failed-message-id"):
        yield from _all(message, name, MESSAGE_ID)[:20]
    for part in parts:
        if getattr(part, "brought_back", False):
            yield from _all(part, "message-id", MESSAGE_ID)[:1]
        elif part.get_content_type() == "text/rfc822-headers":
            yield from re.findall(r"(?im)^message-id:\s*(<[^<>\s]{1,250}>)", plain(_content(part)))[:1]


def _reports(parts: tuple[Message, ...]) -> Iterator[Headers]:
    for part in parts:
        blocks = part.get_payload() if part.get_content_type() == "message/delivery-status" else None
        for block in blocks[:MOST_PARTS] if isinstance(blocks, list) else ():
            fields = _headers(block) if isinstance(block, Message) else {}
            if "action" in fields or "status" in fields:
                yield fields


def _text(parts: list[Message]) -> str:
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and not _attached(part) and (text := _content(part)).strip():
                return plain(without_tags(text) if kind == "text/html" else text)
    return ""


def _content(part: Message) -> str:
    content = part.get_payload(decode=True)
    return decoded(content, part.get_content_charset()) if isinstance(content, bytes) else ""


def _attached(part: Message) -> bool:
    if part.is_multipart() or part.get_content_maintype() in {"multipart", "message"}:
        return False
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"


def _digest(headers: Headers, content: bytes) -> str:
    """By its Message-ID, so that a mail that was delivered twice is known again; without one by every byte."""
    named = headers.get("message-id", "")
    told = [named, *(headers.get(name, "") for name in ("date", "from", "subject"))]
    return hashlib.sha256("\n".join(told).encode("utf-8", "replace") if named else content).hexdigest()
