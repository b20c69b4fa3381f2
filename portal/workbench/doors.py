"""The guards of the workbench, and the two things every change of a page does: carry out, then go on or show again."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from portal.chosen_files import kept_unless_refused
from portal.doors import TheServices
from portal.kept_forms import forget_sent
from portal.pages import go_to
from portal.received import Received
from portal.security.guards import signed_in_staff
from processes.actions import act
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

AT_DESK = (StaffRole.WORKER, StaffRole.DECIDER, StaffRole.COMMITTEE)
Worker = Annotated[Actor, Depends(signed_in_staff(StaffRole.WORKER, StaffRole.DECIDER))]
Desk = Annotated[Actor, Depends(signed_in_staff(*AT_DESK))]
WorkerOrLead = Annotated[Actor, Depends(signed_in_staff(StaffRole.WORKER, StaffRole.DECIDER, StaffRole.LEAD))]
DeskOrLead = Annotated[Actor, Depends(signed_in_staff(*AT_DESK, StaffRole.LEAD))]

LOCKED = "Een van de bestanden heeft een wachtwoord. Wij bewaren het. Voeg ook een versie zonder wachtwoord toe."
# what a page says after a change that worked; the address carries only the code
TOGETHER = "De taak is gedaan. In de zaken die u aankruiste, gebeurt nu hetzelfde. Lukt dat ergens niet, dan ziet u dat op de tijdlijn."
DONE = {
    "geregistreerd": "De zaak is geregistreerd.",
    "geregistreerd-slot": f"De zaak is geregistreerd. {LOCKED}",
    "taak": "De taak is gedaan.",
    "samen": TOGETHER,
    "samen-slot": f"{TOGETHER} {LOCKED}",
    "alsnog": "Het antwoord is vastgelegd. Termijnen die ervan afhangen, zijn opnieuw berekend.",
    "ontvangen": "De datum van het antwoord is verbeterd. Termijnen die ervan afhangen, zijn opnieuw berekend.",
    "verzenddatum": "De verzenddatum is verbeterd. Termijnen die ervan afhangen, zijn opnieuw berekend.",
    "intrekking": "De dag van de intrekking is verbeterd. Termijnen die ervan afhangen, zijn opnieuw berekend.",
    "dag": "De dag is verbeterd. De termijnen zijn opnieuw berekend.",
    "begin": "Het begin van de termijn is verbeterd. De termijnen zijn opnieuw berekend.",
    "taak-slot": f"De taak is gedaan. {LOCKED}",
    "opgepakt": "U heeft de taak opgepakt.",
    "teruggelegd": "U heeft de taak teruggelegd.",
    "knop": "Gedaan. Wat er daardoor gebeurde, staat op de tijdlijn.",
    "behandelaar": "De zaak heeft een andere behandelaar.",
    "heropend": "De zaak is heropend. Alle betrokkenen krijgen daar een brief over.",
    "weer-afgerond": "De zaak is weer afgerond. Alle betrokkenen krijgen daar een brief over.",
    "punten": "De punten staan op de controlelijst.",
    "punt": "De controlelijst is bijgewerkt.",
    "doorgestreept": "Het punt is doorgestreept. De reden staat erbij.",
    "collegataak": "De taak staat in de lijst van uw collega of het team. U krijgt bericht als hij is gedaan.",
    "collegataak-gedaan": "De taak is gedaan. Wie hem vroeg, krijgt bericht.",
    "collegataak-toch-niet": "De taak staat weer open.",
    "verzonden-vandaag": "De brief is vandaag verzonden. Wat daarvan afhangt, telt vanaf vandaag.",
    "niet-verzonden": "De brief wacht weer op verzending.",
    "collegataak-terug": "De taak ligt weer bij wie hem vroeg.",
    "collegataak-ingetrokken": "De taak is ingetrokken.",
    "telefoon": "De telefoonnotitie is bewaard.",
    "ingetrokken": "De intrekking is vastgelegd. Wie introk, krijgt daar bericht van.",
    "betrokkene": "De betrokkene hoort nu bij de zaak.",
    "buiten": "De collega kan niet meer bij de zaak. De reden staat hieronder.",
    "buiten-weer": "De collega kan weer bij de zaak. De reden staat hieronder.",
    "mede-gemaild": "De persoon krijgt een nieuwe e-mail. De vorige link werkt niet meer.",
    "mede-code": "De indiener ziet een nieuwe code bij de zaak, en geeft die zelf. De vorige werkt niet meer.",
    "mede-genoeg": "Vandaag gaat er geen e-mail meer naar dit adres. De indiener ziet een nieuwe code bij de zaak, en geeft die zelf.",
    "mede-weg": "Deze persoon wordt niet meer gevraagd. De reden staat op de tijdlijn.",
    "verbeterd": "De gegevens zijn verbeterd. Wat nog niet was verstuurd, volgt.",
    "adres-klopt": "De reden staat op de tijdlijn. Brieven naar dit adres kunnen weer worden geprint.",
    "gemachtigde": "De gemachtigde is veranderd. Wat nog niet was verstuurd, volgt.",
    "van-de-zaak": "De betrokkene hoort niet meer bij de zaak.",
    "besluit": "Het besluit is bewaard. De termijnen zijn opnieuw berekend.",
    "notitie": "De notitie is bewaard.",
    "notitie-onduidelijk": "De notitie is bewaard. Let op: achter een @ staat geen naam van een behandelaar of beslisser, of een naam die meer collega's hebben. Daar krijgt niemand bericht van. Schrijf de hele naam in een nieuwe notitie.",
    "antwoord": "Het antwoord is verstuurd. Deze partij leest het op het portaal.",
    "antwoord-per-post": "Deze partij krijgt het antwoord per post. De brief staat bij Brieven klaar om te printen en te versturen.",
    "antwoord-afdeling": "De afdeling krijgt een mail met wat u besloot.",
    "gelezen": "Alle berichten staan op gelezen.",
    "zo-getoond": "Over een minuut staat het op het portaal. Tot die tijd ziet niemand iets, en kunt u het hieronder ongedaan maken.",
    "toch-niet-getoond": "Ongedaan gemaakt. Niemand heeft iets gezien, en er ging geen e-mail weg.",
    "mag-zo": "De reden is bewaard. Het document mag naar buiten.",
    "schoon": "De schone kopie is de nieuwe versie. Hieronder staat wat er nu nog in zit.",
    "nieuwe-versie": "De nieuwe versie staat in het dossier. De eerdere blijft te lezen. Wat op het portaal stond, blijft staan tot u de nieuwe versie toont.",
    "getoond-straks": "Het document staat klaar. De betrokkenen zien het zodra de zaak is gepubliceerd.",
    "getoond-niemand": "Het document staat klaar, maar niemand ziet het: wie het mag lezen, kan niet inloggen. Stuur het per post, of vul bij Partijen het BSN of KvK-nummer in.",
    "getoond-niet-hier": "Het document staat klaar, maar niemand ziet het: deze zaak staat niet op het portaal. Stuur het per post.",
    "verborgen": "Het document staat niet meer op het portaal.",
    "afdeling": "De afdeling kan het document nu lezen en krijgt een e-mail, tenzij haar link is ingetrokken.",
    "aan-betrokkene": "De betrokkene kan het document nu lezen, en niemand anders.",
    "aan-betrokkene-per-post": "De betrokkene krijgt het document per post. De brief staat bij Brieven klaar om te printen en te versturen.",
    "persoon": "De betrokkene kan het document nu lezen en krijgt een e-mail.",
    "weggehaald": "Het document is weggehaald.",
    "teruggenomen": "De afdeling kan het document niet meer lezen en krijgt een e-mail.",
    "gevraagd": "Het verzoek is verstuurd. Elke afdeling krijgt een e-mail met de eigen link.",
    "herinnerd": "De afdeling krijgt nu een herinnering. Die van de tekening gaan gewoon door.",
    "gestopt": "Het verzoek is gestopt. De afdeling krijgt een e-mail.",
    "niet-openbaar": "De openbare pagina is weggehaald. Niemand kan haar nog lezen.",
    "voorgesteld": "Uw voorstel staat klaar. Een tweede persoon moet het uitvoeren.",
    "niet-weg": "Het voorstel is ingetrokken. Het document blijft staan.",
    "voorgoed-weg": "Het is gedaan. Van het document staat hier niets meer.",
    "zitting": "De zaak staat op de agenda van de zitting. De partijen krijgen een uitnodiging.",
    "toegevoegd": "De documenten zijn toegevoegd.",
    "document-verbeterd": "Het document is verbeterd. De reden staat op de tijdlijn.",
    "termijn": "De termijn van het verzoek is veranderd. De herinneringen schuiven mee.",
    "link": "De link werkt niet meer. Herinneringen met deze link gaan niet meer weg.",
    "nieuwe-link": "Er is een nieuwe link verstuurd. De vorige werkt niet meer; herinneringen krijgen de nieuwe.",
    "opmerkingen": "De opmerkingen voor de afdeling zijn bewaard.",
    "code": "De brief met een nieuwe code staat klaar bij Post. De code komt op het blad als de brief wordt geprint.",
    "gekoppeld": "De zaken zijn aan elkaar gekoppeld.",
    "losgemaakt": "De zaken horen niet meer bij elkaar.",
    "datums": "De datums zijn verbeterd. De termijnen zijn opnieuw berekend.",
    "gewijzigd": "De termijn is gewijzigd. Alle betrokkenen krijgen daar bericht van.",
    "ingebreke": "De ingebrekestelling is vastgelegd.",
    "uitgesloten": "De uitsluiting van de dwangsom is bijgewerkt.",
    "vastgesteld": "Het bedrag van de dwangsom is vastgesteld.",
    "mail-opnieuw": "De e-mail wordt opnieuw verstuurd.",
    "mail-afgehandeld": "De e-mail is afgehandeld.",
    "antwoord-afgehandeld": "Het antwoord is afgehandeld.",
    "nog-eens": "De tekst is opnieuw gemaakt. Klopt hij, dan is hij verstuurd. Staat hij hier nog bij Vastgehouden, dan leest u daar waarom.",
    "toch-verstuurd": "Het bericht is verstuurd. De reden staat op de tijdlijn.",
    "dossier-gevraagd": "Het dossier wordt gemaakt. Hieronder ziet u hoe ver het is.",
    "dossier-weg": "Het is weggehaald.",
    "concept-begonnen": "De brief is begonnen. Schrijf hieronder de tekst en bewaar hem.",
    "concept-bewaard": "De tekst is bewaard. Een akkoord van eerder telt niet meer.",
    "concept-ingevuld": "De tekst is opnieuw ingevuld met de gegevens van nu.",
    "concept-verstuurd": "De brief is verstuurd. Wat per post gaat, staat hieronder klaar om te printen.",
    "concept-ingetrokken": "Het concept is ingetrokken. Niemand krijgt deze brief.",
    "akkoord-gevraagd": "Het akkoord is gevraagd. U krijgt bericht als het is gegeven, of als de brief terugkomt.",
    "akkoord": "U heeft akkoord gegeven.",
    "brief-terug": "De brief is teruggestuurd. Wie om akkoord vroeg, krijgt bericht.",
    "akkoord-vraag-terug": "De vraag om akkoord is teruggenomen. U kunt de tekst weer aanpassen.",
    "verzonden": "De verzenddatum van de brief is bewaard.",
}


def at_desk(actor: Actor) -> bool:
    """Whether somebody works on cases or advises on them, and so has a page Vandaag."""
    return actor.has(*AT_DESK)


def only_of_this_case(request: Request, actor: Worker, services: TheServices) -> None:
    """A guard of every address under a case: what it names belongs to that case. Raises NotFound."""
    parts = {name: text for name, text in request.path_params.items() if name in reads.NAMED}
    number = request.path_params.get("number")
    if number is not None and parts:
        reads.only_of_case(services, actor, number, {name: str(text) for name, text in parts.items()})


Again = Callable[[Mapping[str, str]], Response]
Then = Callable[[str], str]


def carry_out(
    services: Services, actor: Actor, action: object, form: Received, then: str | Then, again: Again, suffix: str = "",
    draft: str = "", *, holds: bool = False,
) -> Response:  # fmt: skip
    """Act and go to `then`, which may depend on the answer of the action; on Invalid show the page `again` with its errors, and forget the files that came along
    (`kept_unless_refused`), unless the page `holds` them.

    `suffix` is what stands behind the field names of one form among many on a page, such as `-12`; `draft` the address of a form
    whose draft goes when it worked.
    """
    try:
        with kept_unless_refused(services, form.brought, mistakes=holds):
            answer = act(services, actor, action, once=form.form_key or None, form=draft)
    except Invalid as error:
        return again({f"{name}{suffix}" if name else "": sentence for name, sentence in error.fields.items()})
    forget_sent(services, actor, form)
    return go_to(then if isinstance(then, str) else then(answer))
