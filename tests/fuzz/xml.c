/* guide.xml: read against the schema, looked into, written, read again. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_guide("guide.xml", data, size);
  return 0;
}
