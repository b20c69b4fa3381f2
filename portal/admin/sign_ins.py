"""/beheer/inloggen: where and when I signed in (C20), for who works in the administration."""

from portal.security.guards import signed_in_staff
from portal.sign_in_pages import staff_sign_ins
from processes.base.actor import StaffRole

router = staff_sign_ins(
    "/beheer", "admin/sign_ins.html", signed_in_staff(StaffRole.ADMIN, StaffRole.ARCHIVIST, StaffRole.PRIVACY)
)
