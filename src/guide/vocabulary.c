/* Names that an author may use: divs, attributes of each kind, classes. A name that
 * is none of them is most often one of them with a letter wrong. */
#include "guide/vocabulary.h"

#include "guide/config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- divs ----------------------------------------------------------------------- */

struct div_row {
  const char *name;
  enum node_kind kind;
};

static const struct div_row divs[] = {
    {"callout", NODE_CALLOUT},       {"chart", NODE_CHART},   {"figure", NODE_FIGURE},
    {"glossary", NODE_GLOSSARY},     {"skills", NODE_SKILLS}, {"plan", NODE_PLAN},
    {"worksheet", NODE_WORKSHEET},   {"quote", NODE_QUOTE},   {"table", NODE_TABLE},
    {"page-break", NODE_PAGE_BREAK},
};

enum node_kind vocabulary_div(const char *name) {
  for (size_t i = 0; i < COUNT(divs); i++) {
    if (strcmp(divs[i].name, name) == 0) return divs[i].kind;
  }
  return NODE_DIVISION;
}

/* --- attributes ------------------------------------------------------------------- */

enum value_type { ANY_TEXT, LINES, DATE, CHART_TYPE, ALIGNMENT, YES };

struct attribute_row {
  const char *name;
  enum value_type type;
  bool words; /* differs from language to language */
  const enum node_kind *kinds;
  size_t kind_count;
};

#define ONLY(...)                                                                                  \
  (const enum node_kind[]){__VA_ARGS__},                                                           \
      sizeof((const enum node_kind[]){__VA_ARGS__}) / sizeof(enum node_kind)

static const struct attribute_row attributes[] = {
    {"type", CHART_TYPE, false, ONLY(NODE_CHART)},
    {"unit", ANY_TEXT, true, ONLY(NODE_CHART)},
    {"source", ANY_TEXT, true, ONLY(NODE_CHART)},
    {"date", DATE, false, ONLY(NODE_CHART)},
    {"alt", ANY_TEXT, true, ONLY(NODE_CHART, NODE_FIGURE)},
    {"data", ANY_TEXT, false, ONLY(NODE_CHART, NODE_TABLE)},
    {"title", ANY_TEXT, true, ONLY(NODE_CALLOUT, NODE_WORKSHEET)},
    {"lines", LINES, false, ONLY(NODE_WORKSHEET)},
    {"held", ANY_TEXT, false, ONLY(NODE_SKILLS, NODE_PLAN)},
    {"start", ANY_TEXT, false, ONLY(NODE_PLAN)},
    {"hours", ANY_TEXT, false, ONLY(NODE_PLAN)},
    {"info", ANY_TEXT, false, ONLY(NODE_CODE_BLOCK)},
    {"align", ALIGNMENT, false, ONLY(NODE_CELL)},
    {"value", ANY_TEXT, false, ONLY(NODE_CELL)},
    {"loose", YES, false, ONLY(NODE_LIST)},
};

static const char *const chart_types[] = {"bar", "line", "range"};
static const char *const alignments[] = {"left", "center", "right"};

static bool is_one_of(const char *value, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(value, names[i]) == 0) return true;
  }
  return false;
}

/* As many as anyone would write on. */
static bool is_lines(const char *value) {
  size_t digits = strspn(value, "0123456789");
  long number = strtol(value, NULL, 10);
  bool is_number = digits > 0 && digits <= 6 && value[digits] == '\0';
  return is_number && number > 0 && number <= WORKSHEET_LINES_MOST;
}

/* 2026, 2026-11 or 2026-11-01. */
static bool is_date(const char *value) {
  return (strlen(value) == 4 && strspn(value, "0123456789") == 4) || config_is_date(value, true);
}

static const char *why_unfit(enum value_type type, const char *value) {
  switch (type) {
  case ANY_TEXT:
    return NULL;
  case LINES:
    return is_lines(value) ? NULL : "a number from 1 to 100";
  case DATE:
    return is_date(value) ? NULL : "a date like 2026-11-01";
  case CHART_TYPE:
    return is_one_of(value, chart_types, COUNT(chart_types))
               ? NULL
               : "one of 'bar', 'line', 'range'";
  case ALIGNMENT:
    return is_one_of(value, alignments, COUNT(alignments)) ? NULL
                                                           : "one of 'left', 'center', 'right'";
  case YES:
    return strcmp(value, "yes") == 0 ? NULL : "'yes'";
  }
  return NULL;
}

static bool fits_kind(const struct attribute_row *row, enum node_kind kind) {
  for (size_t i = 0; i < row->kind_count; i++) {
    if (row->kinds[i] == kind) return true;
  }
  return false;
}

/* "alt.zh-Hans" is alt in Chinese. */
static const struct attribute_row *find_attribute(const char *name) {
  size_t length = strcspn(name, ".");
  for (size_t i = 0; i < COUNT(attributes); i++) {
    const struct attribute_row *row = &attributes[i];
    bool same = strncmp(row->name, name, length) == 0 && row->name[length] == '\0';
    if (same && (name[length] == '\0' || row->words)) return row;
  }
  return NULL;
}

static void hint_attribute(struct messages *messages, enum node_kind kind, const char *name) {
  const char *names[COUNT(attributes) + 2] = {"when", "lang"};
  size_t count = 2;
  for (size_t i = 0; i < COUNT(attributes); i++) {
    if (fits_kind(&attributes[i], kind)) names[count++] = attributes[i].name;
  }
  const char *nearest = message_nearest(name, names, count);
  if (nearest) message_hint(messages, "did you mean '%s'?", nearest);
}

bool vocabulary_check_attribute(struct messages *messages, enum node_kind kind, const char *name,
                                const char *value, const struct place *place) {
  const struct attribute_row *row = find_attribute(name);
  if (!row || !fits_kind(row, kind)) {
    const char *words = node_kind_in_words(kind);
    message_error(messages, place, "unknown-attribute", "%s %s has no attribute '%s'",
                  strchr("aeiou", words[0]) ? "an" : "a", words, name);
    hint_attribute(messages, kind, name);
    return false;
  }
  const char *wanted = why_unfit(row->type, value);
  if (!wanted) return true;
  message_error(messages, place, "bad-value", "%s: '%s' is not %s", name, value, wanted);
  return false;
}

bool vocabulary_is_words(const char *name) {
  const struct attribute_row *row = find_attribute(name);
  return row && row->words;
}

/* --- classes ----------------------------------------------------------------------- */

/* What themes and the book's style sheet give a look. */
static const char *const classes[] = {
    "qr",         "row-headers", "wide",     "note",     "warning", "tip", "important",
    "unnumbered", "term",        "language", "fallback", "held",    "gap",
};

/* Who writes 'numbered' means anything but 'unnumbered'. */
static bool is_opposite(const char *name, const char *near) {
  return strncmp(near, "un", 2) == 0 && strcasecmp(near + 2, name) == 0;
}

bool vocabulary_check_class(struct messages *messages, enum node_kind kind, const char *name,
                            const struct place *place) {
  if (is_one_of(name, classes, COUNT(classes))) return true;
  const char *names[COUNT(classes) + COUNT(divs)];
  size_t count = 0;
  for (size_t i = 0; i < COUNT(classes); i++) names[count++] = classes[i];
  bool div = kind == NODE_DIVISION;
  for (size_t i = 0; div && i < COUNT(divs); i++) names[count++] = divs[i].name;
  const char *nearest = message_nearest(name, names, count);
  bool is_block = nearest && !is_one_of(nearest, classes, COUNT(classes));
  /* What a block would print is missing; a look is not. */
  (is_block ? message_error : message_warning)(messages, place, "unknown-class",
                                               "no class is called '%s'", name);
  if (nearest && !is_opposite(name, nearest))
    message_hint(messages, "did you mean '%s'?", nearest);
  return false;
}
