"""The settings that a case needs and no other tool draws: roles, forms, statuses, results, letters. Proposed from the names; asked where it matters."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from engine.adopting.choices import slug
from engine.adopting.graph import CATCHES, AdoptingQuestion, ForeignGraph, ForeignNode
from engine.words import ElementKind, EventKind, Side

SIDES = (
    (Side.CITIZEN, "De burger of het bedrijf van de zaak", ("burger", "inwoner", "klant", "client", "customer", "aanvrager", "applicant", "indiener", "citizen", "patient", "requester")),
    (Side.COMMITTEE, "Een commissie", ("commissie", "committee", "board")),
    (Side.WORKER, "De behandelaar", ()),
)  # fmt: skip
RECEIVERS = (("initiator", "Wie de zaak begon"), ("parties", "Alle betrokkenen"), ("handler", "De behandelaar"))
MOST_WORDS = 200
PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,5}", re.ASCII)  # what a person may give, see also the linter


@dataclass(slots=True)
class MadeSettings:
    """The settings of the process as XML, and the files that go with the drawing."""

    process: list[str] = field(default_factory=list)
    lanes: dict[str, str] = field(default_factory=dict)  # by lane id: its role, as XML
    forms: dict[str, bytes] = field(default_factory=dict)
    mails: dict[str, bytes] = field(default_factory=dict)


def settle_settings(graph: ForeignGraph, identification: str, retention: Mapping[str, str]) -> MadeSettings:
    """`retention`: the codes of classes of the selection list, and their words; the first is proposed."""
    made = MadeSettings()
    sides = _roles(graph, made)
    values: dict[str, str] = {"subject": _value("subject", "Onderwerp", "text")}
    results: dict[str, str] = {}
    rule = _retention(graph, retention)
    for node in graph.nodes.values():
        if node.kind == ElementKind.USER_TASK or (node.kind == ElementKind.START_EVENT and not node.scope):
            _form(node, sides.get(node.lane, Side.WORKER), values, made)
        if node.kind == ElementKind.SERVICE_TASK:
            text = (node.name or "Stap gedaan").replace("\\", " ").replace("'", "’")[:MOST_WORDS]
            said = f"'{text}'"  # a text in the expression language
            node.settings["service"] = (
                f'<case:service operation="note"><case:parameter name="text" value="{_safe(said)}"/></case:service>'
            )
        if node.kind == ElementKind.SEND_TASK or "mail" in node.settings:
            node.settings["mail"] = _mail(graph, node, made)
        if node.kind == ElementKind.END_EVENT and not node.scope:
            node.settings["result"] = _result(node, results, rule)
            node.settings["status"] = '<case:status code="done" name="Afgerond" order="90"/>'
        if node.kind == ElementKind.START_EVENT and not node.scope:
            node.settings["status"] = '<case:status code="received" name="Ontvangen" order="10"/>'
    prefix = graph.ask(
        AdoptingQuestion("prefix", "", "Waarmee begint het nummer van deze zaken?", proposal=_prefix(identification))
    )
    title = _safe((graph.name or identification)[:MOST_WORDS])
    made.process = [
        f'<case:caseType identification="{_safe(identification)}" title="{title}" prefix="{_safe(_prefix(prefix))}"/>',
        '<case:party code="applicant" title="Aanvrager" initiator="true"/>',
        *values.values(),
        '<case:documentType code="correspondence" name="Brief"/>',
        *results.values(),
        *_buttons(graph),
    ]
    return made


def _safe(text: str) -> str:
    return escape(text, quote=True)


def _prefix(text: str) -> str:
    if PREFIX.fullmatch(text):
        return text
    letters = "".join(letter for letter in slug(text).upper() if letter.isalpha())
    return (letters + "ZK")[:3]


def _roles(graph: ForeignGraph, made: MadeSettings) -> dict[str, Side]:
    found = {}
    for pool in graph.pools.values():
        for lane, name in pool.lanes:
            words = f"{name} {'' if len(pool.lanes) > 1 else pool.name}"
            proposal = next(side for side, _, hints in SIDES if not hints or any(hint in slug(words) for hint in hints))
            options = sorted(((str(side), text) for side, text, _ in SIDES), key=lambda one: one[0] != proposal)
            sentence = f"Wie doet de taken in baan '{name or pool.name or lane}'?"
            side = Side(graph.ask(AdoptingQuestion(f"lane-{lane}", lane, sentence, tuple(options))))
            found[lane] = side
            party = ' party="applicant"' if side == Side.CITIZEN else ""
            made.lanes[lane] = f'<case:role side="{side}"{party}/>'
    return found


def _retention(graph: ForeignGraph, retention: Mapping[str, str]) -> str:
    options = tuple(retention.items())
    sentence = "Hoe lang worden deze zaken bewaard? Kies de klasse van de selectielijst."
    return graph.ask(AdoptingQuestion("retention", "", sentence, options, "" if options else "13.1"))


def _result(node: ForeignNode, results: dict[str, str], rule: str) -> str:
    code = slug(node.name) if node.name else "afgerond"
    words = _safe((node.name or "Afgerond")[:MOST_WORDS])
    results.setdefault(code, f'<case:resultType code="{code}" description="{words}" retention="{_safe(rule)}"/>')
    return f'<case:result type="{code}"/>'


def _value(code: str, title: str, kind: str, choices: str = "") -> str:
    start = f'<case:value code="{code}" title="{_safe(title[:MOST_WORDS])}" type="{kind}"'
    return f"{start}>{choices}</case:value>" if choices else f"{start}/>"


def _form(node: ForeignNode, side: Side, values: dict[str, str], made: MadeSettings) -> None:
    parts: list[dict[str, Any]] = []
    if node.kind == ElementKind.START_EVENT:
        parts.append(
            {"type": "textfield", "key": "subject", "label": "Waar gaat het over?", "validate": {"required": True}}
        )
    else:
        parts.append({"type": "text", "text": node.words[:1000] or f"{node.name or 'Taak'}: rond deze taak af."})
    for choice in node.asks:
        if choice.several:
            for option, words in choice.options:
                code = f"{choice.code}_{option}"
                values[code] = _value(code, f"{choice.title}: {words}", "boolean")
                parts.append({"type": "checkbox", "key": code, "label": f"{choice.title}: {words}"})
        else:
            made_of = "".join(
                f'<case:choice value="{code}" title="{_safe(words[:MOST_WORDS])}"/>' for code, words in choice.options
            )
            values[choice.code] = _value(choice.code, choice.title, "choice", made_of)
            parts.append({"type": "radio", "key": choice.code, "label": choice.title})
    if node.kind == ElementKind.USER_TASK:
        code = next(
            one for one in _numbered(f"opmerking_{slug(node.name or 'taak')}"[:50].rstrip("_")) if one not in values
        )
        values[code] = _value(code, f"Opmerking bij {node.name or 'de taak'}", "text")
        parts.append({"type": "textarea", "key": code, "label": "Opmerking"})
    name = next(one for one in _numbered(slug(node.name or node.kind)) if f"{one}.json" not in made.forms) + ".json"
    schema = {"type": "default", "id": name.removesuffix(".json"), "schemaVersion": 16, "components": parts}
    made.forms[name] = (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
    node.settings["form"] = f'<case:form schema="{name}"/>'
    if node.kind == ElementKind.USER_TASK:
        lane = f' lane="{{lane:{node.lane}}}"' if node.scope else ""
        answers = ' answers="first" leadTime="P14D" calendar="calendar"' if side == Side.CITIZEN else ""
        node.settings["assignment"] = f'<case:assignment role="{side}"{lane}{answers}/>'


def _numbered(name: str) -> list[str]:
    return [name, *(f"{name}_{number}" for number in range(2, 2000))]


def _mail(graph: ForeignGraph, node: ForeignNode, made: MadeSettings) -> str:
    question = AdoptingQuestion(
        f"mail-{node.id}", node.id, f"Naar wie gaat het bericht {graph.words_of(node)}?", RECEIVERS
    )
    to = graph.ask(question)
    name = next(one for one in _numbered(slug(node.name or "bericht")) if f"{one}.txt" not in made.mails)
    subject = (node.name or "Bericht over uw zaak").replace("{", "(").replace("}", ")")
    text = (
        f"Onderwerp: {subject} ({{{{ case.number }}}})\n\nBeste {{{{ recipient.name }}}},\n\n"
        f"{subject}.\n\nMet vriendelijke groet,\n\n{{{{ signature }}}}\n"
    )
    made.mails[f"{name}.txt"] = text.encode()
    return f'<case:mail template="{name}" to="{to}"/>'


def _buttons(graph: ForeignGraph) -> list[str]:
    heard = {
        event.name
        for node in graph.nodes.values()
        if node.kind in (*CATCHES, ElementKind.RECEIVE_TASK)
        for event in node.events
        if event.kind == EventKind.MESSAGE and event.name
    }
    taken: list[str] = []
    found = []
    for message in sorted(heard):
        code = next(one for one in _numbered(slug(message)) if one not in taken)
        taken.append(code)
        label = _safe((graph.buttons.get(message) or message)[:MOST_WORDS])
        found.append(f'<case:onDemand code="{code}" label="{label}" when="running" message="{_safe(message)}"/>')
    return found
