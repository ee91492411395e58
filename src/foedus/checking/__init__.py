"""A press piece held against the library: each checkable statement, what the library says, and where it says so."""

from foedus.checking.holding import check
from foedus.checking.recognising import recognise

__all__ = ["check", "recognise"]
