"""The process that plays drafts, with the pages of the portal loaded."""

from portal.played.choosing import FirstChoices
from portal.played.pages import RealPages
from processes.rehearsal.playing import main

main(RealPages(), FirstChoices())
