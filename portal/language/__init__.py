"""The pages of citizens and departments in another language than the Dutch in which they are written.

Templates and sentences stay Dutch, each in one place. `chosen` says in which language a visitor reads; `segments` finds the words in
the source of a template; `catalogue` holds what they are in English (`en.po`, which any editor of translations opens); `english` makes
the environment of Jinja2 that reads the same templates in English.
"""
