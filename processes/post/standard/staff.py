"""Texts for staff. A warning carries no content of the case: which case number, which term, and a link to sign in."""

WARNING = b"""Onderwerp: Let op een termijn in zaak {{ case.number }}

Beste collega,

Let op een termijn in zaak {{ case.number }}: {{ deadline }}.
Meld u aan om te zien wanneer die termijn afloopt:
{{ link }}
"""

HOLD_ENDS = b"""Onderwerp: Moet zaak {{ case.number }} nog worden vastgehouden?

Beste collega,

Zaak {{ case.number }}, of een document daaruit, wordt niet vernietigd tot {{ until }}. Die dag is er nu.
Beoordeel of vasthouden nog nodig is. Zolang u niets doet, blijft alles bewaard.
{{ link }}
"""

DESK_NEWS = b"""Onderwerp: Nieuws in uw zaken

Beste collega,

Er is nieuws voor u bij {{ organisation.name }}:

{{ kinds }}

Het gaat om {{ cases }}.

Meld u aan om het te lezen:
{{ link }}
{% if messages %}

Berichten en documenten van betrokkenen leest u hier:
{{ messages }}
{% endif %}

U krijgt deze mail {{ how }}. Wilt u dat anders? Kies het bij Nieuws.
"""

TRIAL_MAIL = b"""Onderwerp: Proefmail van {{ organisation.name }}

Beste {{ recipient.name }},

Dit is de proefmail die u aanvroeg op de pagina over de afzender van mails.

Komt zij van het goede adres, en met de goede naam? Antwoord op deze mail om te zien waar een antwoord aankomt.
"""

SESSION = b"""Onderwerp: Over een zitting van de commissie

Beste collega,

{{ what }}

De zitting is op {{ when }}. Plaats: {{ where }}.

Meld u aan om de agenda en de stukken te zien, en om te laten weten of u komt:
{{ link }}

Met vriendelijke groet,

{{ organisation.name }}
"""
