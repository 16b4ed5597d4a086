/* Places in the order of the text. A column is a count of code points from the
 * start of the line; on a line of ten megabytes one cannot begin each count at the
 * start, so the last one is continued. */
#include "guide/load.h"

#include "base/utf8.h"

struct placer placer_start(const struct source *source) {
  return (struct placer){.source = source};
}

static bool on_same_line(const struct placer *placer, size_t offset) {
  if (!placer->place.line || offset < placer->offset) return false;
  const struct source *source = placer->source;
  uint32_t line = placer->place.line;
  return line == source->line_count || offset < source->line_starts[line];
}

struct place placer_find(struct placer *placer, size_t offset, size_t length) {
  const struct source *source = placer->source;
  if (offset > source->length) offset = source->length;
  if (length > source->length - offset) length = source->length - offset;
  if (on_same_line(placer, offset)) {
    placer->place.column +=
        (uint32_t)utf8_count(source->text + placer->offset, offset - placer->offset);
    placer->place.length = (uint32_t)utf8_count(source->text + offset, length);
  } else {
    placer->place = source_place(source, offset, length);
  }
  placer->offset = offset;
  return placer->place;
}
