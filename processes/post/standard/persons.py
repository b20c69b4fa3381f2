"""Texts for one person who reads by a link of their own."""

ASKED_OF_PERSON = b"""Onderwerp: Vraag aan u over zaak {{ case.number }}: {{ task }}

Beste {{ recipient.name }},

Voor zaak {{ case.number }} vragen wij iets van u zelf: {{ task }}.
U antwoordt via deze link. Een account is niet nodig:
{{ link }}

Deze link is alleen voor u. Stuur de link aan niemand door.
"""

SHARED = b"""Onderwerp: Nieuw document voor u in zaak {{ case.number }}

Beste {{ recipient.name }},

In zaak {{ case.number }} staat een document voor u klaar.
U leest het via deze link:
{{ link }}

Deze link is alleen voor u. Stuur de link aan niemand door.
"""

NEW_LINK = b"""Onderwerp: Uw nieuwe link voor zaak {{ case.number }}

Beste {{ recipient.name }},

Uw e-mailadres is veranderd. Daarom krijgt u een nieuwe link voor zaak {{ case.number }}:
{{ link }}

De link die wij naar uw oude e-mailadres stuurden, werkt niet meer.
Deze link is alleen voor u. Stuur de link aan niemand door.
"""

NEW_LINK_FOR_PERSON = b"""Onderwerp: Uw nieuwe link voor zaak {{ case.number }}

Beste {{ recipient.name }},

U krijgt een nieuwe link voor zaak {{ case.number }}:
{{ link }}

De link die u eerder kreeg, werkt niet meer. Gooi die mail weg.
Deze link is alleen voor u. Stuur de link aan niemand door.
"""

LETTER_FOR_PERSON = b"""Onderwerp: Er staat een brief voor u klaar ({{ case.number }})

Beste {{ recipient.name }},

Er staat een brief voor u klaar over zaak {{ case.number }}.
U leest de brief via deze link:
{{ link }}

Deze link is alleen voor u. Stuur de link aan niemand door.
Let op: in deze brief kan een termijn staan. Lees de brief daarom snel.
"""

ANSWER_RECEIVED = b"""Onderwerp: Ontvangstbewijs (zaak {{ case.number }})

Beste {{ recipient.name }},

Wij hebben uw antwoord voor zaak {{ case.number }} gekregen: {{ task }}.
Ontvangen op {{ moment | datetime }}.

{% if files %}Uw bestanden:
{{ files }}

{% endif %}Vingerafdruk van uw woorden (SHA-256): {{ sha256 }}

{{ organisation.name }}
"""

VIRUS = b"""Onderwerp: Virus gevonden in uw bestand (zaak {{ case.number }})

Beste {{ recipient.name }},

In een bestand dat u stuurde voor zaak {{ case.number }}, is een virus gevonden: {{ document.title }}.
Wij hebben het bestand weggegooid. Niemand heeft het kunnen openen.

Wat moet u doen?
Stuur het stuk opnieuw, als een bestand zonder virus. Laat ook uw computer nakijken.

{{ organisation.name }}
"""
