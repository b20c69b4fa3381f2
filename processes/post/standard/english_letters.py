"""The letters of this folder in English: each is the translation that goes with the Dutch letter, which counts.

The sentences by which the program explains a penalty are there in Dutch alone, so the translation points to them.
"""

from typing import Final

_END: Final = """Do you have questions?
{{ contact }}

Yours sincerely,

{{ signature }}
"""

ONE_WITHDREW = b"""Onderwerp: We have received the withdrawal ({{ case.number }})

Dear {{ recipient.name }},

{% if withdrawn.self %}You no longer take{% else %}{{ withdrawn.name }} no longer takes{% endif %} part in case {{ case.number }} ({{ case.title }}{% if case.subject %}: {{ case.subject }}{% endif %}).{% if withdrawn.on %} We received the withdrawal on {{ withdrawn.on | date }}.{% endif %}

What does this mean?
{% if withdrawn.self %}You get{% else %}{{ withdrawn.name }} gets{% endif %} no decision and no more letters about this case. This cannot be undone. For others who also began this case, the case goes on.

Is this not right?
Then let us know as soon as possible. {{ contact }}

Yours sincerely,

{{ signature }}
"""

REPLY = (
    """Onderwerp: Message about your case ({{ case.number }})

{{ recipient.greeting }},

{{ message }}

"""
    + _END
).encode()

DOCUMENT_BY_POST = (
    """Onderwerp: Document from your case ({{ case.number }})

{{ recipient.greeting }},

With this letter you get a document from case {{ case.number }}: {{ document }}.

"""
    + _END
).encode()

LETTER_CODE = (
    """Onderwerp: A code to follow your case ({{ case.number }})

{{ recipient.greeting }},

With this letter comes a sheet with a code. With it you can follow case {{ case.number }} ({{ case.title }}) on our website. The sheet says how to do that. A code from an earlier letter does not work any more.

You do not have to do this: you may arrange everything with us by post.

"""
    + _END
).encode()

PAPER_ADDED = b"""Onderwerp: New document in the file ({{ case.number }})

{{ recipient.greeting }},

The file of case {{ case.number }} is open to inspection. A document was added to it: {{ document }}.

Would you like to read it, or get a copy?
{{ contact }}

Yours sincerely,

{{ signature }}
"""

_TERM = """Onderwerp: {subject} ({{{{ case.number }}}})

Dear {{{{ recipient.name }}}},

{what}

The reason is: {{{{ reason }}}}

{{% if due %}}
The new date of the term '{{{{ deadline }}}}' is {{{{ due|date }}}}.
{{% else %}}
The term '{{{{ deadline }}}}' stands still now. As soon as it goes on, we send you a letter with the new date.
{{% endif %}}

You do not have to do anything now.

""" + _END.replace("{", "{{").replace("}", "}}")
TERM_CHANGED = {
    kind: _TERM.format(subject=subject, what=what).encode()
    for kind, (subject, what) in {
        "suspend": (
            "Our term stands still",
            "We cannot go on with your case now. That is due to force majeure. So our term stands still.",
        ),
        "resume": ("Our term goes on", "The force majeure is over. We go on with your case."),
        "extend": (
            "Our term was extended",
            "We need more time for your case. So the term was extended.",
        ),
        "consent": (
            "More time was agreed",
            "More time is needed for your case. Consent was given for that. So there is a new date.",
        ),
    }.items()
}

PENALTY_SET = b"""Onderwerp: Decision about the penalty in case {{ case.number }}

Dear {{ recipient.name }},

We decided too late in your case. For that we pay a penalty of {{ amount }}.

How do we come to this amount?
The Dutch letter says so, day by day.

When do you get the money?
We pay within six weeks of this letter (article 4:87 of the General Administrative Law Act).

{{ remedy.bezwaar }}

Do you have questions?
{{ contact }}

Yours sincerely,

{{ decided.signature }}
"""

DEFAULT_RECEIVED = (
    """Onderwerp: We have received your notice of default ({{ case.number }})

Dear {{ recipient.name }},

On {{ received | date }} you wrote to us that we are late with our decision in case {{ case.number }}. That is called a notice of default. The last day to decide was {{ due | date }}.

What happens now?
We still have two weeks to decide. {% if first %}Do we not decide before {{ first | date }}? Then from that day on we pay you a penalty, for each day that we are late. That lasts 42 days at most (article 4:17 of the General Administrative Law Act).{% else %}For this decision the municipality pays no penalty. The Dutch letter says why.{% endif %}

Can you go to court?
Yes. Is there still no decision on {{ appeal | date }}? Then from that day on you can appeal to the district court, because we do not decide in time (article 6:12 of the General Administrative Law Act). Send a copy of your notice of default along. You do not have to object first. The court asks money for this: a court fee.

You can follow the case at {{ link }}.

"""
    + _END
).encode()

REOPENED = b"""Onderwerp: We have reopened your case ({{ case.number }})

{{ recipient.greeting }},

We have reopened case {{ case.number }} ({{ case.title }}{% if case.subject %}: {{ case.subject }}{% endif %}). The case was closed{% if ended_on %} on {{ ended_on | date }}{% endif %}.

Why?
{{ message }}

What does this mean?
We are working on the case again.{% if outcome %} The result that stood with the case ({{ outcome }}) no longer applies.{% endif %} Did you get a decision from us? That one applies until you get a new decision from us. The term to do something about that decision also simply goes on.
{% if again %}
The withdrawal of the case no longer counts.
{% endif %}
Do you want to tell or send us something, or do you have questions?
{{ contact }}

Yours sincerely,

{{ signature }}
"""

CLOSED_AGAIN = (
    """Onderwerp: Your case is closed again ({{ case.number }})

{{ recipient.greeting }},

We had reopened case {{ case.number }} ({{ case.title }}{% if case.subject %}: {{ case.subject }}{% endif %}). The case is now closed again.

What is the result?
{{ outcome }}.
{% if message %}
{{ message }}
{% endif %}
This letter is no new decision. A decision always comes in a separate letter, which says what you can do about it.

"""
    + _END
).encode()
