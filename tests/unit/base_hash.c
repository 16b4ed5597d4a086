/* Digests against published values (FIPS 180-2, RFC 4122, the FNV page). */
#include "check.h"

#include "base/assets.h"
#include "base/hash.h"

#include <stdlib.h>

static void check_digest(struct hash *hash, const char *wanted) {
  uint8_t digest[HASH_SIZE];
  char text[2 * HASH_SIZE + 1];
  hash_take(hash, digest);
  for (int i = 0; i < HASH_SIZE; i++) snprintf(text + 2 * i, 3, "%02x", digest[i]);
  CHECK_TEXT(text, wanted);
}

int main(void) {
  struct hash *hash = hash_new();
  check_digest(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  hash = hash_new();
  hash_add(hash, "a", 1);
  hash_add(hash, "bc", 2);
  check_digest(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  uint8_t one[HASH_SIZE], other[HASH_SIZE];
  hash = hash_new();
  hash_add_text(hash, "ab");
  hash_add_text(hash, "c");
  hash_take(hash, one);
  hash = hash_new();
  hash_add_text(hash, "a");
  hash_add_text(hash, "bc");
  hash_take(hash, other);
  CHECK(memcmp(one, other, HASH_SIZE) != 0);

  char uuid[37];
  hash_uuid("abc", 3, uuid);
  CHECK_TEXT(uuid, "fc06a95d-3d9b-531e-9d31-a0773209976f");
  hash_uuid("", 0, uuid);
  CHECK(uuid[14] == '5' && strlen(uuid) == 36);

  CHECK(hash_quick("", 0, HASH_QUICK_SEED) == 0xcbf29ce484222325u);
  CHECK(hash_quick("a", 1, HASH_QUICK_SEED) == 0xaf63dc4c8601ec8cu);
  CHECK(hash_quick("foobar", 6, HASH_QUICK_SEED) == 0x85944171f73967e8u);

  struct arena *arena = arena_new();
  setenv("HANDOUT_ASSETS", "/dev", 1);
  CHECK_TEXT(asset_path(arena, "null"), "/dev/null");
  setenv("HANDOUT_ASSETS", "", 1);
  CHECK(strstr(asset_path(arena, "no/such.yaml"), "/no/such.yaml") != NULL);
  arena_free(arena);
  return check_summary();
}
