"""The changes of post: what comes in, what is printed, and what was sent."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from processes.actions import (
    news_digest,
    post,
    post_handling,
    post_room,
    printing,
    returned_post,
    translating,
    unopened,
)
from processes.execution.unit_of_work import UnitOfWork

OF_POST: Final[Mapping[type, Callable[[UnitOfWork, Any], str]]] = {
    post_room.TakeInPost: post_room.take_in_post,
    post_room.SetPostAside: post_room.set_post_aside,
    post_handling.AttachPost: post_handling.attach_post,
    post_handling.WithdrawByPost: post_handling.withdraw_by_post,
    post_handling.DefaultByPost: post_handling.default_by_post,
    post_handling.RegisterPost: post_handling.register_post,
    returned_post.RegisterReturned: returned_post.register_returned,
    returned_post.KeepAddress: returned_post.keep_address,
    news_digest.MailNewsOfDay: news_digest.mail_news_of_day,
    unopened.TellUnopened: unopened.tell_unopened,
    printing.MakeBatch: printing.make_batch,
    printing.BackInQueue: printing.back_in_queue,
    translating.TranslateLetter: translating.translate_letter,
    post.ConfirmPosted: post.confirm_posted,
    post.TakeBackPosted: post.take_back_posted,
}
