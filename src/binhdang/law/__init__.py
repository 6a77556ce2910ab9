"""The identity of a legal paper: its symbol, its issuer, the names of laws."""

from binhdang.law.issuers import issued_by, name_of, read_issuer, spell_out
from binhdang.law.laws import NamedLaw, find_laws, law_key
from binhdang.law.named import NamedPaper, find_named
from binhdang.law.symbol import PrintedSymbol, Symbol, fault, find_symbols, parse_symbol

__all__ = [
    "NamedLaw",
    "NamedPaper",
    "PrintedSymbol",
    "Symbol",
    "fault",
    "find_laws",
    "find_named",
    "find_symbols",
    "issued_by",
    "law_key",
    "name_of",
    "parse_symbol",
    "read_issuer",
    "spell_out",
]
