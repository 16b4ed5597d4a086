/* A libharu document, and objects in it whose text is written by us.
 *
 * libharu keeps the pages, the images, the list of objects and the trailer. What it
 * cannot express is a "raw" object: an empty dictionary with a number, whose write_fn
 * prints prepared text. That is also a third of the memory of a dictionary
 * made of libharu's parts, whose every key takes 128 bytes. */
#ifndef HANDOUT_PDF_DOCUMENT_H
#define HANDOUT_PDF_DOCUMENT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/message.h"
#include "base/packer.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <stdbool.h>
#include <stdint.h>

/* A raw object: its text, between << and >>, and the bytes of its stream, if it is one. */
struct raw_object {
  const char *text;
  size_t length;
  const void *stream;
  size_t stream_length;
};

struct document {
  HPDF_Doc haru;
  struct arena *arena; /* borrowed; libharu's own objects are in it too */
  struct messages *messages;
  struct packer *packer; /* borrowed */
  struct hash *hash; /* of all raw text and streams: makes the file's ID */
  HPDF_STATUS error; /* the first that libharu reported; later ones follow from it */
  HPDF_Page *pages;
  size_t page_count;
};

/* One at a time in a thread; `objects` is about how many there will be. The arena is cleared
 * after the document is closed. False and a message where libharu cannot begin. */
bool document_open(struct document *document, struct arena *arena, size_t objects,
                   struct packer *packer, struct messages *messages);
void document_close(struct document *document);

/* Keeps the first error. Every libharu call that returns a status goes through it. */
void document_check(struct document *document, HPDF_STATUS status);
/* False and one message where any call failed. */
bool document_good(struct document *document);

/* Adds an object, with its number, to be filled later. Never NULL unless an error
 * was kept. */
HPDF_Dict document_reserve(struct document *document);
/* Gives it its text, which is copied. */
void document_fill(struct document *document, HPDF_Dict object, const struct buffer *text);
HPDF_Dict document_add(struct document *document, const struct buffer *text);
/* A stream, `entries` without Length and Filter, as it is. */
HPDF_Dict document_add_stream(struct document *document, const char *entries,
                              const struct buffer *bytes);
/* A stream that other documents may hold too, deflated. */
HPDF_Dict document_add_shared(struct document *document, const char *entries,
                              const struct buffer *bytes);
/* The same of bytes that are deflated already and stay where they are until the document is
 * closed. The caller hashes what they stand for. */
HPDF_Dict document_add_packed(struct document *document, const char *entries,
                              const struct buffer *packed);
/* Puts a page's content, deflated, in its stream; it too stays where it is. */
void document_set_content(struct document *document, size_t page, const void *packed,
                          size_t length);

/* The number of an object of libharu's, 0 where it is NULL. */
uint32_t object_number(const void *object);
/* Adds an entry that refers to an object. */
void document_refer(struct document *document, HPDF_Dict dictionary, const char *key, void *object);

/* What a raw object holds; NULL for another one. */
const struct raw_object *object_raw(HPDF_Dict dictionary);

/* libharu's own writer: the cross-check of ours. */
bool document_save_by_libharu(struct document *document, struct buffer *out);

#endif
