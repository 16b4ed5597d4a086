"""A PDF as qpdf sees it: objects, pages, content operators, the structure tree.

Everything is read through `qpdf --json` (version 2): names are "/Name", strings "u:text" or
"b:hexadecimal digits", references "12 0 R". No code is shared with the program under test.
"""
import base64
import json
import re
import subprocess

TOKEN = re.compile(rb"""
    (?P<space>[\x00\t\n\x0c\r\ ]+|%[^\r\n]*)
  | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+))
  | (?P<name>/[^\x00\t\n\x0c\r\ ()<>\[\]{}/%]*)
  | (?P<open><<|\[)
  | (?P<close>>>|\])
  | (?P<hex><[0-9A-Fa-f\s]*>)
  | (?P<string>\()
  | (?P<word>[^\x00\t\n\x0c\r\ ()<>\[\]{}/%]+)
""", re.VERBOSE)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Broken(Exception):
    """The file cannot be walked at all."""


def literal_string(data, at):
    """The bytes of a literal string that opens just before `at`, and where it ends."""
    out, depth = bytearray(), 1
    while at < len(data):
        byte = data[at:at + 1]
        if byte == b"\\":
            following = data[at + 1:at + 2]
            octal = re.match(rb"[0-7]{1,3}", data[at + 1:at + 4])
            if octal:
                out.append(int(octal.group(), 8) & 255)
                at += 1 + octal.end()
                continue
            if following not in (b"\r", b"\n"):
                out += ESCAPES.get(following, following)
            at += 2
            continue
        depth += (byte == b"(") - (byte == b")")
        at += 1
        if depth == 0:
            return bytes(out), at
        out += byte
    raise Broken("a string does not end")


def operators(data):
    """(operator, operands) of a content stream; arrays are lists, strings bytes."""
    at, stack, operands = 0, [], []
    while at < len(data):
        match = TOKEN.match(data, at)
        if not match:
            raise Broken("content cannot be read at byte %d: %r" % (at, data[at:at + 20]))
        kind, text, at = match.lastgroup, match.group(), match.end()
        if kind == "open":
            stack.append((operands, text))
            operands = []
        elif kind == "close":
            if not stack:
                raise Broken("%r closes nothing" % text)
            inner, (operands, opened) = operands, stack.pop()
            operands.append(inner if opened == b"[" else dict(zip(inner[::2], inner[1::2])))
        elif kind == "string":
            value, at = literal_string(data, at)
            operands.append(value)
        elif kind == "hex":
            operands.append(bytes.fromhex(text[1:-1].decode()))
        elif kind == "number":
            operands.append(float(text))
        elif kind == "name":
            operands.append(text.decode("latin-1"))
        elif kind == "word" and text in (b"true", b"false", b"null"):
            operands.append(text.decode())
        elif kind == "word":
            yield text.decode("latin-1"), operands
            operands = []


def character_map(cmap):
    """code -> text of a ToUnicode stream."""
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-F]+)><([0-9A-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "replace")
    return found


class Pdf:
    def __init__(self, path):
        run = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline",
                              "--decode-level=generalized", path],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if run.returncode not in (0, 3):
            raise Broken(run.stderr.decode("utf-8", "replace").strip())
        self.path = path
        whole = json.loads(run.stdout)
        self.objects = whole["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.root = self.get(self.trailer, "/Root") or {}
        self.pages = [page["object"] for page in whole["pages"]]

    def resolve(self, value):
        seen = 0
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self.objects.get("obj:" + value, {})
            value = entry["stream"]["dict"] if "stream" in entry else entry.get("value")
            seen += 1
            if seen > 32:
                raise Broken("references run in a circle")
        return value

    def get(self, dictionary, *keys):
        for key in keys:
            dictionary = self.resolve(dictionary)
            if not isinstance(dictionary, dict):
                return None
            dictionary = dictionary.get(key)
        return self.resolve(dictionary)

    def stream(self, reference):
        entry = self.objects.get("obj:%s" % reference, {})
        return base64.b64decode(entry["stream"]["data"]) if "stream" in entry else b""

    def text(self, value):
        """A text string as text."""
        value = self.resolve(value)
        if not isinstance(value, str):
            return None
        if value.startswith("b:"):
            return bytes.fromhex(value[2:]).decode("latin-1")
        return value[2:] if value.startswith("u:") else value

    def content(self, page):
        """The content of a page, by the reference of the page."""
        contents = self.resolve(page).get("/Contents")
        parts = contents if isinstance(contents, list) else [contents]
        return b"\n".join(self.stream(part) for part in parts)

    def leaves(self, tree, key):
        """(key, value) of a number or name tree, in the order of the file."""
        waiting = [tree]
        while waiting:
            node = self.resolve(waiting.pop()) or {}
            items = self.resolve(node.get(key)) or []
            yield from zip(items[::2], items[1::2])
            waiting.extend(reversed(self.resolve(node.get("/Kids")) or []))

    def elements(self):
        """Structure elements depth first: (reference, element, its ancestors' types)."""
        tree = self.get(self.root, "/StructTreeRoot")
        kids = self.kids(tree)
        waiting = [(kid, ()) for kid in reversed(kids)]
        seen = set()
        while waiting:
            reference, above = waiting.pop()
            element = self.resolve(reference)
            if not isinstance(element, dict) or "/S" not in element:
                continue
            if reference in seen:
                raise Broken("element %s stands in the tree twice" % reference)
            seen.add(reference)
            yield reference, element, above
            inside = above + (element["/S"],)
            waiting.extend((kid, inside) for kid in reversed(self.kids(element)))

    def kids(self, element):
        kids = self.resolve((element or {}).get("/K"))
        if kids is None:
            return []
        raw = element["/K"]
        if isinstance(kids, list):
            return kids
        return [raw]

    def attribute(self, element, owner, name):
        found = self.resolve(element.get("/A"))
        for attributes in found if isinstance(found, list) else [found]:
            attributes = self.resolve(attributes)
            if isinstance(attributes, dict) and attributes.get("/O") == owner and name in attributes:
                return self.resolve(attributes[name])
        return None

    def marks(self, element):
        """(page reference, number) of the content that belongs to the element itself."""
        for kid in self.kids(element):
            value = self.resolve(kid)
            if isinstance(value, int):
                yield element.get("/Pg"), value
            elif isinstance(value, dict) and value.get("/Type") == "/MCR":
                yield value.get("/Pg", element.get("/Pg")), value["/MCID"]


def shown(pdf, page):
    """(mark, text) of each string that a page shows, in the order of its content. An artifact's mark
    is None, or what it is: "/Footer"."""
    maps = pdf.__dict__.setdefault("character_maps", {})
    fonts = pdf.get(page, "/Resources", "/Font") or {}
    mark, codes = None, {}
    for operator, operands in operators(pdf.content(page)):
        if operator == "BDC" and "/MCID" in operands[1]:
            mark = int(operands[1]["/MCID"])
            yield mark, ""
        elif operator == "BDC":
            mark = operands[1].get("/Subtype")
        elif operator == "EMC":
            mark = None
        elif operator == "Tf":
            font = fonts[operands[0]]
            if font not in maps:
                stream = pdf.stream(pdf.resolve(font).get("/ToUnicode"))
                maps[font] = character_map(stream.decode("latin-1"))
            codes = maps[font]
        elif operator in ("Tj", "TJ"):
            for part in operands[0] if operator == "TJ" else operands:
                if isinstance(part, bytes):
                    pairs = (part[i] << 8 | part[i + 1] for i in range(0, len(part), 2))
                    yield mark, "".join(codes.get(code, "\ufffd") for code in pairs)


def marked_texts(pdf):
    """The text of each stretch of marked content, by page and number."""
    found = {}
    for page in pdf.pages:
        for mark, text in shown(pdf, page):
            if isinstance(mark, int):
                found[page, mark] = found.get((page, mark), "") + text
    return found


def text_below(pdf, element, texts, without=()):
    """All text of an element and of those in it, but for some roles, in the order of the tree."""
    found, waiting = "", [(element, None)]
    while waiting:
        kid, home = waiting.pop()
        value = pdf.resolve(kid)
        if isinstance(value, dict) and value.get("/S") in without:
            continue
        if isinstance(value, dict) and "/S" in value:
            home = value.get("/Pg", home)
            waiting.extend((below, home) for below in reversed(pdf.kids(value)))
        elif isinstance(value, int):
            found += texts.get((home, value), "")
        elif isinstance(value, dict) and value.get("/Type") == "/MCR":
            found += texts.get((value.get("/Pg", home), value["/MCID"]), "")
    return found


def content_text(pdf):
    """All text of all pages in the order of their contents, artifacts too."""
    return "".join(text for page in pdf.pages for _, text in shown(pdf, page))
