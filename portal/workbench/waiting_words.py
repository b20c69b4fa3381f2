"""The words of the lists of what waits, and of whose it is; and the way back to Vandaag after a press there."""

import re
from typing import Final

from portal.received import Received
from processes.reads import workbench as reads

WHOSE: dict[str, reads.Whose] = {"mij": "mine", "team": "team", "niemand": "nobody", "alles": "all"}
NAMES = {"alles": "Alles", "mij": "Van mij", "team": "Van mijn team", "niemand": "Van niemand"}
TITLES = {
    reads.WaitingKind.MESSAGES: "Ongelezen berichten",
    reads.WaitingKind.NOTICES: "Ongelezen meldingen",
    reads.WaitingKind.DRAFTS: "Concepten van brieven",
    reads.WaitingKind.LETTERS: "Brieven printen en verzenden",
    reads.WaitingKind.HELD: "Vastgehouden brieven en e-mails",
    reads.WaitingKind.MAILS: "E-mails die niet aankwamen",
    reads.WaitingKind.PENALTIES: "Dwangsommen",
}
TODAY = "vandaag"  # what a press on Vandaag says, to come back there


ROW: Final = re.compile(r"eerste|rij-\d{1,4}")
MADE: Final = re.compile(
    r"zaken/[\w-]{1,40}/(brieven|collegataken)/\d{1,18}"
)  # what a press on Vandaag did, and can take back


def today_of(form: Received, done: str = "", made: str = "") -> str:
    """The page of Vandaag on which somebody pressed, at the row that stands there now. `done`: a key of DONE; `made`: what can be taken
    back.
    """
    van, page, row = form.one("van"), form.one("pagina"), form.one("rij")
    said = f"&gedaan={done}" if done else ""
    back = f"&terug={made}" if made else ""
    on = f"&pagina={page}" if page.isascii() and page.isdecimal() and len(page) <= len("9999") else ""
    place = f"#{row}" if ROW.fullmatch(row) else ""
    return f"/werk?van={van if van in WHOSE else 'alles'}{on}{said}{back}{place}"


def taken_back_at(made: str) -> str:
    """The address that takes back what a press did; empty for what is none."""
    return f"/werk/{made}/toch-niet" if MADE.fullmatch(made) else ""
