"""Texts for parties who sign in or get letters: news, the mail that says a formal notice waits, and notices of every case type.

News carries no content of the case: what kind of news, which case number, and a link to sign in. The mail that says that
a letter waits names who wrote it, what kind of letter it is, and until when its reader can do something (Awb 2:10(2), from 2027).
"""

AVAILABLE = b"""Onderwerp: Er staat een brief voor u klaar ({{ case.number }})

Beste {{ recipient.name }},

Er staat sinds {{ day | date }} een brief van {{ organisation.name }} voor u klaar{% if body.name %}, namens {{ body.name }}{% endif %}. De brief gaat over uw zaak {{ case.number }}.

Wat voor brief is het?
{{ letter }}.
{% if answer_by %}Wij vragen iets van u. Reageer uiterlijk op {{ answer_by }}.{% endif %}{% if object_by %}Bent u het niet eens met de beslissing? Tot en met {{ object_by }} kunt u daar iets tegen doen. In de brief staat hoe.{% endif %}

Meld u aan om de brief te lezen:
{{ link }}

Let op: een termijn die in deze brief staat, begint ook als u de brief nog niet las. Lees de brief daarom snel.

Wilt u brieven liever per post? Dat kunt u veranderen bij Mijn gegevens.
"""

CONFIRM = b"""Onderwerp: Uw code van {{ organisation.name }}

Iemand heeft dit e-mailadres ingevuld in het portaal van {{ organisation.name }}.

Was u dat? Meld u dan aan en vul deze code in bij Mijn gegevens:
{{ code }}
{{ link }}

De code werkt 24 uur. Geef de code aan niemand.

Was u dat niet? Dan hoeft u niets te doen. Wij sturen geen andere e-mails naar dit adres.
"""

CO_FILER_ASKED = b"""Onderwerp: {{ filer.name }} dient iets in en noemt u ({{ organisation.name }})

Beste {{ recipient.name }},

{{ filer.name }} dient iets in bij {{ organisation.name }} en schrijft dat u meedoet.
Soort zaak: {{ kind }}

Doet u mee?
Log dan zelf in en laat het ons weten. Dat kan tot en met {{ until | date }}:
{{ link }}

Pas daarna hoort u bij de zaak. Doet u niet mee? Dat kunt u daar ook zeggen. Doet u niets? Dan doet u niet mee.

Kent u deze persoon niet, of weet u hier niets van?
Dan hoeft u niets te doen. Geef de link aan niemand. U krijgt hoogstens nog een herinnering.

{{ organisation.name }}
"""

CO_FILER_REMINDED = b"""Onderwerp: Herinnering: {{ filer.name }} dient iets in en noemt u ({{ organisation.name }})

Beste {{ recipient.name }},

Wij schreven u eerder: {{ filer.name }} dient iets in bij {{ organisation.name }} en schrijft dat u meedoet. Wij hebben nog niets van u gehoord.
Soort zaak: {{ kind }}

Doet u mee?
Log dan zelf in en laat het ons weten. Dat kan nog tot en met {{ until | date }}:
{{ link }}

Doet u niets? Dan doet u niet mee. Wij sturen u hierover geen e-mail meer.

{{ organisation.name }}
"""

CO_FILER_NEWS = b"""Onderwerp: Nieuws over wie samen met u indient ({{ case.number }})

Beste {{ recipient.name }},

{% if declined %}Iemand die u noemde, doet niet mee met zaak {{ case.number }}.{% else %}Niet iedereen die u noemde, heeft op tijd bevestigd dat die meedoet met zaak {{ case.number }}.{% endif %}

Log in om te zien wie dat is:
{{ link }}

Uw zaak gaat gewoon verder.

{{ organisation.name }}
"""

ADDRESS_CHANGED = b"""Onderwerp: Uw e-mailadres bij {{ organisation.name }} is veranderd

Iemand heeft zich aangemeld in het portaal van {{ organisation.name }} en uw e-mailadres veranderd. Over uw zaken sturen wij u op dit adres geen e-mails meer.

Was u dat? Dan hoeft u niets te doen.

Was u dat niet? Bel ons dan. U kunt ook zelf inloggen en uw gegevens bekijken:
{{ link }}
"""

ONE_WITHDREW = b"""Onderwerp: Wij hebben de intrekking ontvangen ({{ case.number }})

Beste {{ recipient.name }},

{% if withdrawn.self %}U doet{% else %}{{ withdrawn.name }} doet{% endif %} niet meer mee aan zaak {{ case.number }} ({{ case.title }}{% if case.subject %}: {{ case.subject }}{% endif %}).{% if withdrawn.on %} Wij kregen de intrekking op {{ withdrawn.on | date }}.{% endif %}

Wat betekent dit?
{% if withdrawn.self %}U krijgt{% else %}{{ withdrawn.name }} krijgt{% endif %} geen beslissing en geen brieven meer over deze zaak. Dit kan niet worden teruggedraaid. Voor anderen die deze zaak ook begonnen, gaat de zaak verder.

Klopt dit niet?
Laat het ons dan zo snel mogelijk weten. {{ contact }}

Met vriendelijke groet,

{{ signature }}
"""

LETTER_CODE = b"""Onderwerp: Een code om uw zaak te volgen ({{ case.number }})

{{ recipient.greeting }},

Bij deze brief zit een blad met een code. Daarmee kunt u zaak {{ case.number }} ({{ case.title }}) op onze website volgen. Op het blad staat hoe dat gaat. Een code uit een eerdere brief werkt niet meer.

U hoeft dit niet te doen: u mag alles per post met ons regelen.

Heeft u vragen?
{{ contact }}

Met vriendelijke groet,

{{ signature }}
"""

REPLY = b"""Onderwerp: Bericht over uw zaak ({{ case.number }})

{{ recipient.greeting }},

{{ message }}

Heeft u vragen?
{{ contact }}

Met vriendelijke groet,

{{ signature }}
"""

DOCUMENT_BY_POST = b"""Onderwerp: Document uit uw zaak ({{ case.number }})

{{ recipient.greeting }},

Bij deze brief krijgt u een document uit zaak {{ case.number }}: {{ document }}.

Heeft u vragen?
{{ contact }}

Met vriendelijke groet,

{{ signature }}
"""

PAPER_ADDED = b"""Onderwerp: Nieuw stuk in het dossier ({{ case.number }})

{{ recipient.greeting }},

Het dossier van zaak {{ case.number }} ligt ter inzage. Daar is een stuk bij gekomen: {{ document }}.

Wilt u het lezen, of een kopie krijgen?
{{ contact }}

Met vriendelijke groet,

{{ signature }}
"""

_TERM = """Onderwerp: {subject} ({{{{ case.number }}}})

Beste {{{{ recipient.name }}}},

{what}

De reden is: {{{{ reason }}}}

{{% if due %}}
De nieuwe datum van de termijn '{{{{ deadline }}}}' is {{{{ due|date }}}}.
{{% else %}}
De termijn '{{{{ deadline }}}}' staat nu stil. Zodra de termijn verdergaat, sturen wij u een brief met de nieuwe datum.
{{% endif %}}

U hoeft nu niets te doen.

Heeft u vragen?
{{{{ contact }}}}

Met vriendelijke groet,

{{{{ signature }}}}
"""

TERM_CHANGED = {
    kind: _TERM.format(subject=subject, what=what).encode()
    for kind, (subject, what) in {
        "suspend": (
            "Onze termijn staat stil",
            "Wij kunnen nu niet verder met uw zaak. Dat komt door overmacht. Daarom staat onze termijn stil.",
        ),
        "resume": ("Onze termijn gaat verder", "De overmacht is voorbij. Wij gaan verder met uw zaak."),
        "extend": (
            "Onze termijn is verlengd",
            "Wij hebben meer tijd nodig voor uw zaak. Daarom is de termijn verlengd.",
        ),
        "consent": (
            "Er is meer tijd afgesproken",
            "Er is meer tijd nodig voor uw zaak. Daarvoor is toestemming gegeven. Daarom is er een nieuwe datum.",
        ),
    }.items()
}

PENALTY_SET = b"""Onderwerp: Besluit over de dwangsom in zaak {{ case.number }}

Beste {{ recipient.name }},

Wij hebben te laat beslist in uw zaak. Daarvoor betalen wij een dwangsom van {{ amount }}.

Hoe komen wij aan dit bedrag?
{{ explanation }}

Wanneer krijgt u het geld?
Wij betalen binnen zes weken na deze brief (artikel 4:87 van de Algemene wet bestuursrecht).

{{ remedy.bezwaar }}

Heeft u vragen?
{{ contact }}

Met vriendelijke groet,

{{ decided.signature }}
"""

_NEWS = """Onderwerp: Nieuws over uw zaak {{{{ case.number }}}}

Beste {{{{ recipient.name }}}},

{what} ({{{{ case.number }}}}).
Meld u aan om het te bekijken:
{{{{ link }}}}

Wilt u deze mails niet meer? Dan zet u ze uit bij Mijn gegevens.
"""

NEWS_IN_WORDS = {
    "status": "De status van uw zaak is veranderd",
    "document": "Er is een document bij uw zaak gekomen",
    "inspection": "Het dossier van uw zaak ligt ter inzage: u kunt de stukken lezen",
    "inspection_added": "Er is een stuk bij het dossier gekomen dat ter inzage ligt",
    "removed": "Er is een document uit uw zaak gehaald",
    "reply": "Er staat een bericht over uw zaak voor u klaar",
}
NEWS = {kind: _NEWS.format(what=what).encode() for kind, what in NEWS_IN_WORDS.items()}
NEWS_OF_DAY = b"""Onderwerp: Nieuws over uw zaken bij {{ organisation.name }}

Er is nieuws over uw zaken:

{{ lines }}

Meld u aan om het te bekijken:
{{ link }}

U krijgt deze mail hoogstens een keer per dag. Wilt u dat anders? Dat verandert u bij Mijn gegevens.
"""

RECEIVED = b"""Onderwerp: Ontvangstbewijs (zaak {{ case.number }})

Beste {{ recipient.name }},

Wij hebben iets van u ontvangen voor zaak {{ case.number }}: {{ what }}.
Ontvangen op {{ moment | datetime }}.

U ziet het terug als u zich aanmeldt:
{{ link }}

{{ organisation.name }}
"""

DEFAULT_RECEIVED = b"""Onderwerp: Wij hebben uw ingebrekestelling ontvangen ({{ case.number }})

Beste {{ recipient.name }},

Op {{ received | date }} schreef u ons dat wij te laat zijn met onze beslissing in zaak {{ case.number }}. Dat heet een ingebrekestelling. De laatste dag om te beslissen was {{ due | date }}.

Wat gebeurt er nu?
Wij hebben nog twee weken om te beslissen. {% if first %}Beslissen wij niet voor {{ first | date }}? Dan betalen wij u vanaf die dag een dwangsom, voor elke dag dat wij te laat zijn. Dat duurt hoogstens 42 dagen (artikel 4:17 van de Algemene wet bestuursrecht).{% else %}Voor deze beslissing betaalt de gemeente geen dwangsom.{% if why %} {{ why }}{% endif %}{% endif %}

Kunt u naar de rechter?
Ja. Is er op {{ appeal | date }} nog geen beslissing? Dan kunt u vanaf die dag in beroep gaan bij de rechtbank, omdat wij niet op tijd beslissen (artikel 6:12 van de Algemene wet bestuursrecht). Stuur dan een kopie van uw ingebrekestelling mee. U hoeft niet eerst bezwaar te maken. De rechtbank vraagt hiervoor geld: griffierecht.

U kunt de zaak volgen via {{ link }}.

Heeft u vragen?
{{ contact }}

Met vriendelijke groet,

{{ signature }}
"""
