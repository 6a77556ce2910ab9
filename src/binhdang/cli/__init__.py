"""The command line: `binhdang read | check | samples | schema`, and the installation's: `serve | demo | …`."""

from binhdang.cli.command import main

__all__ = ["main"]
