"""The allowed language of mails and status texts: names, `if` and listed filters, checked without running anything."""

import re
from collections.abc import Collection, Iterator

OF_A_DAY = frozenset({"date", "datetime", "promise"})  # the filters that only a day or moment can pass
OF_A_TEXT = frozenset({"lower", "upper"})  # what is no text is printed first
FILTERS = OF_A_DAY | OF_A_TEXT
# words that mean another day once the text is read later
RELATIVE = re.compile(
    r"\b(?:vandaag|gisteren|eergisteren|morgen|overmorgen|vanochtend|vanmorgen|vanmiddag|vanavond|vannacht|zojuist|daarnet"
    r"|(?:deze|volgende|vorige|afgelopen|komende) (?:week|maand))\b",
    re.IGNORECASE,
)
MAIL_NAMES = frozenset(
    {
        "recipient.name",
        "recipient.greeting",
        "recipient.needs",
        "recipient.withdrew",
        "handler.name",
        "organisation.name",
        "link",
        "documents",
        "documents.here",
        "request.stop_reason",
        "objector.names",
        "decisions",
        "decisions.own",
        "outcomes",
        "withdrawal.received_on",
        "court_only",
        "result.name",
        "result.explanation",
        "inventory",
        "contact",
        "signature",
        "decided.by",
        "decided.signature",
        "body.name",
        "organisation.address",
        "organisation.phone",
        "own.view",
        "own.answer",
        "remedy.bezwaar",
        "remedy.beroep",
        "remedy.ombudsman",
        "remedy.geen",
    }
)
# mails of a case type that no step of its drawing sends, by the fixed name of their file: a document is put ready for a department
# or taken back from it; each with the names that it may use beside MAIL_NAMES
DOCUMENT_GIVEN = "document-afdeling"
DOCUMENT_TAKEN_BACK = "document-teruggenomen"
FIXED_MAILS = {DOCUMENT_GIVEN: frozenset[str](), DOCUMENT_TAKEN_BACK: frozenset({"document.title", "document.reason"})}
MARK = re.compile(r"\{\{([^{}]{0,200})\}\}|\{%([^{}%]{0,200})%\}")  # bounded: nothing to go back over
DOCUMENTS = re.compile(r"documents( [a-z][a-z0-9_]*)+", re.ASCII)
NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*", re.ASCII)
DEEPEST = 10

Problem = tuple[str, str]  # code, Dutch sentence


def template_problems(
    text: str, known: Collection[str], days: Collection[str], *, first_line: int = 1
) -> Iterator[Problem]:
    """The problems of a template: what is not of the language, names something that does not exist, or asks a filter of a
    value that it does not fit.

    `days`: the names among `known` that hold a day or a moment, and so can pass `OF_A_DAY`. `first_line`: the number of the
    first line of `text` in its file.
    """
    opened: list[bool] = []  # one for each open `if`: has its `else` been
    for mark in MARK.finditer(text):
        shown, block = mark.groups()
        if shown is not None:
            yield from _shown(shown, known, days, first_line + text.count("\n", 0, mark.start()))
        else:
            yield from _block(" ".join(block.split()), opened, known)
    if opened:
        yield "template-broken", "Een `{% if %}` is niet afgesloten. Zet er `{% endif %}` achter."
    rest = MARK.sub("", text)
    if any(sign in rest for sign in ("{{", "}}", "{%", "%}", "{#", "#}")):
        yield "template-broken", "Een accolade is niet goed afgesloten. Schrijf `{{ naam }}` of `{% if naam %}`."


def names_in(text: str) -> frozenset[str]:
    """Every name that a template prints; what it only asks in an `if` is none of these."""
    return frozenset(name for name, _ in printed_in(text))


def names_read(text: str) -> frozenset[str]:
    """Every name that a template prints or asks in an `if`; what cannot be read is none."""
    asked = (" ".join(block.split()) for _, block in (mark.groups() for mark in MARK.finditer(text)) if block)
    return names_in(text).union(inside.removeprefix("if ") for inside in asked if inside.startswith("if "))


def printed_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each name that a template prints, with the filters behind it, in their order."""
    for mark in MARK.finditer(text):
        if mark.group(1) is not None:
            name, *filters = (part.strip() for part in mark.group(1).split("|"))
            yield name, tuple(filters)


def relative_days(text: str) -> Iterator[tuple[int, str]]:
    """Each word that means another day for who reads the text later, such as `vandaag`, with the number of its line."""
    for found in RELATIVE.finditer(MARK.sub(lambda mark: "\n" * mark.group().count("\n"), text)):
        yield found.string.count("\n", 0, found.start()) + 1, found.group()


def _shown(inside: str, known: Collection[str], days: Collection[str], line: int) -> Iterator[Problem]:
    name, *filters = (part.strip() for part in inside.split("|"))
    yield from _name(name, known)
    if name not in known:
        return
    fitting = ", ".join(sorted(OF_A_DAY if name in days else OF_A_TEXT))
    for place, used in enumerate(filters):
        if used not in FILTERS:
            message = f"Regel {line}: het filter `{used[:40]}` achter `{name[:60]}` bestaat niet."
            yield "template-filter", f"{message} Hier past: {fitting}."
        elif used in OF_A_DAY and name not in days:
            message = f"Regel {line}: `{used}` kan niet achter `{name[:60]}`, want dat is geen datum."
            yield "template-filter-kind", f"{message} Hier past: {fitting}."
        elif used in OF_A_DAY and place:
            message = (
                f"Regel {line}: `{used}` achter `{name[:60]}` kan niet na een ander filter, want daar staat al tekst."
            )
            yield "template-filter-kind", f"{message} Kies er een: {fitting}."


def _block(inside: str, opened: list[bool], known: Collection[str]) -> Iterator[Problem]:
    if inside.startswith("if ") and len(opened) < DEEPEST:
        opened.append(False)
        yield from _name(inside.removeprefix("if ").strip(), known)
    elif inside == "else" and opened and not opened[-1]:
        opened[-1] = True
    elif inside == "endif" and opened:
        opened.pop()
    elif not DOCUMENTS.fullmatch(inside):
        message = f"`{inside[:40]}` kan hier niet. Gebruik alleen `if naam`, `else`, `endif` en `documents soort`."
        yield "template-broken", message


def _name(name: str, known: Collection[str]) -> Iterator[Problem]:
    if not NAME.fullmatch(name):
        yield "template-broken", f"`{name[:40]}` is geen naam. Zet tussen de haken alleen de naam van een gegeven."
    elif name not in known:
        yield "template-unknown-name", f"`{name[:60]}` bestaat niet. Gebruik een gegeven van dit zaaktype."
