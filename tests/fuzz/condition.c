/* Conditions and fill-ins: what compiles is worked out for a record without harm, twice
 * to the same answer. */
#include "fuzz.h"

#include "edition/expression.h"
#include "edition/format.h"

static const char *languages[] = {"en", "zh-Hans"};
static const char *regions[] = {"US", "CN"}, *ids[] = {"python", "sql"};
static struct field fields[] = {
    {.name = "region", .type = FIELD_CHOICE, .choices = regions, .choice_count = 2},
    {.name = "skills", .type = FIELD_SET, .choices = ids, .choice_count = 2},
    {.name = "salary", .type = FIELD_NUMBER},
    {.name = "start", .type = FIELD_DATE},
    {.name = "note", .type = FIELD_TEXT},
};
static struct words names[] = {{.language = "en", .text = "Python"}};
static struct skill python = {.id = "python", .names = names};
static struct fact pay = {.name = "average-pay", .value = "120000"};
static struct guide guide = {.languages = languages, .language_count = 2, .fields = fields,
                             .skills = &python, .facts = &pay};
static const char *values[][2] = {{"US"}, {"python", "sql"}, {"-12.5"}, {"2026-02-29"}, {"a|b <&>"}};

static struct reader *reader_make(void) {
  for (size_t i = 0; i + 1 < sizeof fields / sizeof *fields; i++) fields[i].next = &fields[i + 1];
  struct reader *reader = reader_new_anonymous(&guide);
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    struct field_value *value = arena_alloc(reader->arena, sizeof *value);
    *value = (struct field_value){.name = fields[i].name, .values = values[i],
                                  .value_count = values[i][1] ? 2 : 1, .next = reader->fields};
    reader->fields = value;
  }
  return reader;
}

static void work_out(struct expressions *expressions, struct reader *reader, const char *text,
                     struct messages *messages) {
  struct arena *arena = arena_new();
  const struct place place = {.line = 1, .column = 1};
  bool held[2];
  char *told[2];
  for (int i = 0; i < 2; i++) {
    bool good = true;
    expressions_start(expressions, reader, arena);
    held[i] = expression_holds(expressions, text, &good, messages);
    const char *value = expression_text(expressions, text, languages[0], &place, messages);
    PROMISE(!value || *value);
    told[i] = arena_strdup(arena, value ? value : "");
    PROMISE(utf8_valid_prefix(told[i], strlen(told[i])) == strlen(told[i]));
  }
  PROMISE(held[0] == held[1] && strcmp(told[0], told[1]) == 0);
  arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct reader *reader;
  if (!reader) reader = reader_make();
  if (utf8_valid_prefix((const char *)data, size) < size || memchr(data, '\0', size)) return 0;
  struct sink *sink = sink_open();
  struct arena *arena = arena_new();
  struct formats *formats = formats_new();
  struct expressions *expressions = expressions_new(&guide, formats);
  const struct source *source =
      source_from_memory(arena, "guide.md", (const char *)data, size, sink->messages);
  const struct expression *added = NULL;
  if (source) {
    struct place place = source_place(source, 0, size);
    added = expressions_add(expressions, source->text, &place, sink->messages);
  }
  sink_agrees(sink, added != NULL);
  if (added) work_out(expressions, reader, source->text, sink->messages);
  messages_flush(sink->messages);
  expressions_free(expressions);
  formats_free(formats);
  arena_free(arena);
  sink_close(sink);
  return 0;
}
