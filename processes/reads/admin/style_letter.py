"""An example letter in a house style, as PDF, with an invented addressee."""

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.letterhead import Organisation
from processes.dated import letterhead_on
from processes.house_style.style import HouseStyle
from processes.post.frames import Frame, logo_of
from processes.post.letters import Letter, letter_pdf
from processes.reads.admin.house_style import files_of_style, style_of
from processes.reads.opening import reading
from processes.storage.services import Services

SUBJECT = "Wij hebben uw bezwaar ontvangen"
TEXT = (
    "Beste mevrouw Voorbeeld,\n\nOp 2 maart kregen wij uw bezwaar tegen onze brief over parkeren. Wij beslissen "
    "uiterlijk over twaalf weken.\n\nWilt u iets toevoegen? Dat kan in uw zaak op onze website, of met een brief.\n\n"
    "Met vriendelijke groet,\n\nteam Juridische Zaken"
)


def letter_in_style(services: Services, actor: Actor, number: int) -> bytes:
    """The PDF. `number` is a row of the house style, 0 for how the program comes along. Raises NotAllowed and NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    style = style_of(services, actor, number)
    files = files_of_style(services, style)
    with reading(services) as (session, now):
        shelf, day = services.law.shelf(session), local_date(now)
    head = letterhead_on(shelf, day, services.settings.organisation)
    frame = _frame(head.organisation, style)
    return letter_pdf(
        Letter(
            frame.organisation, "mevrouw V. Voorbeeld", "Voorbeeldlaan 1\n1234 AB Voorbeeldstad", day, SUBJECT, TEXT,
            "BZW-0000-00001", frame=frame, logo=files.get(style.logo),
        )
    )  # fmt: skip


def _frame(sender: Organisation, style: HouseStyle) -> Frame:
    return Frame(
        organisation=sender.name, body="", postal_address=sender.postal_address, visiting_address=sender.visiting_address,
        phone=sender.phone, email=sender.email, website=sender.website, hours=sender.hours, contact=sender.team,
        contact_phone=sender.phone, **logo_of(style, sender.name),
    )  # fmt: skip
