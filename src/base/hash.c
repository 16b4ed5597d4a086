/* SHA-256 and SHA-1 are nettle's, which has the processor do them; FNV-1a is three lines. */
#include "base/hash.h"

#include "base/arena.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(HASH_SIZE == SHA256_DIGEST_SIZE, "a digest is as long as SHA-256 makes it");

struct hash {
  struct sha256_ctx context;
};

struct hash *hash_new(void) {
  struct hash *hash = memory_alloc(sizeof *hash);
  sha256_init(&hash->context);
  return hash;
}

void hash_add(struct hash *hash, const void *bytes, size_t length) {
  if (length) sha256_update(&hash->context, length, bytes);
}

/* The length goes first, low byte first, so that the digest is the same everywhere. */
void hash_add_text(struct hash *hash, const char *text) {
  size_t length = strlen(text);
  uint8_t size[8];
  for (int i = 0; i < 8; i++) size[i] = (uint8_t)((uint64_t)length >> (8 * i));
  hash_add(hash, size, sizeof size);
  hash_add(hash, text, length);
}

void hash_take(struct hash *hash, uint8_t digest[HASH_SIZE]) {
  sha256_digest(&hash->context, HASH_SIZE, digest);
  free(hash);
}

/* The namespace was made once for this program: the UUID of version 5 of the name
 * "handout" in the URL namespace of RFC 4122. */
static const uint8_t uuid_namespace[16] = {0xcf, 0x2e, 0x33, 0xa2, 0xeb, 0xbc, 0x5a, 0xbd,
                                           0xbe, 0xd6, 0x24, 0x3f, 0x4e, 0xa5, 0xaf, 0xb8};

void hash_uuid(const void *bytes, size_t length, char out[37]) {
  struct sha1_ctx context;
  uint8_t d[SHA1_DIGEST_SIZE];
  sha1_init(&context);
  sha1_update(&context, sizeof uuid_namespace, uuid_namespace);
  if (length) sha1_update(&context, length, bytes);
  sha1_digest(&context, sizeof d, d);
  d[6] = (uint8_t)((d[6] & 0x0F) | 0x50); /* version 5 */
  d[8] = (uint8_t)((d[8] & 0x3F) | 0x80); /* variant of RFC 4122 */
  snprintf(out, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", d[0],
           d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9], d[10], d[11], d[12], d[13], d[14],
           d[15]);
}

uint64_t hash_quick(const void *bytes, size_t length, uint64_t seed) {
  const uint8_t *byte = bytes;
  for (size_t i = 0; i < length; i++) seed = (seed ^ byte[i]) * 0x100000001b3u;
  return seed;
}

/* A word at a time: each is mixed in by a multiplication whose high half comes back low. */
static uint64_t mix(uint64_t hash, const uint8_t *byte) {
  uint64_t word;
  memcpy(&word, byte, sizeof word);
  hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 32;
}

/* Four streams of words, which do not wait for each other. */
uint64_t hash_table(const void *bytes, size_t length) {
  const uint8_t *byte = bytes;
  uint64_t hash = length * 0x9E3779B97F4A7C15u, streams[] = {hash, hash + 1, hash + 2, hash + 3};
  for (; length >= 32; byte += 32, length -= 32)
    for (int i = 0; i < 4; i++) streams[i] = mix(streams[i], byte + 8 * i);
  for (int i = 0; i < 4; i++) hash = mix(hash, (const uint8_t *)&streams[i]);
  for (; length >= 8; byte += 8, length -= 8) hash = mix(hash, byte);
  for (size_t i = 0; i < length; i++) hash = (hash ^ byte[i]) * 0x100000001b3u;
  return hash ^ hash >> 32;
}
