"""Texts that belong to no case type: news, warnings, the mail that says a formal notice waits, a question to a department.

News and warnings carry no content of the case: what kind of news, which case number, and a link to sign in.
"""

AVAILABLE = b"""Onderwerp: Er staat een brief voor u klaar ({{ case.number }})

Beste {{ recipient.name }},

Er staat een brief voor u klaar over uw zaak {{ case.number }}.
Meld u aan om de brief te lezen:
{{ link }}

Let op: in deze brief kan een termijn staan. Lees hem daarom snel.
"""

ASKED = b"""Onderwerp: Vraag over zaak {{ case.number }}: {{ task }}

Beste collega van {{ recipient.name }},

Voor zaak {{ case.number }} vragen wij iets van uw afdeling: {{ task }}.
U antwoordt via deze link. Een account is niet nodig:
{{ link }}

Deze link is alleen voor uw afdeling. Stuur hem niet door buiten uw afdeling.
"""

WARNING = b"""Onderwerp: Let op een termijn in zaak {{ case.number }}

Beste collega,

Let op een termijn in zaak {{ case.number }}: {{ deadline }}.
Meld u aan om te zien wanneer die termijn afloopt:
{{ link }}
"""

_NEWS = """Onderwerp: Nieuws over uw zaak {{{{ case.number }}}}

Beste {{{{ recipient.name }}}},

{what} ({{{{ case.number }}}}).
Meld u aan om het te bekijken:
{{{{ link }}}}

Wilt u deze mails niet meer? Dan zet u ze uit bij Mijn gegevens.
"""

NEWS = {
    kind: _NEWS.format(what=what).encode()
    for kind, what in {
        "status": "De status van uw zaak is veranderd",
        "document": "Er is een document bij uw zaak gekomen",
        "removed": "Er is een document uit uw zaak gehaald",
        "reply": "Er staat een bericht over uw zaak voor u klaar",
    }.items()
}
