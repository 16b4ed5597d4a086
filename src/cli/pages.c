/* handout pages: the laid-out pages as text. */
#include "build/build.h"
#include "cli/verbs.h"

int verb_pages(const struct options *options, struct messages *messages) {
  struct guide *guide = load_guide(options, messages);
  struct reader *reader = guide ? load_reader(options, guide, messages) : NULL;
  struct builder *builder = reader ? load_builder(options, guide, messages) : NULL;
  struct draft draft;
  if (builder && builder_draft(builder, reader, options->values[OPTION_THEME], &draft, messages)) {
    struct buffer text = {0};
    pages_dump(draft.pages, &text);
    write_text(options, &text, messages);
    buffer_finish(&text);
    draft_finish(&draft);
  }
  messages_flush(messages);
  builder_free(builder);
  reader_free(reader);
  guide_free(guide);
  return STATUS_DONE;
}
