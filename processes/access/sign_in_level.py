"""How strongly a citizen must have signed in (C20): to begin a case, and to come into one afterwards, for whatever page, file or change.

Who acts for another needs the level too: it is asked of who signed in.
"""

from engine.words import SignInLevel
from processes.base.actor import Actor
from processes.base.errors import StrongerSignInNeeded
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case


def demanded_level(*versions: Deployed) -> SignInLevel:
    """The highest level of these versions of a case type, of which the newest must be one. What protects people holds from the day it is in
    use, also for a case or form of before.
    """
    kinds = [one.model.case_type for one in versions]
    high = any(kind is not None and kind.sign_in_level == SignInLevel.HIGH for kind in kinds)
    return SignInLevel.HIGH if high else SignInLevel.SUBSTANTIAL


def is_enough(level: str, demanded: SignInLevel) -> bool:
    """Whether somebody who signed in at `level` comes as far. Below `substantial` nobody signs in at all."""
    return demanded in {SignInLevel.SUBSTANTIAL, level}


def refuse_too_weak(actor: Actor, case: Case, *versions: Deployed) -> None:
    """Raises StrongerSignInNeeded for a citizen who signed in below the level of this case; `versions` as `demanded_level` takes them."""
    demanded = demanded_level(*versions)
    if not is_enough(actor.level, demanded):
        raise StrongerSignInNeeded(case.title, demanded, case.number)
