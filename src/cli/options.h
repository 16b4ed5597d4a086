/* The command line: one table of options, and for each verb which of them it takes. */
#ifndef HANDOUT_CLI_OPTIONS_H
#define HANDOUT_CLI_OPTIONS_H

#include "base/message.h"
#include "build/build.h"

#include <stdbool.h>
#include <stddef.h>

enum option {
  /* taken by every verb */
  OPTION_HELP,
  OPTION_VERSION,
  OPTION_QUIET,
  OPTION_COLOUR,
  OPTION_DIAGNOSTIC_FORMAT,
  OPTION_FAIL_IF_WARNINGS,
  OPTION_FONT_PATH,
  OPTION_IGNORE_SYSTEM_FONTS,
  OPTION_LIMIT,
  /* taken by some */
  OPTION_READER,
  OPTION_READERS,
  OPTION_OUTPUT,
  OPTION_TO,
  OPTION_EPUB_FONTS,
  OPTION_SET,
  OPTION_THEME,
  OPTION_PRINT,
  OPTION_PLACES,
  OPTION_JOBS,
  OPTION_RESUME,
  OPTION_SHARD,
  OPTION_NAME,
  OPTION_TIMEOUT,
  OPTION_MERGE,
  OPTION_TEMPLATE,
  OPTION_UPDATE_TRANSLATIONS,
  OPTION_COUNT
};

/* The bit of an option in a verb's set. */
#define TAKES(option) (UINT64_C(1) << (option))

struct options {
  struct arena *arena;
  bool quiet, fail_if_warnings, colour;
  enum message_format format;
  const char *values[OPTION_COUNT]; /* of the option, as given last; "" for a flag; or NULL */
  struct setting *settings;         /* --set */
  size_t setting_count;
  const char **outputs; /* -o, in order */
  size_t output_count;
  const char **folders; /* --font-path, in order */
  size_t folder_count;
  const char **operands; /* what is no option */
  size_t operand_count;
};

/* What of the command line decides how messages look; read before the rest, so that
 * a mistake in the rest is shown that way. Never fails. */
void options_look(int count, char **words, enum message_format *format, bool *colour);

/* Reads the words after the verb. False, with a usage message, where they are wrong.
 * `taken` is the verb's set of options beyond those that every verb takes. */
bool options_read(struct options *options, int count, char **words, uint64_t taken,
                  struct messages *messages);

struct font_options options_fonts(const struct options *options);

/* --to: both, where it is not given. False with a usage message. */
bool options_request(const struct options *options, struct build_request *request,
                     struct messages *messages);

/* A whole number of an option, or `otherwise` where it is not given. False with a usage
 * message. */
bool options_number(const struct options *options, enum option option, unsigned otherwise,
                    unsigned *number, struct messages *messages);

/* For help. The letter is 0, the value NULL where there is none. */
const char *option_name(enum option option);
const char *option_value(enum option option);
const char *option_help(enum option option);
char option_letter(enum option option);
bool option_is_common(enum option option);

#endif
