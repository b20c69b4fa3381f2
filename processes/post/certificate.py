"""The certificate of a destruction (B6): what, when, why and by whom; never a subject, a name of a party or a text."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.post.letters import Letter, letter_pdf
from processes.storage.tables import Case, DestructionRow, DocumentRow, ModelVersion

KINDS: Final = {  # in the order of the certificate; what is not named here is counted as "overige gegevens"
    "case": ("zaak", "zaken"),
    "document": ("document", "documenten"),
    "filed": ("ingestuurd formulier", "ingestuurde formulieren"),
    "party": ("betrokkene", "betrokkenen"),
    "decision": ("bestreden besluit", "bestreden besluiten"),
    "correction": ("verbetering", "verbeteringen"),
    "reopening": ("heropening", "heropeningen"),
    "status": ("status", "statussen"),
    "deadline": ("termijn", "termijnen"),
    "default_notice": ("ingebrekestelling", "ingebrekestellingen"),
    "case_relation": ("verband met een andere zaak", "verbanden met andere zaken"),
    "case_group_member": ("plaats in een groep van gevoegde zaken", "plaatsen in een groep van gevoegde zaken"),
    "case_group_step": ("stap die samen met andere zaken is gedaan", "stappen die samen met andere zaken zijn gedaan"),
    "case_group": ("groep van gevoegde zaken", "groepen van gevoegde zaken"),
    "case_value": ("ingevuld gegeven", "ingevulde gegevens"),
    "note": ("bericht of notitie", "berichten en notities"),
    "news": ("melding aan een medewerker", "meldingen aan medewerkers"),
    "bar": ("collega die niet bij de zaak kon", "collega's die niet bij de zaak konden"),
    "case_access": ("vraag om de zaak te mogen zien", "vragen om de zaak te mogen zien"),
    "mail": ("e-mail", "e-mails"),
    "mail_answer": ("antwoord op een e-mail", "antwoorden op e-mails"),
    "post_item": ("poststuk", "poststukken"),
    "post_file": ("bestand van een poststuk", "bestanden van een poststuk"),
    "notice": ("kennisgeving", "kennisgevingen"),
    "letter": ("brief die iemand schreef", "brieven die iemand schreef"),
    "co_filer": ("genoemde medeindiener", "genoemde medeindieners"),
    "letter_code": ("code uit een brief", "codes uit brieven"),
    "letter_edit": ("bewaarde wijziging van een brief", "bewaarde wijzigingen van een brief"),
    "letter_approval": ("gevraagd akkoord met een brief", "gevraagde akkoorden met een brief"),
    "hearing_note": ("eigen aantekening van een lid", "eigen aantekeningen van leden"),
    "hearing_item": ("plaats op de agenda van een zitting", "plaatsen op de agenda van een zitting"),
    "dossier": ("link naar het dossier", "links naar het dossier"),
    "document_request": ("verzoek om stukken", "verzoeken om stukken"),
    "delivery": ("aanlevering", "aanleveringen"),
    "request_reply": ("antwoord op een verzoek om stukken", "antwoorden op verzoeken om stukken"),
    "draft": ("formulier dat niet is verstuurd", "formulieren die niet zijn verstuurd"),
    "large_upload": ("bestand dat nog binnenkwam", "bestanden die nog binnenkwamen"),
    "task": ("taak", "taken"),
    "colleague_task": ("taak voor een collega", "taken voor collega's"),
    "checklist_item": ("punt van de controlelijst", "punten van de controlelijst"),
    "instance": ("proces", "processen"),
    "destruction_hold": ("reden om te bewaren", "redenen om te bewaren"),
    "part_decision": ("deelbesluit", "deelbesluiten"),
    "publication": ("openbare pagina", "openbare pagina's"),
    "removal": ("voorstel om een document weg te halen", "voorstellen om een document weg te halen"),
    "case_move": ("overgang naar een nieuwe versie", "overgangen naar een nieuwe versie"),
    "link_opening": ("regel over een geopende link", "regels over geopende links"),
    "case_bundle": ("dossier als PDF of zip", "dossiers als PDF of zip"),
    "look": ("regel over wie keek", "regels over wie keek"),
    "person_profile": ("profiel van een burger", "profielen van burgers"),
    "person_package": ("pakket voor een inzageverzoek", "pakketten voor inzageverzoeken"),
}


NOBODY: Mapping[str, str] = MappingProxyType({})


def write_certificate(session: Session, row: DestructionRow, case: Case, ground: str) -> None:
    """Write down what is about to go and on which ground; the counts are added when it has gone."""
    hashes = select(DocumentRow.sha256).where(DocumentRow.case_id == case.id).order_by(DocumentRow.id)
    title = session.scalar(select(ModelVersion.title).where(ModelVersion.id == case.model_version_id))
    row.certificate = {
        "case_type": title or case.case_type,
        "closed_on": local_date(case.closed_at).isoformat() if case.closed_at else None,
        "ground": ground,
        "documents": [one for one in session.scalars(hashes) if one],
    }


def certificate_text(row: DestructionRow, names: Mapping[str, str] = NOBODY) -> str:
    """The certificate in plain text. `names` are the people behind the numbers of staff, as far as they are known.

    Raises ValueError for a case that was not destroyed: nothing may look like proof before it is.
    """
    if row.destroyed_at is None or row.certificate is None:
        raise ValueError("there is no certificate before the destruction")
    known: dict[str, Any] = row.certificate
    lines = [
        f"Zaaknummer: {row.case_number}",
        f"Zaaktype: {known['case_type']}",
        f"Resultaat: {row.result or 'onbekend'}",
        f"Grond: {known['ground']}",
        f"Te vernietigen vanaf: {long_date(row.due_on)}",
        f"Voorgesteld door: {_who(row.proposed_by, row.proposed_at, names)}",
        f"Goedgekeurd door: {_who(row.approved_by, row.approved_at, names)}",
        f"Vernietigd op: {long_date(local_date(row.destroyed_at))}",
    ]
    counts = "\n".join(f"- {line}" for line in counted(known["counts"]))
    hashes = "\n".join(f"- {one}" for one in known["documents"]) or "- geen documenten"
    head = "\n".join(lines)
    return f"{head}\n\nVernietigd:\n{counts}\n\nControlegetal (SHA-256) van elk vernietigd document:\n{hashes}\n"


def _who(number: str | None, at: datetime | None, names: Mapping[str, str]) -> str:
    day = f", op {long_date(local_date(at))}" if at else ""
    return f"{names.get(number or '', number or 'onbekend')}{day}"


def counted(counts: dict[str, int]) -> list[str]:
    """The counts per kind as people read them, such as `3 documenten`."""
    lines = [
        f"{counts[kind]} {one if counts[kind] == 1 else many}"
        for kind, (one, many) in KINDS.items()
        if counts.get(kind)
    ]
    other = sum(count for kind, count in counts.items() if kind not in KINDS)
    return [*lines, f"{other} overige gegevens"] if other else lines


def certificate_pdf(row: DestructionRow, organisation: str, names: Mapping[str, str] = NOBODY) -> bytes:
    """The certificate as an accessible PDF, on the paper of the organisation."""
    text = certificate_text(row, names)  # also refuses a case that was not destroyed
    assert row.destroyed_at is not None  # noqa: S101 - see the line above
    subject = f"Verklaring van vernietiging van zaak {row.case_number}"
    day = local_date(row.destroyed_at)
    return letter_pdf(Letter(organisation, "", "", day, subject, text, row.case_number))
