"""The names that mails and letters of a case type may use: what each stands for, and an invented example for a preview."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from engine import DrawnDeadline, Model, Value
from engine.lint.subject import CASE_FACTS, DECISION_FACTS, REQUEST_FACTS
from engine.lint.templates import FIXED_MAILS, MAIL_NAMES
from engine.words import ValueType
from processes.base.clock import AMSTERDAM

DAY: Final = date(2026, 3, 9)
MOMENT: Final = datetime(2026, 3, 9, 10, 30, tzinfo=AMSTERDAM)

# what each name is, and the example; the linter knows no other names that are not of the drawing
FIXED: Final[Mapping[str, tuple[str, object]]] = {
    "recipient.name": ("naam van wie dit krijgt", "Tess Voorbeeld"),
    "recipient.greeting": ("aanhef", "Beste Tess Voorbeeld"),
    "recipient.withdrew": ("wie dit krijgt, heeft zelf ingetrokken", False),
    "recipient.needs": ("wat wie dit krijgt nodig heeft bij een hoorzitting", "tolk Turks, ringleiding"),
    "handler.name": ("naam van de behandelaar", "Noor Behandelaar"),
    "organisation.name": ("naam van de gemeente", "Voorbeeldstad"),
    "organisation.address": ("postadres van de gemeente", "Postbus 1, 1234 AB Voorbeeldstad"),
    "organisation.phone": ("telefoonnummer van de gemeente", "0123 456 789"),
    "link": ("link naar de zaak of het verzoek", "https://zaken.voorbeeldstad.example/..."),
    "documents": ("gevraagde documenten die er nog niet zijn", "- het besluit\n- de aanvraag"),
    "documents.here": ("gevraagde documenten die er al zijn", "- het rapport"),
    "document.title": ("titel van het document", "Verslag van het horen"),
    "document.reason": ("waarom het document is teruggenomen", "Dit document hoort bij een andere zaak."),
    "request.stop_reason": ("waarom het verzoek is gestopt", "Wij vonden het besluit in ons eigen archief."),
    "objector.names": ("namen van de indieners", "Tess Voorbeeld en Bram Voorbeeld"),
    "decisions": ("besluiten waar de zaak over gaat", "Parkeervergunning, besluit van 16 februari 2026"),
    "decisions.own": ("die besluiten zijn van de afdeling die de mail krijgt", True),
    "outcomes": ("uitkomst per besluit", "Parkeervergunning: gegrond"),
    "result.name": ("naam van het resultaat", "Gegrond"),
    "result.explanation": ("uitleg bij het resultaat", "Het besluit klopte niet."),
    "inventory": ("lijst van beoordeelde documenten", "1. Advies van 3 maart 2026: openbaar"),
    "contact": ("wie men kan bellen", "Heeft u vragen? Bel Noor Behandelaar, telefoon 0123 456 789."),
    "signature": ("ondertekening", "Namens het college van burgemeester en wethouders,\nNoor Behandelaar"),
    "decided.by": ("wie het besluit nam", "het college van burgemeester en wethouders"),
    "decided.signature": ("ondertekening van het besluit", "Het college van burgemeester en wethouders"),
    "body.name": ("naam van het bestuursorgaan", "het college van burgemeester en wethouders"),
    "remedy.bezwaar": ("wat men doet als men het oneens is: bezwaar", "Bent u het niet eens met dit besluit? Dan kunt u bezwaar maken."),
    "remedy.beroep": ("wat men doet als men het oneens is: beroep", "Bent u het niet eens met dit besluit? Dan kunt u in beroep gaan."),
    "remedy.ombudsman": ("naar de ombudsman", "Bent u niet tevreden? Dan kunt u naar de Nationale ombudsman."),
    "remedy.geen": ("er is geen bezwaar mogelijk", "U kunt hiertegen geen bezwaar maken."),
    "case.number": ("zaaknummer", "ZK-2026-000001"),
    "case.type": ("soort zaak", "zaak"),
    "case.received_on": ("dag waarop de zaak binnenkwam", DAY),
    "case.registered_on": ("dag waarop de zaak is geregistreerd", DAY),
    "case.channel": ("hoe de zaak binnenkwam", "portaal"),
    "decision.announced_on": ("dag waarop het besluit bekend werd", DAY),
    "decision.taken_on": ("dag waarop het besluit is genomen", DAY),
    "decision.department": ("afdeling die het besluit nam", "Parkeren"),
    "decision.missing": ("er is nog geen besluit", True),
    "decision.late": ("het besluit is te laat", True),
    "decision.several": ("de zaak gaat over meer besluiten", True),
    "court_only": ("stukken die alleen de rechter mag zien, met de reden", "Medisch advies: bijzondere persoonsgegevens"),
    "own.view": ("zienswijze van wie de brief krijgt", "Ik wil niet dat mijn adres openbaar wordt."),
    "own.answer": ("ons antwoord op die zienswijze", "Wij maken uw adres niet openbaar."),
    "withdrawal.received_on": ("dag waarop de intrekking binnenkwam", DAY),
    "request.due": ("uiterste dag van het verzoek", DAY),
    "request.department": ("afdeling van het verzoek", "Parkeren"),
    "request.delivered": ("wat is aangeleverd", "het besluit"),
    "request.refused": ("wat is afgekeurd", "de aanvraag"),
    "request.asked_at": ("wanneer is gevraagd", MOMENT),
}  # fmt: skip
BY_TYPE: Final[Mapping[str, object]] = {
    ValueType.DATE: DAY,
    ValueType.DATETIME: MOMENT,
    ValueType.BOOLEAN: True,
    ValueType.NUMBER: 12,
    ValueType.FILE: "bijlage.pdf",
    ValueType.PARTY: "Tess Voorbeeld",
}


@dataclass(frozen=True, slots=True)
class TemplateName:
    """One name that a text may use. `insert` is what one types; `words` what it stands for."""

    name: str
    insert: str
    words: str
    example: object


def names_for(model: Model, mail: str = "") -> tuple[TemplateName, ...]:
    """Every name that a mail of this drawing may use: first its own values and terms, then what every case has; and what the
    one called `mail` alone may use.
    """
    fixed = [*FIXED_MAILS.get(mail, ()), *MAIL_NAMES, *CASE_FACTS, *DECISION_FACTS, *REQUEST_FACTS]
    return (
        *(_of_value(code, value) for code, value in {**model.inputs, **model.outputs, **model.values}.items()),
        *(one for code, deadline in model.deadlines.items() for one in _of_deadline(code, deadline)),
        *(_named(name, *FIXED.get(name, (name, f"[{name}]"))) for name in sorted(fixed)),
        *(
            _named(f"sees.{code}", f"de lezer mag '{kind.name}' zien", True)
            for code, kind in model.document_types.items()
        ),
    )


def _of_value(code: str, value: Value) -> TemplateName:
    example = BY_TYPE.get(value.type, f"[{value.title}]")
    if value.choices:
        example = value.choices[0].title
    return _named(code, value.title, [example] if value.list else example)


def _of_deadline(code: str, deadline: DrawnDeadline) -> Iterator[TemplateName]:
    yield _named(f"deadline.{code}", f"datum van de termijn '{deadline.title}'", DAY)
    yield _named(f"deadline.{code}.resumed", f"de termijn '{deadline.title}' loopt weer", True)


def _named(name: str, words: str, example: object) -> TemplateName:
    shown = "|datetime" if isinstance(example, datetime) else "|date" if isinstance(example, date) else ""
    insert = f"{{% if {name} %}}" if example is True else f"{{{{ {name}{shown} }}}}"
    return TemplateName(name, insert, words, example)
