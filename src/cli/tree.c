/* handout tree: the content tree as XML, of the guide or, with --reader, of an edition. */
#include "cli/verbs.h"
#include "edition/edition.h"
#include "guide/guide.h"

static void write_tree(const struct options *options, const struct guide *guide,
                       const struct node *root, struct messages *messages) {
  struct buffer text = {0};
  bool places = options->values[OPTION_PLACES] != NULL;
  if (tree_write_xml(guide, root, places, &text, messages)) write_text(options, &text, messages);
  buffer_finish(&text);
}

int verb_tree(const struct options *options, struct messages *messages) {
  struct guide *guide = load_guide(options, messages);
  bool confined = guide && confine(options, NULL, NULL, messages);
  if (confined && options->values[OPTION_READER]) {
    struct reader *reader = load_reader(options, guide, messages);
    struct edition *edition = reader ? edition_new(guide, reader, messages) : NULL;
    if (edition) write_tree(options, guide, edition->root, messages);
    edition_free(edition);
    messages_flush(messages);
    reader_free(reader);
  } else if (confined) {
    write_tree(options, guide, guide->root, messages);
  }
  messages_flush(messages);
  guide_free(guide);
  return STATUS_DONE;
}
