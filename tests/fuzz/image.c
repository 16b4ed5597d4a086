/* A picture of any bytes: what its header lets in must go into a PDF and a book, or be
 * refused by name. */
#include "finished.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char text[] = "# A picture\n\nSome text.\n\n![What it shows](picture.png)\n";
  struct sink *sink = sink_open();
  fuzz_file("picture.png", data, size);
  struct guide *guide = guide_load(fuzz_text_file("pictured.md", text), NULL, 0, sink->messages);
  sink_agrees(sink, guide != NULL);
  struct reader *reader = guide ? reader_new_anonymous(guide) : NULL;
  if (guide) PROMISE(guide->images && guide->images->width && guide->images->height);
  if (guide) fuzz_make(guide, reader, sink->messages);
  reader_free(reader);
  messages_flush(sink->messages);
  guide_free(guide);
  sink_close(sink);
  return 0;
}
