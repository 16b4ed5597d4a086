/* What a finished PDF and a finished book must be, told by libraries that had no part
 * in the making (libqpdf) and by reading every member of the archive. */
#ifndef HANDOUT_TESTS_FUZZ_FINISHED_H
#define HANDOUT_TESTS_FUZZ_FINISHED_H

#include "fuzz.h"

#include <libxml/parser.h>
#include <qpdf/qpdf-c.h>
#include <zip.h>

/* Cross-reference, every object, every stream. What is in a JPEG is a matter of who made
 * it: it goes into the PDF as it is. */
static inline void check_pdf(const struct buffer *pdf) {
  qpdf_data qpdf = qpdf_init();
  qpdf_silence_errors(qpdf);
  qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
  bool good = !(qpdf_read_memory(qpdf, "pdf", pdf->data, pdf->length, NULL) & QPDF_ERRORS);
  good = good && !(qpdf_check_pdf(qpdf) & QPDF_ERRORS);
  if (!good) fprintf(stderr, "%s\n", qpdf_get_error_full_text(qpdf, qpdf_get_error(qpdf)));
  while (qpdf_more_warnings(qpdf)) {
    const char *text = qpdf_get_error_full_text(qpdf, qpdf_next_warning(qpdf));
    if (strstr(text, "decoding stream data") || strstr(text, "without filtering")) continue;
    fprintf(stderr, "%s\n", text);
    good = false;
  }
  PROMISE(good);
  qpdf_cleanup(&qpdf);
}

static inline bool name_ends(const char *name, const char *ending) {
  size_t length = strlen(name), size = strlen(ending);
  return length >= size && strcmp(name + length - size, ending) == 0;
}

/* Every href and src without a scheme is a member of the archive. */
static inline void check_links(zip_t *archive, const char *base, const xmlNode *node) {
  for (; node; node = node->next) {
    for (const xmlAttr *attribute = node->type == XML_ELEMENT_NODE ? node->properties : NULL;
         attribute; attribute = attribute->next) {
      const char *name = (const char *)attribute->name;
      if (strcmp(name, "href") != 0 && strcmp(name, "src") != 0) continue;
      xmlChar *value = xmlNodeGetContent((const xmlNode *)attribute);
      char *target = strdup((const char *)value), path[1024];
      target[strcspn(target, "#")] = '\0';
      const char *slash = strrchr(base, '/');
      snprintf(path, sizeof path, "%.*s%s", slash ? (int)(slash - base) + 1 : 0, base, target);
      if (*target && !strchr(target, ':')) {
        if (zip_name_locate(archive, path, 0) < 0) fprintf(stderr, "%s: no %s\n", base, path);
        PROMISE(zip_name_locate(archive, path, 0) >= 0);
      }
      free(target);
      xmlFree(value);
    }
    check_links(archive, base, node->children);
  }
}

static inline void check_member(zip_t *archive, zip_uint64_t index) {
  zip_stat_t status;
  PROMISE(zip_stat_index(archive, index, 0, &status) == 0);
  char *bytes = memory_alloc(status.size + 1);
  zip_file_t *file = zip_fopen_index(archive, index, 0);
  PROMISE(file && zip_fread(file, bytes, status.size) == (zip_int64_t)status.size);
  PROMISE(zip_fclose(file) == 0);
  if (index == 0) PROMISE(strcmp(status.name, "mimetype") == 0 && status.comp_method == 0);
  if (name_ends(status.name, "xhtml") || name_ends(status.name, "opf") ||
      name_ends(status.name, "xml") || name_ends(status.name, "ncx") || name_ends(status.name, "svg")) {
    xmlDocPtr document = xmlReadMemory(bytes, (int)status.size, status.name, NULL,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_HUGE);
    PROMISE(document);
    if (!name_ends(status.name, "container.xml"))
      check_links(archive, status.name, xmlDocGetRootElement(document));
    xmlFreeDoc(document);
  }
  free(bytes);
}

static inline void check_book(const struct buffer *book) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = zip_source_buffer_create(book->data, book->length, 0, &error);
  zip_t *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  PROMISE(archive);
  zip_int64_t count = zip_get_num_entries(archive, 0);
  PROMISE(count > 4);
  for (zip_int64_t i = 0; i < count; i++) check_member(archive, (zip_uint64_t)i);
  zip_discard(archive);
}

/* --- making them --------------------------------------------------------------------- */

#include "build/builder.h"
#include "pdf/pdf.h"

/* Faces are opened once; a guide's own conditions and words are made for each input. */
static inline void fuzz_make(const struct guide *guide, const struct reader *reader,
                             struct messages *messages) {
  static struct builder kept;
  struct font_options fonts = {0};
  if (!kept.fonts) {
    kept.arena = arena_new();
    kept.fonts = font_library_new(&fonts, messages);
    kept.engine = text_engine_new(messages);
    kept.pages = pages_cache_new();
  }
  struct builder builder = kept;
  builder.guide = guide;
  builder.pdf = pdf_cache_new();
  pages_cache_forget(builder.pages);
  builder.maker = edition_maker_new(guide, messages);
  struct build_request both = {.pdf = true, .epub = true};
  struct handout handout = {0};
  bool made = builder.maker && builder_make(&builder, reader, &both, &handout, messages);
  PROMISE(made == (messages_errors(messages) == 0));
  messages_flush(messages);
  if (made) check_pdf(&handout.pdf);
  if (made) check_book(&handout.epub);
  PROMISE(made || (!handout.pdf.length && !handout.epub.length));
  handout_finish(&handout);
  edition_maker_free(builder.maker);
  pdf_cache_free(builder.pdf);
  for (struct set_theme *set = builder.themes; set; set = set->next) theme_free(set->theme);
  for (struct set_cover *set = builder.covers; set; set = set->next) {
    buffer_finish(&set->look);
    buffer_finish(&set->png);
  }
  arena_free(kept.arena);
  kept.arena = arena_new();
}

#endif
