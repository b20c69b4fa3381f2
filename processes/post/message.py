"""A mail as it goes over the line: one Message-ID, plain text, and the same in simple HTML.

Nothing that somebody typed can break a header: what would begin a new line there becomes a space.
"""

import html
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from processes.base.email_address import wire_address
from processes.base.typed_values import one_line
from processes.dated import MailSender
from processes.storage.tables import MailRow


def message(sender: MailSender, mail: MailRow, body: str, to: str) -> EmailMessage:
    """The addresses are as they go over the line. Raises ValueError for what cannot be written as mail."""
    subject = one_line(mail.subject)
    made = EmailMessage()
    made["From"] = _address(sender.address, one_line(sender.name))
    if sender.reply_to:
        made["Reply-To"] = _address(wire_address(sender.reply_to))
    made["To"] = _address(to)
    made["Subject"] = subject
    made["Date"] = format_datetime(mail.created_at)
    made["Message-ID"] = one_line(mail.message_id)
    made["Auto-Submitted"] = "auto-generated"  # asks holiday replies to keep silent
    made["X-Auto-Response-Suppress"] = "DR, RN, NRN"  # asks Exchange for no receipts; an absence may be told
    made.set_content(body)
    made.add_alternative(_as_html(subject, body, mail.language), subtype="html")
    made["Content-Language"] = mail.language  # writing the content takes headers about it away
    return made


def _address(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    return Address(display_name=name, username=local, domain=domain)


def _as_html(subject: str, body: str, language: str) -> str:
    paragraphs = [part for part in body.strip().split("\n\n") if part.strip()]
    text = "".join(f"<p>{_linked(html.escape(part)).replace(chr(10), '<br>')}</p>\n" for part in paragraphs)
    title = html.escape(subject)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><title>{title}</title></head>\n<body>\n{text}</body></html>\n'
    )


def _linked(text: str) -> str:
    return re.sub(r"https?://[^\s<]+[^\s<.,;:)]", lambda found: f'<a href="{found.group()}">{found.group()}</a>', text)
