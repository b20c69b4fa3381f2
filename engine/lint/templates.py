"""The allowed language of mails and status texts: names, `if` and listed filters, checked without running anything."""

import re
from collections.abc import Collection, Iterator

FILTERS = frozenset({"date", "datetime", "promise", "lower", "upper"})
OF_A_DAY = frozenset({"date", "datetime", "promise"})  # the filters that only a day or moment can pass
MAIL_NAMES = frozenset(
    {
        "recipient.name",
        "recipient.greeting",
        "handler.name",
        "organisation.name",
        "link",
        "documents",
        "objector.names",
        "decisions",
        "outcomes",
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
MARK = re.compile(r"\{\{([^{}]{0,200})\}\}|\{%([^{}%]{0,200})%\}")  # bounded: nothing to go back over
DOCUMENTS = re.compile(r"documents( [a-z][a-z0-9_]*)+", re.ASCII)
NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*", re.ASCII)
DEEPEST = 10

Problem = tuple[str, str]  # code, Dutch sentence


def template_problems(text: str, known: Collection[str]) -> Iterator[Problem]:
    """The problems of a template: what is not of the language, or names something that does not exist."""
    opened: list[bool] = []  # one for each open `if`: has its `else` been
    for mark in MARK.finditer(text):
        shown, block = mark.groups()
        if shown is not None:
            yield from _shown(shown, known)
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


def printed_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each name that a template prints, with the filters behind it, in their order."""
    for mark in MARK.finditer(text):
        if mark.group(1) is not None:
            name, *filters = (part.strip() for part in mark.group(1).split("|"))
            yield name, tuple(filters)


def _shown(inside: str, known: Collection[str]) -> Iterator[Problem]:
    name, *filters = (part.strip() for part in inside.split("|"))
    yield from _name(name, known)
    for used in filters:
        if used not in FILTERS:
            yield "template-filter", f"`{used[:40]}` kan niet achter een naam. Kies uit: {', '.join(sorted(FILTERS))}."


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
