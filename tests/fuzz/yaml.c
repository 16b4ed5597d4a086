/* YAML: as a tree with places, as handout.yaml beside a text, as a reader's record. */
#include "fuzz.h"

#include "base/yaml.h"
#include "reader/reader.h"

static const char declared[] = "---\n"
                               "fields:\n"
                               "  region: {type: choice, choices: [CN, US], required: yes}\n"
                               "  skills: {type: set, choices: skills}\n"
                               "  salary: {type: number, min: 0, max: 1000000}\n"
                               "  age: {type: integer}\n"
                               "  start: {type: date, min: 2020-01-01}\n"
                               "  member: {type: truth}\n"
                               "  note: {type: text, max: 40}\n"
                               "skills:\n"
                               "  python: {name: Python, hours: 12}\n"
                               "  sql: {name: SQL, requires: [python]}\n"
                               "languages: [en, zh-Hans]\n"
                               "---\n\n# A title\n\nText.\n";

static size_t places(const struct yaml *yaml) {
  size_t count = 1;
  PROMISE(yaml->place.line >= 1 && yaml->place.column >= 1);
  PROMISE(yaml->kind != YAML_SCALAR || yaml->value);
  for (const struct yaml *entry = yaml->first; entry; entry = entry->next) count += places(entry);
  return count;
}

static void as_tree(const uint8_t *data, size_t size) {
  struct sink *sink = sink_open();
  struct arena *arena = arena_new();
  const struct source *source =
      source_from_memory(arena, "some.yaml", (const char *)data, size, sink->messages);
  const struct yaml *root =
      source ? yaml_read(arena, source, 0, source->length, sink->messages) : NULL;
  sink_agrees(sink, root != NULL);
  if (root) places(root);
  messages_flush(sink->messages);
  arena_free(arena);
  sink_close(sink);
}

static void as_declarations(const uint8_t *data, size_t size) {
  char path[512];
  fuzz_text_file("beside.md", "# A title\n\nText.\n");
  snprintf(path, sizeof path, "%s", fuzz_file("handout.yaml", data, size));
  memcpy(strrchr(path, '/'), "/beside.md", sizeof "/beside.md");
  fuzz_load(path);
  fuzz_text_file("handout.yaml", "");
}

static void as_record(const uint8_t *data, size_t size) {
  static struct guide *guide;
  struct sink *sink = sink_open();
  if (!guide) guide = guide_load(fuzz_text_file("declared.md", declared), NULL, 0, sink->messages);
  PROMISE(guide);
  struct reader *reader = reader_load(fuzz_file("reader.yaml", data, size), guide, sink->messages);
  sink_agrees(sink, reader != NULL);
  if (reader) PROMISE(!reader->id || (reader->id[0] && !strpbrk(reader->id, "/.\\\n ")));
  messages_flush(sink->messages);
  reader_free(reader);
  sink_close(sink);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  switch (data[0] % 3) {
  case 0:
    as_tree(data + 1, size - 1);
    break;
  case 1:
    as_declarations(data + 1, size - 1);
    break;
  default:
    as_record(data + 1, size - 1);
    break;
  }
  return 0;
}
