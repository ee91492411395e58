"""The shell door: one command a verb. Nothing heavy is imported before a command runs."""

import sys
from pathlib import Path

import click

from foedus.errors import InputError


class Doors(click.Group):
    """Commands whose bad input is one line on standard error and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InputError as error:
            click.echo(f"foedus: {error}", err=True)
            sys.exit(2)


@click.group(cls=Doors)
@click.version_option(package_name="foedus")
def main() -> None:
    """The collective-security engine: who owes what to whom, on whose account of the facts."""


@main.group()
def library() -> None:
    """The facts the answers stand on."""


@library.command()
@click.argument("root", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", default="", help="Show only errors in files whose path begins with this.")
def check(root: Path | None, only: str) -> None:
    """Prove that every reference, spell, source and example of the library holds."""
    from foedus.compiling import ROOT, gather

    found = gather(root or ROOT)
    errors = [error for error in found.errors if error.place.startswith(only)]
    for error in errors:
        click.echo(str(error), err=True)
    counts = ", ".join(f"{len(table)} {kind}s" for kind, table in found.entries.items())
    provisions = sum(len(article.data["provisions"]) for articles in found.articles.values() for article in articles)
    click.echo(f"{counts}, {provisions} provisions; {len(errors)} errors")
    if errors:
        sys.exit(2)
