/* Options are `--name value`, `--name=value`, or a letter for the most used; they may
 * stand before and after operands, and end at `--`. */
#include "cli/options.h"

#include "base/arena.h"
#include "base/limit.h"
#include "cli/verbs.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct option_row {
  const char *name;
  char letter;
  const char *value; /* what the value is called in help; NULL: a flag */
  const char *help;
};

static const struct option_row rows[] = {
    [OPTION_HELP] = {"help", 'h', NULL, "show this"},
    [OPTION_VERSION] = {"version", 0, NULL, "show the version"},
    [OPTION_QUIET] = {"quiet", 'q', NULL, "say nothing but what is wrong"},
    [OPTION_COLOUR] = {"color", 0, "WHEN", "auto, always or never"},
    [OPTION_DIAGNOSTIC_FORMAT] = {"diagnostic-format", 0, "FORM", "human, short or json"},
    [OPTION_FAIL_IF_WARNINGS] = {"fail-if-warnings", 0, NULL, "write nothing and end with 3 after a warning"},
    [OPTION_FONT_PATH] = {"font-path", 0, "DIR", "look for fonts in this folder first"},
    [OPTION_IGNORE_SYSTEM_FONTS] = {"ignore-system-fonts", 0, NULL, "look for fonts nowhere else"},
    [OPTION_LIMIT] = {"limit", 0, "NAME=N", "allow more, or less: pages, pixels, seconds …"},
    [OPTION_READER] = {"reader", 'r', "FILE", "the reader's record; without it, for anyone"},
    [OPTION_READERS] = {"readers", 0, "FILE", "their records: a CSV file, a folder of YAML files"},
    [OPTION_OUTPUT] = {"output", 'o', "PATH", NULL},
    [OPTION_TO] = {"to", 0, "LIST", "pdf, epub, or pdf,epub"},
    [OPTION_EPUB_FONTS] = {"epub-fonts", 0, "WHICH", "subset or none"},
    [OPTION_SET] = {"set", 0, "NAME=VALUE", "overrule a field of the record, or title, date …"},
    [OPTION_PRINT] = {"print", 0, NULL, "for the print shop: bleed, crop marks, a gutter"},
    [OPTION_THEME] = {"theme", 0, "THEME", "classic, modern, plain, or ./mine.yaml"},
    [OPTION_PLACES] = {"places", 0, NULL, "with the file and line that each node came from"},
    [OPTION_JOBS] = {"jobs", 'j', "N", "workers at a time; one a processor if not given"},
    [OPTION_RESUME] = {"resume", 0, NULL, "make only what is not there or has changed"},
    [OPTION_SHARD] = {"shard", 0, "K/N", "only the K-th of N parts, or auto; see handout(1)"},
    [OPTION_NAME] = {"name", 0, "PATTERN", "file names, such as {id}-{lang}; see handout(1)"},
    [OPTION_TIMEOUT] = {"timeout", 0, "SECONDS", "for one record at most; 60 if not given"},
    [OPTION_MERGE] = {"merge", 0, NULL, "join what the shards of a batch noted (-o FOLDER)"},
    [OPTION_TEMPLATE] = {"template", 0, "NAME", "what to start from; blank if not given"},
    [OPTION_UPDATE_TRANSLATIONS] = {"update-translations", 0, NULL,
                                    "note that all translations are up to date"},
};

static_assert(sizeof rows / sizeof *rows == OPTION_COUNT, "an option has no row");
static_assert(OPTION_COUNT <= 64, "a set of options is 64 bits");

bool option_is_common(enum option option) {
  return option < OPTION_READER;
}

const char *option_help(enum option option) {
  return rows[option].help;
}

const char *option_name(enum option option) {
  return rows[option].name;
}

char option_letter(enum option option) {
  return rows[option].letter;
}

const char *option_value(enum option option) {
  return rows[option].value;
}

/* --- finding ------------------------------------------------------------------- */

static bool is_taken(enum option option, uint64_t taken) {
  return option_is_common(option) || (taken & TAKES(option));
}

/* OPTION_COUNT where there is none of that name; `length` is up to its "=". */
static enum option find_name(const char *name, size_t length) {
  for (enum option option = 0; option < OPTION_COUNT; option++) {
    if (strlen(rows[option].name) == length && memcmp(rows[option].name, name, length) == 0)
      return option;
  }
  return OPTION_COUNT;
}

static enum option find_letter(char letter) {
  for (enum option option = 0; option < OPTION_COUNT; option++) {
    if (rows[option].letter && rows[option].letter == letter) return option;
  }
  return OPTION_COUNT;
}

/* `elsewhere` is the option of other verbs that is called so, or OPTION_COUNT. */
static bool report_unknown(const char *word, enum option elsewhere, uint64_t taken,
                           struct messages *messages) {
  message_usage(messages, "there is no option '%s' here", word);
  if (elsewhere < OPTION_COUNT) {
    char verbs[100];
    verbs_taking(elsewhere, verbs, sizeof verbs);
    message_hint(messages, "it is one of handout %s", verbs);
    return false;
  }
  const char *names[OPTION_COUNT];
  size_t count = 0;
  for (enum option option = 0; option < OPTION_COUNT; option++) {
    if (is_taken(option, taken)) names[count++] = rows[option].name;
  }
  const char *nearest = message_nearest(word + strspn(word, "-"), names, count);
  if (nearest) message_hint(messages, "did you mean --%s?", nearest);
  else if (is_taken(OPTION_SET, taken))
    message_hint(messages, "values of the reader and of the guide are set so: --set paper=letter");
  return false;
}

/* --- values --------------------------------------------------------------------- */

static bool add_setting(struct options *options, const char *value, struct messages *messages) {
  const char *equals = strchr(value, '=');
  if (!equals || equals == value) {
    message_usage(messages, "--set %s: not of the form NAME=VALUE", value);
    return false;
  }
  options->settings[options->setting_count++] = (struct setting){
      .name = arena_strndup(options->arena, value, (size_t)(equals - value)), .value = equals + 1};
  return true;
}

static bool read_one_of(const char *name, const char *value, const char *const *allowed,
                        size_t count, size_t *found, struct messages *messages) {
  for (*found = 0; *found < count; (*found)++) {
    if (strcmp(value, allowed[*found]) == 0) return true;
  }
  message_usage(messages, "--%s: '%s' is not one of '%s', '%s', '%s'", name, value, allowed[0],
                allowed[1], allowed[2]);
  return false;
}

static const char *const colour_names[] = {"auto", "always", "never"};
static const char *const format_names[] = {"human", "short", "json"};

static bool take_value(struct options *options, enum option option, const char *value,
                       struct messages *messages) {
  size_t found;
  options->values[option] = value;
  if (option == OPTION_SET) return add_setting(options, value, messages);
  if (option == OPTION_LIMIT) return limit_add(value, "--limit", messages);
  if (option == OPTION_OUTPUT) options->outputs[options->output_count++] = value;
  if (option == OPTION_FONT_PATH) options->folders[options->folder_count++] = value;
  if (option == OPTION_COLOUR)
    return read_one_of("color", value, colour_names, 3, &found, messages);
  if (option == OPTION_DIAGNOSTIC_FORMAT)
    return read_one_of("diagnostic-format", value, format_names, 3, &found, messages);
  return true;
}

/* --- words ------------------------------------------------------------------------ */

struct words_left {
  int count;
  char **words;
  int at;
};

/* `value` stands in the same word, or is the next one. */
static bool take_option(struct options *options, enum option option, const char *value,
                        struct words_left *left, struct messages *messages) {
  const struct option_row *row = &rows[option];
  if (!row->value) {
    if (value) {
      message_usage(messages, "--%s takes no value", row->name);
      return false;
    }
    return take_value(options, option, "", messages);
  }
  if (!value && left->at < left->count) value = left->words[left->at++];
  if (value) return take_value(options, option, value, messages);
  message_usage(messages, "--%s wants a value: %s", row->name, row->value);
  return false;
}

static bool take_word(struct options *options, const char *word, uint64_t taken,
                      struct words_left *left, struct messages *messages) {
  if (word[0] != '-' || !word[1]) {
    options->operands[options->operand_count++] = word;
    return true;
  }
  enum option option;
  const char *value = NULL;
  if (word[1] == '-') {
    const char *equals = strchr(word, '=');
    option = find_name(word + 2, equals ? (size_t)(equals - word) - 2 : strlen(word + 2));
    if (equals) value = equals + 1;
  } else {
    option = find_letter(word[1]);
    if (word[2]) value = word + 2;
  }
  if (option == OPTION_COUNT || !is_taken(option, taken))
    return report_unknown(word, option, taken, messages);
  return take_option(options, option, value, left, messages);
}

/* Of one reader's handout, a PDF and an EPUB may go to two places; whatever else is made goes
 * to one. */
static bool check_outputs(const struct options *options, uint64_t taken,
                          struct messages *messages) {
  bool pair = (taken & TAKES(OPTION_TO)) && (taken & TAKES(OPTION_READER));
  if (options->output_count <= (pair ? 2 : 1)) return true;
  message_usage(messages, "-o %s: one -o too many",
                options->outputs[options->output_count - 1]);
  return false;
}

bool options_read(struct options *options, int count, char **words, uint64_t taken,
                  struct messages *messages) {
  struct words_left left = {.count = count, .words = words};
  size_t most = (size_t)count + 1;
  options->settings = arena_alloc_array(options->arena, most, sizeof *options->settings);
  options->outputs = arena_alloc_array(options->arena, most, sizeof *options->outputs);
  options->folders = arena_alloc_array(options->arena, most, sizeof *options->folders);
  options->operands = arena_alloc_array(options->arena, most, sizeof *options->operands);
  bool ok = true, operands_only = false;
  while (ok && left.at < left.count) {
    const char *word = words[left.at++];
    if (operands_only) options->operands[options->operand_count++] = word;
    else if (strcmp(word, "--") == 0) operands_only = true;
    else ok = take_word(options, word, taken, &left, messages);
  }
  options->quiet = options->values[OPTION_QUIET] != NULL;
  options->fail_if_warnings = options->values[OPTION_FAIL_IF_WARNINGS] != NULL;
  return ok && check_outputs(options, taken, messages);
}

/* --- what several verbs ask ----------------------------------------------------------- */

static const char *early_value(int count, char **words, const char *name) {
  size_t length = strlen(name);
  const char *value = NULL;
  for (int i = 0; i < count; i++) {
    if (strncmp(words[i], name, length) != 0) continue;
    if (words[i][length] == '=') value = words[i] + length + 1;
    else if (!words[i][length] && i + 1 < count) value = words[i + 1];
  }
  return value ? value : "";
}

void options_look(int count, char **words, enum message_format *format, bool *colour) {
  const char *form = early_value(count, words, "--diagnostic-format");
  const char *when = early_value(count, words, "--color");
  const char *none = getenv("NO_COLOR");
  *format = MESSAGES_HUMAN;
  if (strcmp(form, "short") == 0) *format = MESSAGES_SHORT;
  if (strcmp(form, "json") == 0) *format = MESSAGES_JSON;
  *colour = isatty(STDERR_FILENO) && !(none && *none);
  if (strcmp(when, "always") == 0) *colour = true;
  if (strcmp(when, "never") == 0) *colour = false;
}

struct font_options options_fonts(const struct options *options) {
  return (struct font_options){.folders = options->folders,
                               .folder_count = options->folder_count,
                               .ignore_system_fonts =
                                   options->values[OPTION_IGNORE_SYSTEM_FONTS] != NULL};
}

static bool read_epub_fonts(const char *which, struct build_request *request,
                            struct messages *messages) {
  request->epub_without_fonts = which && strcmp(which, "none") == 0;
  if (!which || request->epub_without_fonts || strcmp(which, "subset") == 0) return true;
  message_usage(messages, "--epub-fonts: '%s' is not 'subset' or 'none'", which);
  return false;
}

bool options_request(const struct options *options, struct build_request *request,
                     struct messages *messages) {
  const char *list = options->values[OPTION_TO];
  *request = (struct build_request){.theme = options->values[OPTION_THEME]};
  if (!read_epub_fonts(options->values[OPTION_EPUB_FONTS], request, messages)) return false;
  if (!list) list = "pdf,epub";
  for (const char *at = list; *at;) {
    size_t length = strcspn(at, ",");
    if (length == 3 && memcmp(at, "pdf", 3) == 0) request->pdf = true;
    else if (length == 4 && memcmp(at, "epub", 4) == 0) request->epub = true;
    else break;
    at += length;
    if (!*at) return true;
    at++;
  }
  message_usage(messages, "--to: '%s' is not 'pdf', 'epub' or 'pdf,epub'", list);
  return false;
}

bool options_number(const struct options *options, enum option option, unsigned otherwise,
                    unsigned *number, struct messages *messages) {
  const char *text = options->values[option];
  *number = otherwise;
  if (!text) return true;
  char *end;
  errno = 0;
  unsigned long value = strtoul(text, &end, 10);
  if (*text >= '0' && *text <= '9' && !*end && !errno && value >= 1 && value <= 100000) {
    *number = (unsigned)value;
    return true;
  }
  message_usage(messages, "--%s %s: not a whole number from 1 to 100000", rows[option].name, text);
  return false;
}
