"""Official papers out as Word files, in the form that Decree 30/2020 asks for."""

from binhdang.office.paper import write_paper

__all__ = ["write_paper"]
