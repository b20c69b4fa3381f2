"""Outgoing post: mails, formal notices and letters, from template to envelope.

A formal notice, in the order of what happens to it:

    notices      who gets it, by which way, and whether it may go (`send_notices`)
    wording      the facts that a template may name; `saying` the sentences about the organisation, `readers` what its reader sees
    truth        whether the filled text says what is so; held when it does not
    frames       who sends it, kept with the notice as it was that day
    enclosing    which documents go along
    letters      a worker makes its PDF (`pdf` lays out) and joins the enclosures
    unsent       it follows its reader as long as it was not sent; `unsent_mails` the same for mails and links
    joining      who joins a case later gets it too

A mail: `department_mail`, `person_mail`, `staff_notes`, `receipts` and `news` write one, `queue` stores it, `sending` hands it to the server
(`mail_server`, `message`), `refusals` and `own_addresses` deal with an address that does not work or is not confirmed. Texts of the product itself:
`standard`; how a template is filled: `templates`, `plain_text`.

Other papers: `filed` (the words of a form), `inventory`, `certificate`, and `converting` (a decision that was uploaded as something else than PDF).
"""
