/* handout check: everything that would stop a build or spoil a page, in one run. Each
 * room checks what it knows: guide/ the sources, edition/ conditions and fill-ins,
 * reader/ the records, font/ the characters. Nothing is written. */
#include "build/build.h"
#include "cli/verbs.h"
#include "guide/guide.h"
#include "reader/reader.h"

#include <stdio.h>

static void check_readers(const char *path, const struct guide *guide, struct messages *messages) {
  struct records *records = records_open(path, guide, messages);
  if (!records) return;
  stop_clock(); /* there may be any number of them */
  struct reader *reader = NULL;
  while (records_next(records, &reader, messages) != RECORD_END) {
    messages_flush(messages);
    reader_free(reader);
    reader = NULL;
  }
  messages_flush(messages);
  records_close(records);
}

static void check_reader(const struct options *options, const struct guide *guide,
                         struct messages *messages) {
  struct reader *reader = load_reader(options, guide, messages);
  messages_flush(messages);
  reader_free(reader);
}

static void check_records(const struct options *options, const struct guide *guide,
                          struct messages *messages) {
  const char *readers = options->values[OPTION_READERS];
  if (readers) check_readers(readers, guide, messages);
  if (options->values[OPTION_READER]) check_reader(options, guide, messages);
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
  bool update = options->values[OPTION_UPDATE_TRANSLATIONS];
  if (update || confine(options, NULL, NULL, messages)) check_records(options, guide, messages);
  bool good = messages_errors(messages) == 0;
  if (good && update) guide_update_translations(guide, messages);
  messages_flush(messages);
  if (good && !messages_warnings(messages) && !options->quiet)
    printf("%s: no mistakes found\n", path);
  guide_free(guide);
  return STATUS_DONE;
}
