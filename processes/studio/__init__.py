"""Drafts of case types: a folder in the database with every save of it, its way in and out as a zip, and a copy of it.

Nothing of a case runs by a draft; what goes into use is a model version.
"""
