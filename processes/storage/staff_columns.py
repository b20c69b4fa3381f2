"""Every column that names a member of staff, and how: by number, or in another way that says why.

A test plays a whole case and looks in every column for the numbers and names of those who worked on it: whoever adds such a
column must add it here, and give it to the migration that changes what stands in it.
"""

from typing import Final

# (table, column): the number of `staff` stands there, beside who is no member of staff (a citizen's index, `system`)
NUMBERED: Final = frozenset({
    ("case", "handler"),
    ("case_access", "decided_by"),
    ("case_access", "ended_by"),
    ("case_access", "staff"),
    ("case_type_change", "decided_by"),
    ("case_type_change", "proposed_by"),
    ("checklist_item", "added_by"),
    ("checklist_item", "done_by"),
    ("checklist_item", "struck_by"),
    ("colleague_task", "ended_by"),
    ("colleague_task", "made_by"),
    ("colleague_task", "staff"),
    ("correction", "made_by"),
    ("decision", "taken_by"),
    ("default_notice", "recorded_by"),
    ("desk_mail", "staff"),
    ("destruction", "approved_by"),
    ("destruction", "proposed_by"),
    ("destruction_hold", "ended_by"),
    ("destruction_hold", "placed_by"),
    ("destruction_hold", "reviewer"),
    ("filed", "entered_by"),
    ("hearing_seat", "staff"),
    ("hearing_seat", "instead_of"),
    ("hearing_session", "set_by"),
    ("house_style", "saved_by"),
    ("house_style", "withdrawn_by"),
    ("law_rule", "saved_by"),
    ("letter", "asked_by"),
    ("letter", "made_by"),
    ("letter_approval", "decided_by"),
    ("letter_approval", "staff"),
    ("letter_edit", "staff"),
    ("look", "who"),
    ("mailbox_change", "proposed_by"),
    ("model_draft_revision", "saved_by"),
    ("document_request", "handler"),
    ("draft_comment", "answered_by"),
    ("draft_comment", "done_by"),
    ("draft_share", "made_by"),
    ("draft_share", "revoked_by"),
    ("news", "staff"),
    ("out_of_use", "set_by"),
    ("out_of_use", "ended_by"),
    ("model_move", "started_by"),
    ("model_version", "approved_by"),
    ("model_version", "deployed_by"),
    ("part_decision", "taken_by"),
    ("person_package", "asked_by"),
    ("case_bundle", "asked_by"),
    ("post_item", "handled_by"),
    ("post_item", "taken_by"),
    ("print_batch", "made_by"),
    ("publication", "withdrawn_by"),
    ("removal", "approved_by"),
    ("removal", "proposed_by"),
    ("setting_change", "proposed_by"),
    ("reopening", "reopened_by"),
    ("request_reply", "decided_by"),
    ("saved_view", "staff"),
    ("staff", "number"),
    ("staff_identity", "bound_by"),
    ("staff_identity", "staff"),
    ("substitution", "ended_by"),
    ("substitution", "set_by"),
    ("substitution", "staff"),
    ("substitution", "substitute"),
    ("task", "assignee"),
    ("task", "done_by"),
    ("task", "handler"),
    ("version_proposal", "decided_by"),
    ("version_proposal", "proposed_by"),
})  # fmt: skip
# the name as people read it on the day of writing; no rule compares it
NAMED: Final = frozenset({("document", "added_by"), ("note", "author"), ("staff", "name"), ("staff_identity", "name")})
# a spelling that sign-on gave: compared with the user name and mail address of a person, found by number
SPELLED: Final = frozenset(
    {("party", "barred_as"), ("staff", "username"), ("staff", "email"), ("staff_identity", "username")}
)
