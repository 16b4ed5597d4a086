/* Finding faces: folders first, then the system.
 *
 * fontconfig tells which files there are and what is in them, in a configuration
 * object of our own. It is not asked to choose: it would always find something, and
 * what it finds depends on the machine. Here a family is that family or an error,
 * and among its faces width, slant and weight decide, then the name. */
#include "font/face.h"

#include "base/file.h"
#include "base/sandbox.h"
#include "font/manifest.h"

#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct font_file {
  const char *path;
  hb_blob_t *blob;
  struct font_file *next;
};

struct font_library {
  struct arena *arena;
  FcConfig *config;
  char **folders; /* as given: for messages and manifests */
  size_t folder_count;
  bool has_system_fonts;
  bool cut_often;
  struct font_file *files;
  struct face **faces;
  size_t face_count, face_capacity;
};

/* --- setting up ------------------------------------------------------------ */

static void copy_folders(struct font_library *library, const struct font_options *options) {
  struct arena *arena = library->arena;
  library->folder_count = options->folder_count;
  library->folders = arena_alloc_array(arena, options->folder_count, sizeof *library->folders);
  for (size_t i = 0; i < options->folder_count; i++) {
    library->folders[i] = arena_strdup(arena, options->folders[i]);
  }
}

/* Without the system's own configuration fontconfig has nowhere to keep what it has
 * learnt of a folder, and says so on standard error. */
static FcConfig *new_empty_config(void) {
  static const FcChar8 text[] =
      "<fontconfig><cachedir prefix=\"xdg\">fontconfig</cachedir></fontconfig>";
  FcConfig *config = FcConfigCreate();
  if (config) FcConfigParseAndLoadFromMemory(config, text, FcTrue);
  return config;
}

struct font_library *font_library_new(const struct font_options *options,
                                      struct messages *messages) {
  FcConfig *config = options->ignore_system_fonts ? new_empty_config() : FcInitLoadConfigAndFonts();
  if (!config) {
    message_io_error(messages, NULL, "no-fonts", "the system's font configuration cannot be read");
    return NULL;
  }
  struct font_library *library = memory_alloc(sizeof *library);
  library->arena = arena_new();
  library->config = config;
  library->has_system_fonts = !options->ignore_system_fonts;
  copy_folders(library, options);
  for (size_t i = 0; i < options->folder_count; i++) {
    FcConfigAppFontAddDir(config, (const FcChar8 *)options->folders[i]);
  }
  return library;
}

void font_library_free(struct font_library *library) {
  if (!library) return;
  for (size_t i = 0; i < library->face_count; i++) face_close(library->faces[i]);
  for (struct font_file *file = library->files; file; file = file->next) {
    hb_blob_destroy(file->blob);
  }
  FcConfigDestroy(library->config);
  free(library->faces);
  arena_free(library->arena);
  free(library);
}

/* --- choosing -------------------------------------------------------------- */

static bool has_family(FcPattern *pattern, const char *family) {
  FcChar8 *name;
  for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++) {
    if (strcasecmp((const char *)name, family) == 0) return true;
  }
  return false;
}

static int read_number(FcPattern *pattern, const char *object, int fallback) {
  int value;
  return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : fallback;
}

/* False for what is not used: bitmaps, formats of before OpenType (a family may come in both), and
 * fonts with axes of variation, which the PDF could only embed at their default. */
static bool read_entry(FcPattern *pattern, struct face_entry *entry) {
  FcChar8 *path, *format;
  FcBool variable = FcFalse, outline = FcFalse;
  FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
  FcPatternGetBool(pattern, FC_OUTLINE, 0, &outline);
  int index = read_number(pattern, FC_INDEX, 0);
  if (variable || !outline || index > 0xFFFF) return false;
  if (FcPatternGetString(pattern, FC_FONTFORMAT, 0, &format) != FcResultMatch) return false;
  if (strcmp((const char *)format, "TrueType") != 0 && strcmp((const char *)format, "CFF") != 0)
    return false;
  if (FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch) return false;
  *entry = (struct face_entry){
      .path = (const char *)path,
      .collection_index = (unsigned)index,
      .weight = FcWeightToOpenType(read_number(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR)),
      .width = read_number(pattern, FC_WIDTH, FC_WIDTH_NORMAL),
      .slant = read_number(pattern, FC_SLANT, FC_SLANT_ROMAN) == FC_SLANT_ROMAN ? FONT_UPRIGHT
                                                                                : FONT_ITALIC,
  };
  return true;
}

struct wish {
  const char *family;
  int weight;
  enum font_slant slant;
};

/* Less is better: width before slant before weight. */
static int mismatch(const struct face_entry *entry, const struct wish *wish) {
  int width = abs(entry->width - FC_WIDTH_NORMAL);
  int slant = entry->slant != wish->slant;
  return width * 4000 + slant * 2000 + abs(entry->weight - wish->weight);
}

static bool is_better(const struct face_entry *entry, const struct face_entry *best,
                      const struct wish *wish) {
  if (!best->path) return true;
  int here = mismatch(entry, wish), there = mismatch(best, wish);
  if (here != there) return here < there;
  int order = strcmp(entry->path, best->path);
  return order ? order < 0 : entry->collection_index < best->collection_index;
}

static bool choose(const FcFontSet *fonts, const struct wish *wish, struct face_entry *best) {
  *best = (struct face_entry){0};
  for (int i = 0; fonts && i < fonts->nfont; i++) {
    struct face_entry entry;
    if (!has_family(fonts->fonts[i], wish->family)) continue;
    if (!read_entry(fonts->fonts[i], &entry)) continue;
    if (is_better(&entry, best, wish)) *best = entry;
  }
  return best->path;
}

/* --- opening --------------------------------------------------------------- */

struct mapping {
  void *bytes;
  size_t length;
};

static void unmap(void *mapping) {
  munmap(((struct mapping *)mapping)->bytes, ((struct mapping *)mapping)->length);
  free(mapping);
}

/* By ourselves: HarfBuzz reads into its own memory what it cannot map, and then
 * face_was_cut would lose it. NULL where it cannot be. */
static hb_blob_t *map_file(const char *path) {
  struct stat status;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return NULL;
  bool fits = fstat(file, &status) == 0 && status.st_size > 0 && status.st_size <= UINT32_MAX;
  size_t length = fits ? (size_t)status.st_size : 0;
  void *bytes = fits ? mmap(NULL, length, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
  close(file);
  if (bytes == MAP_FAILED) return NULL;
  struct mapping *mapping = memory_alloc(sizeof *mapping);
  *mapping = (struct mapping){bytes, length};
  return hb_blob_create(bytes, (unsigned)length, HB_MEMORY_MODE_READONLY, mapping, unmap);
}

static struct font_file *file_find(struct font_library *library, const char *path) {
  for (struct font_file *file = library->files; file; file = file->next) {
    if (strcmp(file->path, path) == 0) return file;
  }
  hb_blob_t *blob = map_file(path);
  if (!blob) return NULL;
  struct font_file *file = arena_alloc(library->arena, sizeof *file);
  *file = (struct font_file){arena_strdup(library->arena, path), blob, library->files};
  library->files = file;
  return file;
}

static uint32_t outlines_number(const struct font_library *library, const struct face *face) {
  for (size_t i = 0; i < library->face_count; i++) {
    if (face_shares_outlines(library->faces[i], face)) return library->faces[i]->outlines;
  }
  return face->index;
}

static const struct face *open_entry(struct font_library *library, const struct face_entry *entry,
                                     const char *family, struct messages *messages) {
  for (size_t i = 0; i < library->face_count; i++) {
    const struct face *face = library->faces[i];
    bool same = face->collection_index == entry->collection_index;
    if (same && strcmp(face->path, entry->path) == 0) return face;
  }
  struct font_file *file = file_find(library, entry->path);
  struct face *face = file ? face_open(library->arena, file->blob, entry, family) : NULL;
  if (!face) {
    message_io_error(messages, NULL, "bad-font", "%s: the font cannot be read", entry->path);
    return NULL;
  }
  face->index = (uint32_t)library->face_count;
  face->outlines = outlines_number(library, face);
  face->cutting->often = library->cut_often;
  library->faces = array_reserve(library->faces, library->face_count, &library->face_capacity,
                                 sizeof *library->faces);
  library->faces[library->face_count++] = face;
  return face;
}

static void report_missing(const struct font_library *library, const char *family,
                           struct messages *messages) {
  message_error(messages, NULL, "no-font", "there is no font family '%s'", family);
  for (size_t i = 0; i < library->folder_count; i++) {
    message_note(messages, NULL, "looked in %s", library->folders[i]);
  }
  message_note(messages, NULL, "the system's fonts were %s",
               library->has_system_fonts ? "looked through" : "left out");
  struct arena *arena = arena_new();
  const char *package = manifest_package(arena, family);
  if (package) message_hint(messages, "the Debian package %s brings it", package);
  else message_hint(messages, "lay its files into a folder and name that with --font-path");
  arena_free(arena);
}

const struct face *font_library_find(struct font_library *library, const char *family, int weight,
                                     enum font_slant slant, struct messages *messages) {
  struct wish wish = {family, weight, slant};
  struct face_entry entry;
  bool found = choose(FcConfigGetFonts(library->config, FcSetApplication), &wish, &entry);
  found = found || choose(FcConfigGetFonts(library->config, FcSetSystem), &wish, &entry);
  if (found) return open_entry(library, &entry, family, messages);
  report_missing(library, family, messages);
  return NULL;
}

void font_library_cut_often(struct font_library *library) {
  library->cut_often = true;
  for (size_t i = 0; i < library->face_count; i++) library->faces[i]->cutting->often = true;
}

static void let_read_set(const FcFontSet *fonts, struct sandbox *sandbox, struct arena *arena) {
  const char *before = "";
  for (int i = 0; fonts && i < fonts->nfont; i++) {
    FcChar8 *name;
    struct stat status;
    if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &name) != FcResultMatch) continue;
    const char *path = (const char *)name, *folder = file_folder(arena, path);
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)) sandbox_may_read(sandbox, path);
    if (strcmp(before, folder) == 0) continue;
    before = folder;
    sandbox_may_read(sandbox, folder);
  }
}

void font_library_let_read(const struct font_library *library, struct sandbox *sandbox) {
  struct arena *arena = arena_new();
  let_read_set(FcConfigGetFonts(library->config, FcSetApplication), sandbox, arena);
  let_read_set(FcConfigGetFonts(library->config, FcSetSystem), sandbox, arena);
  arena_free(arena);
}

/* Files of its configuration may be links; folders are read to find them. */
static void let_read_configuration(FcStrList *files, struct sandbox *sandbox) {
  struct arena *arena = arena_new();
  for (const FcChar8 *name; files && (name = FcStrListNext(files));) {
    char *real = realpath((const char *)name, NULL);
    sandbox_may_read(sandbox, file_folder(arena, (const char *)name));
    if (real) sandbox_may_read(sandbox, file_folder(arena, real));
    free(real);
  }
  if (files) FcStrListDone(files);
  arena_free(arena);
}

static void let_read_folders(FcStrList *folders, struct sandbox *sandbox) {
  for (const FcChar8 *name; folders && (name = FcStrListNext(folders));)
    sandbox_may_read(sandbox, (const char *)name);
  if (folders) FcStrListDone(folders);
}

void font_library_let_find(const struct font_library *library, struct sandbox *sandbox) {
  let_read_configuration(FcConfigGetConfigFiles(library->config), sandbox);
  let_read_folders(FcConfigGetCacheDirs(library->config), sandbox);
  let_read_folders(FcConfigGetFontDirs(library->config), sandbox);
  for (size_t i = 0; i < library->folder_count; i++) sandbox_may_read(sandbox, library->folders[i]);
}

size_t font_library_count(const struct font_library *library) {
  return library->face_count;
}

const struct face *font_library_face(const struct font_library *library, size_t index) {
  return library->faces[index];
}
