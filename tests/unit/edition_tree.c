/* What is left of a guide for a reader, shown as one line of text:
 *
 *   section(heading[2.1 en:Salary] paragraph[en:Much. zh-Hans:多。])
 */
#include "check.h"

#include "base/buffer.h"
#include "edition/edition.h"

#include <stdlib.h>

static const char *languages[] = {"en", "zh-Hans"};

struct sample {
  struct guide guide;
  struct reader *reader;
  struct node *at;
  char *said;
  size_t size;
  FILE *stream;
  struct messages *messages;
  struct words titles[2];
};

static struct place nowhere;

static void sample_start(struct sample *sample) {
  *sample = (struct sample){0};
  struct guide *guide = &sample->guide;
  guide->arena = arena_new();
  guide->name = "sample";
  guide->languages = languages;
  guide->language_count = 2;
  sample->titles[0] = (struct words){
      .language = "en", .text = "Sample", .next = &sample->titles[1]};
  sample->titles[1] = (struct words){.language = "zh-Hans", .text = "样本"};
  guide->titles = sample->titles;
  guide->root = sample->at = node_new(guide->arena, NODE_GUIDE, nowhere);
  sample->reader = reader_new_anonymous(guide);
  sample->stream = open_memstream(&sample->said, &sample->size);
  sample->messages = messages_new(sample->stream, MESSAGES_SHORT, false);
}

static void sample_finish(struct sample *sample) {
  messages_free(sample->messages);
  fclose(sample->stream);
  free(sample->said);
  reader_free(sample->reader);
  arena_free(sample->guide.arena);
}

static struct node *open_block(struct sample *sample, enum node_kind kind) {
  struct node *node = node_new(sample->guide.arena, kind, nowhere);
  node_append(sample->at, node);
  sample->at = node;
  return node;
}

static void close_block(struct sample *sample) {
  sample->at = sample->at->parent;
}

static struct node *add_text(struct sample *sample, enum node_kind kind, const char *english,
                             const char *chinese) {
  const char *texts[] = {english, chinese};
  struct node *block = open_block(sample, kind);
  for (int i = 0; i < 2; i++) {
    if (!texts[i]) continue;
    open_block(sample, NODE_VARIANT)->language = languages[i];
    open_block(sample, NODE_TEXT)->text = texts[i];
    close_block(sample);
    close_block(sample);
  }
  close_block(sample);
  return block;
}

static void add_heading(struct sample *sample, int level, const char *english,
                        const char *chinese) {
  add_text(sample, NODE_HEADING, english, chinese)->level = level;
}

static struct node *add_inline(struct sample *sample, struct node *block, enum node_kind kind,
                               const char *target) {
  struct node *node = node_new(sample->guide.arena, kind, nowhere);
  node->target = target;
  node_append(block->first, node);
  return node;
}

/* --- showing ------------------------------------------------------------------------- */

static void show_node(struct buffer *out, const struct node *node) {
  bool bearer = node_bears_text(node);
  if (out->length && !strchr("([: ", out->data[out->length - 1])) buffer_append_byte(out, ' ');
  if (node->kind == NODE_VARIANT) buffer_printf(out, "%s:", node->language);
  else if (node->kind == NODE_TEXT) buffer_append_text(out, node->text);
  else buffer_printf(out, "%s%s", node_kind_name(node->kind), bearer ? "[" : "(");
  if (node->kind == NODE_HEADING) buffer_printf(out, "%d ", node->level);
  if (node->number) buffer_printf(out, "#%s ", node->number);
}

static void check_tree(struct sample *sample, const char *wanted) {
  struct buffer out = {0};
  struct edition *edition = edition_new(&sample->guide, sample->reader, sample->messages);
  CHECK(edition != NULL);
  if (!edition) return;
  struct walk walk = walk_start(edition->root);
  while (walk_next(&walk)) {
    if (walk.node == edition->root) continue;
    if (walk.entering) show_node(&out, walk.node);
    else if (node_bears_text(walk.node)) buffer_append_byte(&out, ']');
    else if (walk.node->kind != NODE_TEXT && walk.node->kind != NODE_VARIANT) {
      buffer_append_byte(&out, ')');
    }
  }
  CHECK_TEXT(out.data, wanted);
  buffer_finish(&out);
  edition_free(edition);
}

static void check_said(struct sample *sample, const char *wanted) {
  messages_flush(sample->messages);
  fflush(sample->stream);
  CHECK_TEXT(sample->said, wanted);
}

static void choose(struct sample *sample, const char *first, const char *second, enum mode mode) {
  struct reader *reader = sample->reader;
  reader->languages = arena_alloc_array(reader->arena, 2, sizeof *reader->languages);
  reader->languages[0] = first;
  reader->languages[1] = second;
  reader->language_count = second ? 2 : 1;
  reader->mode = mode;
}

/* --- the cases -------------------------------------------------------------------------- */

/* A guide of plain text: one variant to a block. */
static void make_plain(struct sample *sample) {
  open_block(sample, NODE_SECTION);
  add_heading(sample, 1, "Work", NULL);
  add_text(sample, NODE_PARAGRAPH, "Much.", NULL);
  open_block(sample, NODE_SECTION);
  add_heading(sample, 3, NULL, "工作");
  add_text(sample, NODE_PARAGRAPH, NULL, "很多。");
  close_block(sample);
  close_block(sample);
}

static void test_plain(void) {
  struct sample sample;
  sample_start(&sample);
  make_plain(&sample);
  check_tree(&sample, "section(heading[1 en:Work] paragraph[en:Much.] "
                      "section(heading[2 zh-Hans:工作] paragraph[zh-Hans:很多。]))");
  choose(&sample, "en", NULL, MODE_SINGLE);
  sample.reader->numbered = 1;
  check_tree(&sample, "section(heading[1 #1 en:Work] paragraph[en:Much.])");
  choose(&sample, "zh-Hans", NULL, MODE_SINGLE);
  check_tree(&sample, "division(section(heading[1 #1 zh-Hans:工作] paragraph[zh-Hans:很多。]))");
  check_said(&sample, "");
  sample_finish(&sample);
}

static void make_paired(struct sample *sample) {
  open_block(sample, NODE_SECTION)->id = "work";
  add_heading(sample, 1, "Work", "工作");
  add_text(sample, NODE_PARAGRAPH, "Much.", "很多。");
  add_text(sample, NODE_PARAGRAPH, "More.", NULL);
  close_block(sample);
}

static void test_paired(void) {
  struct sample sample;
  sample_start(&sample);
  make_paired(&sample);
  sample.guide.missing = FALLBACK_SHOW;
  choose(&sample, "zh-Hans", "en", MODE_PARALLEL);
  check_tree(&sample, "section(heading[1 zh-Hans:工作 en:Work] paragraph[zh-Hans:很多。 en:Much.] "
                      "paragraph[en:More.])");
  choose(&sample, "zh-Hans", NULL, MODE_SINGLE);
  check_tree(&sample, "section(heading[1 zh-Hans:工作] paragraph[zh-Hans:很多。] "
                      "paragraph[en:More. span(（暂无译文）)])");
  sample.guide.missing = FALLBACK_OMIT;
  check_tree(&sample, "section(heading[1 zh-Hans:工作] paragraph[zh-Hans:很多。])");
  check_said(&sample, "");
  sample.guide.missing = FALLBACK_ERROR;
  CHECK(!edition_new(&sample.guide, sample.reader, sample.messages));
  check_said(&sample, "handout: error: this paragraph has no text in 'zh-Hans' "
                      "[missing-language]\n");
  sample_finish(&sample);
}

static void test_sequential(void) {
  struct sample sample;
  sample_start(&sample);
  make_paired(&sample);
  choose(&sample, "en", "zh-Hans", MODE_SEQUENTIAL);
  sample.reader->numbered = 1;
  check_tree(&sample,
             "division(section(heading[1 #1 en:Work] paragraph[en:Much.] paragraph[en:More.])) "
             "division(section(heading[1 #1 zh-Hans:工作] paragraph[zh-Hans:很多。]))");
  struct edition *edition = edition_new(&sample.guide, sample.reader, sample.messages);
  CHECK_TEXT(edition->root->first->first->id, "work");
  CHECK_TEXT(edition->root->last->first->id, "work-zh-Hans");
  edition_free(edition);
  check_said(&sample, "");
  sample_finish(&sample);
}

static void test_numbers(void) {
  struct sample sample;
  sample_start(&sample);
  static const int levels[] = {1, 3, 3, 2, 1, 6, 2};
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
    add_heading(&sample, levels[i], "h", NULL);
  }
  sample.reader->numbered = 1;
  check_tree(&sample, "heading[1 #1 en:h] heading[2 #1.1 en:h] heading[2 #1.2 en:h] "
                      "heading[2 #1.3 en:h] heading[1 #2 en:h] heading[2 #2.1 en:h] "
                      "heading[2 #2.2 en:h]");
  sample_finish(&sample);
}

static void test_references(void) {
  struct sample sample;
  sample_start(&sample);
  struct node *text = add_text(&sample, NODE_PARAGRAPH, "See", NULL);
  add_inline(&sample, text, NODE_REFERENCE, "pay");
  add_inline(&sample, text, NODE_FOOTNOTE_MARK, "two");
  add_inline(&sample, text, NODE_FOOTNOTE_MARK, "one");
  add_inline(&sample, text, NODE_FOOTNOTE_MARK, "two");
  open_block(&sample, NODE_SECTION)->id = "pay";
  add_heading(&sample, 1, "Pay", "薪酬");
  add_text(&sample, NODE_PARAGRAPH, "Good.", "好。");
  close_block(&sample);
  static const char *const ids[] = {"one", "two", "three"};
  for (int i = 0; i < 3; i++) {
    open_block(&sample, NODE_FOOTNOTE)->id = ids[i];
    add_text(&sample, NODE_PARAGRAPH, ids[i], NULL);
    close_block(&sample);
  }
  choose(&sample, "en", NULL, MODE_SINGLE);
  sample.reader->numbered = 1;
  check_tree(&sample,
             "paragraph[en:See reference(section\u00A01, “Pay”) footnote-mark(#1 ) footnote-mark(#2 ) "
             "footnote-mark(#1 )] section(heading[1 #1 en:Pay] paragraph[en:Good.]) "
             "footnote(#2 paragraph[en:one]) footnote(#1 paragraph[en:two])");
  check_said(&sample, "");
  text->first->last->kind = NODE_LINK;
  text->first->last->target = "#nowhere";
  CHECK(!edition_new(&sample.guide, sample.reader, sample.messages));
  check_said(&sample, "handout: error: nothing in the guide has the id '#nowhere' [unknown-id]\n");
  sample_finish(&sample);
}

static void test_whole(void) {
  struct sample sample;
  char first[37];
  sample_start(&sample);
  make_paired(&sample);
  sample.guide.date = "2026-08-01";
  sample.reader->name = "Li Wei";
  struct edition *edition = edition_new(&sample.guide, sample.reader, sample.messages);
  CHECK_TEXT(edition->title, "Sample");
  CHECK_TEXT(edition->titles->next->text, "样本");
  CHECK_TEXT(edition->date_text, "August 1, 2026");
  CHECK_TEXT(edition->theme, "classic");
  CHECK_TEXT(edition_word(edition, WORD_CONTENTS, "zh-Hans"), "目录");
  CHECK_TEXT(edition_word(edition, WORD_CONTENTS, NULL), "Contents");
  CHECK_TEXT(edition_made_for(edition, "zh-Hans"), "为Li Wei编制");
  strcpy(first, edition->uuid);
  edition_free(edition);
  edition = edition_new(&sample.guide, sample.reader, sample.messages);
  CHECK_TEXT(edition->uuid, first);
  edition_free(edition);
  choose(&sample, "zh-Hans", NULL, MODE_SINGLE);
  edition = edition_new(&sample.guide, sample.reader, sample.messages);
  CHECK(strcmp(edition->uuid, first) != 0);
  CHECK_TEXT(edition->date_text, "2026年8月1日");
  edition_free(edition);
  sample_finish(&sample);
}

static void test_empty(void) {
  struct sample sample;
  sample_start(&sample);
  add_text(&sample, NODE_PARAGRAPH, "Only English.", NULL);
  choose(&sample, "zh-Hans", NULL, MODE_SINGLE);
  CHECK(!edition_new(&sample.guide, sample.reader, sample.messages));
  check_said(&sample, "handout: error: nothing of the guide is left [empty-edition]\n");
  sample_finish(&sample);
}

int main(void) {
  test_plain();
  test_paired();
  test_sequential();
  test_numbers();
  test_references();
  test_whole();
  test_empty();
  return check_summary();
}
