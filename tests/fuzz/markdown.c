/* A Markdown guide: read, looked into, written as XML, read again. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_guide("guide.md", data, size);
  return 0;
}
