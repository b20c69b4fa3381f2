"""A mail as a file, of either kind that people keep: as it went over the net (.eml, RFC 5322) or as Outlook keeps it (.msg, MS-OXMSG).

For child processes with limits only: nothing of what is read is trusted.
"""

import email
import re
from collections.abc import Iterator, Sequence
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser
from mimetypes import guess_extension
from typing import Final

from oxmsg import Message

OUTLOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file, MS-CFB 2.2
SHOWN: Final = ("From", "To", "Cc", "Date")
UNNAMED: Final = "bijlage"
WITHOUT_WORDS: Final = frozenset({"script", "style", "head", "title"})
BREAKS: Final = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3"})
SMALL_PICTURE: Final = 40_000  # bytes: logos and icons; a photo of a telephone has a hundred times as many
KEPT_INSIDE: Final = "[Deze bijlage opent alleen in Outlook: {name}]"
DISPLAY_BCC: Final = 0x0E02  # PidTagDisplayBcc (MS-OXPROPS 2.674): who got it without the others seeing it


def read_mail(content: bytes) -> EmailMessage:
    """The mail with its files as attachments. Raises whatever the readers raise on a file that is no mail."""
    if content.startswith(OUTLOOK):
        return _of_outlook(content)
    mail = email.message_from_bytes(content.removeprefix(b"\xef\xbb\xbf"), policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - the policy makes these
    return mail


def _of_outlook(content: bytes) -> EmailMessage:
    """A file that Outlook keeps in a way of its own, such as a mail inside the mail, is named below the words."""
    kept = Message.load(content)
    mail = EmailMessage()
    headers = {name.lower(): value for name, value in kept.message_headers.items()}
    told = {name: headers.get(name.lower(), "") for name in SHOWN}
    told |= {"From": kept.sender or "", "Subject": kept.subject}
    told["To"] = told["To"] or ", ".join(one.email_address for one in kept.recipients if one.email_address)
    for name, value in told.items():
        _say(mail, name, value)
    _fill(mail, kept, "\n".join(KEPT_INSIDE.format(name=name) for name in _kept_inside(kept)))
    for name, plain in ((one.file_name or UNNAMED, one.file_bytes) for one in kept.attachments):
        if plain is not None:
            mail.add_attachment(plain, maintype="application", subtype="octet-stream", filename=name)
    return mail


def _kept_inside(kept: Message) -> list[str]:
    return [one.file_name or UNNAMED for one in kept.attachments if one.file_bytes is None]


def opens_in_outlook_alone(content: bytes) -> list[str]:
    """The names of what came with a mail and that only Outlook can open; none with a mail as it went over the net."""
    return _kept_inside(Message.load(content)) if content.startswith(OUTLOOK) else []


def blind_copies(content: bytes, mail: EmailMessage) -> str:
    """The names of who got this mail, which was read from `content`, without the others seeing it; empty without them."""
    if content.startswith(OUTLOOK):
        return Message.load(content).properties.str_prop_value(DISPLAY_BCC) or ""
    return str(mail["bcc"] or "")


def _fill(mail: EmailMessage, kept: Message, below: str) -> None:
    if kept.body is None and kept.html_body:
        mail.set_content(kept.html_body + "".join(f"<p>{line}</p>" for line in _escaped(below)), subtype="html")
        return
    mail.set_content("\n\n".join(part for part in (kept.body or "", below) if part))


def _escaped(lines: str) -> Iterator[str]:
    for line in lines.splitlines():
        yield line.replace("&", "&amp;").replace("<", "&lt;")


def _say(mail: EmailMessage, name: str, value: str) -> None:
    """A header that is no header, such as an address without its end, is told as it stands, without what a header may not hold."""
    plain = " ".join(value.split())
    if not plain:
        return
    try:
        mail[name] = plain
    except (MessageError, ValueError, IndexError):
        mail[name] = "".join(sign for sign in plain if sign.isalnum() or sign in " .@-")


def mail_words(mail: EmailMessage) -> str:
    """The text of a mail without what came with it; empty when there is none."""
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    text = _text_of(body)
    return text if body.get_content_type() == "text/plain" else _without_marks(text)


def mail_files(mail: EmailMessage) -> list[EmailMessage]:
    """Everything that came with the words of a mail, in its order, however it lies in it: of Apple Mail beside the HTML alone, under a signature, or
    as the whole mail. Pictures in the text are files too; a mail inside the mail is one file, and other forms of the words are none.
    """
    body = mail.get_body(preferencelist=("plain", "html"))
    return [
        part
        for part, other_form in _leaves(mail)
        if part.get_filename() or part.is_attachment() or not (part is body or other_form)
    ]


def file_of(part: EmailMessage) -> tuple[str, bytes]:
    """The name and the content of one of `mail_files`. A mail inside the mail is a file too (.eml)."""
    if part.get_content_type() == "message/rfc822":
        inside = part.get_payload(0) if part.is_multipart() else None
        content = inside.as_bytes() if isinstance(inside, EmailMessage) else b""
        return part.get_filename() or "mail.eml", content
    plain = part.get_payload(decode=True)
    return name_of(part), plain if isinstance(plain, bytes) else b""


def name_of(part: EmailMessage) -> str:
    """The name of one of `mail_files`, else one with the ending of its kind, without which no file is taken; text without a name is no file of anybody."""
    if name := part.get_filename():
        return name
    ending = None if part.get_content_maintype() == "text" else guess_extension(part.get_content_type())
    return f"{UNNAMED}{ending or ''}"


def small_pictures(mail: EmailMessage, files: Sequence[EmailMessage]) -> list[EmailMessage]:
    """Those of its files that are small pictures which the text itself shows (`cid:`, RFC 2392), such as the logo under a signature. A photo
    that somebody put in the text is larger.
    """
    page = mail.get_body(preferencelist=("html",))
    text = _text_of(page) if page is not None else ""
    return [one for one in files if one.get_content_maintype() == "image" and _is_small_in(text, one)]


def _is_small_in(text: str, part: EmailMessage) -> bool:
    name, content = str(part["content-id"] or "").strip(" <>"), part.get_payload(decode=True)
    return bool(name) and f"cid:{name}" in text and isinstance(content, bytes) and len(content) <= SMALL_PICTURE


def _leaves(part: EmailMessage, *, of_choice: bool = False) -> Iterator[tuple[EmailMessage, bool]]:
    """Each part that holds no others, with whether it is text of which the mail holds another form."""
    if part.get_content_maintype() != "multipart":
        yield part, of_choice and part.get_content_maintype() == "text"
        return
    of_choice = of_choice or part.get_content_type() == "multipart/alternative"
    for inside in part.iter_parts():
        if isinstance(inside, EmailMessage):
            yield from _leaves(inside, of_choice=of_choice)


def _text_of(body: MIMEPart) -> str:
    """In the character set that it names; when that is none, as what most text is in."""
    try:
        return str(body.get_content())
    except (LookupError, ValueError):
        content = body.get_payload(decode=True)
        return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


class _Words(HTMLParser):
    """The words of a page, a line for each paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in WITHOUT_WORDS
        if tag in BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in WITHOUT_WORDS and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(" ".join(data.split()) + " " if data.strip() else "")


def _without_marks(page: str) -> str:
    words = _Words()
    words.feed(page)
    return re.sub(r"\n\s*\n+", "\n\n", "".join(words.found)).strip()
