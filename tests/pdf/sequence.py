"""What a PDF's structure tree says, as a sequence: (role, stretches of (language, text)) of each
block that bears text, notes apart. White space is left out, as outputs end lines where they will.
"""
import re

import model

BLOCKS = {"/P": "P", "/TH": "TH", "/TD": "TD", "/Caption": "Caption", "/Code": "Code",
          "/Lbl": "Lbl", "/LBody": "P", "/BlockQuote": "P", "/Div": "P", "/Note": "P"}
BLOCKS.update({"/H%d" % level: "H%d" % level for level in range(1, 7)})
INSIDE = {"TH", "TD", "Caption", "Lbl"}  # a block in one of these is a part of it


def plain(text):
    """Without soft hyphens, and without white space, which the two end lines with differently."""
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


class Sequence:
    """Blocks in order: each a role and stretches of (language, text)."""

    def __init__(self):
        self.blocks = []
        self.open = None

    def begin(self, role):
        self.open = (role, [])
        self.blocks.append(self.open)

    def add(self, role, language, text):
        if not plain(text):
            return
        if self.open is None or self.open[0] != role:
            self.begin(role)
        runs = self.open[1]
        if runs and runs[-1][0] == language:
            runs[-1] = (language, runs[-1][1] + plain(text))
        else:
            runs.append((language, plain(text)))

    def end(self):
        self.open = None

    def done(self):
        return [(role, tuple(runs)) for role, runs in self.blocks if runs]


def is_furniture(pdf, section):
    """The cover has no heading, the contents hold a TOC."""
    found, waiting = set(), [section]
    while waiting:
        element = pdf.resolve(waiting.pop())
        if isinstance(element, dict) and "/S" in element:
            found.add(element["/S"])
            waiting.extend(pdf.kids(element))
    return "/TOC" in found or not any(role.startswith("/H") and role[2:].isdigit() for role in found)


def kids_of_document(pdf):
    kids = pdf.kids(pdf.get(pdf.root, "/StructTreeRoot"))
    if len(kids) == 1 and pdf.resolve(kids[0])["/S"] == "/Document":
        kids = pdf.kids(pdf.resolve(kids[0]))
    return kids


def body_of(pdf):
    """The elements after the cover and the contents."""
    kids = kids_of_document(pdf)
    first = 0
    while first < len(kids) and first < 2 and pdf.resolve(kids[first])["/S"] == "/Sect" \
            and is_furniture(pdf, kids[first]):
        first += 1
    return kids[first:]


def read_pdf(path):
    """(body, notes, texts of the body in reading order, each with its page)"""
    pdf = model.Pdf(path)
    texts = model.marked_texts(pdf)
    root = pdf.text(pdf.root.get("/Lang")) or ""
    body, notes, pieces = Sequence(), Sequence(), []
    places = {page: number for number, page in enumerate(pdf.pages)}
    waiting = [("kid", kid, root, "P", False, None, "") for kid in reversed(body_of(pdf))]
    while waiting:
        event, kid, language, role, in_note, home, numbering = waiting.pop()
        sequence = notes if in_note else body
        if event == "end":
            sequence.end()
            continue
        value = pdf.resolve(kid)
        if isinstance(value, dict) and "/S" in value:
            kind = value["/S"]
            language = pdf.text(value.get("/Lang")) or language
            home = value.get("/Pg", home)
            if kind == "/L":
                numbering = pdf.attribute(value, "/List", "/ListNumbering") or "/None"
            if kind == "/Lbl" and not in_note and numbering not in ("", "/None"):
                continue  # a bullet or a number
            if kind == "/Figure":
                continue
            inside_note, in_note = in_note, in_note or kind == "/Note"
            block = kind in BLOCKS and (role not in INSIDE or kind in ("/TH", "/TD", "/Note"))
            if inside_note or kind == "/Code" and role != "P":
                block = False
            if kind == "/Code" and not is_block_code(pdf, value):
                block = False
            if block:
                role = BLOCKS[kind]
                sequence = notes if in_note else body
                sequence.end()
                waiting.append(("end", None, "", "", in_note, None, ""))
            waiting.extend(("kid", below, language, role, in_note, home, numbering)
                           for below in reversed(pdf.kids(value)))
            continue
        mark = None
        if isinstance(value, int):
            mark = (home, value)
        elif isinstance(value, dict) and value.get("/Type") == "/MCR":
            mark = (value.get("/Pg", home), value["/MCID"])
        if mark is None:
            continue
        text = texts.get(mark, "")
        sequence.add(role, language, text)
        if not in_note:
            pieces.append((places[mark[0]], plain(text)))
    return body.done(), notes.done(), pieces


def texts_by_page(pieces, count):
    """What is read on each page. Where text stands side by side, the cells of a row or two columns,
    and goes on overleaf, reading comes to a page with the first that does: what is read
    after that belongs to that page, though some of it stands on the one before."""
    pages, last = [""] * count, 0
    for page, text in pieces:
        last = max(last, page) if text else last
        pages[last] += text
    return pages


def is_block_code(pdf, element):
    """Code that is a whole paragraph, not a word in one."""
    parent = pdf.resolve(element.get("/P"))
    return len(pdf.kids(parent)) == 1 and parent.get("/S") in ("/P", "/Div") \
        and parent.get("/K") is not None
