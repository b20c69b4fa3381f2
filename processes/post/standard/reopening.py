"""Letters about a case that was reopened after its end, and about its new end."""

REOPENED = b"""Onderwerp: Wij hebben uw zaak heropend ({{ case.number }})

{{ recipient.greeting }},

Wij hebben zaak {{ case.number }} ({{ case.title }}{% if case.subject %}: {{ case.subject }}{% endif %}) heropend. De zaak was afgerond{% if ended_on %} op {{ ended_on | date }}{% endif %}.

Waarom?
{{ message }}

Wat betekent dit?
Wij werken weer aan de zaak.{% if outcome %} Het resultaat dat bij de zaak stond ({{ outcome }}) vervalt.{% endif %} Kreeg u van ons een beslissing? Die geldt, totdat u een nieuwe beslissing van ons krijgt. Ook de termijn om iets tegen die beslissing te doen, loopt gewoon door.
{% if again %}
De intrekking van de zaak telt niet meer.
{% endif %}
Wilt u ons iets vertellen of sturen, of heeft u vragen?
{{ contact }}

Met vriendelijke groet,

{{ signature }}
"""

CLOSED_AGAIN = b"""Onderwerp: Uw zaak is weer afgerond ({{ case.number }})

{{ recipient.greeting }},

Wij hadden zaak {{ case.number }} ({{ case.title }}{% if case.subject %}: {{ case.subject }}{% endif %}) heropend. De zaak is nu weer afgerond.

Wat is het resultaat?
{{ outcome }}.
{% if message %}
{{ message }}
{% endif %}
Deze brief is geen nieuwe beslissing. Een beslissing krijgt u altijd in een aparte brief, waarin staat wat u ertegen kunt doen.

Heeft u vragen?
{{ contact }}

Met vriendelijke groet,

{{ signature }}
"""
