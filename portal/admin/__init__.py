"""The administration at /beheer: what needs attention, case types, departments, law, destruction, control, who looked."""

from fastapi import APIRouter

from portal.admin import (
    agreeing,
    answers,
    changes,
    closed_days,
    comparing,
    control,
    dated,
    department_list,
    departments,
    destruction,
    held_mail,
    holds,
    house_style,
    law,
    looks,
    models,
    moving,
    out_of_use,
    overview,
    people,
    person,
    sign_ins,
    studio,
    style_preview,
    substitution,
    uploads,
    versions,
)

router = APIRouter()
for room in (
    overview,
    changes,
    studio,
    uploads,
    moving,
    comparing,
    out_of_use,
    agreeing,
    versions,  # and models: where another page has a word, they have a number
    models,
    department_list,
    departments,
    substitution,  # and people: where that has a number, it has a word
    people,
    closed_days,
    law,
    dated,
    house_style,
    style_preview,
    holds,
    destruction,
    held_mail,
    answers,
    control,
    person,
    looks,
    sign_ins,
):
    router.include_router(room.router, prefix="/beheer")
