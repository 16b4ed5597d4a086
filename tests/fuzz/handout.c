/* A guide and a record, a line of "%%" between them: a PDF and a book, both whole. */
#include "finished.h"

static const char line[] = "\n%%\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const uint8_t *end = memmem(data, size, line, sizeof line - 1);
  const uint8_t *record = end ? end + sizeof line - 1 : data + size;
  struct sink *sink = sink_open();
  const char *path = fuzz_file("guide.md", data, end ? (size_t)(end - data) : size);
  struct guide *guide = guide_load(path, NULL, 0, sink->messages);
  struct reader *reader = NULL;
  if (guide && end)
    reader = reader_load(fuzz_file("reader.yaml", record, (size_t)(data + size - record)), guide,
                         sink->messages);
  else if (guide) reader = reader_new_anonymous(guide);
  if (reader) fuzz_make(guide, reader, sink->messages);
  messages_flush(sink->messages);
  reader_free(reader);
  guide_free(guide);
  sink_close(sink);
  return 0;
}
