"""The administration at /beheer: what needs attention, case types, departments, law, destruction, control, who looked."""

from fastapi import APIRouter

from portal.admin import (
    closed_days,
    control,
    dated,
    departments,
    destruction,
    held_mail,
    holds,
    law,
    looks,
    models,
    moving,
    overview,
    people,
    person,
    studio,
    uploads,
)

router = APIRouter()
for room in (
    overview,
    studio,
    uploads,
    moving,
    models,
    departments,
    people,
    closed_days,
    law,
    dated,
    holds,
    destruction,
    held_mail,
    control,
    person,
    looks,
):
    router.include_router(room.router, prefix="/beheer")
