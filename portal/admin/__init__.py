"""The administration at /beheer: what needs attention, case types, departments, law, destruction, control."""

from fastapi import APIRouter

from portal.admin import (
    closed_days,
    control,
    departments,
    destruction,
    held_mail,
    law,
    models,
    overview,
    people,
    uploads,
)

router = APIRouter()
for room in (overview, uploads, models, departments, people, closed_days, law, destruction, held_mail, control):
    router.include_router(room.router, prefix="/beheer")
