"""The words of the lists of what waits, and of whose it is."""

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


def today_of(van: str) -> str:
    """The address of Vandaag, of whose work."""
    return f"/werk?van={van if van in WHOSE else 'alles'}"
