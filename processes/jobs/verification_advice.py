"""Advice for each kind of problem that `verify` finds: Dutch sentences that say what to do."""

from collections.abc import Mapping
from typing import Final

ADVICE: Final[Mapping[str, str]] = {
    "audit_broken": "Zet het controlespoor naast een back-up en zoek uit wie bij de database kon.",
    "row_forged": "Zet deze regel naast een back-up en zoek uit wie buiten het programma om bij de database kon.",
    "trail_unsealed": "Vergelijk het controlespoor met een back-up en verzegel het met 'zaakspoor seal-trail'.",
    "file_missing": "Haal het bestand terug uit een back-up van de bestandsopslag.",
    "file_changed": "Haal het oude bestand terug uit een back-up en zoek uit wie bij de bestandsopslag kon.",
    "bundle_broken": "Vraag in deze zaak het dossier opnieuw, en zoek uit wie bij de bestandsopslag kon.",
    "secret_wrong": "Zet ZAAKSPOOR_SECRET terug, of zet het geheim van toen in ZAAKSPOOR_SECRET_OLD.",
    "secret_old": "Draai 'zaakspoor reseal'. Laat ZAAKSPOOR_SECRET_OLD staan tot dat klaar is.",
    "seal_broken": "Haal deze rij terug uit een back-up en zoek uit wie bij de database kon.",
    "files_plain": "Draai 'zaakspoor reseal': dat versleutelt ze alsnog.",
    "process_stuck": "Los de oorzaak op. Elke tien minuten probeert de klok het opnieuw; meteen kan met 'Probeer opnieuw' op de beheerpagina.",
    "case_alarm": "Los de oorzaak op en kies op de beheerpagina 'Probeer opnieuw'.",
    "timer_late": "Kijk of het klokproces draait (zaakspoor clock).",
    "outbox_late": "Kijk of er een werkproces draait (zaakspoor worker) en of de berichtenmakelaar bereikbaar is.",
    "outbox_failed": "Bekijk de fout op de beheerpagina, los haar op en kies 'Probeer opnieuw'.",
    "mail_refused": "Controleer het e-mailadres en laat de behandelaar het bericht op een andere manier geven.",
    "state_unreadable": "Gebruik de versie van Zaakspoor die deze stand schreef, of haal haar terug uit een back-up.",
    "model_unreadable": "Neem het zaaktype opnieuw in gebruik (zaakspoor deploy), en haal voor lopende zaken deze versie terug uit een back-up.",
    "law_unreadable": "Sla deze wijziging opnieuw op bij Wettelijke termijnen; tot die tijd telt zij niet mee.",
    "task_orphan": "Laat een beheerder de taak afsluiten: het proces erachter is al klaar.",
    "search_differs": "Maak de zoektabel opnieuw met 'zaakspoor reindex'; tot dan mist zoeken deze zaak of vindt te veel.",
    "days_differ": "Maak de dagen opnieuw met 'zaakspoor reindex'; tot dan staat deze zaak in lijsten op een verkeerde plek.",
    "case_without_process": "Haal het proces terug uit een back-up, of sluit haar met hulp van de leverancier.",
}
