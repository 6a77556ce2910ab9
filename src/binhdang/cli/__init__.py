"""The command line: `binhdang read | check | demo | schema`."""

from binhdang.cli.command import main

__all__ = ["main"]
