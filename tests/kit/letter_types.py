"""A case type with one letter to all parties, which waits for its handler, or for two who agree; and readers on paper."""

from dataclasses import replace

from kit.people import BRAM
from kit.sketches import Sketch, form
from processes.actions.parties import NewParty

SETTINGS = """
<case:caseType identification="proef" title="Proef" prefix="PRF" publishedFrom="Begin"/>
<case:value code="place" title="Plaats" type="text"/>
<case:value code="department" title="Afdeling" type="text"/>
<case:documentType code="letter" name="Brief" seenBy="own"/>
<case:resultType code="klaar" description="Klaar" retention="13.1"/>
"""
BODY = """
startEvent Begin
userTask Work :: <case:form schema="work.json"/>
sendTask Tell :: <case:mail template="brief" to="parties" formal="true" documentType="letter" edit="true"/>
userTask Mend :: <case:form schema="work.json"/>
userTask Close :: <case:form schema="work.json"/>
endEvent Done :: <case:result type="klaar"/>
Begin > Work
Work > Tell
Tell > Mend
Mend > Close
Close > Done
"""
FORMS = {"work.json": form({"type": "textfield", "key": "place", "label": "Plaats"})}
MAILS = {
    "brief.txt": "Onderwerp: Uw zaak {{ case.number }}\n\n{{ recipient.greeting }},\n\nHet gesprek is in {{ place }}.\n\n"
    "Neem uw stukken mee.\n\n{{ signature }}\n"
}
PROEF = Sketch(SETTINGS, BODY, '<case:role side="worker"/>', "", FORMS, MAILS)
AGREED = replace(PROEF, body=BODY.replace('edit="true"', 'approve="decider chosen" fourEyes="true"'))
PLAIN = replace(PROEF, body=BODY.replace(' edit="true"', ""))


def on_paper(number: int, address: str | None = None) -> NewParty:
    """Somebody who gets letters by post; everybody has a name and an address of their own."""
    where = f"Proefstraat {number}\n1000 AA Voorbeeldstad" if address is None else address
    return replace(BRAM, name=f"Bram Papier {number}", identity=None, channel="post", address=where)
