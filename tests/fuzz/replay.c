/* Calls a fuzzer once for each file that is named: seeds and old findings, in `make
 * check`, under the sanitizers of gcc. */
#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int count, char **paths) {
  for (int i = 1; i < count; i++) {
    struct buffer bytes = {0};
    char chunk[65536];
    FILE *file = fopen(paths[i], "rb");
    if (!file) {
      perror(paths[i]);
      return 1;
    }
    for (size_t read; (read = fread(chunk, 1, sizeof chunk, file)) > 0;)
      buffer_append(&bytes, chunk, read);
    fclose(file);
    fprintf(stderr, "%s\n", paths[i]);
    LLVMFuzzerTestOneInput((const uint8_t *)(bytes.data ? bytes.data : ""), bytes.length);
    buffer_finish(&bytes);
  }
  printf("%d passed, 0 failed\n", count - 1);
  return 0;
}
