"""The real pages of a case that is only played: rendered by this program in the process that plays, and made inert for who looks on.

It imports the rest of the portal and is started as a program of its own (`python -m portal.played`) by processes.base.isolated_play.
"""
