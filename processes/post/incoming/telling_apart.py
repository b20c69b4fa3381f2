"""The kind of an incoming mail: a mail in, a verdict out, by rules that are tried in their order.

Delivery reports (RFC 3464) say so in fields. Older systems only write a text; those are known by who writes (nobody, or the
postmaster) and by the codes of RFC 3463 in it. An answer of a machine says so in headers (RFC 3834) or in its subject.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from processes.base.typed_values import one_line
from processes.post.incoming.absence import back_on
from processes.post.incoming.reading import ADDRESS, Headers, IncomingMail
from processes.storage.words import AnswerKind

LONGEST_SAID: Final = 300
POSTMASTERS: Final = re.compile(
    r"^(?:mailer-?daemon|postmaster|mail-?daemon|mmdf|microsoftexchange[0-9a-f]{16,}|double-bounce)(?:$|[@+-])"
)
MACHINE_SUBJECTS: Final = re.compile(
    r"^(?:automatisch antwoord|automatic reply|auto(?:matic)?[ -]?(?:reply|antwoord|response)|automatische antwort|abwesenheit"
    r"|out of (?:the )?office|afwezig|afwezigheid|niet aanwezig|ik ben (?:er )?(?:niet|afwezig|met vakantie)|vakantie"
    r"|réponse automatique)",
    re.IGNORECASE,
)
MACHINE_HEADERS: Final = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply-from", "x-vacation")
STATUS: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY: Final = re.compile(r"(?<![\d.-])([45])[0-5]\d(?=[ -](?:#|\w|<))")
STILL_TRIED: Final = re.compile(
    r"could not send message for past|will (?:keep|continue) (?:on )?trying|still being retried|has been delayed|is delayed"
    r"|delivery (?:is )?delayed|you do not need to resend|u hoeft (?:het bericht|de mail) niet opnieuw|is vertraagd"
    r"|delivery temporarily suspended|has not yet been delivered|noch nicht zugestellt",
    re.IGNORECASE,
)
NOT_DELIVERED: Final = re.compile(
    r"undeliver|not (?:be )?delivered|delivery (?:has )?failed|failure notice|returned to sender|returned mail|permanent(?: fatal)? error"
    r"|user unknown|unknown user|no such user|mailbox unavailable|does not exist|niet (?:worden )?bezorgd|onbestelbaar|bestaat niet"
    r"|kon(?:den)? niet worden afgeleverd|unzustellbar|konnte nicht zugestellt|could not be delivered|couldn't be delivered|wasn't able to deliver"
    r"|not listed in",
    re.IGNORECASE,
)
FULL: Final = re.compile(r"mailbox (?:is )?full|over ?quota|quota exceeded|postvak (?:is |zit )?vol", re.IGNORECASE)
GIVEN_UP: Final = "4.7"  # delivery time expired (RFC 3463): the other side stopped trying
# by the last two figures of a status (RFC 3463); the first one that fits
MEANINGS: Final = (
    ("1.2", "De mailserver van dit adres bestaat niet."),
    ("1.", "Dit e-mailadres bestaat niet."),
    ("2.1", "Dit postvak is buiten gebruik."),
    ("2.2", "Dit postvak is vol."),
    ("2.3", "De mail is te groot voor dit postvak."),
    ("2.", "Het postvak neemt geen mail aan."),
    ("3.", "De andere mailserver neemt deze mail niet aan."),
    ("4.7", "De andere mailserver was dagenlang niet bereikbaar."),
    ("4.", "De andere mailserver is niet te bereiken."),
    ("5.", "De andere mailserver begrijpt onze mailserver niet."),
    ("6.", "De andere mailserver kan deze mail niet lezen."),
    ("7.", "De andere mailserver laat onze mail niet toe."),
)
NO_REASON: Final = "De andere mailserver zegt niet duidelijk waarom."


@dataclass(frozen=True, slots=True)
class MailVerdict:
    """`kind` None: a receipt, which nobody has to see. `said`: why it came back, without an address. `back_on`: see MailAnswer."""

    kind: AnswerKind | None
    said: str = ""
    back_on: date | None = None


def verdict_on(mail: IncomingMail, today: date) -> MailVerdict:
    """The kind of this mail, with its details."""
    if mail.reports:
        return _of_reports(mail.reports)
    if "message/disposition-notification" in mail.kinds:
        return MailVerdict(None)
    if _of_machine(mail):
        return MailVerdict(AnswerKind.AWAY, back_on=back_on(f"{mail.subject}\n{mail.text}", today))
    return _of_postmaster(mail) if _from_postmaster(mail) else MailVerdict(AnswerKind.ANSWER)


def _of_reports(reports: tuple[Headers, ...]) -> MailVerdict:
    """A mail of ours has one recipient; of several reports (a list, a chain of forwarding) a failure counts first."""
    by_action = {
        report.get("action", "failed").split(" ", 1)[0].strip().lower(): report for report in reversed(reports)
    }
    if report := by_action.get("failed"):
        status = report.get("status", "")
        return _failed(status, report.get("diagnostic-code", ""))
    if report := by_action.get("delayed"):
        return MailVerdict(AnswerKind.DELAYED, _why(report.get("status", ""), report.get("diagnostic-code", "")))
    return MailVerdict(None)


def _failed(status: str, said: str) -> MailVerdict:
    found = STATUS.search(status) or STATUS.search(said)
    code = found.group() if found else ""
    for_now = code.startswith("4.") and not code.endswith(GIVEN_UP)
    return MailVerdict(AnswerKind.TEMPORARY if for_now else AnswerKind.BOUNCED, _why(code, said))


def _of_machine(mail: IncomingMail) -> bool:
    submitted = mail.headers.get("auto-submitted", "").strip().lower()
    if submitted.startswith("auto-replied") and not _from_postmaster(mail):
        return True
    if MACHINE_SUBJECTS.search(mail.subject):
        return True
    told = mail.headers.get("precedence", "").strip().lower() == "auto_reply"
    return (told or any(name in mail.headers for name in MACHINE_HEADERS)) and not _from_postmaster(mail)


def _from_postmaster(mail: IncomingMail) -> bool:
    empty = mail.headers.get("return-path", "?").strip() == "<>"
    by_name = POSTMASTERS.search(mail.sender.lower()) is not None
    return empty or by_name or "x-failed-recipients" in mail.headers or mail.content_type == "multipart/report"


def _of_postmaster(mail: IncomingMail) -> MailVerdict:
    told = f"{mail.subject}\n{mail.text}"
    if STILL_TRIED.search(told):
        return MailVerdict(AnswerKind.DELAYED, NO_REASON)
    line = next((one for one in told.splitlines() if STATUS.search(one) or REPLY.search(one)), "")
    if found := STATUS.search(line):
        return MailVerdict(AnswerKind.DELAYED, NO_REASON) if found[1] == "2" else _failed(found.group(), line)
    if found := REPLY.search(line):
        kind = AnswerKind.TEMPORARY if found[1] == "4" else AnswerKind.BOUNCED
        return MailVerdict(kind, _why(_full(told), line))
    if "x-failed-recipients" in mail.headers or NOT_DELIVERED.search(told) or FULL.search(told):
        line = next((one for one in told.splitlines() if NOT_DELIVERED.search(one) or FULL.search(one)), "")
        return MailVerdict(AnswerKind.BOUNCED, _why(_full(told), line))
    return MailVerdict(AnswerKind.ANSWER)


def _full(told: str) -> str:
    return "5.2.2" if FULL.search(told) else ""


def _why(code: str, said: str) -> str:
    """A Dutch sentence, with the words of the other server behind it. Addresses in them are left out: not everybody may see those."""
    found = STATUS.search(code)
    rest = found.group().partition(".")[2] if found else ""
    meaning = next((words for begin, words in MEANINGS if rest.startswith(begin)), NO_REASON) if rest else NO_REASON
    words = one_line(ADDRESS.sub("[adres]", said.removeprefix("smtp;").removeprefix("smtp; ")))[:LONGEST_SAID]
    return f"{meaning} De andere mailserver zei: {words}" if words else meaning
