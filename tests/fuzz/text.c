/* Plain text as a guide; and no letter or digit of it is lost on the way to the tree. */
#include "fuzz.h"

/* Letters and digits of ASCII, since normalisation leaves them as they are. */
static void plain_letters(const char *text, size_t length, struct buffer *out) {
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) buffer_append_byte(out, c);
  }
}

static void tree_letters(const struct guide *guide, struct buffer *out) {
  struct walk walk = walk_start(guide->root);
  while (walk_next(&walk)) {
    const struct node *node = walk.node;
    if (walk.entering && node->kind == NODE_TEXT) plain_letters(node->text, strlen(node->text), out);
  }
}

static bool is_counted(const uint8_t *data, size_t size) {
  for (size_t i = 0; i < size; i++) {
    /* what marks a list, a rule or a heading is not text; CR may be an end of a line */
    if (data[i] == '*' || data[i] == '#' || data[i] == '-') return false;
  }
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_guide("guide.txt", data, size);
  struct sink *sink = sink_open();
  struct guide *guide =
      guide_load(fuzz_file("guide.txt", data, size), NULL, 0, sink->messages);
  if (guide && is_counted(data, size)) {
    struct buffer wanted = {0}, found = {0};
    plain_letters((const char *)data, size, &wanted);
    for (const struct words *title = guide->titles; title; title = title->next)
      plain_letters(title->text, strlen(title->text), &found);
    tree_letters(guide, &found);
    /* a title in two languages is taken out of the text as a whole */
    PROMISE(found.length >= wanted.length);
    buffer_finish(&wanted);
    buffer_finish(&found);
  }
  messages_flush(sink->messages);
  guide_free(guide);
  sink_close(sink);
  return 0;
}
