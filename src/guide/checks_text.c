/* Markup that was meant and is not: what CommonMark does not understand, it prints.
 * In a handout that is a slip, unless the author wrote a backslash before it. */
#include "guide/checks.h"

#include "base/utf8.h"

#include <string.h>

struct remnant {
  const char *mark;
  const char *code;
  const char *what;
  const char *hint;
  bool error;
};

static const struct remnant remnants[] = {
    {"{{", "unclosed-fill-in", "this fill-in is not closed", "write }} after the name", true},
    {"[^", "dead-reference", "there is no such footnote", "write [^name]: and its text below",
     true},
    {"]{", "bad-attributes", "these attributes cannot be read", "write {#id .class key=\"value\"}",
     true},
    {" {#", "bad-attributes", "these attributes cannot be read", "write {#id .class key=\"value\"}",
     true},
    {" {.", "bad-attributes", "these attributes cannot be read", "write {#id .class key=\"value\"}",
     true},
    {" {when=", "bad-attributes", "this condition cannot be read", "write {when=\"…\"}", true},
    {" {when ", "bad-attributes", "this condition cannot be read", "write {when=\"…\"}", true},
    {" {lang", "bad-attributes", "these attributes cannot be read", "write {lang=en}", true},
    {"](", "broken-link", "this link cannot be read",
     "an address with spaces stands in <angle brackets>", true},
    {"**", "literal-markup", "these asterisks are printed as they stand",
     "next to a quotation mark, put the asterisks inside it", false},
    {":::", "literal-markup", "these colons are printed as they stand",
     "a div begins and ends on a line of its own", false},
};

/* The bytes of the source at a place. */
static const char *source_at(const struct place *place, size_t *left) {
  size_t length;
  const char *line = source_line(place->source, place->line, &length);
  const char *end = line + length;
  line = place->source->text + source_offset(place->source, place->line, place->column);
  *left = (size_t)(end - line);
  return line;
}

bool checks_place(const struct node *text, size_t offset, size_t length, struct place *place) {
  *place = text->place;
  if (!place->source || !place->line) return false;
  place->column += (uint32_t)utf8_count(text->text, offset);
  place->length = (uint32_t)utf8_count(text->text + offset, length);
  size_t left;
  const char *found = source_at(place, &left);
  return left >= length && memcmp(found, text->text + offset, length) == 0;
}

static void report(struct loading *loading, const struct remnant *remnant,
                   const struct place *place) {
  if (remnant->error) {
    message_error(loading->messages, place, remnant->code, "%s", remnant->what);
  } else {
    message_warning(loading->messages, place, remnant->code, "%s", remnant->what);
  }
  message_hint(loading->messages, "%s", remnant->hint);
}

void checks_text(struct loading *loading, const struct node *text) {
  if (!strpbrk(text->text, "{[]*:")) return;
  for (size_t i = 0; i < sizeof remnants / sizeof *remnants; i++) {
    const char *found = strstr(text->text, remnants[i].mark);
    struct place place;
    size_t size = strlen(remnants[i].mark);
    if (!found || !checks_place(text, (size_t)(found - text->text), size, &place)) continue;
    report(loading, &remnants[i], &place);
    return;
  }
}
