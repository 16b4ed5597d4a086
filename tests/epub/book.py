"""An EPUB as a reading system sees it: archive, package, contents, documents.

Only Python's own libraries; no code is shared with the program under test.
"""
import posixpath
import re
import struct
import xml.etree.ElementTree as ET
import zipfile

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
HEADINGS = {XHTML + "h%d" % level: level for level in range(1, 7)}


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def text_of(element):
    return squeeze("".join(element.itertext()))


def name_of(element):
    return element.tag.split("}")[-1] if isinstance(element.tag, str) else ""


def types_of(element):
    return (element.get(OPS + "type") or "").split()


class Book:
    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:
            self.bytes = file.read()
        self.zip = zipfile.ZipFile(path)
        self.entries = self.zip.infolist()
        self.names = [entry.filename for entry in self.entries]
        container = ET.fromstring(self.zip.read("META-INF/container.xml"))
        self.package_name = container.find(".//%srootfile" % CONTAINER).get("full-path")
        self.package = ET.fromstring(self.zip.read(self.package_name))
        self.metadata = self.package.find(OPF + "metadata")
        self.items = {item.get("id"): item for item in self.package.iter(OPF + "item")}
        self.spine = [self.resolve(self.package_name, self.items[reference.get("idref")].get("href"))[0]
                      for reference in self.package.iter(OPF + "itemref")]
        self.documents = {}
        for item in self.items.values():
            if item.get("media-type") == "application/xhtml+xml":
                name = self.resolve(self.package_name, item.get("href"))[0]
                self.documents[name] = ET.fromstring(self.zip.read(name))
        self.nav_name = next(self.resolve(self.package_name, item.get("href"))[0]
                             for item in self.items.values()
                             if "nav" in (item.get("properties") or "").split())
        self.nav = self.documents[self.nav_name]

    @staticmethod
    def resolve(base, address):
        path, _, fragment = address.partition("#")
        if not path:
            return base, fragment
        return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)), fragment

    def item_file(self, item):
        return self.resolve(self.package_name, item.get("href"))[0]

    def local_header(self, entry):
        """(name, extra field) as they stand before the entry's bytes."""
        at = entry.header_offset
        name, extra = struct.unpack("<HH", self.bytes[at + 26:at + 30])
        return self.bytes[at + 30:at + 30 + name], self.bytes[at + 30 + name:at + 30 + name + extra]

    def titles(self):
        """(language, text): the title, and what refines it in other languages."""
        title = self.metadata.find(DC + "title")
        alternates = [meta for meta in self.metadata.iter(OPF + "meta")
                      if meta.get("property") == "alternate-script" and
                      meta.get("refines") == "#" + (title.get("id") or "")]
        return [(one.get(XML_LANG) or self.package.get(XML_LANG), text_of(one)) for one in [title] + alternates]

    def properties(self, name):
        return [text_of(meta) for meta in self.metadata.iter(OPF + "meta")
                if meta.get("property") == name]

    def nav_part(self, kind):
        return next((nav for nav in self.nav.iter(XHTML + "nav") if kind in types_of(nav)), None)

    def nav_links(self, kind):
        """(text, file, fragment) of the links of a part of the navigation."""
        part = self.nav_part(kind)
        if part is None:
            return []
        return [(text_of(link),) + self.resolve(self.nav_name, link.get("href"))
                for link in part.iter(XHTML + "a")]

    def ncx(self):
        name = next(self.item_file(item) for item in self.items.values()
                    if item.get("media-type") == "application/x-dtbncx+xml")
        return name, ET.fromstring(self.zip.read(name))

    def front(self):
        """Documents that the book has of itself: cover, title page, contents."""
        return {name for name, document in self.documents.items()
                if "frontmatter" in types_of(document.find(XHTML + "body"))}

    def walk(self, name):
        """(event, element, language) through a document's body: "start" and "end"."""
        root = self.documents[name]
        body = root.find(XHTML + "body")
        waiting = [("start", body, root.get(XML_LANG))]
        while waiting:
            event, element, language = waiting.pop()
            if event == "start":
                language = element.get(XML_LANG) or language
                waiting.append(("end", element, language))
                waiting.extend(("start", child, language) for child in reversed(list(element)))
            yield event, element, language
