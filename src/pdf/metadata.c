/* Info and XMP say the same (PDF/A asks for it), and nothing of the clock: a date is the
 * guide's own. */
#include "pdf/metadata.h"

#include "pdf/icc.h"
#include "pdf/syntax.h"
#include "pdf/xmp.h"

#include <ctype.h>
#include <string.h>

#define ID_SIZE 16

static bool is_date(const char *text) {
  static const char form[] = "0000-00-00";
  if (!text || strlen(text) != sizeof form - 1) return false;
  for (size_t i = 0; form[i]; i++) {
    if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i]) return false;
  }
  return true;
}

static void put_entry(struct buffer *out, const char *key, const char *value) {
  if (!value) return;
  buffer_append_text(out, key);
  put_text(out, value);
}

/* libharu's Info holds the Producer already; the rest is added to it. */
static void add_info(const struct edition *edition, const char *date, struct document *document) {
  struct buffer text = {0};
  put_entry(&text, "/Title", edition->title);
  put_entry(&text, "/Author", edition->author);
  put_entry(&text, "/Creator", "handout");
  if (date) {
    buffer_printf(&text, "/CreationDate(D:%.4s%.2s%.2s000000Z)/ModDate(D:%.4s%.2s%.2s000000Z)",
                  date, date + 5, date + 8, date, date + 5, date + 8);
  }
  document_fill(document, document->haru->info, &text);
  buffer_finish(&text);
}

static uint32_t add_xmp(const struct edition *edition, const char *date,
                        struct document *document) {
  struct buffer packet = {0};
  const char *producer = HPDF_GetInfoAttr(document->haru, HPDF_INFO_PRODUCER);
  xmp_write(edition, date, producer ? producer : "libharu", &packet);
  HPDF_Dict stream =
      document_add_stream(document, "/Type/Metadata/Subtype/XML", &packet);
  buffer_finish(&packet);
  return object_number(stream);
}

static uint32_t add_profile(struct document *document) {
  struct buffer profile = {0};
  icc_write_srgb(&profile);
  HPDF_Dict stream = document_add_shared(document, "/N 3", &profile);
  buffer_finish(&profile);
  return object_number(stream);
}

static void put_root(struct buffer *out, const char *key, uint32_t number) {
  if (number) buffer_printf(out, "/%s %u 0 R", key, number);
}

void metadata_add(const struct pages *pages, const struct roots *roots, struct document *document) {
  const struct edition *edition = pages->edition;
  const char *date = is_date(edition->date) ? edition->date : NULL;
  struct buffer text = {0};
  add_info(edition, date, document);
  put_root(&text, "Metadata", add_xmp(edition, date, document));
  buffer_printf(&text,
                "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier"
                "(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile %u 0 R>>]",
                add_profile(document));
  if (edition->language_count > 0) {
    buffer_append_text(&text, "/Lang");
    put_bytes(&text, edition->languages[0], strlen(edition->languages[0]));
  }
  buffer_append_text(&text, "/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>");
  put_root(&text, "StructTreeRoot", roots->structure);
  put_root(&text, "Outlines", roots->outline);
  put_root(&text, "PageLabels", roots->labels);
  if (roots->destinations) buffer_printf(&text, "/Names<</Dests %u 0 R>>", roots->destinations);
  if (roots->outline) {
    document_check(document, HPDF_SetPageMode(document->haru, HPDF_PAGE_MODE_USE_OUTLINE));
  }
  document_fill(document, document->haru->catalog, &text);
  buffer_finish(&text);
}

void metadata_add_id(struct document *document) {
  uint8_t digest[HASH_SIZE];
  HPDF_MMgr memory = document->haru->mmgr;
  hash_take(document->hash, digest);
  document->hash = NULL;
  HPDF_Array pair = HPDF_Array_New(memory);
  for (int i = 0; pair && i < 2; i++) {
    document_check(document, HPDF_Array_Add(pair, HPDF_Binary_New(memory, digest, ID_SIZE)));
  }
  document_refer(document, document->haru->trailer, "ID", pair);
}
