"""Footnotes of a Word file: the part that holds them, and the calls in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from binhdang.office.form import FONT

if TYPE_CHECKING:
    from docx.document import Document as Word

NOTE = re.compile(r"\[(\d{1,3})\]\s+(.+)", re.DOTALL)
"""A note as the plan's text has it, at the end: its mark and its words."""
_CALL = re.compile(r"\[(\d{1,3})\]")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Footnotes:
    """The notes of a paper by their marks; each is called where its mark stands in the text."""

    def __init__(self, notes: dict[str, str]) -> None:
        self._notes = notes
        self._called: list[str] = []

    def set_words(self, paragraph: Any, words: str) -> None:
        """Writes a run's words again, with a call for each mark that has a note."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = paragraph.runs[0]
        pieces = _CALL.split(words)
        if not any(mark in self._notes for mark in pieces[1::2]):
            return
        run.text = ""
        for place, piece in enumerate(pieces):
            if place % 2 and piece in self._notes and piece not in self._called:
                self._called.append(piece)
                call = paragraph.add_run()
                call.font.superscript = True
                mark = OxmlElement("w:footnoteReference")
                mark.set(qn("w:id"), str(len(self._called)))
                call._r.append(mark)
                continue
            text = f"[{piece}]" if place % 2 else piece
            if text:
                added = paragraph.add_run(text)
                added.bold, added.italic, added.font.size = run.bold, run.italic, run.font.size

    @property
    def uncalled(self) -> list[str]:
        """The notes whose marks stand nowhere, as they were printed."""
        return [f"[{mark}] {text}" for mark, text in self._notes.items() if mark not in self._called]

    def attach(self, word: Word) -> None:
        """Puts the called notes into the file."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml.ns import nsdecls

        if not self._called:
            return
        font = f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/><w:sz w:val="20"/></w:rPr>'
        ends = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in (("separator", -1), ("continuationSeparator", 0))
        )
        raised = '<w:rPr><w:sz w:val="20"/><w:vertAlign w:val="superscript"/></w:rPr>'
        body = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r>{raised}<w:footnoteRef/></w:r>'
            f'<w:r>{font}<w:t xml:space="preserve"> {escape(self._notes[mark])}</w:t></w:r></w:p></w:footnote>'
            for number, mark in enumerate(self._called, 1)
        )
        xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{ends}{body}</w:footnotes>'
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, xml.encode(), word.part.package)
        word.part.relate_to(part, _RELATION)
