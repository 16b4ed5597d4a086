/* A table of records in any of its encodings: read, and passed over, to the same count. */
#include "fuzz.h"

#include "reader/reader.h"

static const char declared[] = "---\n"
                               "fields:\n"
                               "  region: {type: choice, choices: [CN, US]}\n"
                               "  skills: {type: set}\n"
                               "  note: {type: text, max: 40}\n"
                               "languages: [en, zh-Hans]\n"
                               "---\n\n# A title\n\nText.\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct guide *guide;
  struct sink *sink = sink_open();
  if (!guide) guide = guide_load(fuzz_text_file("declared.md", declared), NULL, 0, sink->messages);
  PROMISE(guide);
  const char *path = fuzz_file("readers.csv", data, size);
  struct records *records = records_open(path, guide, NULL, 0, sink->messages);
  sink_agrees(sink, records != NULL);
  struct reader *reader = NULL;
  size_t count = 0;
  for (enum record_status status; records; count++) {
    size_t errors = messages_errors(sink->messages);
    status = records_next(records, &reader, sink->messages);
    PROMISE((status == RECORD_GOOD) == (reader != NULL));
    PROMISE((status == RECORD_BAD) <= (messages_errors(sink->messages) > errors));
    if (status == RECORD_END) break;
    PROMISE(records_place(records).line >= 1);
    if (reader) PROMISE(reader->id && records_id(records) && strcmp(reader->id, records_id(records)) == 0);
    messages_flush(sink->messages);
    reader_free(reader);
  }
  messages_flush(sink->messages);
  records_close(records);
  records = records ? records_open(path, guide, NULL, 0, sink->messages) : NULL;
  if (records) PROMISE(records_skip(records, SIZE_MAX) == count);
  messages_flush(sink->messages);
  records_close(records);
  sink_close(sink);
  return 0;
}
