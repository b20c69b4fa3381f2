"""Texts for a department and its mailbox."""

ASKED = b"""Onderwerp: Vraag over zaak {{ case.number }}: {{ task }}

Beste collega van {{ recipient.name }},

Voor zaak {{ case.number }} vragen wij iets van uw afdeling: {{ task }}.
{% if explanation %}
{{ explanation }}
{% endif %}
U antwoordt via deze link. Een account is niet nodig:
{{ link }}

Deze link is alleen voor uw afdeling. Stuur de link niet door buiten uw afdeling.
"""

REQUEST_STOPPED = b"""Onderwerp: Niet meer nodig: stukken voor zaak {{ case.number }}

Beste collega van {{ recipient.name }},

Wij vroegen u om stukken voor zaak {{ case.number }}. Wij hebben de stukken niet meer nodig. U hoeft niets meer te doen.

{% if reason %}Waarom?
{{ reason }}

{% endif %}{{ organisation.name }}
"""

REMINDED = b"""Onderwerp: Herinnering: stukken voor zaak {{ case.number }}

Beste collega van {{ recipient.name }},

Wij vroegen u om stukken voor zaak {{ case.number }}. {% if late %}De afgesproken dag was {{ request.due | date }}. {% else %}U heeft tot en met {{ request.due | date }}. {% endif %}{% if documents.here %}Een deel hebben wij al. Dank daarvoor.{% else %}Wij hebben de stukken nog niet.{% endif %}

Wat hebben wij nog nodig?
{{ documents }}

U levert de stukken aan via deze link:
{{ link }}

Lukt het niet, of heeft u meer tijd nodig? Ook dat laat u weten via deze link.

{{ organisation.name }}
"""

MAILBOX_CODE = b"""Onderwerp: Uw code voor de dossiers van uw afdeling

Iemand vroeg bij {{ organisation.name }} om een code voor de dossiers van uw afdeling.

Was u dat, of een collega? Vul dan deze code in:
{{ code }}

De code werkt tien minuten, en alleen in de browser waarin om de code is gevraagd:
{{ link }}

Was het niemand van uw afdeling? Dan hoeft u niets te doen. Geef de code aan niemand buiten uw afdeling.
"""

NEW_LINK_FOR_DEPARTMENT = b"""Onderwerp: Uw nieuwe link voor zaak {{ case.number }}

Beste collega van {{ recipient.name }},

U krijgt een nieuwe link voor het dossier van zaak {{ case.number }}:
{{ link }}

De link die u eerder kreeg, werkt niet meer. Gooi die mail weg.
Een account is niet nodig. Stuur de link niet door buiten uw afdeling.
"""

NEW_NETWORK = b"""Onderwerp: De link van zaak {{ case.number }} is vanaf een nieuwe plek geopend

Beste collega van {{ recipient.name }},

De link naar het dossier van zaak {{ case.number }} is geopend vanaf een netwerk dat uw afdeling niet eerder gebruikte.
Dat was op {{ moment }}.

Deed een collega dit? Dan hoeft u niets te doen.
Was het niemand van uw afdeling? Bel dan de behandelaar. Die maakt de link ongeldig en stuurt u een nieuwe.
"""

MAILBOX_ASKED = b"""Onderwerp: Het postvak van {{ department }} verandert

Beste collega van {{ department }},

Een beheerder van het zaaksysteem wil de mails aan dit adres voortaan sturen naar: {{ address }}
Een tweede beheerder moet dat nog bevestigen.

Klopt dit niet? Bel dan meteen de functioneel beheerder.
"""

MAILBOX_CHANGED = b"""Onderwerp: Het postvak van {{ department }} is veranderd

Beste collega van {{ department }},

De mails aan dit adres gaan vanaf nu naar: {{ address }}
Twee beheerders van het zaaksysteem hebben dat gewijzigd.

Klopt dit niet? Bel dan meteen de functioneel beheerder.
"""
