/* handout check: everything that would stop a build or spoil a page, in one run. Each
 * room checks what it knows: guide/ the sources, edition/ conditions and fill-ins,
 * reader/ the records, figure/ charts and codes, font/ the characters; of a record the pages
 * are laid out. Nothing is written. */
#include "base/index.h"
#include "build/build.h"
#include "cli/verbs.h"
#include "guide/guide.h"
#include "reader/reader.h"

#include <ctype.h>
#include <stdio.h>

struct checking {
  const struct options *options;
  const struct guide *guide;
  struct builder *builder; /* NULL: nothing can be made of the guide */
  struct messages *messages;
};

/* Up to its pages, which are thrown away: what fills the text in may have no glyph, or no room. */
static void check_record(const struct checking *checking, const struct reader *reader) {
  struct draft draft;
  if (reader && checking->builder &&
      builder_draft(checking->builder, reader, checking->options->values[OPTION_THEME], &draft,
                    checking->messages))
    draft_finish(&draft);
  messages_flush(checking->messages);
}

/* A batch refuses them, unless its --name tells them apart. */
static void check_id(const struct checking *checking, const struct records *records,
                     struct arena *arena, struct index *ids, const struct reader *reader) {
  char *id = arena_strdup(arena, reader->id);
  for (char *at = id; *at; at++) *at = (char)tolower((unsigned char)*at);
  if (index_add(ids, id, id)) return;
  struct place place = records_place(records);
  message_warning(checking->messages, &place, "same-id",
                  "a record before has the id '%s', too: their files would have one name",
                  reader->id);
}

static void check_readers(const struct checking *checking, const char *path) {
  const struct options *options = checking->options;
  struct records *records = records_open(path, checking->guide, options->settings,
                                         options->setting_count, checking->messages);
  if (!records) return;
  stop_clock(); /* there may be any number of them */
  struct arena *arena = arena_new();
  struct index *ids = index_new();
  struct reader *reader = NULL;
  while (records_next(records, &reader, checking->messages) != RECORD_END) {
    if (reader) check_id(checking, records, arena, ids, reader);
    check_record(checking, reader);
    reader_free(reader);
    reader = NULL;
  }
  messages_flush(checking->messages);
  index_free(ids);
  arena_free(arena);
  records_close(records);
}

static void check_reader(const struct checking *checking) {
  struct reader *reader = load_reader(checking->options, checking->guide, checking->messages);
  check_record(checking, reader);
  reader_free(reader);
}

static void check_records(const struct checking *checking) {
  const char *readers = checking->options->values[OPTION_READERS];
  if (readers) check_readers(checking, readers);
  if (!readers || checking->options->values[OPTION_READER]) check_reader(checking);
}

/* Only where records are to be checked, and a guide with errors has told them already. */
static struct builder *builder_for(const struct options *options, const struct guide *guide,
                                   struct messages *messages) {
  bool has_records = options->values[OPTION_READERS] || options->values[OPTION_READER];
  if (!has_records || messages_errors(messages)) return NULL;
  struct builder *builder = load_builder(options, guide, messages);
  if (builder && options->values[OPTION_READERS]) builder_for_many(builder);
  return builder;
}

/* Where a guide is found good its translations are brought up to date, in its folder: the one
 * thing that is written, and not from within a sandbox. */
int verb_check(const struct options *options, struct messages *messages) {
  const char *path = one_guide(options, messages);
  if (!path) return STATUS_DONE;
  start_clock();
  struct guide *guide =
      guide_check(path, options->settings, options->setting_count, messages);
  if (!guide) return STATUS_DONE;
  struct font_options fonts = options_fonts(options);
  build_check(guide, options->values[OPTION_THEME], &fonts, messages);
  struct checking checking = {options, guide, builder_for(options, guide, messages), messages};
  bool update = options->values[OPTION_UPDATE_TRANSLATIONS];
  if (update || confine(options, NULL, checking.builder, messages)) check_records(&checking);
  builder_free(checking.builder);
  bool good = messages_errors(messages) == 0;
  if (good && update) guide_update_translations(guide, messages);
  messages_flush(messages);
  if (good && !messages_warnings(messages) && !options->quiet)
    printf("%s: no mistakes found\n", path);
  guide_free(guide);
  return STATUS_DONE;
}
