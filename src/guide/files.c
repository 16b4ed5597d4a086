/* A guide is a folder
 *
 *   handout.yaml          what it is, and what a reader's record may hold
 *   guide.en.md           the text, one file for each language,
 *   guide.zh-Hans.md
 *   or guide.md           one file for all, or guide.xml, or one .txt
 *
 * or one file of those, beside which handout.yaml may stand. */
#include "guide/files.h"

#include "base/file.h"
#include "base/folder.h"
#include "guide/config.h"
#include "guide/pairing.h"
#include "guide/xml.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- names ------------------------------------------------------------------------ */

const char *files_name(struct arena *arena, const char *path) {
  if (strcmp(path, "-") == 0) return "handout";
  char *real = realpath(path, NULL);
  const char *base = file_name(real ? real : path);
  const char *dot = strrchr(base, '.');
  bool folder = file_is_folder(path) || strcmp(base, "handout.yaml") == 0;
  size_t length = !folder && dot && dot != base ? (size_t)(dot - base) : strlen(base);
  const char *name = arena_strndup(arena, base, length);
  free(real);
  return name;
}

const char *files_folder(struct arena *arena, const char *path) {
  return file_is_folder(path) ? arena_strdup(arena, path) : file_folder(arena, path);
}

const char *files_beside(struct loading *loading, const char *name) {
  const char *folder = loading->guide->folder;
  if (strcmp(folder, ".") == 0) return name;
  bool slash = file_ends_in(folder, "/") || strcmp(folder, "/") == 0;
  return arena_printf(loading->arena, "%s%s%s", folder, slash ? "" : "/", name);
}

static bool check_below(struct loading *loading, const char *path) {
  return files_check_below(loading->guide, path, loading->messages);
}

/* The language of "guide.zh-Hans.md", or NULL. */
static const char *language_of(struct arena *arena, const char *path) {
  const char *base = file_name(path);
  if (!file_ends_in(base, ".md")) return NULL;
  const char *dot = strchr(base, '.');
  size_t length = strlen(base) - 3;
  if (!dot || (size_t)(dot - base) >= length) return NULL;
  const char *language = arena_strndup(arena, dot + 1, length - (size_t)(dot - base) - 1);
  return language_is_tag(language) ? language : NULL;
}

/* --- handout.yaml and front matter --------------------------------------------------- */

static bool check_values(struct loading *loading, const struct yaml *entry) {
  bool good = script_check_text(entry->key, &entry->key_place, loading->messages) &&
              script_check_text(entry->value, &entry->place, loading->messages);
  for (const struct yaml *in = entry->first; in; in = in->next)
    good = check_values(loading, in) && good;
  return good;
}

static void report_misnamed(struct loading *loading) {
  const char *path = files_beside(loading, "handout.yml");
  if (access(path, F_OK) == 0)
    message_warning(loading->messages, NULL, "unused-file",
                    "%s is not read: it has to be called handout.yaml", path);
}

/* False where it is there and no YAML: what it would have declared is not known then. */
static bool read_config(struct loading *loading) {
  const char *path = files_beside(loading, "handout.yaml");
  report_misnamed(loading);
  if (access(path, F_OK) != 0) return true;
  const struct source *source =
      check_below(loading, path) ? loading_source(loading, path) : NULL;
  if (!source) return false;
  const struct yaml *root = yaml_read(loading->arena, source, 0, source->length, loading->messages);
  if (root && check_values(loading, root)) config_read(loading, root);
  return root != NULL;
}

/* The length of a line with its end; `*blank` where it is this word alone. */
static size_t line_length(const char *text, size_t left, const char *word, bool *same) {
  const char *newline = memchr(text, '\n', left);
  size_t length = newline ? (size_t)(newline - text) : left;
  size_t size = length > 0 && text[length - 1] == '\r' ? length - 1 : length;
  *same = size == strlen(word) && memcmp(text, word, size) == 0;
  return newline ? length + 1 : length;
}

/* Between lines of three hyphens at the head of the file; the offset after it. */
static size_t read_front_matter(struct loading *loading, const struct source *source) {
  bool fence = false;
  size_t start = line_length(source->text, source->length, "---", &fence);
  if (!fence) return 0;
  for (size_t at = start; at < source->length;) {
    size_t length = line_length(source->text + at, source->length - at, "---", &fence);
    if (fence) {
      const struct yaml *root =
          yaml_read(loading->arena, source, start, at - start, loading->messages);
      if (root && check_values(loading, root)) config_read(loading, root);
      return at + length;
    }
    at += length;
  }
  return 0;
}

/* --- Markdown --------------------------------------------------------------------------- */

static struct node *read_markdown(struct loading *loading, const char *path, const char *language) {
  const struct source *source = loading_source(loading, path);
  if (!source) return NULL;
  loading->markup = true;
  size_t from = read_front_matter(loading, source);
  struct node *root = markdown_read(loading, source, from, language);
  if (root && root->first) {
    data_fill(loading, root, language);
    return root;
  }
  struct place place = {.source = source};
  if (root) message_error(loading->messages, &place, "empty-guide", "there is no text in this file");
  return NULL;
}

static void raise_levels(struct node *root) {
  for (struct node *node = root->first; node;) {
    if (node->kind == NODE_HEADING) node->level--;
    if (node->first && !node_bears_text(node)) {
      node = node->first;
      continue;
    }
    while (node != root && !node->next) node = node->parent;
    node = node == root ? NULL : node->next;
  }
}

/* Whether the text is one section, but for its notes, and no other heading, in a division
 * of it say, is of the first level. */
static bool has_one_top(const struct node *root) {
  const struct node *section = root->first;
  if (!section || section->kind != NODE_SECTION || section->first->level != 1) return false;
  for (const struct node *next = section->next; next; next = next->next) {
    if (next->kind != NODE_FOOTNOTE) return false;
  }
  size_t tops = 0;
  for (struct walk walk = walk_start(section); walk_next(&walk);) {
    tops += walk.entering && walk.node->kind == NODE_HEADING && walk.node->level == 1;
  }
  return tops == 1;
}

static bool holds_note(const struct node *heading) {
  for (struct walk walk = walk_start(heading); walk_next(&walk);)
    if (walk.node->kind == NODE_FOOTNOTE_MARK) return true;
  return false;
}

/* A heading that opens the text and has no sister is the title, where nothing else
 * gives one; what is in its section moves up. */
static void take_title(struct loading *loading, struct node *root) {
  struct node *section = root->first;
  if (!has_one_top(root) || section->when || loading->guide->titles ||
      loading_setting(loading, "title"))
    return;
  struct words **end = &loading->guide->titles;
  for (const struct node *variant = section->first->first; variant; variant = variant->next) {
    *end = arena_alloc(loading->arena, sizeof **end);
    **end = (struct words){.language = variant->language,
                           .text = node_text(loading->arena, variant),
                           .place = section->place};
    end = &(*end)->next;
  }
  /* something may refer to it, it has a note, or is all that there is: then it stays where it is */
  if (section->id || holds_note(section->first) || !section->first->next) return;
  node_unlink(section->first);
  raise_levels(section);
  while (section->first) {
    struct node *child = section->first;
    node_unlink(child);
    node_insert_before(section, child);
  }
  node_unlink(section);
}

/* In the language of its name, or the only one that handout.yaml lists; else each block tells. */
static bool read_one_markdown(struct loading *loading, const char *path) {
  const struct guide *guide = loading->guide;
  const char *language = language_of(loading->arena, path);
  if (!language && guide->language_count == 1) language = guide->languages[0];
  struct node *root = read_markdown(loading, path, language);
  if (!root) return false;
  if (!language) languages_settle(loading, root);
  take_title(loading, root);
  loading->guide->root = root;
  if (!loading->missing_given) loading->guide->missing = FALLBACK_OMIT;
  return true;
}

static const char *language_file(struct loading *loading, const char *language) {
  return files_beside(loading, arena_printf(loading->arena, "guide.%s.md", language));
}

static struct node *read_language(struct loading *loading, const char *language) {
  const char *path = language_file(loading, language);
  if (access(path, F_OK) == 0)
    return check_below(loading, path) ? read_markdown(loading, path, language) : NULL;
  message_error(loading->messages, &loading->languages_place, "no-file",
                "'%s' is one of the guide's languages, and there is no %s", language, path);
  return NULL;
}

/* The first language is the one that the others are paired with. */
static bool read_languages(struct loading *loading) {
  struct guide *guide = loading->guide;
  if (!loading->missing_given) guide->missing = FALLBACK_SHOW;
  bool ok = true;
  for (size_t i = 0; i < guide->language_count; i++) {
    const char *language = guide->languages[i];
    loading->language = language;
    struct node *root = read_language(loading, language);
    ok = ok && root;
    if (!guide->root) guide->root = root;
    else if (root) pairing_merge(loading, guide->root, guide->languages[0], root, language);
  }
  loading->language = NULL;
  if (guide->root) take_title(loading, guide->root);
  return ok && guide->root;
}

/* --- folders ------------------------------------------------------------------------------ */

struct found {
  const char **languages; /* of guide.<language>.md, in the alphabet's order */
  size_t count;
  const char **whole; /* the others that could be a guide: guide.md, guide.xml, all .txt */
  size_t whole_count;
};

static int compare(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool look_into(struct loading *loading, const char *path, struct found *found) {
  struct folder in;
  if (!folder_read(&in, path, "", loading->arena, loading->messages)) return false;
  *found = (struct found){
      .languages = arena_alloc_array(loading->arena, in.count, sizeof *found->languages),
      .whole = arena_alloc_array(loading->arena, in.count, sizeof *found->whole)};
  for (size_t i = 0; i < in.count; i++) {
    const char *name = in.names[i];
    const char *language = strncmp(name, "guide.", 6) == 0 ? language_of(loading->arena, name) : NULL;
    if (language) found->languages[found->count++] = language;
    else if (file_ends_in(name, ".txt") || strcmp(name, "guide.md") == 0 ||
             strcmp(name, "guide.xml") == 0)
      found->whole[found->whole_count++] = name;
  }
  if (found->count) qsort(found->languages, found->count, sizeof *found->languages, compare);
  return true;
}

/* The languages that handout.yaml lists, or those that there are files of. */
static void settle_languages(struct loading *loading, const struct found *found) {
  struct guide *guide = loading->guide;
  if (guide->language_count == 0) {
    guide->languages = arena_alloc_array(loading->arena, found->count, sizeof(const char *));
    for (size_t i = 0; i < found->count; i++) guide->languages[i] = found->languages[i];
    guide->language_count = found->count;
  }
  for (size_t i = 0; i < found->count; i++) {
    if (language_is_among(found->languages[i], guide->languages, guide->language_count)) continue;
    message_warning(loading->messages, NULL, "unused-file",
                    "%s: this language is not among the languages of handout.yaml",
                    language_file(loading, found->languages[i]));
  }
}

static bool read_file(struct loading *loading, const char *path) {
  if (file_ends_in(path, ".md")) return read_one_markdown(loading, path);
  const struct source *source = loading_source(loading, path);
  if (source && file_ends_in(path, ".xml")) return xml_read(loading, source);
  return source && text_read(loading, source);
}

/* A file that no one named, but that lies in the folder. */
static bool read_found(struct loading *loading, const char *name) {
  const char *path = files_beside(loading, name);
  return check_below(loading, path) && read_file(loading, path);
}

/* Of those without a language: guide.md, else guide.xml, else the first text in the alphabet. */
static const char *main_file(const struct found *found) {
  static const char *const endings[] = {".md", ".xml", ".txt"};
  for (size_t ending = 0; ending < sizeof endings / sizeof *endings; ending++) {
    for (size_t i = 0; i < found->whole_count; i++) {
      if (file_ends_in(found->whole[i], endings[ending])) return found->whole[i];
    }
  }
  return NULL;
}

/* A text beside a guide in Markdown may be anything, but for one that is called as a guide is. */
static void report_unused(struct loading *loading, const struct found *found, const char *used) {
  for (size_t i = 0; i < found->whole_count; i++) {
    const char *name = found->whole[i];
    bool other = file_ends_in(name, ".txt") && !file_ends_in(used, ".txt") &&
                 strcmp(name, "guide.txt") != 0;
    if (other || strcmp(name, used) == 0) continue;
    message_warning(loading->messages, NULL, "unused-file",
                    "%s is not read: the text of this guide is in %s", files_beside(loading, name),
                    used);
    message_hint(loading->messages, found->count ? "a file of a language is called "
                                                   "guide.<language>.md; keep others elsewhere"
                                                 : "a folder holds one guide; keep others elsewhere");
  }
}

static bool read_folder(struct loading *loading, const char *path) {
  struct found found;
  if (!look_into(loading, path, &found)) return false;
  if (found.count) {
    settle_languages(loading, &found);
    report_unused(loading, &found, arena_printf(loading->arena, "guide.%s.md", found.languages[0]));
    return read_languages(loading);
  }
  const char *name = main_file(&found);
  if (name) {
    report_unused(loading, &found, name);
    return read_found(loading, name);
  }
  message_error(loading->messages, NULL, "no-guide", "%s: there is no guide in this folder", path);
  message_hint(loading->messages, "a guide is a folder with handout.yaml and guide.<language>.md, "
                                  "or one file: guide.md, guide.xml, notes.txt");
  return false;
}

bool files_read(struct loading *loading, const char *path) {
  if (!read_config(loading)) return false;
  bool folder = file_is_folder(path) || strcmp(file_name(path), "handout.yaml") == 0;
  return folder ? read_folder(loading, loading->guide->folder) : read_file(loading, path);
}
