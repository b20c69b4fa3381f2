"""The people of a filing: who files, for whom, and how we reach them. The fields about people on the form that begins a case, read, checked and shown once more."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from engine.words import FixedRole
from portal.citizen.answers import Answer
from portal.citizen.mandates import AsksPeople, mandate_of
from portal.citizen.together import fields_together, files_together, together_answers, together_wrong
from portal.drafts import STEP
from portal.received import Received
from processes.actions.registering import LONGEST, NewParty
from processes.base.actor import Actor
from processes.base.email_address import typed_address
from processes.base.errors import NotAllowed
from processes.base.typed_values import one_line, read_phone
from processes.base.written import OwnWords
from processes.reads.citizen import UNKNOWN_NAME, StartPage, find_address
from processes.storage.services import Services
from processes.storage.words import PartyKind, PostChannel

KINDS: Final = ("bsn", "kvk", "eidas")
OTHER: Final = "ander"  # of the field `voor`: filed for somebody else
NOT_FOR_OTHERS: Final = (
    "Dit kunt u niet namens een ander indienen. Log in voor uzelf, of stuur ons een brief met uw machtiging."
)
LOOK_UP: Final = "adres"  # the value of the button that looks an address up
NO_CALL: Final = "niet_bellen"
NO_MAIL: Final = (
    "Vul een e-mailadres in. Daar sturen wij bericht heen als er een brief voor u klaarstaat. "
    "Heeft u geen e-mailadres? Kies dan: per post."
)
NO_PHONE: Final = "Vul uw telefoonnummer in: wij bellen u over deze zaak. Wilt u dat niet? Kruis dat dan aan."


def may_file(page: StartPage, actor: Actor) -> None:
    """Raises NotAllowed for who acts for another where the case type has no room for who speaks for somebody."""
    if mandate_of(actor) and not page.represented:
        raise NotAllowed(NOT_FOR_OTHERS)


def asks_address(form: Received) -> bool:
    """Whether a form was sent only to look up the address of a postcode and house number."""
    return form.one(STEP) == LOOK_UP and bool(form.one("postcode") or form.one("huisnummer"))


def with_address(services: Services, form: Received) -> Received:
    """The form with the address of what was typed. Raises Invalid."""
    lines = find_address(services, form.one("postcode"), form.one("huisnummer"))
    # looked up once: else Enter in another field, which presses the first button, would put it in place of what somebody mended in it
    return Received({**form.fields, "address": [lines], "postcode": [""], "huisnummer": [""]})


def for_other(page: AsksPeople, actor: Actor, form: Received) -> bool:
    """Whether somebody files for another, where the case type has room for who speaks for somebody: by a mandate, or as typed."""
    return page.represented and (mandate_of(actor) is not None or form.one("voor") == OTHER)


def contact_wrong(page: AsksPeople, actor: Actor, form: Received) -> dict[str, str]:
    """One sentence for each field about people that is not right, in the order of the page."""
    wrong = _other_wrong(actor, form) if for_other(page, actor, form) else {}
    if files_together(page, actor, form):
        wrong.update(together_wrong(form, name_of(actor, form)))
    if actor.name == UNKNOWN_NAME:
        missing = "Vul uw naam in." if page.visitor else "Vul uw naam in. De inlogdienst gaf die niet."
        wrong.update(_line_wrong("name", form.one("name"), missing))
    email, channel = typed_address(form.one("email"), "email", wrong), channel_of(page, form)
    if channel == PostChannel.PORTAL and not email:
        wrong.setdefault("email", NO_MAIL)
    if sentence := _phone_wrong(page, form):
        wrong["phone"] = sentence
    if channel not in {PostChannel.PORTAL, PostChannel.POST}:
        wrong["channel"] = "Kies hoe u onze brieven wilt krijgen."
    if channel == PostChannel.POST and not form.text("address"):
        wrong["address"] = "Vul uw adres in. Anders kunnen wij u geen brieven sturen."
    return wrong


def channel_of(page: AsksPeople, form: Received) -> str:
    """How letters go: who does not sign in cannot read them here, and gets them by post."""
    return PostChannel.POST if page.visitor else form.one("channel")


def _other_wrong(actor: Actor, form: Received) -> dict[str, str]:
    wrong = _line_wrong("other_name", other_name(actor, form), "Vul in voor wie u dit doet.")
    if not form.text("other_address"):
        wrong["other_address"] = "Vul het adres in van wie u dit voor doet."
    return wrong


def _line_wrong(name: str, text: str, missing: str) -> dict[str, str]:
    if not one_line(text):
        return {name: missing}
    most = LONGEST["name"]
    return {name: f"Maak dit korter. Gebruik hoogstens {most} tekens."} if len(one_line(text)) > most else {}


def _no_call(page: AsksPeople, form: Received) -> bool:
    """Whether somebody asks not to be called; asked only where we promise to call. A number that was typed beside it is not kept."""
    return page.calls and form.ticked(NO_CALL)


def _phone_wrong(page: AsksPeople, form: Received) -> str:
    if _no_call(page, form):
        return ""
    if not form.one("phone"):
        return NO_PHONE if page.calls else ""
    try:
        read_phone(form.one("phone"))
    except ValueError as error:
        return str(error)
    return ""


def parties_of(
    page: AsksPeople, actor: Actor, form: Received, identity: Mapping[str, str], language: str = ""
) -> tuple[NewParty, ...]:
    """The parties of a form in which nothing is wrong: who files, after the person for whom, if that is another."""
    other, mandate = for_other(page, actor, form), mandate_of(actor)
    kind = next((kind for kind in KINDS if kind in identity), None)
    me = NewParty(
        role=FixedRole.REPRESENTATIVE if other else page.role, name=name_of(actor, form),
        kind=PartyKind.COMPANY if kind == "kvk" else PartyKind.PERSON,
        identity=f"{kind}:{identity[kind]}" if kind else None, email=form.one("email") or None,
        phone=None if _no_call(page, form) or not form.one("phone") else read_phone(form.one("phone")),
        no_call=_no_call(page, form), address=form.text("address") or None,
        channel=PostChannel.POST if channel_of(page, form) == PostChannel.POST else PostChannel.PORTAL, to_confirm=True,
        language=language,
        branch="" if mandate else identity.get("branch", ""), by_mandate=mandate is not None,
    )  # fmt: skip
    if not other:
        return (me,)
    whom = NewParty(page.role, other_name(actor, form), address=form.text("other_address"))
    if mandate is None:
        return whom, me
    of_company = identity["for"].startswith("kvk:")
    told = replace(
        whom,
        identity=identity["for"],
        kind=PartyKind.COMPANY if of_company else PartyKind.PERSON,
        branch=mandate.branch,
    )
    return told, me


def fields_of(page: AsksPeople, actor: Actor, form: Received) -> Mapping[str, str]:
    """The field of the page for each field of the action, by which it says what is wrong."""
    names = ("name", "address", "email", "phone", "channel")
    if not for_other(page, actor, form):
        mine = {f"party-0-{name}": "" if name == "name" else name for name in names}
        return {**mine, **(fields_together(form) if files_together(page, actor, form) else {})}
    return {
        "party-0-name": "other_name", "party-0-address": "other_address",
        **{f"party-1-{name}": "" if name == "name" else name for name in names},
    }  # fmt: skip


def name_of(actor: Actor, form: Received) -> str:
    """The name that the sign-in gave, else the typed one."""
    return one_line(form.one("name")) if actor.name == UNKNOWN_NAME else actor.name


def other_name(actor: Actor, form: Received) -> str:
    """The name of for whom somebody files: as sign-in told it, else the typed one."""
    mandate = mandate_of(actor)
    return mandate.name if mandate and mandate.name != UNKNOWN_NAME else one_line(form.one("other_name"))


def other_answers(page: AsksPeople, actor: Actor, form: Received) -> list[Answer]:
    """For whom and with whom somebody files, in words."""
    if files_together(page, actor, form):
        return together_answers(page, actor, form)
    if not for_other(page, actor, form):
        return [("Voor wie", OwnWords(actor.for_whom.called) if actor.for_whom else "voor mijzelf of mijn bedrijf")]
    mandate = mandate_of(actor)
    part = f", vestiging {mandate.branch}" if mandate and mandate.branch else ""
    return [
        ("U doet dit voor", OwnWords(other_name(actor, form) + part)),
        ("Adres", OwnWords(form.text("other_address"))),
    ]


def contact_answers(page: AsksPeople, actor: Actor, form: Received) -> list[Answer]:
    """The name of who files and how we reach that person, in words."""
    phone = "u wilt niet gebeld worden" if _no_call(page, form) else OwnWords(form.one("phone")) or "niet ingevuld"
    return [
        ("Naam", OwnWords(name_of(actor, form))),
        ("Brieven", "per post" if channel_of(page, form) == PostChannel.POST else "in dit portaal"),
        ("E-mailadres", OwnWords(form.one("email")) or "niet ingevuld"),
        *([("Adres", OwnWords(form.text("address")))] if form.text("address") else []),
        ("Telefoonnummer", phone),
    ]
