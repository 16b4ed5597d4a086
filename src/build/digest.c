/* What a handout depends on, in one digest: the key by which a batch knows that what
 * lies on the disk need not be made again. Files of the program itself are taken by
 * content, the code and its libraries by build ID, faces by name, size and revision:
 * hashing 20 MB of outlines tells no more. */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include "build/builder.h"

#include "base/assets.h"
#include "base/source.h"
#include "base/version.h"

#include <elf.h>
#include <glob.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void hash_text_file(struct hash *hash, const char *path) {
  struct arena *arena = arena_new();
  struct messages *silent = messages_new_silent();
  const struct source *source = source_load(arena, path, LIMIT_FILE, silent);
  if (source) hash_add_text(hash, source->text);
  messages_free(silent);
  arena_free(arena);
}

/* Notes, one after the other: a head, the owner's name and what it says, each of them
 * padded to 4 bytes (elf(5)). */
static void hash_build_id(struct hash *hash, const char *notes, size_t length) {
  ElfW(Nhdr) head;
  for (size_t size; length >= sizeof head; notes += size, length -= size) {
    memcpy(&head, notes, sizeof head);
    size_t before = sizeof head + ((head.n_namesz + 3u) & ~3u), said = (head.n_descsz + 3u) & ~3u;
    size = before + said;
    if (size > length) return;
    if (head.n_type == NT_GNU_BUILD_ID) hash_add(hash, notes + before, said);
  }
}

static int hash_object(struct dl_phdr_info *object, size_t size, void *hash) {
  (void)size;
  if (object->dlpi_name[0] && !strchr(object->dlpi_name, '/')) return 0; /* the kernel's */
  for (size_t i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[i];
    if (part->p_type == PT_NOTE)
      hash_build_id(hash, (const char *)(object->dlpi_addr + part->p_vaddr), part->p_memsz);
  }
  return 0;
}

static void hash_assets(struct hash *hash) {
  static const char *const folders[][2] = {
      {"themes", "*.yaml"}, {"words", "*.yaml"}, {".", "*.css"}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    const char *folder = asset_path(arena, folders[i][0]);
    glob_t found;
    if (glob(arena_printf(arena, "%s/%s", folder, folders[i][1]), 0, NULL, &found) != 0) continue;
    for (size_t f = 0; f < found.gl_pathc; f++) hash_text_file(hash, found.gl_pathv[f]);
    globfree(&found);
  }
  arena_free(arena);
}

static void hash_faces(struct hash *hash, const struct font_library *fonts) {
  for (size_t i = 0; i < font_library_count(fonts); i++) {
    const struct face *face = font_library_face(fonts, i);
    struct stat status;
    hash_add_text(hash, face->postscript_name);
    hash_add(hash, face->bounds, sizeof face->bounds);
    if (stat(face->path, &status) == 0) hash_add(hash, &status.st_size, sizeof status.st_size);
  }
}

static void hash_theme(struct hash *hash, const char *theme) {
  if (theme && strchr(theme, '/')) hash_text_file(hash, theme);
}

/* Where the guide has no date, a book is of this time. */
static void hash_time(struct hash *hash, const struct guide *guide) {
  const char *epoch = guide->date ? NULL : getenv("SOURCE_DATE_EPOCH");
  hash_add_text(hash, epoch ? epoch : "");
}

void builder_digest(struct builder *builder, const struct build_request *request,
                    uint8_t digest[HASH_SIZE]) {
  struct hash *hash = hash_new();
  hash_add_text(hash, HANDOUT_VERSION);
  dl_iterate_phdr(hash_object, hash);
  hash_add(hash, builder->guide->digest, HASH_SIZE);
  hash_assets(hash);
  hash_faces(hash, builder->fonts);
  const char outputs[] = {(char)request->pdf, (char)request->epub,
                          (char)request->epub_without_fonts, (char)builder->print};
  hash_add(hash, outputs, sizeof outputs);
  hash_add_text(hash, request->theme ? request->theme : "");
  hash_theme(hash, request->theme);
  hash_theme(hash, builder->guide->theme_file); /* --set theme names one beside the guide's files */
  hash_time(hash, builder->guide);
  hash_take(hash, digest);
}
