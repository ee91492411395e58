"""Observed rows: state-years, dyad-years, dyad-days and the spells they are read off, with coverage and direction.

Shapes that every module of the room keeps to. Tables made here are Polars; verbs take any dataframe that Narwhals reads and give back the same kind.

**Keys.** A state is named in one code system a frame: `cow` (column `ccode`, Int16), `gw` (`gwcode`, Int16) or `iso3` (`state`, the library's ids, text).
Frames of pairs have the column twice, `ccode1, ccode2`; the first owes, the second is owed to: direction is never folded unasked. Time is `year`
(Int16) or `date` (Date).

**Spells** have `start` and `until` (Date): `[start, until)`; `until` is the first day that no longer belongs, null where the spell is open, that is,
still running when its source ends. Half-open always, whatever the data set wrote.

**Kinds** of obligation, in this order everywhere (`KINDS`): `defense, offense, neutrality, nonaggression, consultation`, and from the library also
`internal_assistance`. A Boolean column each. Columns of ATOP itself (`neutral`, `nonagg`, `consul`) are renamed on the way in.

**ATOP member spells**, `atop.members()`: alliance (Int32, the ATOPID), phase (Int8), ccode (Int16), start, until, the five kinds (Boolean), and for each of
defense, offense, neutrality, consultation the conditions it stands under as bits, `<kind>_when` (UInt8; bit i is `atop.CONDITIONS[i]`; 0 is unconditional).
Entry is by signature. Member 8152, which is no state of the system, is left out.

**Provisions by pair**, `atop.pairs()` and `library.pairs()`: one row a provision, obligor and obligee: the two keys, start, until, `duty` (an index into the
`duties` table beside it: pact, article, kind, strength, when).

**Pair spells**, `spells.dyad_spells(start, end, source="library" | "atop", system=...)`: the two keys, start, until, the kinds (Boolean), `conditional`
(list of the kinds owed only under a condition), `facts` (list of fact words that the conditions ask), `conditions`, `strengths`, `pacts`,
`articles` (lists of text; an article as pact/article/provision).
Maximal: two spells of a pair that touch differ in one of these.

**Missing.** A verb `add_x` adds, beside its values, `x_missing`: null where the values are there, else the reason (`REASONS`); and
`x_source`: the id of the data set with its version, which `cite` turns into a reference. Missing is never zero.
"""

KINDS = ("defense", "offense", "neutrality", "nonaggression", "consultation")
LIBRARY_KINDS = (*KINDS, "internal_assistance")
SYSTEMS = {"cow": "ccode", "gw": "gwcode", "iso3": "state"}
REASONS = ("outside coverage", "missing in the source", "no such state in the source", "no code for the state that year")
