"""What poppler reads in the structure of a PDF: `pdfinfo -struct-text`, as text in reading order.

Furniture has a name and is left out: the cover, the contents, what is drawn in figures, and the
labels of lists. Notes, which stand behind the paragraph that marks them, are a text of their own.
"""
import re
import subprocess

from sequence import plain


class Element:
    def __init__(self, kind, parent):
        self.kind, self.parent, self.kids, self.numbering = kind, parent, [], None

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def is_furniture(self):
        if self.kind == "Figure":
            return True
        if self.kind == "Lbl" and self.parent.kind == "LI":
            return self.parent.parent.numbering not in (None, "None")
        if self.kind == "Sect" and self.parent.kind == "Document":
            kinds = {element.kind for element in self.walk()}
            first = self is self.parent.kids[0]
            return "TOC" in kinds or first and not any(re.fullmatch("H[1-6]", kind) for kind in kinds)
        return False


def structure(path):
    """The tree that poppler prints: an element a line, deeper by two spaces, its texts quoted."""
    out = subprocess.run(["pdfinfo", "-enc", "UTF-8", "-struct-text", path], check=True,
                         stdin=subprocess.DEVNULL, capture_output=True).stdout.decode()
    root = Element("", None)
    stack = [(-1, root)]
    for line in out.split("\n"):
        depth, line = len(line) - len(line.lstrip(" ")), line.strip(" ")
        if not line or line.startswith("Object "):
            continue
        if line.startswith("/"):
            found = re.fullmatch(r"/ListNumbering /(\w+)", line)
            stack[-1][1].numbering = found.group(1) if found else stack[-1][1].numbering
            continue
        while stack[-1][0] >= depth:
            stack.pop()
        parent = stack[-1][1]
        if line.startswith('"'):
            parent.kids.append(line.strip('"') if line.endswith('"') else line)
            continue
        element = Element(re.match(r"\w+", line).group(), parent)
        parent.kids.append(element)
        stack.append((depth, element))
    return root


def texts(path):
    """(body, notes) without white space."""
    found = {False: [], True: []}
    waiting = [(structure(path), False)]
    while waiting:
        one, in_note = waiting.pop()
        if isinstance(one, str):
            found[in_note].append(one)
        elif not one.is_furniture():
            in_note = in_note or one.kind == "Note"
            waiting.extend((kid, in_note) for kid in reversed(one.kids))
    return plain("".join(found[False])), plain("".join(found[True]))
