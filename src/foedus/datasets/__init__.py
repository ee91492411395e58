"""Data sets that others own: cards that say where they are and how to cite them, and a local store of the user's own copies.

`read(card, table)` gives a table of the store as a Polars frame, columns checked, codes for missing turned into nulls. None of the data ships.
"""

from foedus.datasets.cards import card, cite, label, names, years
from foedus.datasets.store import add, held, listed, path, read, root

__all__ = ["add", "card", "cite", "held", "label", "listed", "names", "path", "read", "root", "years"]
