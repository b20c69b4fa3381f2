"""The mails of this folder to citizens and to persons with a link of their own, in English: text by text the same as in Dutch."""

AVAILABLE = b"""Onderwerp: There is a letter for you ({{ case.number }})

Dear {{ recipient.name }},

Since {{ day | date }} there is a letter for you from {{ organisation.name }}{% if body.name %}, on behalf of {{ body.name }}{% endif %}. The letter is about your case {{ case.number }}.

What kind of letter is it?
{{ letter }}.
{% if answer_by %}We ask something of you. Please answer by {{ answer_by }} at the latest.{% endif %}{% if object_by %}Do you disagree with the decision? Until and including {{ object_by }} you can do something about it. The letter says how.{% endif %}

Sign in to read the letter:
{{ link }}

Please note: a term in this letter also begins if you did not read the letter yet. So please read it soon. The letter is in Dutch. If there is an English translation, it stands below the letter.

Do you prefer letters by post? You can change that at My details.
"""

CONFIRM = b"""Onderwerp: Your code from {{ organisation.name }}

Somebody typed this email address in the portal of {{ organisation.name }}.

Was that you? Then sign in and fill in this code at My details:
{{ code }}
{{ link }}

The code works for 24 hours. Give the code to nobody.

Was it not you? Then you do not have to do anything. We send no other emails to this address.
"""

CO_FILER_ASKED = b"""Onderwerp: {{ filer.name }} is filing something and names you ({{ organisation.name }})

Dear {{ recipient.name }},

{{ filer.name }} is filing something with {{ organisation.name }} and writes that you take part.
Kind of case: {{ kind }}

Do you take part?
Then sign in yourself and let us know. You can do so until and including {{ until | date }}:
{{ link }}

Only then do you belong to the case. Do you not take part? You can say so there as well. If you do nothing, you do not take part.

Do you not know this person, or do you know nothing about this?
Then you do not have to do anything. Give the link to nobody. You will get one reminder at most.

{{ organisation.name }}
"""

CO_FILER_REMINDED = b"""Onderwerp: Reminder: {{ filer.name }} is filing something and names you ({{ organisation.name }})

Dear {{ recipient.name }},

We wrote to you before: {{ filer.name }} is filing something with {{ organisation.name }} and writes that you take part. We have not heard from you yet.
Kind of case: {{ kind }}

Do you take part?
Then sign in yourself and let us know. You can still do so until and including {{ until | date }}:
{{ link }}

If you do nothing, you do not take part. We will send you no more emails about this.

{{ organisation.name }}
"""

CO_FILER_NEWS = b"""Onderwerp: News about who files together with you ({{ case.number }})

Dear {{ recipient.name }},

{% if declined %}Somebody whom you named does not take part in case {{ case.number }}.{% else %}Not everybody whom you named has confirmed in time to take part in case {{ case.number }}.{% endif %}

Sign in to see who it is:
{{ link }}

Your case simply goes on.

{{ organisation.name }}
"""

ADDRESS_CHANGED = b"""Onderwerp: Your email address at {{ organisation.name }} was changed

Somebody signed in to the portal of {{ organisation.name }} and changed your email address. We send you no more emails about your cases at this address.

Was that you? Then you do not have to do anything.

Was it not you? Then call us. You can also sign in yourself and look at your details:
{{ link }}
"""

_NEWS = """Onderwerp: News about your case {{{{ case.number }}}}

Dear {{{{ recipient.name }}}},

{what} ({{{{ case.number }}}}).
Sign in to look at it:
{{{{ link }}}}

Do you not want these emails any more? Then turn them off at My details.
"""

NEWS_IN_WORDS = {
    "status": "The status of your case has changed",
    "document": "A document was added to your case",
    "inspection": "The file of your case is open to inspection: you can read the documents",
    "inspection_added": "A document was added to the file that is open to inspection",
    "removed": "A document was taken out of your case",
    "reply": "There is a message about your case for you",
}
NEWS = {kind: _NEWS.format(what=what).encode() for kind, what in NEWS_IN_WORDS.items()}
NEWS_OF_DAY = b"""Onderwerp: News about your cases at {{ organisation.name }}

There is news about your cases:

{{ lines }}

Sign in to look at it:
{{ link }}

You get this email once a day at most. Do you want that otherwise? You can change it at My details.
"""

RECEIVED = b"""Onderwerp: Receipt (case {{ case.number }})

Dear {{ recipient.name }},

We have received something from you for case {{ case.number }}: {{ what }}.
Received on {{ moment | datetime }}.

You find it when you sign in:
{{ link }}

{{ organisation.name }}
"""

ANSWER_RECEIVED = b"""Onderwerp: Receipt (case {{ case.number }})

Dear {{ recipient.name }},

We have received your answer for case {{ case.number }}: {{ task }}.
Received on {{ moment | datetime }}.

{% if files %}Your files:
{{ files }}

{% endif %}Fingerprint of your words (SHA-256): {{ sha256 }}

{{ organisation.name }}
"""

VIRUS = b"""Onderwerp: Virus found in your file (case {{ case.number }})

Dear {{ recipient.name }},

In a file that you sent for case {{ case.number }}, a virus was found: {{ document.title }}.
We have thrown the file away. Nobody was able to open it.

What should you do?
Please send the document again, as a file without a virus. Also have your computer checked.

{{ organisation.name }}
"""

ASKED_OF_PERSON = b"""Onderwerp: A question for you about case {{ case.number }}: {{ task }}

Dear {{ recipient.name }},

For case {{ case.number }} we ask something of you yourself: {{ task }}.
You answer through this link. You do not need an account:
{{ link }}

This link is for you alone. Do not send the link on to anybody.
"""

SHARED = b"""Onderwerp: New document for you in case {{ case.number }}

Dear {{ recipient.name }},

In case {{ case.number }} there is a document for you.
You read it through this link:
{{ link }}

This link is for you alone. Do not send the link on to anybody.
"""

NEW_LINK = b"""Onderwerp: Your new link for case {{ case.number }}

Dear {{ recipient.name }},

Your email address was changed. So you get a new link for case {{ case.number }}:
{{ link }}

The link that we sent to your old email address does not work any more.
This link is for you alone. Do not send the link on to anybody.
"""

NEW_LINK_FOR_PERSON = b"""Onderwerp: Your new link for case {{ case.number }}

Dear {{ recipient.name }},

You get a new link for case {{ case.number }}:
{{ link }}

The link that you had before does not work any more. Please throw that email away.
This link is for you alone. Do not send the link on to anybody.
"""

LETTER_FOR_PERSON = b"""Onderwerp: There is a letter for you ({{ case.number }})

Dear {{ recipient.name }},

There is a letter for you about case {{ case.number }}.
You read the letter through this link:
{{ link }}

This link is for you alone. Do not send the link on to anybody.
Please note: there may be a term in this letter. So please read it soon. The letter is in Dutch. If there is an English translation, it stands below the letter.
"""
