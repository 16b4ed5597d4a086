/* What is wrong in a guide's tree, and how much is said of it. */
#include "guide_folder.h"

#define MANY 4000

static size_t count_of(const char *text, const char *part) {
  size_t count = 0;
  for (; (text = strstr(text, part)); text++) count++;
  return count;
}

/* Each is told, but the nearest of thousands is not sought for thousands. */
static void check_dead_references(void) {
  struct buffer text = {0};
  for (int i = 0; i < MANY; i++)
    buffer_printf(&text, "# H {#heading-%d}\n\n[x](#headin-%d)\n\n", i, i);
  struct file file = {"guide.md", text.data, text.length};
  struct folder folder = folder_new(&file, 1);
  char *said = NULL, path[128];
  size_t size;
  snprintf(path, sizeof path, "%s/guide.md", folder.path);
  FILE *stream = open_memstream(&said, &size);
  struct messages *messages = messages_new(stream, MESSAGES_HUMAN, false);
  CHECK(!guide_load(path, NULL, 0, messages));
  messages_free(messages);
  fclose(stream);
  CHECK(count_of(said, "[dead-reference]") == MANY);
  CHECK(count_of(said, "hint: did you mean 'heading-") == 100);
  CHECK(strstr(said, "hint: did you mean 'heading-99'?") != NULL);
  free(said);
  folder_remove(&folder);
  buffer_finish(&text);
}

int main(void) {
  check_dead_references();
  return check_summary();
}
