"""The English catalogue lacks no sentence of the pages, and what is compiled is what is written."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path
from string import Formatter

import pytest
from django.utils.translation.template import templatize

import binhdang.server

ROOMS = Path(binhdang.server.__file__).parent
_CALL = re.compile(r"""\b(?:n?gettext(?:_lazy)?|_)\(\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_QUOTED = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d])?) (".*")$|^(".*")$')


def read_catalogue(language: str) -> dict[str, list[str]]:
    """The msgids of a .po file with their translations."""
    entries: dict[str, list[str]] = {}
    parts: list[list[str]] = []
    for line in [*(ROOMS / "locale" / language / "LC_MESSAGES" / "django.po").read_text().splitlines(), 'msgid ""']:
        if not (found := _QUOTED.match(line)):
            continue
        if found[1] == "msgid" and parts:
            entries[parts[0][1]] = [text for keyword, text in parts if keyword.startswith("msgstr")]
            parts = []
        if found[1]:
            parts.append([found[1], ast.literal_eval(found[2])])
        else:
            parts[-1][1] += ast.literal_eval(found[3])
    entries.pop("", None)
    return entries


def said(room: str) -> set[str]:
    """Every sentence that a room's templates and modules give to be translated."""
    sentences: set[str] = set()
    for path in sorted((ROOMS / room).rglob("*")):
        if path.suffix == ".html":
            source = templatize(path.read_text(), origin=str(path))
        elif path.suffix == ".py":
            source = path.read_text()
        else:
            continue
        sentences |= {ast.literal_eval(text).replace("%%", "%") for text in _CALL.findall(source)}
    return sentences


@pytest.mark.parametrize("room", ["web", "home"])
def test_no_sentence_is_missing_in_english(room: str) -> None:
    sentences = said(room)
    assert len(sentences) > 2
    catalogue = read_catalogue("en")
    assert sorted(sentence for sentence in sentences if not all(catalogue.get(sentence, [""]))) == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with (ROOMS / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for sentence, translations in read_catalogue(language).items():
        if len(translations) == 1 and language == "en":
            assert compiled.gettext(sentence) == translations[0]
        else:
            assert translations[0] in (compiled.gettext(sentence), compiled.ngettext(sentence, sentence, 1))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_translations_keep_the_places_of_values(language: str) -> None:
    places = re.compile(r"%\(\w+\)[sd]|%[sd]")
    for sentence, translations in read_catalogue(language).items():
        for translation in translations:
            assert set(places.findall(translation)) <= set(places.findall(sentence)), sentence
            assert [part[1] for part in Formatter().parse(translation)] == [
                part[1] for part in Formatter().parse(sentence)
            ]
