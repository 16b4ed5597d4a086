/* handout pages: the laid-out pages as text. */
#include "build/build.h"
#include "cli/verbs.h"

static void lay_out(const struct options *options, const struct guide *guide,
                    struct builder *builder, struct messages *messages) {
  struct reader *reader = load_reader(options, guide, messages);
  struct draft draft;
  if (reader &&
      builder_draft(builder, reader, options->values[OPTION_THEME], &draft, messages)) {
    struct buffer text = {0};
    pages_dump(draft.pages, &text);
    write_text(options, &text, messages);
    buffer_finish(&text);
    draft_finish(&draft);
  }
  messages_flush(messages); /* what is held back points into the record */
  reader_free(reader);
}

int verb_pages(const struct options *options, struct messages *messages) {
  struct guide *guide = load_guide(options, messages);
  struct builder *builder = guide ? load_builder(options, guide, messages) : NULL;
  if (builder && confine(options, NULL, builder, messages))
    lay_out(options, guide, builder, messages);
  messages_flush(messages);
  builder_free(builder);
  guide_free(guide);
  return STATUS_DONE;
}
