/* A book in the order in which it is made: the plan, the front, a place in the spine
 * for the contents, the chapters, then what can only be told at the end (contents and
 * page-list, the package), and the archive of it all. */
#include "epub/epub.h"

#include "base/keeper.h"
#include "epub/faces.h"
#include "epub/page_list.h"
#include "epub/writer.h"

#include <stdlib.h>
#include <string.h>

struct epub_cache *epub_cache_new(void) {
  struct epub_cache *cache = memory_alloc(sizeof *cache);
  cache->packer = packer_new(PACK_BARE);
  cache->writer = markup_writer_new();
  cache->pieces = keeper_new();
  cache->markup = arena_new();
  cache->arena = arena_new();
  return cache;
}

void epub_cache_free(struct epub_cache *cache) {
  if (!cache) return;
  packer_free(cache->packer);
  markup_writer_free(cache->writer);
  keeper_free(cache->pieces);
  buffer_finish(&cache->key);
  buffer_finish(&cache->value);
  arena_free(cache->markup);
  arena_free(cache->arena);
  free(cache);
}

void epub_cache_forget(struct epub_cache *cache) {
  keeper_free(cache->pieces);
  cache->pieces = keeper_new();
}

static void reserve_nav(struct book *book) {
  book->nav_resource = book->resource_count;
  book_add(book, (struct resource){.id = "nav",
                                   .file = BOOK_NAV,
                                   .media_type = "application/xhtml+xml",
                                   .properties = "nav"});
}

static bool write_archive(struct book *book, const struct buffer *package,
                          const struct buffer *container, struct buffer *out) {
  size_t count = book->resource_count + 2;
  struct archive_file *files = memory_alloc(count * sizeof *files);
  for (size_t i = 0; i < book->resource_count; i++) {
    const struct resource *resource = &book->resources[i];
    const char *name = arena_printf(book->arena, BOOK_FOLDER "%s", resource->file);
    files[i] = (struct archive_file){name, resource->bytes.data, resource->bytes.length,
                                     resource->kind, resource->packed};
  }
  files[count - 2] = (struct archive_file){.name = BOOK_FOLDER BOOK_PACKAGE,
                                           .bytes = package->data,
                                           .length = package->length,
                                           .kind = ARCHIVE_OWN};
  files[count - 1] = (struct archive_file){.name = "META-INF/container.xml",
                                           .bytes = container->data,
                                           .length = container->length,
                                           .kind = ARCHIVE_SHARED};
  bool good = archive_write(files, count, book->cache->packer, out, book->messages);
  free(files);
  return good;
}

/* All but the package and the files of the faces. */
static void make_book(struct book *book, const struct edition *edition,
                      const struct epub_options *options, struct epub_cache *cache,
                      struct faces *faces, struct messages *messages) {
  book_init(book, edition, options, messages);
  book->cache = cache;
  book->faces = faces;
  faces->book = book;
  book_settle(book);
  page_list_init(book);
  front_write(book);
  reserve_nav(book);
  chapters_write(book);
  navigation_write(book);
}

struct epub_repertoire *epub_repertoire_new(struct edition *const *wholes, size_t count,
                                            const struct epub_options *options,
                                            struct epub_cache *cache, struct messages *messages) {
  struct epub_repertoire *repertoire = NULL;
  struct book book;
  struct faces faces;
  faces_init(&faces, options);
  for (size_t i = 0; i < count; i++) {
    make_book(&book, wholes[i], options, cache, &faces, messages);
    faces_note_front(&faces);
    if (i + 1 == count) repertoire = faces_share(&book);
    book_finish(&book);
  }
  faces_finish(&faces);
  return repertoire;
}

bool epub_write(const struct edition *edition, const struct epub_options *options,
                struct epub_cache *cache, struct buffer *out, struct messages *messages) {
  struct book book;
  struct faces faces;
  struct epub_cache *own = cache ? NULL : epub_cache_new();
  size_t errors = messages_errors(messages);
  if (!cache) cache = own;
  packer_trim(cache->packer);
  keeper_trim(cache->pieces);
  faces_init(&faces, options);
  make_book(&book, edition, options, cache, &faces, messages);
  struct buffer package = {0}, container = {0};
  bool good = style_write(&book);
  package_write(&book, &package, &container);
  good = good && messages_errors(messages) == errors;
  good = good && write_archive(&book, &package, &container, out);
  buffer_finish(&package);
  buffer_finish(&container);
  book_finish(&book);
  faces_finish(&faces);
  epub_cache_free(own);
  return good;
}
