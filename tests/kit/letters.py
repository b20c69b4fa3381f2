"""Every letter and mail of a played case, as its reader gets it, and what each must be.

CHECKS is the table: a name, and a function from a `Printed` to what is wrong with it. Add a line for each new promise.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from processes.base.clock import local_date
from processes.storage.tables import Case, MailRow, NoticeRow, Party

# of the product itself, or a mail that only says that a letter waits
NOT_OF_THE_DRAWING = ("news-", "receipt", "department-", "person-", "deadline-warning")
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
TWO = 2
PROMISED = re.compile(r"[Uu]iterlijk (?:op )?(?:\w+dag )?(\d{1,2}) (\w+) (\d{4})")
# a space before a full stop is where a value should have stood
EMPTY = re.compile(r"\bNone\b|\{\{|\{%|\(\)|(?<=\S) [.,;:](?=\s|$)|(?<=\S)  +(?=\S)|\. \.|, ?\.", re.MULTILINE)


@dataclass(frozen=True)
class Printed:
    """One letter (`formal`) or mail. `to`: the role of a party, or the address of a mail; `made_on`: its day."""

    case_type: str
    template: str
    formal: bool
    to: str
    subject: str
    body: str
    made_on: object
    held: tuple[str, ...]
    frame: dict = field(default_factory=dict)
    enclosures: tuple = ()

    @property
    def text(self) -> str:
        return f"{self.subject}\n{self.body}"


def printed(services) -> Iterator[Printed]:
    """All that the cases of this installation sent or hold, but for texts of the product itself."""
    with services.sessions() as session:
        letters = (
            select(NoticeRow, Party, Case)
            .join(Party, Party.id == NoticeRow.party_id)
            .join(Case, Case.id == NoticeRow.case_id)
        )
        for row, party, case in session.execute(letters.order_by(NoticeRow.id)):
            held = tuple((row.held or {}).get("reasons", ()))
            yield Printed(case.case_type, row.template, True, party.role, row.subject, row.body, local_date(row.created_at), held, row.frame or {}, tuple(row.enclosures or ()))  # fmt: skip
        mails = select(MailRow, Case).join(Case, Case.id == MailRow.case_id).where(MailRow.notice_id.is_(None))
        for row, case in session.execute(mails.order_by(MailRow.id)):
            if not row.template.startswith(NOT_OF_THE_DRAWING):
                held = tuple((row.held or {}).get("reasons", ()))
                yield Printed(case.case_type, row.template, False, row.recipient, row.subject, row.body, local_date(row.created_at), held)  # fmt: skip


def empty(letter: Printed) -> str | None:
    """What stands where a value should have stood."""
    found = EMPTY.search(letter.text)
    return letter.text[max(0, found.start() - 30) : found.end() + 10] if found else None


def past_promise(letter: Printed) -> str | None:
    """A day by which something would happen, and that had passed when the letter was made."""
    for day, month, year in PROMISED.findall(letter.text):
        if month in MONTHS and (int(year), MONTHS.index(month) + 1, int(day)) < letter.made_on.timetuple()[:3]:
            return f"{day} {month} {year}"
    return None


def stiff(letter: Printed) -> str | None:
    """A pronoun where the noun is plain."""
    found = re.search(r"\b(?:onderzoeken|behandelen|vindt|krijgt u|bespreek|[Ll]ees|[Gg]eef|[Ss]tuur) (?:haar|hem)\b|\bweet dat zij\b", letter.text)  # fmt: skip
    return found.group() if found else None


def not_done(letter: Printed) -> str | None:
    """Words for what is done by no step."""
    found = re.search(r"vandaag doorgestuurd|hebben .{0,30}doorgestuurd|[Ww]ij publiceren", letter.text)
    return found.group() if found else None


def nobody_sends(letter: Printed) -> str | None:
    """J4: a part of the frame of a formal notice that is missing: body, address, telephone, contact."""
    parts = ("organisation", "body", "postal_address", "phone", "contact", "contact_phone")
    return next((part for part in parts if letter.formal and not letter.frame.get(part)), None)


def unsigned(letter: Printed) -> str | None:
    """J4: a formal notice that is not signed in the name of a body, or by one (Awb 10:10)."""
    signed = re.search(r"Met vriendelijke groet,\n\n(?:namens )?(?:het college|de burgemeester|de raad)", letter.body, re.IGNORECASE)  # fmt: skip
    return None if signed or not letter.formal else letter.body[-60:]


def no_remedy(letter: Printed) -> str | None:
    """J4: a decision without whom, where and within which days, or one that no body took (Awb 3:45, 6:23, 9:12)."""
    wanted = REMEDIES.get((letter.case_type, letter.template), ())
    return next((words for words in wanted if words not in letter.body), None)


def no_enclosure(letter: Printed) -> str | None:
    """J4: a letter to which something belongs that is not with it."""
    belongs = re.search(r"(?:hoort|horen|zit|zitten) (?:ook )?bij deze brief|sturen wij mee", letter.body)
    return belongs.group() if letter.formal and belongs and not letter.enclosures else None


def nothing_more(letter: Printed) -> str | None:
    """J3: papers that somebody sent along, where what was filed is the only one."""
    said = re.search(r"stuurden? (?:daar |er )?(?:stukken|documenten) mee", letter.body)
    return said.group() if said and len(letter.enclosures) < TWO else None


def third_person(letter: Printed) -> str | None:
    """J5: a reader who is spoken of by name as if it were somebody else, in a sentence about what that person does or gets."""
    reader = re.match(r"Beste ([^,\n]+),", letter.body)
    found = reader and re.search(rf"^{re.escape(reader[1])} (?:doet|krijgt|mag|moet|kan)\b", letter.body, re.MULTILINE)
    return found.group() if found else None


def small_letter(letter: Printed) -> str | None:
    """A sentence that begins with a small letter, or a capital in the middle of one after 'omdat:'."""
    found = re.search(r"(?<=[a-z]{3})[.?!] [a-z]\w+|omdat: [A-Z]\w+", letter.body)
    return found.group() if found else None


def greeted(letter: Printed) -> str | None:
    """J4: a court or another organisation that is greeted as a person is, or the other way round."""
    first = letter.body.partition("\n")[0]
    to_court = letter.to == "other_body" and letter.template.endswith(
        "-rechtbank"
    )  # a court that takes a case over (7:1a)
    reader = "court" if to_court else letter.to
    of_body = {"court": "Geachte rechtbank,", "other_body": "Geachte heer of mevrouw,"}.get(reader)
    right = first == of_body if of_body else not first.startswith("Geachte") or not letter.formal
    return None if right else first


def unreachable(letter: Printed) -> str | None:
    """J4: a notice that says to call or write somebody, without the number and the hours."""
    asks = re.search(r"[Nn]eem .{0,40}contact (?:met ons )?op", letter.body)
    return asks.group() if letter.formal and asks and "telefoon " not in letter.body else None


def ragged(letter: Printed) -> str | None:
    """A heading stuck to the paragraph before it, more than one empty line, or the same heading twice."""
    stuck = re.search(r"[^\n]\n(?=[A-Z][^\n]{3,60}\?\n[^\n])|\n\n\n", letter.body.rstrip())
    headings = re.findall(r"^[A-Z][^\n.?]{3,60}\?$", letter.body, re.MULTILINE)
    twice = next((one for one in headings if headings.count(one) > 1), None)
    return letter.body[max(0, stuck.start() - 30) : stuck.end() + 30] if stuck else twice


TOLD_BY = "genomen door "
APPEAL = ("beroep gaan bij Rechtbank", "zes weken", "Postbus", TOLD_BY)
OBJECTION = ("bezwaar maken bij ", "zes weken", "Postbus")
REMEDIES = {
    ("bezwaar", "beslissing"): APPEAL,
    ("woo-verzoek", "beslissing"): (*OBJECTION, TOLD_BY),
    ("woo-verzoek", "beslissing-derde"): (*OBJECTION, TOLD_BY),
    ("woo-verzoek", "niet-behandeld"): (*OBJECTION, TOLD_BY),
    ("woo-verzoek", "misbruik"): (*OBJECTION, TOLD_BY),
    ("woo-verzoek", "gewone-vraag"): OBJECTION,
    ("ingebrekestelling", "niet-in-gebreke"): OBJECTION,
    ("klacht", "opgelost"): ("Ombudsman", "binnen een jaar"),
    ("klacht", "oordeel"): ("Ombudsman", "binnen een jaar", "gegeven door "),
    ("klacht", "niet-behandeld"): ("Ombudsman", "binnen een jaar"),
    ("bezwaar", "verlenging"): ("artikel 6:3",),
    ("woo-verzoek", "verlenging"): ("artikel 6:3",),
    ("bezwaar", "uitstel"): ("artikel 6:3",),
    ("bezwaar", "rechtstreeks-geweigerd"): ("artikel 6:3",),
}

CHECKS: dict[str, Callable[[Printed], str | None]] = {
    "nothing is empty": empty,
    "no past day is promised": past_promise,
    "no stiff pronoun": stiff,
    "what it says is done is done": not_done,
    "somebody sends it": nobody_sends,
    "it is signed": unsigned,
    "a decision names a remedy": no_remedy,
    "what belongs to it is with it": no_enclosure,
    "nobody sent more along than there is": nothing_more,
    "its reader is not somebody else": third_person,
    "its sentences begin with a capital": small_letter,
    "its reader is greeted as who it is": greeted,
    "its reader can call": unreachable,
    "its headings stand free": ragged,
}


def wrong(letters: list[Printed]) -> dict[str, set[str]]:
    """By check: which letters fail it, with what was found. What is held has reached nobody."""
    sent = [one for one in letters if not one.held]
    found = {
        name: {f"{one.case_type}/{one.template}: {said}" for one in sent if (said := check(one))}
        for name, check in CHECKS.items()
    }
    return {name: failures for name, failures in found.items() if failures}
