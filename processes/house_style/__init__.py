"""The house style of the organisation: colours, fonts, logo, name and links, as values; no database.

A style is checked (`contrast`, `pairs`), written as one stylesheet that holds values of tokens and nothing else (`sheet`), and
may come from a form (`typed`), from a file (`package`) or from what comes along (`themes`). What is uploaded is looked at in
`pictures` (SVG, PNG) and `fonts` (WOFF2).
"""
