"""/werk/inloggen: where and when I signed in (C20)."""

from portal.security.guards import signed_in_staff
from portal.sign_in_pages import staff_sign_ins
from portal.workbench.doors import AT_DESK
from processes.base.actor import StaffRole

router = staff_sign_ins("/werk", "workbench/sign_ins.html", signed_in_staff(*AT_DESK, StaffRole.LEAD))
