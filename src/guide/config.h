/* Inside guide/: handout.yaml. */
#ifndef HANDOUT_GUIDE_CONFIG_H
#define HANDOUT_GUIDE_CONFIG_H

#include "base/yaml.h"
#include "guide/load.h"

/* handout.yaml or front matter into the guide. What is wrong is reported, all of it,
 * and left out. `data` of the file is kept in the loading for data.c. */
void config_read(struct loading *loading, const struct yaml *root);

/* --- config_declare.c ---------------------------------------------------------- */

void config_fields(struct loading *loading, const struct yaml *map);
void config_skills(struct loading *loading, const struct yaml *map);
void config_facts(struct loading *loading, const struct yaml *map);

/* --- values: config_value.c ------------------------------------------------------- */

/* A scalar's text in its normal form, or NULL and a message. `what` is the key. */
const char *config_text(struct loading *loading, const struct yaml *value);
/* One text, in the language of its file or else of its letters; or one for each language. */
struct words *config_words(struct loading *loading, const struct yaml *value);
/* A list of texts (one text is a list of one), with the place of each unless `places` is NULL. */
const char **config_list(struct loading *loading, const struct yaml *value, size_t *count,
                         const struct place **places);
bool config_truth(struct loading *loading, const struct yaml *value, bool fallback);
/* A whole number from `least` to `most`. */
long config_integer(struct loading *loading, const struct yaml *value, long least, long most);
double config_number(struct loading *loading, const struct yaml *value);
/* YYYY-MM-DD as date.h reads it; with `month`, YYYY-MM too. */
const char *config_date(struct loading *loading, const struct yaml *value, bool month);
bool config_is_date(const char *text, bool month);
/* One of the names: its index, or -1 and a message. */
int config_choice(struct loading *loading, const struct yaml *value, const char *const *names,
                  size_t count);
bool config_is_map(struct loading *loading, const struct yaml *value);
/* [a-z][a-z0-9-]* */
bool config_is_name(const char *text);
/* As number.h reads it, without a plus sign. */
bool config_is_number(const char *text);

#endif
