/* Properties of the skills gap and the plan, over guides and records made by chance:
 * the order respects what is required, hours never shrink when a skill is taken away,
 * and each span begins after those it builds on have ended. Circles are named. */
#include "check.h"

#include "edition/maker.h"

#include <stdlib.h>

#define MOST 30

static uint32_t random_state = 2026;

static unsigned chance(unsigned below) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % below;
}

struct world {
  struct guide guide;
  struct skill skills[MOST];
  char ids[MOST][8];
  const char *requires[MOST][MOST];
  const char *values[MOST];
  struct field_value held;
  struct reader reader;
  struct edition_maker maker;
  char *said;
  size_t size;
};

/* Skills are declared in any order; each may require those of a lower rank. */
static void make_world(struct world *world, size_t count) {
  *world = (struct world){0};
  unsigned rank[MOST];
  for (size_t i = 0; i < count; i++) {
    snprintf(world->ids[i], sizeof world->ids[i], "s%zu", i);
    rank[i] = chance(1000) * MOST + (unsigned)i;
  }
  for (size_t i = 0; i < count; i++) {
    struct skill *skill = &world->skills[i];
    skill->id = world->ids[i];
    skill->hours = chance(200);
    skill->requires = world->requires[i];
    skill->next = i + 1 < count ? skill + 1 : NULL;
    for (size_t k = 0; k < count; k++) {
      if (rank[k] < rank[i] && chance(4) == 0) {
        skill->requires[skill->require_count++] = world->ids[k];
      }
    }
  }
  world->guide.skills = count ? world->skills : NULL;
  world->held = (struct field_value){.name = "skills", .values = world->values};
  for (size_t i = 0; i < count; i++) {
    if (chance(3) == 0) world->values[world->held.value_count++] = world->ids[i];
  }
  world->reader.fields = &world->held;
  world->maker = (struct edition_maker){.arena = arena_new(), .guide = &world->guide};
}

static bool order(struct world *world) {
  FILE *stream = open_memstream(&world->said, &world->size);
  struct messages *messages = messages_new(stream, MESSAGES_SHORT, false);
  bool good = skills_order(&world->maker, messages);
  messages_free(messages);
  fclose(stream);
  return good;
}

static void finish(struct world *world) {
  arena_free(world->maker.arena);
  free(world->said);
}

static struct skill_gap gap_of(struct world *world) {
  return skills_compare(&world->maker, &world->reader, "skills", world->maker.arena);
}

static size_t position(const struct skill_gap *gap, const char *id) {
  size_t i = 0;
  while (i < gap->left_count && strcmp(gap->left[i]->id, id) != 0) i++;
  return i;
}

static bool respects_requirements(const struct skill_gap *gap, const struct span *spans) {
  bool good = true;
  for (size_t i = 0; i < gap->left_count; i++) {
    const struct skill *skill = gap->left[i];
    good = good && spans[i].from <= spans[i].to;
    for (size_t k = 0; k < skill->require_count; k++) {
      size_t at = position(gap, skill->requires[k]);
      if (at == gap->left_count) continue; /* held */
      good = good && at < i && spans[at].to < spans[i].from;
    }
  }
  return good;
}

static void test_properties(void) {
  for (int round = 0; round < 300; round++) {
    struct world world;
    size_t count = chance(MOST);
    make_world(&world, count);
    CHECK(order(&world) && world.maker.skill_count == count);
    struct skill_gap gap = gap_of(&world);
    CHECK(gap.held_count == world.held.value_count && gap.held_count + gap.left_count == count);
    struct span *spans = skills_plan(&gap, 20000, 1 + chance(40), world.maker.arena);
    CHECK(spans && respects_requirements(&gap, spans));
    while (world.held.value_count > 0) {
      world.held.value_count--;
      struct skill_gap wider = gap_of(&world);
      CHECK(wider.hours >= gap.hours && wider.left_count == gap.left_count + 1);
      gap = wider;
    }
    finish(&world);
  }
}

static void test_circle(void) {
  struct world world;
  make_world(&world, 0);
  static const char *const names[] = {"python", "git", "sql", "spark"};
  const char *needs[] = {"git", "sql", "python", "sql"};
  for (int i = 0; i < 4; i++) {
    world.skills[i] = (struct skill){.id = names[i], .requires = &needs[i], .require_count = 1};
    if (i) world.skills[i - 1].next = &world.skills[i];
  }
  world.guide.skills = world.skills;
  CHECK(!order(&world));
  CHECK_TEXT(world.said, "handout: error: these skills require each other in a circle: python → "
                         "git → sql → python [skill-circle]\n");
  finish(&world);
}

static void test_dates(void) {
  struct world world;
  make_world(&world, 0);
  struct skill hundred = {.id = "a", .hours = 100}, none = {.id = "b"};
  const struct skill *left[] = {&hundred, &none};
  struct skill_gap gap = {.left = left, .left_count = 2, .hours = 100};
  struct span *spans = skills_plan(&gap, 1000, 10, world.maker.arena);
  CHECK(spans[0].from == 1000 && spans[0].to == 1069); /* ten weeks */
  CHECK(spans[1].from == 1070 && spans[1].to == 1070);
  CHECK(!skills_plan(&gap, 1000, 1e-9, world.maker.arena));
  finish(&world);
}

int main(void) {
  test_properties();
  test_circle();
  test_dates();
  return check_summary();
}
