"""Mails that come back, as mail systems of several makes write them: invented, in the form of each.

`{to}` is the return address of our mail, `{id}` its Message-ID, `{who}` the address that it went to.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Returned:
    """`kind` is an AnswerKind, None for a receipt; `said` a part of why; `back` the day of return as ISO text."""

    mail: str
    kind: str | None
    said: str = ""
    back: str = ""

    def content(
        self, to: str = "bounce+1@zaken.example", id: str = "<1@zaken.example>", who: str = "tess@post.example"
    ) -> bytes:
        return self.mail.replace("{to}", to).replace("{id}", id).replace("{who}", who).encode()


def report(
    system: str, subject: str, words: str, fields: str, *, head: str = "", returned: str = "text/rfc822-headers"
) -> str:
    """A multipart/report (RFC 6522) with a delivery status (RFC 3464)."""
    return f"""Return-Path: <>
Delivered-To: {{to}}
Received: by mx.zaken.example; Sun, 29 Nov 2026 10:00:00 +0100
From: {system}
To: {{to}}
Subject: {subject}
Date: Sun, 29 Nov 2026 10:00:00 +0100
Message-ID: <20261129090000.4711@mail.post.example>
{head}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="grens=_4711"

This is a MIME-encapsulated message.

--grens=_4711
Content-Type: text/plain; charset=utf-8

{words}

--grens=_4711
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.post.example
Arrival-Date: Sun, 29 Nov 2026 09:59:58 +0100

{fields}

--grens=_4711
Content-Type: {returned}

From: Gemeente Voorbeeldstad <zaken@zaken.example>
To: {{who}}
Subject: Wij vragen u om stukken
Message-ID: {{id}}

--grens=_4711--
"""


def plain(sender: str, subject: str, words: str, head: str = "") -> str:
    """A text, as systems write that know no reports."""
    return f"""Delivered-To: {{to}}
From: {sender}
To: {{to}}
Subject: {subject}
Date: Sun, 29 Nov 2026 10:00:00 +0100
Message-ID: <4711.plain@mail.post.example>
{head}Content-Type: text/plain; charset=utf-8

{words}
"""


def failed(status: str, said: str, action: str = "failed", recipient: str = "{who}") -> str:
    return f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}"


POSTFIX = "MAILER-DAEMON@mail.post.example (Mail Delivery System)"
MESSAGES: dict[str, Returned] = {
    "postfix, unknown user": Returned(report(
        POSTFIX, "Undelivered Mail Returned to Sender", "I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.",
        failed("5.1.1", "550 5.1.1 <{who}>: Recipient address rejected: User unknown"), head="Auto-Submitted: auto-replied\n",
    ), "bounced", "Dit e-mailadres bestaat niet."),
    "postfix, delayed": Returned(report(
        POSTFIX, "Delayed Mail (still being retried)", "####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #",
        failed("4.4.1", "connect to mx.post.example: Connection timed out", "delayed") + "\nWill-Retry-Until: Fri, 4 Dec 2026 10:00:00 +0100",
        head="Auto-Submitted: auto-replied\n",
    ), "delayed"),
    "postfix, given up after days": Returned(report(
        POSTFIX, "Undelivered Mail Returned to Sender", "delivery temporarily suspended: connect to mx.post.example: Connection timed out",
        failed("4.4.7", "connect to mx.post.example[192.0.2.9]:25: Connection timed out"),
    ), "bounced", "dagenlang niet bereikbaar"),
    "postfix, no such domain": Returned(report(
        POSTFIX, "Undelivered Mail Returned to Sender", "Host or domain name not found.",
        failed("5.1.2", "Host or domain name not found. Name service error for name=pst.example"),
    ), "bounced", "De mailserver van dit adres bestaat niet."),
    "exchange online, Dutch": Returned(report(
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@post.example>", "Niet te bezorgen: Wij vragen u om stukken",
        "Uw bericht aan {who} kan niet worden bezorgd.\n{who} is niet gevonden op post.example.",
        failed("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {who} not found by SMTP address lookup"),
        head="Auto-Submitted: auto-replied\nX-MS-Exchange-Message-Is-Ndr:\n", returned="message/rfc822",
    ), "bounced", "Dit e-mailadres bestaat niet."),
    "exchange, mailbox full": Returned(report(
        "postmaster@post.example", "Undeliverable: Wij vragen u om stukken", "The recipient's mailbox is full.",
        failed("5.2.2", "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException"), returned="message/rfc822",
    ), "bounced", "Dit postvak is vol."),
    "gmail, disabled": Returned(report(
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", "Delivery Status Notification (Failure)", "** Address not found **",
        failed("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled."), head="X-Failed-Recipients: {who}\nAuto-Submitted: auto-replied\n",
    ), "bounced", "Dit postvak is buiten gebruik."),
    "gmail, for now": Returned(report(
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", "Delivery Status Notification (Failure)", "The recipient's inbox is out of storage space.",
        failed("4.2.2", "452 4.2.2 The recipient's inbox is out of storage space."), head="X-Failed-Recipients: {who}\n",
    ), "temporary", "Dit postvak is vol."),
    "sendmail, refused by policy": Returned(report(
        "Mail Delivery Subsystem <MAILER-DAEMON@mail.post.example>", "Returned mail: see transcript for details",
        "----- The following addresses had permanent fatal errors -----\n<{who}>\n    (reason: 550 5.7.1 Message rejected due to SPF policy)",
        failed("5.7.1", "550 5.7.1 Message rejected due to SPF policy"), head="Auto-Submitted: auto-generated (failure)\n",
    ), "bounced", "laat onze mail niet toe"),
    "a report of success": Returned(report(
        POSTFIX, "Successful Mail Delivery Report", "Your message was successfully delivered", failed("2.0.0", "250 2.0.0 Ok", "delivered"),
    ), None),
    "a report without a status": Returned(report(
        "postmaster@oud.example", "Delivery failure", "Not delivered.", "Final-Recipient: rfc822; {who}\nAction: Failed (unknown)",
    ), "bounced", "zegt niet duidelijk waarom"),
    "a list, one failed and one relayed": Returned(report(
        POSTFIX, "Delivery report", "x", failed("2.0.0", "250 ok", "relayed", "a@post.example") + "\n\n" + failed("5.1.1", "550 unknown", recipient="b@post.example"),
    ), "bounced", "Dit e-mailadres bestaat niet."),
    "exim": Returned(plain(
        "Mail Delivery System <Mailer-Daemon@mail.post.example>", "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {who}\n    host mx.post.example [192.0.2.9]\n    SMTP error from remote mail server after RCPT TO:<{who}>:\n    550 5.1.1 No such mailbox here",
        head="Return-Path: <>\nX-Failed-Recipients: {who}\nAuto-Submitted: auto-replied\n",
    ), "bounced", "Dit e-mailadres bestaat niet."),
    "exim, delayed": Returned(plain(
        "Mail Delivery System <Mailer-Daemon@mail.post.example>", "Warning: message 1abcde-000123-4f delayed 24 hours",
        "A message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nNo action is required on your part. Delivery attempts will continue.",
        head="Return-Path: <>\nAuto-Submitted: auto-replied\n",
    ), "delayed"),
    "qmail": Returned(plain(
        "MAILER-DAEMON@mail.post.example", "failure notice",
        "Hi. This is the qmail-send program at mail.post.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{who}>:\nSorry, no mailbox here by that name. (#5.1.1)",
        head="Return-Path: <>\n",
    ), "bounced", "Dit e-mailadres bestaat niet."),
    "notes": Returned(plain(
        "Postmaster@oud.example", "DELIVERY FAILURE: User tess (tess@post.example) not listed in Domino Directory",
        "Your message\n\n  Subject: Wij vragen u om stukken\n\nwas not delivered to:\n\n  {who}\n\nbecause:\n\n  User tess not listed in Domino Directory",
    ), "bounced", "zegt niet duidelijk waarom"),
    "groupwise, full": Returned(plain(
        "postmaster@oud.example", "Message status - undeliverable", "The message that you sent was undeliverable to the following:\n\n\ttess (mailbox is full)",
    ), "bounced", "Dit postvak is vol."),
    "a text with only a reply code": Returned(plain(
        "MAILER-DAEMON@provider.example", "Returned mail", "The following recipient could not be reached:\n\n{who}: 450 mailbox busy, try again later", head="Return-Path: <>\n",
    ), "temporary"),
    "exchange, away": Returned(plain(
        "Tess Testeling <{who}>", "Automatisch antwoord: Wij vragen u om stukken", "Beste lezer,\n\nIk ben afwezig tot en met vrijdag 11 december 2026. Bel voor spoed met de collega's.\n\nTess",
        head="Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\nX-MS-Exchange-Inbox-Rules-Loop: {who}\n",
    ), "away", back="2026-12-12"),
    "vacation of sieve": Returned(plain(
        "{who}", "Auto: Wij vragen u om stukken", "I am out of the office until December 14.", head="Auto-Submitted: auto-replied (vacation)\nPrecedence: bulk\n",
    ), "away", back="2026-12-14"),
    "gmail, away": Returned(plain(
        "{who}", "Re: Wij vragen u om stukken", "Ik ben op maandag 7 december weer bereikbaar.\n\nOp zo 29 nov. 2026 schreef Gemeente:\n> Lever aan uiterlijk tot 24 december 2026.",
        head="Auto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes\n",
    ), "away", back="2026-12-07"),
    "away for ever": Returned(plain(
        "{who}", "Automatic reply: Wij vragen u om stukken", "Ik werk niet meer bij de gemeente. Mail voortaan naar vergunningen@post.example.", head="X-Autorespond: Re\n",
    ), "away"),
    "a ticket system": Returned(plain(
        "Servicedesk <servicedesk@post.example>", "[#4711] Wij kregen uw bericht", "Wij kregen uw bericht en antwoorden binnen drie dagen.", head="Auto-Submitted: auto-replied\nX-Loop: ticket\n",
    ), "away"),
    "read receipt": Returned("""From: {who}
To: {to}
Subject: Gelezen: Wij vragen u om stukken
Message-ID: <gelezen@post.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary=mdn

--mdn
Content-Type: text/plain

Uw bericht is gelezen.
--mdn
Content-Type: message/disposition-notification

Final-Recipient: rfc822;{who}
Original-Message-ID: {id}
Disposition: manual-action/MDN-sent-manually; displayed
--mdn--
""", None),
    "somebody answered": Returned(plain(
        "Tess Testeling <{who}>", "Re: Wij vragen u om stukken", "Goedemorgen, de stukken liggen bij de balie.", head="In-Reply-To: {id}\n",
    ), "answer"),
    "somebody answered with a code in it": Returned(plain(
        "Tess Testeling <{who}>", "Re: mail kwam niet aan", "Ik kreeg de melding 550 5.1.1 user unknown toen ik u mailde.", head="References: {id}\n",
    ), "answer"),
    "in HTML": Returned("""From: "Tess" <{who}>
To: {to}
Subject: =?utf-8?B?UmU6IFZyYWFnIMOpw6lu?=
Message-ID: <html@post.example>
In-Reply-To: {id}
Content-Type: text/html; charset="windows-1252"

<html><head><style>p { color: red }</style><script>alert("x")</script></head><body onload="x()"><p>Dag,</p><p>Ik heb <b>nog</b> een vraag &amp; &lt;een&gt; opmerking.</p></body></html>
""", "answer"),
}  # fmt: skip
