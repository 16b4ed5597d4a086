/* What most verbs begin and end with. */
#include "base/file.h"
#include "cli/verbs.h"
#include "guide/guide.h"
#include "reader/reader.h"

struct guide *load_guide(const struct options *options, struct messages *messages) {
  if (options->operand_count != 1) {
    message_usage(messages,
                  options->operand_count ? "one guide at a time, not %zu"
                                         : "which guide? (%zu given)",
                  options->operand_count);
    return NULL;
  }
  return guide_load(options->operands[0], options->settings, options->setting_count, messages);
}

struct reader *load_reader(const struct options *options, const struct guide *guide,
                           struct messages *messages) {
  const char *path = options->values[OPTION_READER];
  return path ? reader_load(path, guide, messages) : reader_new_anonymous(guide);
}

bool write_text(const struct options *options, const struct buffer *text,
                struct messages *messages) {
  const char *path = options->values[OPTION_OUTPUT];
  return file_write(path ? path : "-", text->data, text->length, messages);
}
