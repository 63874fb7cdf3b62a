#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "office/noun.h"
#include "record/entity.h"

/*
 * The verbs that every noun about the record has (list, show, add, change,
 * move, remove, history, export, import, fields), for the kinds that the noun
 * names.
 */

/* Those verbs; ends with a NULL name. Their run is entity_run(). */
extern const struct verb entity_verbs[];

/* Runs argv[0], one of them, for a noun that has kinds. */
int entity_run(const struct noun *noun, int argc, char **argv);

/* One as a line of JSON: id, kind, version, times, then every field. */
json_t *entity_line(const struct entity *entity);

/* Says on stderr why nothing was done, with the field where there is one;
 * returns the exit status. */
int entity_complain(const char *noun, const char *verb, const struct kind *kind,
		    enum entity_answer answer, const char *wrong);

/* Fills an entity from FIELD=VALUE words; false after a complaint. */
bool entity_fill(const char *noun, const char *verb, struct entity *entity,
		 char **words, int count);
