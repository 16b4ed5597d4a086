"""Guides that are made, not kept: write(folder, seed) makes one, the same for the same seed.

Both languages are drawn in step, so that they pair: every kind of block, alone and in others, of
sizes that make them end anywhere on a page. What is drawn is how long, how deep and in which order.
"""
import os
import random
import struct
import zlib

LANGUAGES = ("en", "zh-Hans")
SUBJECTS = [("the joiner", "木工"), ("a nurse", "护士"), ("our first baker", "第一位面包师"),
            ("the night guard", "夜班保安"), ("a lorry driver", "货车司机"), ("the tailor", "裁缝")]
VERBS = [("keeps", "保管"), ("measures", "测量"), ("carefully writes down", "仔细记下"),
         ("looks after", "照看"), ("never forgets", "从不忘记"), ("repairs", "修理")]
OBJECTS = [("every tool", "每件工具"), ("the office’s difficulties", "办公室的难题"),
           ("two thousand kilograms of flour", "两千公斤面粉"), ("the affidavit", "证明文件"),
           ("a waffle iron", "华夫饼铁模"), ("what the customers ordered", "顾客订的东西")]
REASONS = [("because the floor is wet", "因为地面潮湿"), ("although nobody has asked", "虽然没有人问过"),
           ("so that the next shift can begin at 06:30", "好让下一班在06:30开工"),
           ("“as quickly as possible”", "“越快越好”"), ("—that is the rule—", "——这是规定——"),
           ("at 25 °C and 60 % humidity", "在25℃、湿度60%时"), ("", "")]
WORDS = [("workshop", "车间"), ("licence", "执照"), ("apprentice", "学徒"), ("timetable", "时间表"),
         ("wage", "工资"), ("protective glasses", "护目镜"), ("shift", "班次"), ("invoice", "发票")]
CODE = ["if (cold) weld();", "pip install --user flour", "x = a[1:]", "SELECT wage FROM jobs;"]


class Drawn:
    """A guide in the making: the same in each language, sentence by sentence."""

    def __init__(self, seed):
        self.random = random.Random("guide %d" % seed)
        self.texts = {language: [] for language in LANGUAGES}
        self.left = self.random.choice([8, 20, 50])  # blocks still to be drawn
        self.ids, self.note_count = [], 0
        self.notes = []

    # --- words ----------------------------------------------------------------------------

    def word(self):
        return self.random.choice(WORDS)

    def sentence(self):
        parts = [self.random.choice(words) for words in (SUBJECTS, VERBS, OBJECTS, REASONS)]
        english = " ".join(part[0] for part in parts).replace(" —", "—").strip()
        chinese = "".join(part[1] for part in parts)
        return english[0].upper() + english[1:] + ".", chinese + "。"

    def inline(self):
        """Something that stands in a line."""
        kind = self.random.randrange(12)
        english, chinese = self.word()
        if kind == 0:
            return "**%s**" % english, "**%s**" % chinese
        if kind == 1:
            return "*%s*" % english, "*%s*" % chinese
        if kind == 2:
            return ("`%s`" % self.random.choice(CODE),) * 2
        if kind == 3:
            address = "https://example.org/%s" % english.replace(" ", "-")
            return "[%s](%s)" % (english, address), "[%s](%s)" % (chinese, address)
        if kind == 4 and self.ids:
            return ("[](#%s)" % self.random.choice(self.ids),) * 2
        if kind == 5:
            return "[%s]{lang=zh-Hans}" % chinese, "[%s]{lang=en}" % english
        if kind == 6:
            return "{{ name }}", "{{ name }}"
        if kind == 7:
            return "***%s***" % english, "***%s***" % chinese
        if kind == 8:
            return self.note_mark()
        if kind == 9:
            return "[%s]{when=\"hours > 10\"}" % english, "[%s]{when=\"hours > 10\"}" % chinese
        return english, chinese

    def note_mark(self):
        self.note_count += 1
        name = "note-%d" % self.note_count
        self.notes.append((name, self.sentence(), self.random.random() < 0.2 and self.sentence()))
        return ("[^%s]" % name,) * 2

    def text(self, least=1, most=6):
        english, chinese = [], []
        for _ in range(self.random.randint(least, most)):
            one, other = self.sentence()
            if self.random.random() < 0.5:
                first, second = self.inline()
                bare = first.startswith("[^")
                one = one[:-1] + (first + "." if bare else " (%s)." % first)
                other = other[:-1] + (second + "。" if bare else "（%s）。" % second)
            english.append(one)
            chinese.append(other)
        return " ".join(english), "".join(chinese)

    # --- lines ----------------------------------------------------------------------------

    def put(self, pair, indent=0):
        for language, text in zip(LANGUAGES, pair):
            lines = text.split("\n")
            self.texts[language] += [" " * indent + line if line else "" for line in lines]

    def put_same(self, text, indent=0):
        self.put((text, text), indent)

    # --- blocks ----------------------------------------------------------------------------

    def paragraph(self, indent=0):
        self.put(self.text(), indent)
        self.put_same("")

    def list(self, indent=0, depth=0):
        ordered, tasks = self.random.random() < 0.4, self.random.random() < 0.3
        loose = self.random.random() < 0.3
        start = self.random.choice([1, 1, 7])
        for number in range(self.random.randint(2, 6)):
            label = "%d. " % (start + number) if ordered else "- "
            box = self.random.choice(["[x] ", "[ ] "]) if tasks and not ordered else ""
            english, chinese = self.text(1, 2)
            self.put((label + box + english, label + box + chinese), indent)
            if depth < 3 and self.random.random() < 0.15:
                self.put_same("")
                self.list(indent + len(label), depth + 1)
            elif loose:
                self.put_same("")
                if self.random.random() < 0.5:
                    self.paragraph(indent + len(label))
        self.put_same("")

    def table(self, rows=None):
        columns = self.random.randint(2, 5)
        named = self.random.random() < 0.5
        header = [self.word() for _ in range(columns)]
        self.put_row(header)
        self.put_same("|" + "|".join(self.random.choice([" --- ", " ---: ", " :---: "])
                                     for _ in range(columns)) + "|")
        for _ in range(rows or self.random.choice([2, 4, 8, 30])):
            self.put_row([self.word()] + [self.cell() for _ in range(columns - 1)])
        english, chinese = self.word()
        attributes = " {#%s%s}" % (self.new_id("table"), " .row-headers" if named else "")
        self.put((": Table of the %s%s" % (english, attributes), ": %s表%s" % (chinese, attributes)))
        self.put_same("")

    def cell(self):
        if self.random.random() < 0.3:
            number = str(self.random.randrange(10_000))
            return number, number
        return self.text(1, self.random.choice([1, 1, 4]))

    def put_row(self, cells):
        self.put(tuple("| " + " | ".join(cell[i] for cell in cells) + " |" for i in (0, 1)))

    def chart(self):
        kind = self.random.choice(["bar", "bar", "line", "range"])
        columns = 3 if kind == "range" else self.random.randint(1, 3)
        alt = ("Chart of the %s.", "%s图。")
        english, chinese = self.word()
        head = '::: {.chart #%s type="%s" unit="kg" alt="%s" source="%s" date="2026-05-04"}'
        name = self.new_id("chart")
        self.put((head % (name, kind, alt[0] % english, "The %s’s books" % english),
                  head % (name, kind, alt[1] % chinese, "%s账目" % chinese)))
        self.put_row([self.word() for _ in range(columns + 1)])
        self.put_same("|" + " --- |" * (columns + 1))
        for number in range(self.random.randint(3, 7)):
            figures = sorted(self.random.randrange(1, 5000) for _ in range(columns))
            label = (str(2020 + number),) * 2 if kind == "line" else self.word()
            self.put_row([label] + [(str(figure),) * 2 for figure in figures])
        self.put((": What the %s takes" % english, ": %s用量" % chinese))
        self.put_same(":::\n")

    def callout(self):
        kind = self.random.choice(["", " .tip", " .warning", " .note"])
        english, chinese = self.word()
        self.put(('::: {.callout%s title="%s"}' % (kind, english), '::: {.callout%s title="%s"}' % (kind, chinese)))
        for _ in range(self.random.randint(1, 2)):
            self.random.choice([self.paragraph, self.list])()
        self.put_same(":::\n")

    def quote(self):
        self.put(tuple("> " + text for text in self.text(1, 3)))
        self.put_same("")

    def code(self):
        self.put_same("```\n" + "\n".join(self.random.choice(CODE) for _ in range(self.random.randint(1, 5))) + "\n```\n")

    def worksheet(self):
        self.put_same("::: {.worksheet lines=%d}" % self.random.randint(2, 6))
        self.paragraph()
        self.put_same(":::\n")

    def address(self):
        english, chinese = self.word()
        self.put(("[%s](https://example.org/qr){.qr}" % english, "[%s](https://example.org/qr){.qr}" % chinese))
        self.put_same("")

    def picture(self):
        english, chinese = self.word()
        self.put(("![The %s](picture.png)" % english, "![%s](picture.png)" % chinese))
        self.put_same("")

    def conditional(self):
        self.put_same('::: {when="%s"}' % self.random.choice(["hours > 10", "hours <= 10", "name"]))
        self.paragraph()
        self.put_same(":::\n")

    def page_break(self):
        self.put_same("::: page-break\n:::\n")

    def rule(self):
        self.put_same("---\n")

    def glossary(self):
        self.put_same("::: glossary")
        for english, chinese in self.random.sample(WORDS, self.random.randint(2, len(WORDS))):
            self.put(("- " + english.capitalize(), "- " + chinese))
            self.put_same("")
            self.paragraph(2)
        self.put_same(":::\n")

    # --- the whole ----------------------------------------------------------------------------

    def new_id(self, kind):
        return "%s-%d" % (kind, sum(len(text) for text in self.texts.values()))

    def heading(self, level):
        english, chinese = self.sentence()
        name = self.new_id("part")
        self.put(("%s %s {#%s}" % ("#" * level, english[:-1], name), "%s %s {#%s}" % ("#" * level, chinese[:-1], name)))
        self.put_same("")
        self.ids.append(name)

    def section(self, level):
        self.heading(level)
        kinds = [self.paragraph] * 6 + [self.list] * 3 + [self.table] * 2 + [
            self.chart, self.callout, self.quote, self.code, self.worksheet, self.address, self.picture,
            self.conditional, self.page_break, self.rule]
        for _ in range(self.random.randint(1, 7)):
            self.random.choice(kinds)()
            self.left -= 1
        while self.left > 0 and level < 4 and self.random.random() < 0.5:
            self.section(level + 1)

    def fill(self):
        if self.random.random() < 0.5:
            self.paragraph()
        while self.left > 0:
            self.section(1)
        if self.random.random() < 0.5:
            self.heading(1)
            self.glossary()
        for name, one, other in self.notes:
            self.put(tuple("[^%s]: %s" % (name, text) for text in one))
            if other:
                self.put_same("")
                self.put(other, 4)
            self.put_same("")


def picture(seed):
    """A PNG of a few grey bars."""
    draw = random.Random("picture %d" % seed)
    width, height = draw.randint(40, 900), draw.randint(40, 700)
    row = bytes(255 * (x // 20 % 2) for x in range(width))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress((b"\0" + row) * height)) + chunk(b"IEND", b"")


RECORD = """title:
  en: Drawn guide {seed}
  zh-Hans: 抽取的指南{seed}
author: The test suite
date: 2026-08-01
languages: [en, zh-Hans]
theme: {theme}
numbered: {numbered}
{checked}fields:
  hours:
    type: number
    default: 5
"""

READER = """id: reader-{seed}
name: {name}
languages: [{languages}]
mode: {mode}
edition: {edition}
paper: {paper}
hours: {hours}
"""


def reader(draw, seed):
    return READER.format(
        seed=seed, name=draw.choice(["Sample Reader", "样本读者", "Sample 样本"]),
        languages=draw.choice(["en, zh-Hans", "zh-Hans, en"]),
        mode=draw.choice(["single", "interleaved", "parallel", "sequential"]),
        edition=draw.choice(["standard", "large-print", "high-contrast", "dyslexia-friendly", "mono"]),
        paper=draw.choice(["a4", "letter", "a5", "b5"]), hours=draw.choice([5, 20]))


def write(folder, seed):
    os.makedirs(folder, exist_ok=True)
    drawn = Drawn(seed)
    drawn.fill()
    with open(os.path.join(folder, "picture.png"), "wb") as file:
        file.write(picture(seed))
    record = RECORD.format(seed=seed, theme=drawn.random.choice(["classic", "modern", "plain"]),
                           numbered=drawn.random.choice(["true", "false"]),
                           checked="accessibility-checked-by: The test suite\n" if seed % 2 else "")
    texts = {"guide.%s.md" % language: "\n".join(lines) + "\n" for language, lines in drawn.texts.items()}
    texts.update({"handout.yaml": record, "reader.yaml": reader(drawn.random, seed)})
    for name, text in texts.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return folder
