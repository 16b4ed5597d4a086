/* The order of the work:
 *
 *   note the glyphs of all runs ─▶ embed the faces ─▶ write each page's content and links,
 *   which grow the structure ─▶ structure, outline, places, labels ─▶ metadata ─▶ save
 *
 * Pages are made before anything refers to them; objects that refer to each other get
 * their numbers first and their text later. */
#include "pdf/pdf.h"

#include "pdf/drawn.h"
#include "pdf/metadata.h"
#include "pdf/navigation.h"
#include "pdf/serialise.h"
#include "pdf/write.h"

#include <stdlib.h>
#include <string.h>

struct pdf_repertoire {
  struct fonts *fonts;
};

static void note_whole(const struct pages *whole, struct fonts *fonts) {
  for (size_t p = 0; p < whole->page_count; p++) {
    const struct page *page = &whole->pages[p];
    for (size_t i = 0; i < page->item_count; i++) {
      const struct item *item = &page->items[i];
      if (item->kind == ITEM_TEXT) fonts_note_run(fonts, item->text.run, item->text.source, NULL);
    }
  }
}

struct pdf_repertoire *pdf_repertoire_new(struct pages *const *wholes, size_t count,
                                          struct pdf_cache *cache, struct messages *messages) {
  struct pdf_repertoire *repertoire = memory_alloc(sizeof *repertoire);
  repertoire->fonts = fonts_new(NULL, cache);
  for (size_t i = 0; i < count; i++) note_whole(wholes[i], repertoire->fonts);
  if (fonts_prepare(repertoire->fonts, messages)) return repertoire;
  pdf_repertoire_free(repertoire);
  return NULL;
}

void pdf_repertoire_free(struct pdf_repertoire *repertoire) {
  if (!repertoire) return;
  fonts_free(repertoire->fonts);
  free(repertoire);
}

/* A document while it is filled. */
struct filling {
  const struct pages *pages;
  const struct pdf_repertoire *repertoire; /* or NULL */
  struct pdf_cache *cache;
  struct document *document;
  struct fonts *fonts;
  struct structure *structure;
  struct drawn *drawn;
};

static float points(mpt length) {
  return (float)length / MPT_PER_POINT;
}

static void add_box(const struct page *page, mpt beyond, const char *key, HPDF_Page made,
                    struct document *document) {
  HPDF_Box box = {points(page->trim[0] - beyond), points(page->height - page->trim[3] - beyond),
                  points(page->trim[2] + beyond), points(page->height - page->trim[1] + beyond)};
  HPDF_Array array = HPDF_Box_Array_New(made->mmgr, box);
  if (array) document_check(document, HPDF_Dict_Add(made, key, array));
}

/* Where the page is cut, and how far colour goes on beyond that (B21). */
static void add_print_boxes(const struct page *page, HPDF_Page made, struct document *document) {
  if (!page->bleed) return;
  add_box(page, page->bleed, "BleedBox", made, document);
  add_box(page, 0, "TrimBox", made, document);
}

static void add_page(const struct page *page, struct document *document) {
  HPDF_Page made = HPDF_AddPage(document->haru);
  document->pages[document->page_count] = made;
  if (!made) return;
  document_check(document, HPDF_Page_SetWidth(made, points(page->width)));
  document_check(document, HPDF_Page_SetHeight(made, points(page->height)));
  add_print_boxes(page, made, document);
  document_check(document, HPDF_Dict_AddName(made, "Tabs", "S"));
  document_check(document,
                 HPDF_Dict_AddNumber(made, "StructParents", (HPDF_INT32)document->page_count));
  hash_add(document->hash, &page->width, sizeof page->width);
  hash_add(document->hash, &page->height, sizeof page->height);
  document->page_count++;
}

static bool add_pages(const struct pages *pages, struct document *document) {
  document->pages = memory_alloc(pages->page_count * sizeof *document->pages);
  for (size_t i = 0; i < pages->page_count && document->error == HPDF_OK; i++) {
    add_page(&pages->pages[i], document);
  }
  return document_good(document);
}

/* All pages show the same faces, so they share one dictionary of them. */
static void use_fonts(struct document *document, HPDF_Dict fonts) {
  for (size_t i = 0; i < document->page_count; i++) {
    HPDF_Dict resources =
        HPDF_Page_GetInheritableItem(document->pages[i], "Resources", HPDF_OCLASS_DICT);
    document_check(document, HPDF_Dict_RemoveElement(resources, "ProcSet"));
    document_refer(document, resources, "Font", fonts);
  }
}

static bool write_pages(struct filling *filling) {
  struct document *document = filling->document;
  const struct pages *pages = filling->pages;
  struct images *images = images_new(document);
  for (size_t i = 0; i < pages->page_count && document->error == HPDF_OK; i++) {
    drawn_write(filling->drawn, i, images, filling->structure);
    navigation_add_links(pages, i, filling->structure, document);
  }
  bool ok = images_good(images);
  images_free(images);
  return ok && document_good(document);
}

static bool fill_document(struct filling *filling) {
  struct document *document = filling->document;
  const struct pages *pages = filling->pages;
  if (!add_pages(pages, document)) return false;
  filling->structure = structure_new(pages, document);
  if (!document_good(document)) return false;
  filling->drawn = drawn_new(pages, cache_pages(filling->cache), filling->fonts, document);
  drawn_note(filling->drawn);
  HPDF_Dict resources = fonts_embed(filling->fonts, document);
  if (!resources) return false;
  use_fonts(document, resources);
  if (!write_pages(filling)) return false;
  struct roots roots = {
      .structure = object_number(structure_write(filling->structure)),
      .outline = navigation_add_outline(pages, filling->structure, document),
      .destinations = navigation_add_destinations(pages, document),
      .labels = navigation_add_labels(pages, document),
  };
  metadata_add(pages, &roots, document);
  metadata_add_id(document);
  document->haru->pdf_version = HPDF_VER_17;
  return document_good(document);
}

static bool write_document(document_writer *writer, struct filling *filling, struct buffer *out) {
  filling->fonts =
      fonts_new(filling->repertoire ? filling->repertoire->fonts : NULL, filling->cache);
  size_t start = out->length, *usual = cache_length(filling->cache);
  buffer_room(out, *usual);
  bool ok = fill_document(filling) && writer(filling->document, out);
  *usual = out->length - start;
  drawn_free(filling->drawn);
  structure_free(filling->structure);
  fonts_free(filling->fonts);
  return ok;
}

bool pdf_write_by(document_writer *writer, const struct pages *pages,
                  const struct pdf_repertoire *repertoire, struct pdf_cache *cache,
                  struct buffer *out, struct messages *messages) {
  struct document document;
  struct pdf_cache *own = cache ? NULL : pdf_cache_new();
  if (!cache) cache = own;
  cache_trim(cache);
  bool ok = document_open(&document, cache_arena(cache), 2 * pages->element_count,
                          cache_packer(cache), messages);
  if (ok) {
    struct filling filling = {
        .pages = pages, .repertoire = repertoire, .cache = cache, .document = &document};
    ok = write_document(writer, &filling, out);
    document_close(&document);
  }
  pdf_cache_free(own);
  return ok;
}

bool pdf_write(const struct pages *pages, const struct pdf_repertoire *repertoire,
               struct pdf_cache *cache, struct buffer *out, struct messages *messages) {
  return pdf_write_by(serialise, pages, repertoire, cache, out, messages);
}
