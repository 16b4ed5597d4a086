"""Guides as no author would write them: each block of the notation inside each other, with
attributes that fit and that do not, two languages in one file. What is drawn is the same for the
same seed.

Each text ends with a word of its own ("w17z"), so that one can look for it in what comes out.
"""
import random
import re

WORD = re.compile(r"w\d+z")

ENGLISH = ["A hive needs wind shelter.", "Sharp tools", "Model", "one two", "3", "50 kg", "`code`",
           "**bold** text", "*emphasis*", "[link](https://example.org/a)", "[](#top)",
           "[there](#top)", "text[^1]", "a [词]{lang=zh-Hans} b", "line\\\nbreak", "a  \nb",
           "<!-- c -->x", "&amp; &#13; &lt;", "\\* star", "$5 and 7%", "– dash — “quote”",
           "[a **b [c]{lang=de}**](https://example.org)", "\u00a0x\u00a0", "\u2028"]
CHINESE = ["蜂箱要避风。", "锋利的工具", "模型", "一、二", "图注", "**粗** 字", "[链接](https://example.org/b)",
           "[](#top)", "字[^1]", "说 [word]{lang=en} 话", "“引”", "《书》", "`码`", "蜂\\\n箱", "甲  \n乙"]
BEARERS = ["[词](https://example.org/c)", "[words](https://example.org/d)", "`code`", "[there](#top)",
           "[](#top)", "[words]", "[词 **粗**]", "![p](a.png)"]  # of attributes, inside a text
FILL_INS = ["{{ years }}", "{{ plural(years, 'year', 'years') }}", "{{ format-unit(hours, 'hour') }}",
            "{{ format-currency(fee, 'EUR') }}", "{{ format-currency(fee, 'CNY', 'compact') }}",
            "{{ format-range(1200, 1500, 'EUR') }}", "{{ format-date(start) }}", "{{ level }}",
            "[{{ format-list(skills) }}]{when=\"skills\"}", "{{ format-number(years, 2) }}",
            "[{{ name }}]{when=\"name\"}", "{{ fee }}"]
CONDITIONS = ["name", "not(name)", "languages = 'zh-Hans'", "mode = 'parallel'",
              "edition = 'large-print'", "paper = 'a5'"]
CONDITIONS_OF_FIELDS = ["level = 'advanced'", "years > 3 and skills = 'safety'", "member",
                        "has(skills, 'safety', 'welding')", "before(start, '2028-01-01')"]
ATTRIBUTES = ["#top", ".wide", ".unnumbered", ".note", ".row-headers", ".term", ".qr", "lang=zh-Hans",
              "lang=en", "lang=de", 'title="Title"', 'title.zh-Hans="题"', 'alt="An alt."',
              "type=bar", 'unit="EUR"', 'source="S"', "date=2026-05", "lines=5", "held=yes",
              "start=2026-01-01", "hours=5", "loose=yes", "align=left", "value=3", "info=c",
              "data=d", "numbered=yes", "level=2", "header=yes", "id=q"]
HEADS = ["title: Short\n", "title: { en: A title, zh-Hans: 题目 }\nlanguages: [en, zh-Hans]\n",
         "title: 题目\nauthor: 作者\n", "languages: [zh-Hans, en]\nmissing: show\n",
         "languages: [zh-Hans]\n", "languages: [en, de, zh-Hans]\ntheme: modern\n",
         "date: 2026-11-21\nlanguages: [en, zh-Hans]\nnumbered: yes\nstale-after: 2\n"]
FIELDS = """\
fields:
  level: { type: choice, choices: [beginner, advanced], default: beginner }
  years: { type: integer, min: 0, max: 60, default: 0 }
  start: { type: date, default: 2027-01-04 }
  hours: { type: number, min: 1, max: 40, default: 5 }
  member: { type: truth }
  skills: { type: set, choices: skills }
facts:
  fee: { value: 240, unit: EUR, source: List, region: Europe, date: 2026-10 }
skills:
  safety:
    name: { en: Working safely, zh-Hans: 安全作业 }
    hours: 4
  welding:
    name: { en: Welding a seam, zh-Hans: 焊接接缝 }
    level: { en: alone, zh-Hans: 独立完成 }
    hours: 30
    requires: [safety]
"""
RECORDS = ["name: Bo\n", "name: 李四\nlanguages: [zh-Hans, en]\n",
           "languages: [zh-Hans]\nedition: large-print\npaper: a5\n",
           "languages: [en, zh-Hans]\nmode: parallel\n",
           "languages: [en, zh-Hans]\nmode: interleaved\nedition: high-contrast\n",
           "languages: [zh-Hans, en]\nmode: sequential\npaper: letter\n"]
RECORDS_OF_FIELDS = ["", "years: 4\nskills: [safety]\n", "level: advanced\nmember: yes\n",
                     "skills: [safety, welding]\nhours: 2.5\nstart: 2026-12-01\n"]
DIVS = ["callout", "chart", "figure", "glossary", "skills", "plan", "worksheet", "quote", "table",
        "page-break", "note", "wide", ""]
DEEPEST = 4


def indented(text, width):
    return text.replace("\n", "\n" + " " * width)


class Guide:
    """One of them: `text`, and a `record` that fits. `plain`: no condition hides anything."""

    def __init__(self, seed, plain=False):
        self.random = random.Random(seed)
        self.plain = plain
        self.words = self.names = 0
        self.fields = self.chance(0.6)
        head = self.one(HEADS) + (FIELDS if self.fields else "")
        self.text = f"---\n{head}---\n\n" if self.fields or self.chance(0.3) else ""
        self.text += "# Top {#top}\n\nFirst.\n\n" if self.chance(0.8) else ""
        self.text += self.blocks(0, self.one([1, 2, 3, 4])) + "\n"
        if "[^1]" in self.text and "[^1]:" not in self.text:
            self.text += "\n[^1]: A note.\n"
        self.record = "id: r\n" + self.one(RECORDS)
        self.record += self.one(RECORDS_OF_FIELDS) if self.fields else ""

    def chance(self, share):
        return self.random.random() < share

    def one(self, items):
        return self.random.choice(items)

    # --- texts and attributes

    def line(self):
        parts = [self.one(self.one([ENGLISH, ENGLISH, CHINESE])) for _ in range(self.one([1, 1, 2, 3]))]
        if self.fields and self.chance(0.3):
            parts.append(self.one(FILL_INS))
        if self.chance(0.1):
            parts.insert(0, self.one(BEARERS) + self.attributes())
        self.words += 1
        return " ".join(parts + [f"w{self.words}z"])

    def flat(self):
        return self.line().replace("\n", " ").replace("|", "/")

    def condition(self):
        if self.plain:
            return 'when="true()"'
        return f'when="{self.one(CONDITIONS + (CONDITIONS_OF_FIELDS if self.fields else []))}"'

    def attributes(self):
        self.names += 1
        some = self.random.sample(ATTRIBUTES, self.one([1, 2, 3]))
        language = "lang=" + self.one(["en", "zh-Hans", "de"])
        return "{" + self.one([self.condition(), f"#n{self.names}", language, " ".join(some)]) + "}"

    def perhaps(self, share=0.25):
        return " " + self.attributes() if self.chance(share) else ""

    # --- blocks

    def blocks(self, depth, count):
        return "\n\n".join(self.block(depth) for _ in range(count))

    def block(self, depth):
        kinds = [self.paragraph] * 5 + [self.heading] * 2 + [self.list] * 2 + [self.table] * 2
        kinds += [self.div] * 3 + [self.quote, self.code, self.code_to_scan, self.note, self.rest]
        return self.one(kinds if depth < DEEPEST else [self.paragraph])(depth)

    def paragraph(self, _):
        return self.line() + self.perhaps(0.12)

    def heading(self, _):
        return "#" * self.one([1, 1, 2, 2, 3, 4, 6]) + " " + self.flat() + self.perhaps()

    def list(self, depth):
        mark = self.one(["-", "-", "*", "1.", "7.", "0.", "- [x]", "- [ ]"])
        items = []
        for _ in range(self.one([1, 2, 3])):
            here = mark if self.chance(0.8) else self.one(["-", "1.", "- [x]"])
            inside = self.line() + self.perhaps(0.15) if self.chance(0.5) else self.blocks(depth + 1, 2)
            items.append(f"{here} {indented(inside, len(here.split()[0]) + 1)}")
        return self.one(["\n", "\n\n"]).join(items)

    def row(self, width):
        return "| " + " | ".join(self.one(["3", "400", "–", "x", "5 kg", self.flat()])
                                 + self.perhaps(0.1) for _ in range(width)) + " |"

    def table(self, _):
        width = self.one([1, 2, 3, 4])
        rows = ["| " + " | ".join(self.one(["Town", "镇", "Pay", ""]) for _ in range(width)) + " |",
                "|" + "|".join(self.one(["---", ":--", "--:", ":-:"]) for _ in range(width)) + "|"]
        rows += [self.row(self.one([width, width, max(width - 1, 1)])) for _ in range(self.one([0, 1, 2]))]
        return "\n".join(rows) + "".join(f"\n\n: {self.line()}" for _ in range(self.one([0, 0, 1, 2])))

    def div(self, depth):
        name = self.one(DIVS)
        given = self.attributes() if not name or self.chance(0.6) else ""
        if name == "chart":
            given = f'{{type={self.one(["bar", "line", "range"])} alt="A."}}'
        if name in ("chart", "table"):
            inside = self.table(depth)
        elif name == "glossary":
            inside = "\n\n".join(f"- {self.flat()}{self.perhaps(0.2)}\n\n  "
                                 f"{indented(self.blocks(depth + 2, 1), 2)}" for _ in range(2))
        else:
            inside = self.blocks(depth + 1, 0 if name == "page-break" else self.one([0, 1, 2]))
        colons = ":" * self.one([3, 3, 4, 5])
        return f"{colons} {name} {given}".rstrip() + f"\n{inside}\n" + (colons if self.chance(0.97) else "")

    def quote(self, depth):
        return "> " + self.blocks(depth + 1, 2).replace("\n", "\n> ")

    def code(self, _):
        self.words += 1
        return f"```{self.one(['', 'c', 'py'])}{self.perhaps(0.3)}\ncode  w{self.words}z\n\n\tline\n```"

    def code_to_scan(self, _):
        return "[q](https://example.org/q){.qr" + self.one(["", " #a2", " lang=zh-Hans"]) + "}"

    def note(self, depth):
        return f"See[^1].\n\n[^1]: {self.flat()}\n\n    {indented(self.blocks(depth + 1, 1), 4)}"

    def rest(self, _):
        return self.one(["---", "<!-- comment -->", f": {self.line()}", "<b>x</b>", "Setext\n====",
                         "    indented code", ":::", "![p](a.png)", "{{ name }}"])
