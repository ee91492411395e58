"""Data sets that others own: cards that say where they are and how to cite them, and a local store of the user's own copies.

`read(card, table)` gives a table of the store as a Polars frame, columns checked, codes for missing turned into nulls. None of the data ships.
"""
