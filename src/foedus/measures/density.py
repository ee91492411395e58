"""How thick on the ground a force is: per area and per inhabitants of the receiving state."""


def per_1000_km2(persons: float, area_km2: float) -> float:
    """Persons per 1,000 km² of the receiving state.

    Error: none of its own; two figures of strength give two densities. Sources: `persons` from a case's figure, `area_km2` from its `area`.
    Trap: some sources count inland water as area, which moves Kazakhstan by about one per cent.

    >>> round(per_1000_km2(2500, 2_724_900), 2)
    0.92
    """
    return persons / area_km2 * 1000


def per_1000_inhabitants(persons: float, inhabitants: float) -> float:
    """Persons per 1,000 inhabitants of the receiving state.

    Error: none of its own. Sources: `persons` from a case's figure, `inhabitants` from its `population`.

    >>> round(per_1000_inhabitants(2500, 19_000_000), 3)
    0.132
    """
    return persons / inhabitants * 1000
