"""Input that is made when a test runs, since it is too large or too odd to be kept.

In a case's command, {make:NAME} becomes the path of a fresh file."""
import os


def long_line(path):
    """One line of ten million bytes."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("A short title\n\n")
        file.write("word " * 2_000_000)
        file.write("\n")


def hour(path, paragraphs=200_000):
    """A text whose building takes longer than a second."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("A short title\n\n")
        file.write("Some words and 一些文字 that are set.\n\n" * paragraphs)


def day(path):
    """The same for its checking."""
    hour(path, 1_200_000)


def short_rows(path, columns=64, rows=80_000):
    """Rows that lack all of their cells but one."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("|a" * columns + "|\n" + "|-" * columns + "|\n" + "|x\n" * rows)


def wide_table(path, columns=4_000, rows=4_000):
    short_rows(path, columns, rows)


def comments(path, mark="<!--", count=50_000):
    """Comments that nothing closes."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("# A title\n\n" + f"a {mark} " * count + "\n")


def deep_jpeg(path, bits=12, scan=b"\xff\xda\0\x08\1\1\0\0\x3f\0\x55", channels=1, before=b""):
    """A guide with a picture of as many bits."""
    os.mkdir(path)
    with open(os.path.join(path, "guide.md"), "w", encoding="utf-8") as file:
        file.write("![Grey](grey.jpg)\n")
    frame = bytes([0, 8 + 3 * channels, bits, 0, 4, 0, 4, channels] + [1, 0x11, 0] * channels)
    with open(os.path.join(path, "grey.jpg"), "wb") as file:
        file.write(b"\xff\xd8" + before + b"\xff\xc0" + frame + scan + b"\xff\xd9")


def bare_jpeg(path):
    """A guide with a picture that has a size and nothing to see."""
    deep_jpeg(path, 8, b"")


def ink_jpeg(path):
    deep_jpeg(path, 8, channels=4)


def padded_jpeg(path):
    deep_jpeg(path, 8, before=b"\xff\xff")


def long_strings(path, count=4_000):
    """What a PDF has in one string: a heading, a link, its address, a picture's words."""
    deep_jpeg(path, 8)
    with open(os.path.join(path, "guide.md"), "w", encoding="utf-8") as file:
        file.write(f"# {'图' * count}\n\n[{'图' * count}](https://example.org/)\n\n"
                   f"[here](https://example.org/{'a' * 3 * count})\n\n![{'图' * count}](grey.jpg)\n")


def not_utf8(path):
    with open(path, "wb") as file:
        file.write(b"A title\n\nA good line.\nA bad byte \xff here.\n")


def nul_byte(path):
    with open(path, "wb") as file:
        file.write(b"A title\n\nA NUL \0 byte.\n")


def empty(path):
    with open(path, "wb"):
        pass


def plain_file(path):
    with open(path, "wb") as file:
        file.write(b"not a folder\n")


def empty_folder(path):
    os.mkdir(path)


MAKERS = {"long-line.txt": long_line, "hour.txt": hour, "day.txt": day, "not-utf8.txt": not_utf8, "nul.txt": nul_byte,
          "empty.txt": empty, "plain-file": plain_file, "empty-folder": empty_folder,
          "short-rows.md": short_rows, "wide-table.md": wide_table, "comments.md": comments,
          "deep-jpeg": deep_jpeg, "bare-jpeg": bare_jpeg,
          "ink-jpeg": ink_jpeg, "padded-jpeg": padded_jpeg,
          "long-strings": long_strings}


def expand(word, folder):
    """The word with {make:NAME} made in the folder."""
    start = word.find("{make:")
    if start < 0:
        return word
    end = word.index("}", start)
    name = word[start + 6:end]
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        MAKERS[name](path)
    return word[:start] + path + word[end + 1:]
