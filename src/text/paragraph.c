/* The way of a paragraph through the stages, and the engine that holds what they
 * share. What the stages work on lives in the engine's scratch arena and is gone when the
 * lines are there; only those, and the text, are in the caller's arena. */
#include "text/setting.h"

#include "base/utf8.h"

#include <hb.h>
#include <stdlib.h>

struct text_engine *text_engine_new(struct messages *messages) {
  struct break_iterators *iterators = break_iterators_new(messages);
  struct hyphenator *hyphenator = iterators ? hyphenator_new(messages) : NULL;
  if (!hyphenator) {
    break_iterators_free(iterators);
    return NULL;
  }
  struct text_engine *engine = memory_alloc(sizeof *engine);
  engine->iterators = iterators;
  engine->hyphenator = hyphenator;
  engine->buffer = hb_buffer_create();
  engine->scratch = arena_new();
  engine->marks = mark_cache_new();
  engine->cache = paragraph_cache_new();
  return engine;
}

void text_engine_free(struct text_engine *engine) {
  if (!engine) return;
  break_iterators_free(engine->iterators);
  hb_buffer_destroy(engine->buffer);
  arena_free(engine->scratch);
  mark_cache_free(engine->marks);
  hyphenator_free(engine->hyphenator);
  paragraph_cache_free(engine->cache);
  free(engine);
}

static size_t text_length(const struct paragraph_spec *spec) {
  size_t length = 0;
  for (size_t i = 0; i < spec->run_count; i++) length += spec->runs[i].length;
  return length;
}

static size_t count_characters(const struct paragraph_spec *spec) {
  size_t count = 0;
  for (size_t i = 0; i < spec->run_count; i++)
    count += utf8_count(spec->runs[i].text, spec->runs[i].length);
  return count;
}

void setting_init(struct setting *s, struct arena *text_arena) {
  size_t count = count_characters(s->spec);
  s->capacity = (uint32_t)count;
  s->scratch = s->engine->scratch;
  s->text = arena_alloc(text_arena, text_length(s->spec) + 1);
  s->codes = arena_alloc_array(s->scratch, count, sizeof *s->codes);
  s->characters = arena_alloc_array(s->scratch, count, sizeof *s->characters);
}

void setting_finish(struct setting *s) {
  free(s->items);
  free(s->glyphs);
  arena_clear(s->scratch);
}

bool setting_prepare(struct setting *s) {
  if (!itemise(s)) return false;
  s->joints = arena_alloc_array(s->scratch, (size_t)s->count + 1, sizeof *s->joints);
  shape(s);
  squeeze(s);
  return find_opportunities(s);
}

const struct paragraph *paragraph_set_afresh(struct text_engine *engine, struct arena *arena,
                                             const struct paragraph_spec *spec,
                                             struct messages *messages) {
  struct paragraph *paragraph = arena_alloc(arena, sizeof *paragraph);
  paragraph->text = "";
  if (text_length(spec) == 0) return paragraph;
  struct setting s = {.engine = engine, .spec = spec, .messages = messages};
  setting_init(&s, arena);
  bool done = setting_prepare(&s);
  if (done) {
    fit_lines(&s);
    paragraph->lines = compose(&s, arena);
    paragraph->line_count = s.line_count;
    paragraph->text = s.text;
    paragraph->text_length = s.text_length;
  }
  setting_finish(&s);
  return done ? paragraph : NULL;
}

/* Wider than any text of LIMIT_FILE could be broken at, and far from overflow. */
#define ENDLESS (INT32_MAX / 2)

mpt paragraph_natural_width(struct text_engine *engine, const struct paragraph_spec *spec,
                            struct messages *messages) {
  struct paragraph_spec endless = *spec;
  endless.measure = ENDLESS;
  endless.first_indent = 0;
  endless.alignment = ALIGN_START;
  endless.balanced = endless.hyphenate = false;
  const struct paragraph *paragraph = paragraph_look(engine, &endless, messages);
  mpt width = paragraph ? 0 : -1;
  for (size_t i = 0; paragraph && i < paragraph->line_count; i++) {
    if (paragraph->lines[i].width > width) width = paragraph->lines[i].width;
  }
  return width;
}
