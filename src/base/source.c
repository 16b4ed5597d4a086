/* Files are read whole: a guide is small, and every message needs its line. */
#include "base/source.h"

#include "base/buffer.h"
#include "base/message.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int file, struct buffer *bytes, size_t limit) {
  char chunk[65536];
  for (;;) {
    ssize_t count = read(file, chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) return true;
    buffer_append(bytes, chunk, (size_t)count);
    if (bytes->length > limit) {
      errno = EFBIG;
      return false;
    }
  }
}

static void report_unreadable(const char *path, enum limit limit, struct messages *messages) {
  if (errno == EFBIG) {
    limit_report(messages, NULL, limit, path);
  } else {
    message_io_error(messages, NULL, "cannot-read", "%s: %s", path, strerror(errno));
  }
}

static bool read_path(const char *path, struct buffer *bytes, size_t limit) {
  if (strcmp(path, "-") == 0) return read_all(STDIN_FILENO, bytes, limit);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool ok = read_all(file, bytes, limit);
  int reason = errno;
  close(file);
  errno = reason;
  return ok;
}

/* Each count of code points begins at the mark before: a line may be as long as the file. */
#define MARK_BYTES 1024

static void set_marks(struct source *source, struct arena *arena) {
  size_t count = source->length / MARK_BYTES + 1, points = 0;
  size_t *marks = arena_alloc_array(arena, count, sizeof *marks);
  for (size_t i = 0; i < count; i++) {
    marks[i] = points;
    size_t start = i * MARK_BYTES, left = source->length - start;
    points += utf8_count(source->text + start, left < MARK_BYTES ? left : MARK_BYTES);
  }
  source->marks = marks;
}

static void index_lines(struct source *source, struct arena *arena) {
  size_t count = 1;
  for (size_t i = 0; i < source->length; i++) count += source->text[i] == '\n';
  size_t *starts = arena_alloc_array(arena, count, sizeof *starts);
  size_t line = 1;
  for (size_t i = 0; i < source->length; i++) {
    if (source->text[i] == '\n') starts[line++] = i + 1;
  }
  source->line_starts = starts;
  source->line_count = count;
}

/* What people take for text, told by how it begins. */
static const struct {
  const char *start, *what;
} not_texts[] = {
    {"PK\3\4", "a document of an office program, or another archive"},
    {"\xD0\xCF\x11\xE0", "a document of an old office program"},
    {"{\\rtf", "a document in RTF"},
    {"%PDF-", "a PDF"},
    {"\x89PNG", "a picture"},
    {"\xFF\xD8\xFF", "a picture"},
    {"\xFF\xFE", "in UTF-16"},
    {"\xFE\xFF", "in UTF-16"},
};

static bool check_kind(const struct source *source, struct messages *messages) {
  for (size_t i = 0; i < sizeof not_texts / sizeof *not_texts; i++) {
    size_t length = strlen(not_texts[i].start);
    if (source->length < length || memcmp(source->text, not_texts[i].start, length) != 0) continue;
    message_error(messages, &(struct place){.source = source}, "not-text",
                  "this is %s, not a text in UTF-8", not_texts[i].what);
    message_hint(messages, "save it as plain text (.txt) in UTF-8");
    return false;
  }
  return true;
}

static bool check_text(const struct source *source, struct messages *messages) {
  if (!check_kind(source, messages)) return false;
  size_t valid = utf8_valid_prefix(source->text, source->length);
  if (valid < source->length) {
    struct place place = source_place(source, valid, 0);
    message_error(messages, &place, "not-utf-8", "this byte is not UTF-8: 0x%02X",
                  (unsigned)(unsigned char)source->text[valid]);
    message_hint(messages, "save the file as UTF-8");
    return false;
  }
  const char *nul = memchr(source->text, '\0', source->length);
  if (nul) {
    struct place place = source_place(source, (size_t)(nul - source->text), 0);
    message_error(messages, &place, "nul-byte", "a NUL byte cannot stand in a text");
    return false;
  }
  return true;
}

/* A carriage return alone ends a line too; every offset stays what it is. */
static void unify_line_ends(char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n')) text[i] = '\n';
  }
}

const struct source *source_from_memory(struct arena *arena, const char *name, const char *text,
                                        size_t length, struct messages *messages) {
  if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
    text += 3;
    length -= 3;
  }
  struct source *source = arena_alloc(arena, sizeof *source);
  source->name = arena_strdup(arena, name);
  source->text = arena_strndup(arena, text, length);
  unify_line_ends((char *)source->text, length);
  source->length = length;
  index_lines(source, arena);
  set_marks(source, arena);
  return check_text(source, messages) ? source : NULL;
}

const struct source *source_load(struct arena *arena, const char *path, enum limit limit,
                                 struct messages *messages) {
  struct buffer bytes = {0};
  const struct source *source = NULL;
  if (read_path(path, &bytes, limit_of(limit))) {
    const char *name = strcmp(path, "-") == 0 ? "<standard input>" : path;
    source = source_from_memory(arena, name, bytes.data ? bytes.data : "", bytes.length, messages);
  } else {
    report_unreadable(path, limit, messages);
  }
  buffer_finish(&bytes);
  return source;
}

static size_t line_of(const struct source *source, size_t offset) {
  size_t low = 0, high = source->line_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (source->line_starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return low;
}

static size_t points_before(const struct source *source, size_t offset) {
  size_t start = offset - offset % MARK_BYTES;
  return source->marks[offset / MARK_BYTES] + utf8_count(source->text + start, offset - start);
}

static uint32_t points_between(const struct source *source, size_t from, size_t to) {
  size_t points = to - from <= MARK_BYTES
                      ? utf8_count(source->text + from, to - from)
                      : points_before(source, to) - points_before(source, from);
  return (uint32_t)points;
}

struct place source_place(const struct source *source, size_t offset, size_t length) {
  if (offset > source->length) offset = source->length;
  if (length > source->length - offset) length = source->length - offset;
  size_t line = line_of(source, offset);
  size_t start = source->line_starts[line];
  return (struct place){
      .source = source,
      .line = (uint32_t)line + 1,
      .column = points_between(source, start, offset) + 1,
      .length = points_between(source, offset, offset + length),
  };
}

size_t source_offset(const struct source *source, uint32_t line, uint32_t column) {
  size_t start = source->line_starts[line - 1], length;
  size_t end = start + (source_line(source, line, &length), length);
  size_t wanted = points_before(source, start) + column - 1; /* code points come before */
  size_t low = start / MARK_BYTES, high = end / MARK_BYTES + 1;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (source->marks[middle] <= wanted) low = middle;
    else high = middle;
  }
  size_t at = low * MARK_BYTES, points = source->marks[low];
  for (; at < end; at++) {
    bool begins = ((unsigned char)source->text[at] & 0xC0) != 0x80;
    if (begins && points == wanted) break;
    points += begins;
  }
  return at > start ? at : start;
}

const char *source_line(const struct source *source, uint32_t line, size_t *length) {
  size_t start = source->line_starts[line - 1];
  size_t end = line < source->line_count ? source->line_starts[line] - 1 : source->length;
  if (end > start && source->text[end - 1] == '\r') end--;
  *length = end - start;
  return source->text + start;
}
