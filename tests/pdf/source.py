"""The linear source: what an edition says, in the order in which it is read.

Read from the tree that `handout tree` writes, never from a PDF or a book. A sequence is a list
of (role, stretches of (language, text)), a block each; notes are a sequence of their own, in the
order of their first marks. White space is left out: both outputs end lines where they will.
"""
import xml.etree.ElementTree as ET

from sequence import Sequence, plain

TEXTS = {"paragraph": "P", "caption": "Caption", "code-block": "Code", "term": "Lbl", "qr": "P"}
APART = {"P", "Code"}  # of several languages each is a block
TITLED = {"callout", "worksheet"}  # whose caption is the title of a box
NO_TEXT = {"image", "rule", "page-break", "title", "author"}


class Source:
    """An edition's tree as sequences: `body` and `notes`."""

    def __init__(self, xml):
        self.body, self.notes = Sequence(), Sequence()
        self.sequence, self.level = self.body, 0
        root = ET.fromstring(xml)
        self.footnotes = {note.get("id"): note for note in root.iter("footnote")}
        self.marked = []
        language = next((v.get("language") for v in root.iter("variant") if v.get("language")), "")
        self.blocks(root, language)
        for target in self.marked:
            self.note(self.footnotes[target], language)

    # --- blocks -------------------------------------------------------------------------

    def blocks(self, parent, language):
        for element in parent:
            self.block(element, element.get("language") or language)

    def block(self, element, language):
        kind = element.tag
        if kind in NO_TEXT or kind == "footnote":
            return
        if kind == "heading":
            self.heading(element, language)
        elif kind == "table":
            self.table(element, language)
        elif kind == "entry" and self.is_paired(element):
            self.pairs(element, language)
        elif kind in TEXTS:
            self.texts(element, TEXTS[kind], language)
        else:
            self.container(element, language)

    def container(self, element, language):
        for child in element:
            if child.tag == "caption":
                self.texts(child, "P" if element.tag in TITLED else "Caption", language)
            else:
                self.block(child, child.get("language") or language)
        if element.tag == "chart" and element.get("source"):
            self.sequence.begin("Source")
            self.sequence.open[1].extend((name, plain(text)) for name, text in element.items()
                                         if name == "source" or name.startswith("source."))
            self.sequence.end()

    def heading(self, heading, language):
        self.level = min(int(heading.get("level")), self.level + 1)
        role = "H%d" % self.level
        for number, variant in enumerate(heading):
            own = variant.get("language") or language
            if number == 0:
                self.sequence.add(role, own, heading.get("number") or "")
            self.inlines(variant, role, own)
        self.sequence.end()

    def texts(self, block, role, language):
        """The variants of a block: a block each, or stretches of one."""
        for variant in block:
            self.inlines(variant, role, variant.get("language") or language)
            if role in APART:
                self.sequence.end()
        if block.tag == "qr":
            self.sequence.add(role, language, block.get("target"))
        self.sequence.end()

    def table(self, table, language):
        for child in table:
            if child.tag == "caption":
                self.texts(child, "Caption", language)
            for number, cell in enumerate(child if child.tag == "row" else ()):
                heads = child.get("header") or (number == 0 and "row-headers" in (table.get("class") or ""))
                self.texts(cell, "TH" if heads else "TD", language)

    @staticmethod
    def is_paired(entry):
        """A term and one paragraph in the same languages."""
        if [child.tag for child in entry] != ["term", "paragraph"]:
            return False
        terms, meanings = ({v.get("language") for v in child} for child in entry)
        return None not in terms and terms == meanings

    def pairs(self, entry, language):
        term, meaning = entry
        for variant in meaning:
            own = variant.get("language") or language
            for name in term:
                if name.get("language") == variant.get("language"):
                    self.inlines(name, "Lbl", own)
            self.sequence.end()
            self.inlines(variant, "P", own)
            self.sequence.end()

    def note(self, footnote, language):
        """Its number and all that it says, as one block."""
        self.sequence = Sequence()
        self.blocks(footnote, language)
        runs = [run for _, block in self.sequence.done() for run in block]
        self.notes.begin("P")
        self.notes.add("P", runs[0][0] if runs else language, footnote.get("number"))
        for own, text in runs:
            self.notes.add("P", own, text)
        self.notes.end()

    # --- inlines ------------------------------------------------------------------------

    def inlines(self, parent, role, language):
        self.sequence.add(role, language, parent.text or "")
        for child in parent:
            if child.tag == "footnote-mark" and child.get("target") in self.footnotes:
                if child.get("target") not in self.marked:
                    self.marked.append(child.get("target"))
                self.sequence.add(role, language, child.get("number"))
            else:
                self.inlines(child, role, child.get("language") or language)
            self.sequence.add(role, language, child.tail or "")


# --- is it this that was said? ----------------------------------------------------------

MOST_WORDS = 40  # around a source, in words that the tree has not: "Source: …, May 2024"


def is_source(block, runs):
    """Is a paragraph what a Source block announces?"""
    text = "".join(part for _, part in runs)
    return any(part in text and len(text) <= len(part) + MOST_WORDS for _, part in block[1])


def difference(wanted, found):
    """The first block that differs, or None."""
    at = 0
    for number, block in enumerate(wanted):
        if block[0] == "Source":
            first = at
            while at < len(found) and found[at][0] == "P" and is_source(block, found[at][1]):
                at += 1
            if at > first:
                continue
        elif at < len(found) and found[at] == block:
            at += 1
            continue
        return "block %d: %r is said, not %r" % (number, found[at] if at < len(found) else None, block)
    return "at the end %r is said too" % (found[at],) if at < len(found) else None


def text_difference(wanted, found):
    """The same of text alone, where it is not told where blocks end."""
    at, skipped = 0, 0
    for block in wanted:
        if block[0] == "Source":
            skipped += sum(len(part) + MOST_WORDS for _, part in block[1])
            continue
        text = "".join(part for _, part in block[1])
        start = found.find(text, at, at + skipped + len(text))
        if start < 0 or skipped and start == at:
            return "%r… is said, not %r…" % (found[at:at + 60], text[:60])
        at, skipped = start + len(text), 0
    return None if len(found) - at <= skipped else "at the end %r… is said too" % found[at:at + 60]
