/* Places in the order of the text. A column is a count of code points from the
 * start of the line; on a line of ten megabytes one cannot begin each count at the
 * start, so the last one is continued. */
#include "guide/load.h"

#include "base/utf8.h"

struct placer placer_start(const struct source *source) {
  return (struct placer){.source = source};
}

static bool on_same_line(const struct placer *placer, size_t offset) {
  if (!placer->place.line) return false;
  const struct source *source = placer->source;
  uint32_t line = placer->place.line;
  return offset >= source->line_starts[line - 1] &&
         (line == source->line_count || offset < source->line_starts[line]);
}

/* Code points from the last place to this one, which may be before it. */
static uint32_t column_at(const struct placer *placer, size_t offset) {
  const char *text = placer->source->text;
  if (offset < placer->offset) {
    return placer->place.column - (uint32_t)utf8_count(text + offset, placer->offset - offset);
  }
  return placer->place.column +
         (uint32_t)utf8_count(text + placer->offset, offset - placer->offset);
}

struct place placer_find(struct placer *placer, size_t offset, size_t length) {
  const struct source *source = placer->source;
  if (offset > source->length) offset = source->length;
  if (length > source->length - offset) length = source->length - offset;
  if (on_same_line(placer, offset)) {
    placer->place.column = column_at(placer, offset);
    placer->place.length = (uint32_t)utf8_count(source->text + offset, length);
  } else {
    placer->place = source_place(source, offset, length);
  }
  placer->offset = offset;
  return placer->place;
}
