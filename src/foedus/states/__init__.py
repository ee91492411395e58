"""Who existed when, under which codes and names. A state is its id: ISO 3166-1 alpha-3, or an id of its own for a former one."""

from foedus.states.finding import alive, by_code, find, name

__all__ = ["alive", "by_code", "find", "name"]
