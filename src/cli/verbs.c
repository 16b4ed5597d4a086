/* The verbs: what each is called, takes and says of itself in --help. */
#include "cli/verbs.h"

#include <stdio.h>
#include <string.h>

#define BUILD_TAKES                                                                                \
  (TAKES(OPTION_READER) | TAKES(OPTION_OUTPUT) | TAKES(OPTION_TO) | TAKES(OPTION_SET) |            \
   TAKES(OPTION_THEME) | TAKES(OPTION_PRINT) | TAKES(OPTION_EPUB_FONTS))

#define BUILD_OUTPUT "a folder, FILE.pdf, FILE.epub, or - (stdout)"
#define TEXT_OUTPUT "a file; standard output if not given"

static const struct verb verbs[] = {
    {"build", "GUIDE", "GUIDE --reader FILE -o FOLDER", "make a PDF and an EPUB for one reader",
     BUILD_OUTPUT, BUILD_TAKES, verb_build},
    {"watch", "GUIDE", "GUIDE --reader FILE -o FOLDER",
     "build, and build again whenever a file changes", BUILD_OUTPUT, BUILD_TAKES, verb_watch},
    {"batch", "GUIDE", "GUIDE --readers FILE -o FOLDER",
     "make a PDF and an EPUB for each reader of a list", "the folder that they all go to",
     TAKES(OPTION_READERS) | TAKES(OPTION_OUTPUT) | TAKES(OPTION_TO) | TAKES(OPTION_SET) |
         TAKES(OPTION_THEME) | TAKES(OPTION_JOBS) | TAKES(OPTION_RESUME) | TAKES(OPTION_SHARD) |
         TAKES(OPTION_NAME) | TAKES(OPTION_TIMEOUT) | TAKES(OPTION_MERGE) | TAKES(OPTION_PRINT) |
         TAKES(OPTION_EPUB_FONTS),
     verb_batch},
    {"check", "GUIDE", "GUIDE --readers FILE",
     "tell all that would stop a build or spoil a page", NULL,
     TAKES(OPTION_READERS) | TAKES(OPTION_READER) | TAKES(OPTION_SET) | TAKES(OPTION_THEME) |
         TAKES(OPTION_UPDATE_TRANSLATIONS),
     verb_check},
    {"tree", "GUIDE", "GUIDE", "show the content tree as XML", TEXT_OUTPUT,
     TAKES(OPTION_READER) | TAKES(OPTION_OUTPUT) | TAKES(OPTION_SET) | TAKES(OPTION_PLACES),
     verb_tree},
    {"pages", "GUIDE", "GUIDE --reader FILE", "show the laid-out pages as text", TEXT_OUTPUT,
     TAKES(OPTION_READER) | TAKES(OPTION_OUTPUT) | TAKES(OPTION_SET) | TAKES(OPTION_THEME) |
         TAKES(OPTION_PRINT),
     verb_pages},
    {"explain", "GUIDE", "GUIDE --reader FILE", "tell why each passage is in or out for a reader",
     TEXT_OUTPUT,
     TAKES(OPTION_READER) | TAKES(OPTION_READERS) | TAKES(OPTION_OUTPUT) | TAKES(OPTION_SET),
     verb_explain},
    {"fonts", "[GUIDE]", "GUIDE", "show which face sets what, and what no face has", TEXT_OUTPUT,
     TAKES(OPTION_OUTPUT) | TAKES(OPTION_SET) | TAKES(OPTION_THEME), verb_fonts},
    {"init", "FOLDER", "FOLDER", "begin a new guide from a template", NULL,
     TAKES(OPTION_TEMPLATE), verb_init},
};

#define VERB_COUNT (sizeof verbs / sizeof *verbs)

void verbs_taking(enum option option, char *text, size_t size) {
  size_t length = 0;
  text[0] = '\0';
  for (size_t i = 0; i < VERB_COUNT && length < size; i++) {
    if (verbs[i].taken & TAKES(option))
      length += (size_t)snprintf(text + length, size - length, "%s%s", length ? ", " : "",
                                 verbs[i].name);
  }
}

/* --- help --------------------------------------------------------------------------- */

void verbs_print(FILE *stream) {
  fputs("handout makes one guide into a PDF and an EPUB, made out for each reader.\n\n", stream);
  for (size_t i = 0; i < VERB_COUNT; i++) {
    fprintf(stream, "  handout %-7s %-7s %s\n", verbs[i].name, verbs[i].operands, verbs[i].summary);
  }
  fputs("\nA GUIDE is a folder with handout.yaml, or one .md, .txt or .xml file.\n"
        "To begin: handout init my-guide; handout build my-guide -o out/\n"
        "More: handout VERB --help, man handout, man handout-guide\n",
        stream);
}

#define HELP_COLUMN 29

static void print_option(enum option option, const char *help) {
  char letter = option_letter(option);
  const char *value = option_value(option);
  int width = printf(" %c%c --%s %s", letter ? '-' : ' ', letter ? letter : ' ',
                     option_name(option), value ? value : "");
  printf("%*s %s\n", width < HELP_COLUMN ? HELP_COLUMN - width : 0, "", help);
}

/* No more than a screen: 24 lines of 80 columns. The version is the program's. */
void verb_print_help(const struct verb *verb) {
  printf("handout %s %s [OPTIONS]\n  %s\n", verb->name, verb->usage, verb->summary);
  for (enum option option = 0; option < OPTION_COUNT; option++) {
    if (verb->taken & TAKES(option))
      print_option(option, option == OPTION_OUTPUT ? verb->output : option_help(option));
  }
  puts("");
  for (enum option option = 0; option_is_common(option); option++)
    if (option != OPTION_VERSION) print_option(option, option_help(option));
}

/* --- finding ------------------------------------------------------------------------- */

const struct verb *verb_find(const char *name, struct messages *messages) {
  const char *names[VERB_COUNT];
  for (size_t i = 0; i < VERB_COUNT; i++) {
    if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    names[i] = verbs[i].name;
  }
  message_usage(messages, "there is no verb '%s'", name);
  const char *nearest = message_nearest(name, names, VERB_COUNT);
  if (nearest) message_hint(messages, "did you mean '%s'?", nearest);
  else message_hint(messages, "handout --help lists them");
  return NULL;
}
