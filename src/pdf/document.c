/* libharu reports errors in three ways: by status, by a handler, and (its object
 * calls) by a field that the next error overwrites. All three end in one place that
 * keeps the first, and nothing is saved once there is one.
 *
 * It asks for memory a thousand times a document, in small pieces that all live as long as
 * the document: they come from its arena and go with it. */
#include "pdf/document.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Lists of libharu grow by a constant; the objects of a long document are many. */
#define LEAST_OBJECTS  1024
#define PAGES_PER_NODE 64

#define OBJECT_NUMBER_MASK 0x00FFFFFFu

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *data) {
  (void)detail;
  document_check(data, error);
}

/* libharu does not say for which document it asks; its own pool aligns to four bytes. */
static _Thread_local struct arena *open_arena;

static void *allocate(HPDF_UINT size) {
  return arena_alloc(open_arena, size);
}

static void forget(void *memory) {
  (void)memory;
}

void document_check(struct document *document, HPDF_STATUS status) {
  if (status != HPDF_OK && document->error == HPDF_OK) document->error = status;
}

bool document_good(struct document *document) {
  if (document->haru) document_check(document, HPDF_GetError(document->haru));
  if (document->error == HPDF_OK) return true;
  message_error(document->messages, NULL, "pdf-failed",
                "libharu cannot make this PDF: error 0x%04lX", document->error);
  return false;
}

bool document_open(struct document *document, struct arena *arena, size_t objects,
                   struct packer *packer, struct messages *messages) {
  *document = (struct document){.messages = messages, .packer = packer, .arena = arena};
  assert(!open_arena);
  open_arena = arena;
  document->haru = HPDF_NewEx(on_error, allocate, forget, 0, document);
  if (!document->haru) {
    message_error(messages, NULL, "pdf-failed", "libharu cannot begin a document");
    document_close(document);
    return false;
  }
  document->hash = hash_new();
  document->haru->xref->entries->items_per_block = (HPDF_UINT)objects + LEAST_OBJECTS;
  document_check(document, HPDF_SetPagesConfiguration(document->haru, PAGES_PER_NODE));
  return true;
}

void document_close(struct document *document) {
  if (document->hash) {
    uint8_t digest[HASH_SIZE];
    hash_take(document->hash, digest);
  }
  arena_clear(document->arena);
  open_arena = NULL;
  free(document->pages);
  *document = (struct document){0};
}

uint32_t object_number(const void *object) {
  return object ? ((const HPDF_Obj_Header *)object)->obj_id & OBJECT_NUMBER_MASK : 0;
}

/* --- raw objects -------------------------------------------------------------- */

static HPDF_STATUS write_raw(HPDF_Dict object, HPDF_Stream stream) {
  const struct raw_object *raw = object->attr;
  if (!raw) return HPDF_OK;
  return HPDF_Stream_Write(stream, (const HPDF_BYTE *)raw->text, (HPDF_UINT)raw->length);
}

const struct raw_object *object_raw(HPDF_Dict dictionary) {
  return dictionary->write_fn == write_raw ? dictionary->attr : NULL;
}

static struct raw_object *set_raw(struct document *document, HPDF_Dict object, const char *text,
                                  size_t length) {
  struct raw_object *raw = arena_alloc(document->arena, sizeof *raw);
  raw->text = arena_strndup(document->arena, text, length);
  raw->length = length;
  object->attr = raw;
  object->write_fn = write_raw;
  hash_add(document->hash, text, length);
  return raw;
}

HPDF_Dict document_reserve(struct document *document) {
  HPDF_Dict object = HPDF_Dict_New(document->haru->mmgr);
  if (!object) {
    document_check(document, HPDF_GetError(document->haru));
    return NULL;
  }
  HPDF_STATUS status = HPDF_Xref_Add(document->haru->xref, object);
  document_check(document, status);
  return status == HPDF_OK ? object : NULL;
}

void document_fill(struct document *document, HPDF_Dict object, const struct buffer *text) {
  if (object) set_raw(document, object, text->data ? text->data : "", text->length);
}

HPDF_Dict document_add(struct document *document, const struct buffer *text) {
  HPDF_Dict object = document_reserve(document);
  document_fill(document, object, text);
  return object;
}

void document_refer(struct document *document, HPDF_Dict dictionary, const char *key,
                    void *object) {
  document_check(document, HPDF_Dict_Add(dictionary, key, object));
}

/* --- streams -------------------------------------------------------------------- */

/* What stands in a stream of ours is deflated once, by us, and kept where it is; libharu
 * is told that there is no filter, and the Filter entry is part of the raw text. */
static void fill_stream(struct document *document, HPDF_Dict object, const char *entries,
                        bool deflated, const void *bytes, size_t length) {
  struct buffer text = {0};
  buffer_append_text(&text, entries);
  if (deflated) buffer_append_text(&text, "/Filter/FlateDecode");
  struct raw_object *raw =
      set_raw(document, object, text.data ? text.data : "", text.length);
  raw->stream = bytes;
  raw->stream_length = length;
  object->filter = HPDF_STREAM_FILTER_NONE;
  buffer_finish(&text);
}

static HPDF_Dict reserve_stream(struct document *document) {
  HPDF_Dict object = HPDF_DictStream_New(document->haru->mmgr, document->haru->xref);
  if (!object) document_check(document, HPDF_GetError(document->haru));
  return object;
}

HPDF_Dict document_add_packed(struct document *document, const char *entries,
                              const struct buffer *packed) {
  HPDF_Dict object = reserve_stream(document);
  if (object) fill_stream(document, object, entries, true, packed->data, packed->length);
  return object;
}

HPDF_Dict document_add_stream(struct document *document, const char *entries,
                              const struct buffer *bytes) {
  HPDF_Dict object = reserve_stream(document);
  const char *kept = arena_strndup(document->arena, bytes->data, bytes->length);
  hash_add(document->hash, bytes->data, bytes->length);
  if (object) fill_stream(document, object, entries, false, kept, bytes->length);
  return object;
}

HPDF_Dict document_add_shared(struct document *document, const char *entries,
                              const struct buffer *bytes) {
  HPDF_Dict object = reserve_stream(document);
  struct packed packed =
      packer_keep(document->packer, bytes->data, bytes->length, PACK_SMALL);
  hash_add(document->hash, packed.bytes, packed.length);
  if (object) fill_stream(document, object, entries, true, packed.bytes, packed.length);
  return object;
}

void document_set_content(struct document *document, size_t page, const void *packed,
                          size_t length) {
  HPDF_PageAttr attributes = document->pages[page]->attr;
  hash_add(document->hash, packed, length);
  fill_stream(document, attributes->contents, "", true, packed, length);
}

/* --- saving ----------------------------------------------------------------------- */

/* libharu writes what it holds itself. */
static void hand_over_streams(struct document *document) {
  HPDF_Xref xref = document->haru->xref;
  for (HPDF_UINT i = 1; i < xref->entries->count; i++) {
    HPDF_Dict object = HPDF_Xref_GetEntry(xref, i)->obj;
    if (!object || (object->header.obj_class & HPDF_OCLASS_ANY) != HPDF_OCLASS_DICT) continue;
    const struct raw_object *raw = object_raw(object);
    if (raw && raw->stream)
      document_check(document, HPDF_Stream_Write(object->stream, raw->stream,
                                                 (HPDF_UINT)raw->stream_length));
  }
}

bool document_save_by_libharu(struct document *document, struct buffer *out) {
  hand_over_streams(document);
  if (!document_good(document)) return false;
  document_check(document, HPDF_SaveToStream(document->haru));
  document_check(document, HPDF_ResetStream(document->haru));
  if (!document_good(document)) return false;
  size_t before = out->length;
  HPDF_UINT32 left = HPDF_GetStreamSize(document->haru);
  while (left > 0) {
    HPDF_BYTE part[65536];
    HPDF_UINT32 length = left < sizeof part ? left : (HPDF_UINT32)sizeof part;
    HPDF_STATUS status = HPDF_ReadFromStream(document->haru, part, &length);
    if (status != HPDF_OK && status != HPDF_STREAM_EOF) document_check(document, status);
    if (document->error != HPDF_OK || length == 0) break;
    buffer_append(out, part, length);
    left -= length;
  }
  if (left == 0 && document->error == HPDF_OK) return true;
  document_check(document, HPDF_FILE_IO_ERROR);
  out->length = before;
  return document_good(document);
}
