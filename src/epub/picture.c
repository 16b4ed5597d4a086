/* The guide's pictures: each goes into the book once, as it is. */
#include "epub/markup.h"
#include "epub/writer.h"

#include <string.h>

static const struct {
  const char *media_type;
  const char *ending;
} formats[] = {
    [IMAGE_PNG] = {"image/png", "png"},
    [IMAGE_JPEG] = {"image/jpeg", "jpeg"},
};

/* The file of a picture in the book; added when it is first asked for. Its name is
 * its number: an author's file names may hold what a zip should not. */
static const char *picture_file(struct book *book, const struct image *image) {
  size_t number = 1;
  for (const struct image *each = book->edition->guide->images; each != image; each = each->next)
    number++;
  const char *id = arena_printf(book->arena, "picture-%03zu", number);
  const char *file = arena_printf(book->arena, "%s.%s", id, formats[image->format].ending);
  for (size_t i = 0; i < book->resource_count; i++)
    if (strcmp(book->resources[i].id, id) == 0) return file;
  struct resource resource = {.id = id,
                              .file = file,
                              .media_type = formats[image->format].media_type,
                              .place = RESOURCE_ASIDE,
                              .kind = ARCHIVE_STORED};
  buffer_append(&resource.bytes, image->bytes, image->length);
  book_add(book, resource);
  return file;
}

/* The words and, where an author gave another picture to it, the picture of the language
 * around; else of the first. */
static const struct node *wanted_variant(const struct node *node, struct markup *parent) {
  const struct node *variant = node_variant(node, markup_language(parent));
  return variant ? variant : node->first;
}

void picture_write(struct writer *writer, struct markup *parent, const struct node *node) {
  struct book *book = writer->book;
  const struct node *variant = wanted_variant(node, parent);
  const char *target = variant && variant->target ? variant->target : node->target;
  const struct image *image = guide_image(book->edition->guide, target);
  if (!image) {
    message_error(book->messages, &node->place, "no-image", "the picture '%s' cannot be read",
                  target);
    return;
  }
  struct markup *element = markup_add_block(parent, "img");
  markup_set(element, "id", book_id(book, node->id));
  markup_set(element, "src", picture_file(book, image));
  markup_set(element, "alt", variant ? node_text(book->arena, variant) : "");
  if (variant) markup_set_language(element, variant->language);
}
