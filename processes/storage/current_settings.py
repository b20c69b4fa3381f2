"""The settings of the program with what administrators made of them on pages."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.base.letterhead import Organisation
from processes.base.settings import Settings
from processes.dated import begun_forms_on, organisation_on, settings_on
from processes.storage.business_time import business_now
from processes.storage.services import Services


def current_settings(services: Services) -> Settings:
    """For what has no transaction at hand. Fresh enough for a page: a change reaches every process within five minutes (`LawCache.last_shelf`)."""
    return settings_on(services.law.last_shelf(services.sessions), _today(services), services.settings)


def current_organisation(services: Services) -> Organisation | None:
    """How one writes, comes, calls and mails, for a page; None while nobody filled it in: outside the demo no page names what is invented."""
    shelf = services.law.last_shelf(services.sessions)
    found = organisation_on(shelf, _today(services), services.settings.organisation)
    return None if found.invented and not services.settings.demo else found


def begun_form_kept(services: Services, session: Session) -> timedelta:
    """How long a form is kept that somebody began and did not send."""
    return begun_forms_on(services.law.shelf(session), _today(services, session))


def _today(services: Services, session: Session | None = None) -> date:
    """Business time is moved in the demo alone; elsewhere it costs no statement."""
    return local_date(business_now(services, session) if services.settings.demo else services.clock.now())
