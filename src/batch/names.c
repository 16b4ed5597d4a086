/* Names are kept as digests, not as texts: there may be a million. */
#include "batch/names.h"

#include <string.h>

static bool plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

static const char *const variables[] = {"{guide}", "{id}", "{lang}", "{row}"};

enum variable { VARIABLE_GUIDE, VARIABLE_ID, VARIABLE_LANG, VARIABLE_ROW, VARIABLE_COUNT };

_Static_assert(sizeof variables / sizeof *variables == VARIABLE_COUNT, "a name for each variable");

static enum variable variable_at(const char *text) {
  for (enum variable v = 0; v < VARIABLE_COUNT; v++) {
    if (strncmp(text, variables[v], strlen(variables[v])) == 0) return v;
  }
  return VARIABLE_COUNT;
}

bool name_check_pattern(const char *pattern, struct messages *messages) {
  bool own = false;
  for (const char *at = pattern; *at;) {
    enum variable variable = *at == '{' ? variable_at(at) : VARIABLE_COUNT;
    if (variable == VARIABLE_COUNT && (!plain(*at) || (at == pattern && *at == '.'))) {
      message_usage(messages, "--name %s: '%.1s' cannot stand here", pattern, at);
      message_hint(messages, "letters, digits, - _ . and {guide} {id} {lang} {row} can");
      return false;
    }
    own = own || variable == VARIABLE_ID || variable == VARIABLE_ROW;
    at += variable == VARIABLE_COUNT ? 1 : strlen(variables[variable]);
  }
  if (!own) message_usage(messages, "--name %s: holds neither {id} nor {row}", pattern);
  return own;
}

void name_make(const char *pattern, const struct guide *guide, const struct reader *reader,
               uint64_t row, struct buffer *out) {
  for (const char *at = pattern; *at;) {
    enum variable variable = *at == '{' ? variable_at(at) : VARIABLE_COUNT;
    const char *language = reader->language_count ? reader->languages[0] : guide->languages[0];
    switch (variable) {
    case VARIABLE_GUIDE:
      buffer_append_text(out, guide->name);
      break;
    case VARIABLE_ID:
      buffer_append_text(out, reader->id ? reader->id : "-");
      break;
    case VARIABLE_LANG:
      buffer_append_text(out, language);
      break;
    case VARIABLE_ROW:
      buffer_printf(out, "%llu", (unsigned long long)row);
      break;
    case VARIABLE_COUNT:
      buffer_append_byte(out, *at);
      break;
    }
    at += variable == VARIABLE_COUNT ? 1 : strlen(variables[variable]);
  }
}

uint64_t names_add(struct digests *rows, const char *name, uint64_t row) {
  struct hash *hash = hash_new();
  for (const char *c = name; *c; c++) {
    char lower = *c >= 'A' && *c <= 'Z' ? (char)(*c + 'a' - 'A') : *c;
    hash_add(hash, &lower, 1);
  }
  uint8_t digest[HASH_SIZE];
  hash_take(hash, digest);
  uint64_t earlier = digests_get(rows, digest);
  if (!earlier) digests_set(rows, digest, row);
  return earlier;
}
