"""Every change that a person or a sweep can make. Each action is a frozen command with its function right under it.

Doors call `act`; it opens the one transaction and commits before it answers.
"""

from collections.abc import Callable
from typing import Any

from processes.actions import (
    agreeing,
    answers,
    confirming,
    correcting,
    correcting_party,
    course,
    dated,
    decisions,
    defaulting,
    delivering,
    demo,
    departments,
    deploying,
    documents,
    dossier_links,
    draft_comments,
    drafting,
    drafts,
    fact_dates,
    held,
    holds,
    house_style,
    joining,
    law,
    mail_answers,
    mailbox_codes,
    mailing,
    messages,
    moving,
    networks,
    out_of_use,
    parties,
    penalty,
    people,
    person_data,
    post,
    profile,
    proposing,
    publishing,
    recalling,
    registering,
    rehearsing,
    relating,
    removing,
    replying,
    representing,
    requests,
    retention,
    sharing,
    tasks,
    term_days,
    terms,
    timers,
    trial_mail,
    upkeep,
    warning,
    withdrawing,
)
from processes.actions.security_events import tell_of_action
from processes.base import metrics
from processes.base.actor import SYSTEM, Actor
from processes.execution.case_execution import Poisoned
from processes.execution.one_time_key import bound
from processes.execution.parking import warn
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.services import Services

Change = Callable[[UnitOfWork, Any], str]

ACTIONS: dict[type, Change] = {
    registering.RegisterCase: registering.register_case,
    draft_comments.ShareDraft: draft_comments.share_draft,
    draft_comments.EndShare: draft_comments.end_share,
    draft_comments.CommentOnDraft: draft_comments.comment_on_draft,
    draft_comments.AnswerComment: draft_comments.answer_comment,
    draft_comments.TickComment: draft_comments.tick_comment,
    out_of_use.EndUse: out_of_use.end_use,
    out_of_use.KeepInUse: out_of_use.keep_in_use,
    tasks.CompleteTask: tasks.complete_task,
    tasks.TakeTask: tasks.take_task,
    joining.CompleteTogether: joining.complete_together,
    joining.CompleteAlike: joining.complete_alike,
    answers.EnterLateAnswer: answers.enter_late_answer,
    messages.SendMessage: messages.send_message,
    messages.AddNote: messages.add_note,
    messages.Reply: messages.reply,
    messages.MarkRead: messages.mark_read,
    messages.ReadNews: messages.read_news,
    documents.AddDocuments: documents.add_documents,
    documents.ShowOnPortal: documents.show_on_portal,
    documents.GiveToDepartment: documents.give_to_department,
    documents.GiveToParty: documents.give_to_party,
    documents.RemoveDocument: documents.remove_document,
    delivering.Deliver: delivering.deliver,
    delivering.AnswerByLink: delivering.deliver_answer,
    recalling.RecallFile: recalling.recall_file,
    replying.ReplyToRequest: replying.reply_to_request,
    replying.DecideReply: replying.decide_reply,
    drafts.SaveDraft: drafts.save_draft,
    drafts.DropDraft: drafts.drop_draft,
    parties.AddParty: parties.add_party,
    correcting_party.CorrectParty: correcting_party.correct_party,
    representing.Represent: representing.represent,
    representing.ReplaceRepresentative: representing.replace_representative,
    representing.RemoveParty: representing.remove_party,
    decisions.AddDecision: decisions.add_decision,
    decisions.CorrectDecision: decisions.correct_decision,
    networks.ComeFromNetwork: networks.come_from_network,
    requests.AskDepartments: requests.ask_for_documents,
    requests.ChangeTerm: requests.change_term,
    requests.StopRequest: requests.stop_request,
    dossier_links.RevokeLink: dossier_links.revoke_link,
    dossier_links.NewLink: dossier_links.new_link,
    correcting.CorrectDates: correcting.correct_dates,
    fact_dates.CorrectReceipt: fact_dates.correct_receipt,
    fact_dates.CorrectSent: fact_dates.correct_sent,
    fact_dates.CorrectStart: fact_dates.correct_start,
    fact_dates.CorrectWithdrawal: fact_dates.correct_withdrawal,
    term_days.CorrectTermDay: term_days.correct_term_day,
    terms.SuspendTerm: terms.suspend_term,
    terms.EndSuspension: terms.end_suspension,
    terms.LengthenTerm: terms.lengthen_term,
    penalty.RegisterDefaultNotice: penalty.register_default_notice,
    penalty.ExcludePenalty: penalty.exclude_penalty,
    penalty.SetPenalty: penalty.set_penalty,
    defaulting.PutInDefault: defaulting.put_in_default,
    course.PressButton: course.press_button,
    withdrawing.Withdraw: withdrawing.withdraw,
    course.AssignHandler: course.assign_handler,
    course.ReturnToTeam: course.return_to_team,
    course.ChangeRemark: course.change_remark,
    course.RetryCase: course.retry_case,
    rehearsing.OrderRehearsals: rehearsing.order_rehearsals,
    rehearsing.KeepSteps: rehearsing.keep_steps,
    relating.RelateCases: relating.relate_cases,
    relating.UnrelateCases: relating.unrelate_cases,
    post.ConfirmPosted: post.confirm_posted,
    held.RetryHeldLetter: held.retry_held_letter,
    held.RetryHeldMail: held.retry_held_mail,
    held.SendHeldLetter: held.send_held_letter,
    held.SendHeldMail: held.send_held_mail,
    profile.SaveProfile: profile.save_profile,
    confirming.ConfirmAddress: confirming.confirm_address,
    confirming.MailCode: confirming.mail_new_code,
    deploying.DeployFolder: deploying.deploy_folder,
    drafting.StartDraft: drafting.start_draft,
    drafting.ImportDraft: drafting.import_draft,
    drafting.CopyCaseType: drafting.copy_case_type,
    drafting.AdoptDrawing: drafting.adopt_drawing,
    drafting.SaveDraftFiles: drafting.save_draft_files,
    drafting.EditDraft: drafting.edit_draft,
    drafting.RestoreRevision: drafting.restore_revision,
    drafting.NameRevision: drafting.name_revision,
    drafting.TidyDraft: drafting.tidy_draft,
    drafting.UntidyDraft: drafting.untidy_draft,
    drafting.DiscardDraft: drafting.discard_draft,
    drafting.DeployDraft: drafting.deploy_draft,
    proposing.ApproveVersion: proposing.approve_version,
    proposing.SendBackVersion: proposing.send_back_version,
    proposing.WithdrawVersion: proposing.withdraw_version,
    proposing.StartVersion: proposing.start_version,
    proposing.StopVersion: proposing.stop_version,
    agreeing.AgreeToChange: agreeing.agree_to_change,
    agreeing.SendBackChange: agreeing.send_back_change,
    agreeing.WithdrawChange: agreeing.withdraw_change,
    moving.StartMove: moving.start_move,
    moving.StopMove: moving.stop_move,
    moving.ReturnCases: moving.return_cases,
    moving.ReturnCase: moving.return_case,
    moving.MoveCase: moving.move_case,
    moving.MoveCaseBack: moving.move_case_back,
    moving.RefuseCase: moving.refuse_case,
    moving.EndMove: moving.end_move,
    demo.MoveClock: demo.move_clock,
    timers.FireTimers: timers.fire_timers,
    timers.RetryTimers: timers.retry_timers,
    warning.WarnOfDeadlines: warning.warn_of_deadlines,
    upkeep.RetryWork: upkeep.retry_work,
    publishing.WithdrawFromDepartment: publishing.withdraw_from_department,
    publishing.WithdrawPublication: publishing.withdraw_publication,
    removing.ProposeRemoval: removing.propose_removal,
    removing.WithdrawRemoval: removing.withdraw_removal,
    removing.ApproveRemoval: removing.approve_removal,
    mailbox_codes.AskMailboxCode: mailbox_codes.ask_mailbox_code,
    mailbox_codes.ShowMailboxCode: mailbox_codes.show_mailbox_code,
    mailing.RetryMail: mailing.retry_mail,
    mailing.SettleMail: mailing.settle_mail,
    mail_answers.SettleAnswer: mail_answers.settle_answer,
    mailing.LetMailGo: mailing.let_mail_go,
    trial_mail.SendTrialMail: trial_mail.send_trial_mail,
    departments.SaveDepartment: departments.save_department,
    departments.EndDepartment: departments.end_department,
    departments.ReviveDepartment: departments.revive_department,
    departments.ImportDepartments: departments.import_departments,
    departments.ConfirmMailbox: departments.confirm_mailbox,
    departments.WithdrawMailbox: departments.withdraw_mailbox,
    people.AdmitAccount: people.admit_account,
    people.EndSessions: people.end_sessions,
    people.EndAllSessions: people.end_all_sessions,
    people.BlockPerson: people.block_person,
    people.UnblockPerson: people.unblock_person,
    law.SaveLawRule: law.save_law_rule,
    law.RemoveLawRule: law.remove_law_rule,
    law.SaveClosedDay: law.save_closed_day,
    law.RemoveClosedDay: law.remove_closed_day,
    law.RecomputeCase: law.recompute_case,
    dated.SaveSetting: dated.save_setting,
    dated.TakeBackSetting: dated.take_back_setting,
    dated.ConfirmSetting: dated.confirm_setting,
    dated.WithdrawSetting: dated.withdraw_setting,
    house_style.SaveStyleProposal: house_style.save_style_proposal,
    house_style.MendStyleProposal: house_style.mend_style_proposal,
    house_style.DropStyleProposal: house_style.drop_style_proposal,
    house_style.UseStyle: house_style.use_style,
    house_style.ReturnToStyle: house_style.return_to_style,
    house_style.WithdrawStyle: house_style.withdraw_style,
    sharing.ShareWithPerson: sharing.share_with_person,
    person_data.FindPerson: person_data.find_person,
    person_data.MakePackage: person_data.make_package,
    person_data.RemovePackage: person_data.remove_package,
    holds.PlaceHold: holds.place_hold,
    holds.LengthenHold: holds.lengthen_hold,
    holds.EndHold: holds.end_hold,
    holds.AskReviewer: holds.ask_reviewer,
    retention.ListDue: retention.list_due,
    retention.ExceptCase: retention.except_case,
    retention.RelistCase: retention.relist_case,
    retention.ProposeDestruction: retention.propose_destruction,
    retention.ApproveDestruction: retention.approve_destruction,
}


def act(services: Services, actor: Actor, action: object, *, once: str | None = None, form: str = "") -> str:
    """Carry out one action for one actor. `once` is the one-time key of the form that asked for it:
    the same person who sends the same again gets the first answer. `form` is the address of a form that keeps drafts:
    its draft goes in the same transaction.

    The answer depends on the action: a case number, a receipt, or an empty text. Raises ZaakspoorError.
    """
    change, changed = ACTIONS[type(action)], False

    def carry_out(work: UnitOfWork) -> str:
        nonlocal changed
        changed = True
        answer = change(work, action)
        if form:
            drafts.drop_draft(work, drafts.DropDraft(form))
        return answer

    key = bound(services.secrets, actor, action, once) if once is not None else None
    try:
        with metrics.timed(metrics.STEPS, type(action).__name__):
            answer = transact(services, actor, carry_out, key)
    except Poisoned as poisoned:
        if actor != SYSTEM:  # the sweep parks the case itself
            warn(services, poisoned.case_id, poisoned.reason)
        raise
    if changed:  # a form that came twice changed nothing the second time
        tell_of_action(actor, action, answer)
    return answer
