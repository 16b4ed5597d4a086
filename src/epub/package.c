/* The package document: what the book is, what it is made of, in which order it is
 * read, and what it offers to those who read otherwise (C4, C7, C9). The time of the
 * last change is the guide's date or SOURCE_DATE_EPOCH, never the clock (C3). */
#include "base/date.h"
#include "base/keeper.h"
#include "epub/markup.h"
#include "epub/piece.h"
#include "epub/writer.h"

#include <stdlib.h>
#include <string.h>

#define OPF_NAME_SPACE       "http://www.idpf.org/2007/opf"
#define DC_NAME_SPACE        "http://purl.org/dc/elements/1.1/"
#define CONTAINER_NAME_SPACE "urn:oasis:names:tc:opendocument:xmlns:container"
#define PREFIXES             "schema: http://schema.org/ a11y: http://www.idpf.org/epub/vocab/package/a11y/#"

#define CONFORMANCE          "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

/* --- the time ---------------------------------------------------------------------- */

#define SECONDS_PER_DAY 86400

static const char *modified_time(struct book *book) {
  if (book->edition->date) return arena_printf(book->arena, "%sT00:00:00Z", book->edition->date);
  const char *epoch = getenv("SOURCE_DATE_EPOCH");
  char *end = NULL;
  long long seconds = epoch ? strtoll(epoch, &end, 10) : 0;
  if (!epoch || *end || seconds < 0 || seconds / SECONDS_PER_DAY > 2932896) seconds = 0;
  struct date date = date_from_days((long)(seconds / SECONDS_PER_DAY));
  int rest = (int)(seconds % SECONDS_PER_DAY);
  return arena_printf(book->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", date.year, date.month,
                      date.day, rest / 3600, rest / 60 % 60, rest % 60);
}

/* --- metadata ------------------------------------------------------------------------ */

struct package {
  struct book *book;
  struct markup *root, *metadata;
};

static struct markup *add_dc(struct package *package, const char *name, const char *id,
                             const char *text) {
  struct markup *node = markup_add_text_element(package->metadata, name, text);
  markup_set(node, "id", id);
  return node;
}

static struct markup *add_meta_to(struct markup *metadata, const char *property,
                                  const char *text) {
  struct markup *node = markup_add_text_element(metadata, "meta", text);
  markup_set(node, "property", property);
  return node;
}

static struct markup *add_meta(struct package *package, const char *property, const char *text) {
  return add_meta_to(package->metadata, property, text);
}

static void refine(struct package *package, const char *id, const char *property,
                   const char *text) {
  markup_set(add_meta(package, property, text), "refines", id);
}

static void set_text_language(struct markup *node, const struct book *book, const char *language) {
  if (strcmp(language, book->language) != 0) markup_set_xml_language(node, language);
}

/* One title; in the other languages it is the same title in another script (C4). */
static void add_titles(struct package *package) {
  struct book *book = package->book;
  const struct edition *edition = book->edition;
  struct markup *title = add_dc(package, "dc:title", "title", edition->title);
  set_text_language(title, book, book->title_language);
  refine(package, "#title", "title-type", "main");
  for (const struct words *words = edition->titles; words; words = words->next) {
    if (strcmp(words->text, edition->title) == 0) continue;
    struct markup *other = add_meta(package, "alternate-script", words->text);
    markup_set(other, "refines", "#title");
    markup_set_xml_language(other, words->language);
  }
}

static void add_identity(struct package *package) {
  struct book *book = package->book;
  const struct edition *edition = book->edition;
  add_dc(package, "dc:identifier", "identifier",
         arena_printf(book->arena, "urn:uuid:%s", edition->uuid));
  add_titles(package);
  for (size_t i = 0; i < book->language_count; i++)
    add_dc(package, "dc:language", NULL, book->languages[i]);
  if (edition->author) {
    struct markup *creator = add_dc(package, "dc:creator", "creator", edition->author);
    set_text_language(creator, book, book_text_language(book, edition->author));
    struct markup *role = add_meta(package, "role", "aut");
    markup_set(role, "refines", "#creator");
    markup_set(role, "scheme", "marc:relators");
  }
  if (edition->date) add_dc(package, "dc:date", NULL, edition->date);
  add_meta(package, "dcterms:modified", modified_time(book));
}

/* The pages that the page-list names are those of the PDF of the same run. */
static void add_page_source(struct package *package) {
  struct book *book = package->book;
  if (!book->options->start_count) return;
  add_dc(package, "dc:source", "pages",
         arena_printf(book->arena, "urn:uuid:%s", book->edition->uuid));
  refine(package, "#pages", "source-of", "pagination");
}

enum claim { ALWAYS, WITH_PAGES, WITH_PICTURES, WITH_FIGURES };

static const struct {
  const char *property;
  const char *value;
  enum claim claim;
} accessibility[] = {
    {"schema:accessMode", "textual", ALWAYS},
    {"schema:accessMode", "visual", WITH_PICTURES},
    {"schema:accessModeSufficient", "textual", ALWAYS},
    {"schema:accessibilityFeature", "ARIA", ALWAYS},
    {"schema:accessibilityFeature", "alternativeText", ALWAYS},
    {"schema:accessibilityFeature", "displayTransformability", ALWAYS},
    {"schema:accessibilityFeature", "longDescription", WITH_FIGURES},
    {"schema:accessibilityFeature", "pageBreakMarkers", WITH_PAGES},
    {"schema:accessibilityFeature", "pageNavigation", WITH_PAGES},
    {"schema:accessibilityFeature", "readingOrder", ALWAYS},
    {"schema:accessibilityFeature", "structuralNavigation", ALWAYS},
    {"schema:accessibilityFeature", "tableOfContents", ALWAYS},
    {"schema:accessibilityFeature", "unlocked", ALWAYS},
    {"schema:accessibilityHazard", "none", ALWAYS},
};

static bool holds(const struct book *book, enum claim claim) {
  switch (claim) {
  case ALWAYS:
    return true;
  case WITH_PAGES:
    return book->options->start_count > 0;
  case WITH_PICTURES:
    return book->options->cover || book->edition->guide->images || book->has_figures;
  case WITH_FIGURES:
    return book->has_figures;
  }
  return false;
}

static void add_accessibility(struct package *package) {
  struct book *book = package->book;
  struct buffer *key = piece_key(book, PIECE_ACCESSIBILITY, package->metadata);
  for (enum claim claim = ALWAYS; claim <= WITH_FIGURES; claim++)
    key_add_number(key, holds(book, claim));
  struct markup *metadata = piece_open(book, package->metadata, true);
  if (!metadata) return;
  for (size_t i = 0; i < sizeof accessibility / sizeof *accessibility; i++)
    if (holds(book, accessibility[i].claim))
      add_meta_to(metadata, accessibility[i].property, accessibility[i].value);
  for (size_t i = 0; i < book->edition->language_count; i++) {
    const char *language = book->edition->languages[i];
    const char *text = edition_word(book->edition, WORD_ACCESSIBILITY, language);
    set_text_language(add_meta_to(metadata, "schema:accessibilitySummary", text), book, language);
  }
  piece_close(book, package->metadata, metadata);
}

/* No program can know that a book conforms: the guide says who has found so (C10). */
static void add_conformance(struct package *package) {
  const char *checked_by = package->book->edition->guide->checked_by;
  if (!checked_by) return;
  struct markup *claim = add_meta(package, "dcterms:conformsTo", CONFORMANCE);
  markup_set(claim, "id", "conformance");
  refine(package, "#conformance", "a11y:certifiedBy", checked_by);
}

/* Libraries that know only EPUB 2 look for the cover here. */
static void add_old_cover(struct package *package) {
  if (!package->book->options->cover) return;
  struct markup *meta = markup_add_block(package->metadata, "meta");
  markup_set(meta, "name", "cover");
  markup_set(meta, "content", "cover-image");
}

/* --- manifest and spine ---------------------------------------------------------------- */

static void add_manifest(const struct book *book, struct markup *root) {
  struct markup *manifest = markup_add_block(root, "manifest");
  for (size_t i = 0; i < book->resource_count; i++) {
    const struct resource *resource = &book->resources[i];
    struct markup *item = markup_add_block(manifest, "item");
    markup_set(item, "id", resource->id);
    markup_set(item, "href", resource->file);
    markup_set(item, "media-type", resource->media_type);
    markup_set(item, "properties", resource->properties);
  }
}

static void add_spine(const struct book *book, struct markup *root) {
  struct markup *spine = markup_add_block(root, "spine");
  markup_set(spine, "toc", "ncx");
  for (size_t i = 0; i < book->resource_count; i++) {
    if (book->resources[i].place == RESOURCE_ASIDE) continue;
    markup_set(markup_add_block(spine, "itemref"), "idref", book->resources[i].id);
  }
}

static void add_resources(struct package *package) {
  struct book *book = package->book;
  struct buffer *key = piece_key(book, PIECE_MANIFEST, package->root);
  for (size_t i = 0; i < book->resource_count; i++) {
    const struct resource *resource = &book->resources[i];
    key_add_text(key, resource->id);
    key_add_text(key, resource->file);
    key_add_text(key, resource->media_type);
    key_add_text(key, resource->properties);
    key_add_number(key, resource->place);
  }
  struct markup *root = piece_open(book, package->root, true);
  if (!root) return;
  add_manifest(book, root);
  add_spine(book, root);
  piece_close(book, package->root, root);
}

static void write_container(struct book *book, struct buffer *out) {
  struct markup *root = markup_new(book->cache->markup, "container", CONTAINER_NAME_SPACE);
  markup_set(root, "version", "1.0");
  struct markup *file = markup_add_block(markup_add_block(root, "rootfiles"), "rootfile");
  markup_set(file, "full-path", BOOK_FOLDER BOOK_PACKAGE);
  markup_set(file, "media-type", "application/oebps-package+xml");
  markup_write(book->cache->writer, root, out);
}

void package_write(struct book *book, struct buffer *package_out, struct buffer *container_out) {
  struct package package = {.book = book,
                            .root = markup_new(book->cache->markup, "package", OPF_NAME_SPACE)};
  markup_set(package.root, "version", "3.0");
  markup_set(package.root, "unique-identifier", "identifier");
  markup_set_xml_language(package.root, book->language);
  markup_set(package.root, "dir", "ltr");
  markup_set(package.root, "prefix", PREFIXES);
  package.metadata = markup_add_block(package.root, "metadata");
  markup_set(package.metadata, "xmlns:dc", DC_NAME_SPACE);
  add_identity(&package);
  add_page_source(&package);
  add_accessibility(&package);
  add_conformance(&package);
  add_old_cover(&package);
  add_resources(&package);
  markup_write(book->cache->writer, package.root, package_out);
  write_container(book, container_out);
}
