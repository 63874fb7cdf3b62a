#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "card/services.h"

/* What somebody may need, as screens/directory/taxonomy.csv has it
 * ("need:HOU"), with a word and a picture for the lobby. */
struct need {
	const char *code;    /* "HOU"; "": what is none of the others */
	const char *word;    /* key of the catalogue */
	const char *picture; /* address of ui/album.h */
	bool hides;          /* who looks on is not to hear it */
};

size_t needs_count(void);
const struct need *need_at(size_t index);

bool need_meets(const struct need *need, const struct service *service);

/* How many services meet it. */
size_t need_services(const struct need *need, const struct services *services);
