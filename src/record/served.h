#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "record/record.h"

/* The services that were given over some days: a monthly file has a row each.
 */
struct served {
	int64_t contact; /* of the kind service_contact */
	int64_t person;
	const char *day;
	const char *visit; /* the person's last that day, "K7-0412"; "": none */
};

/* Walks the contacts from a day to a day, both with it, of people who are in
 * the record, by day; the texts belong to the walk. */
typedef void served_visit(void *to, const struct served *served);
MUST_CHECK enum fault served_each(struct record *record, const char *first,
				  const char *last, served_visit *visit,
				  void *to);
