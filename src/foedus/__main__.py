"""`python -m foedus`."""

from foedus.cli import main

main(prog_name="foedus")
