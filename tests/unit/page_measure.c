/* Every style × mode × paper, with each theme, on generated guides, measured on the display
 * lists (page_rules.h); every third for the print shop.
 *
 *   page_measure            all combinations, two seeds each
 *   page_measure SEED FILE  writes one as a PDF, to be looked at */
#include "page_sample.h"
#include "page_try.h"

static void try_seed(struct rig *rig, uint32_t seed, const char *file) {
  struct page_sample sample;
  struct combination one = combination_of(seed - 1);
  char name[32];
  snprintf(name, sizeof name, "seed %u", seed);
  sample_make(&sample, seed, 2);
  struct reader *reader = reader_new_anonymous(&sample.guide);
  try_guide(rig, &sample.guide, reader, &one, name, file);
  reader_free(reader);
  sample_free(&sample);
}

int main(int count, char **arguments) {
  struct rig rig;
  rig_open(&rig, stderr);
  if (count > 1) try_seed(&rig, (uint32_t)atoi(arguments[1]), count > 2 ? arguments[2] : NULL);
  for (uint32_t seed = 1; count < 2 && seed <= 2 * COMBINATIONS; seed++)
    try_seed(&rig, seed, NULL);
  rig_close(&rig);
  return check_summary();
}
