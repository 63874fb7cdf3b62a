#include "filing/makers.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct makers {
	struct maker *rows;
	size_t count;
};

struct makers *makers_new(void)
{
	return xcalloc(1, sizeof(struct makers));
}

void makers_free(struct makers *makers)
{
	if (!makers)
		return;
	free(makers->rows);
	free(makers);
}

static void add(void *to, const struct enrolled *enrolled)
{
	struct makers *makers = to;
	struct maker *maker;

	makers->rows = xreallocarray(makers->rows, makers->count + 1,
				     sizeof *makers->rows);
	maker = &makers->rows[makers->count++];
	*maker = (struct maker){
		.id = key_id(KEY_KIOSK, enrolled->key),
		.revoked = enrolled->revoked,
		.last_good = enrolled->last_good,
	};
	memcpy(maker->key, enrolled->key, sizeof maker->key);
	strncpy(maker->name, enrolled->name, sizeof maker->name - 1);
	strncpy(maker->zone, enrolled->zone, sizeof maker->zone - 1);
}

enum fault makers_read(struct makers *makers, struct record *record)
{
	struct makers read = { 0 };
	enum fault fault = enrolled_each(record, add, &read);

	if (fault) {
		free(read.rows);
		return fault;
	}
	free(makers->rows);
	*makers = read;
	return FAULT_NONE;
}

/* --- remembered ----------------------------------------------------------- */

/* "413 K7 America/Toronto" by a key of 64 hex digits: the last number of a
 * revoked one, which may be 0, or - for one that is not. */
static void recall_one(void *to, const char *name, const char *value)
{
	struct enrolled enrolled = { 0 };
	char last[16], called[ENROLLED_NAME_LIMIT + 1];
	char zone[VISIT_ZONE_LIMIT + 1] = "";
	size_t length;

	static_assert(ENROLLED_NAME_LIMIT == 24 && VISIT_ZONE_LIMIT == 63,
		      "as the line below has them");
	if (sscanf(value, "%15s %24s %63s", last, called, zone) < 2 ||
	    sodium_hex2bin(enrolled.key, sizeof enrolled.key, name,
			   strlen(name), NULL, &length, NULL) ||
	    length != sizeof enrolled.key)
		return;
	enrolled.revoked = strcmp(last, "-") != 0;
	enrolled.last_good = (uint32_t)strtoul(last, NULL, 10);
	enrolled.name = called;
	enrolled.zone = zone;
	add(to, &enrolled);
}

void makers_recall(struct makers *makers, const struct settings *settings)
{
	settings_each(settings, MAKERS_SECTION, recall_one, makers);
}

void makers_write(const struct makers *makers, struct bytes *out)
{
	for (size_t i = 0; i < makers->count; i++) {
		const struct maker *maker = &makers->rows[i];

		for (size_t n = 0; n < sizeof maker->key; n++)
			bytes_add_format(out, "%02x", maker->key[n]);
		if (maker->revoked)
			bytes_add_format(out, " = %u", maker->last_good);
		else
			bytes_add_format(out, " = -");
		bytes_add_format(out, " %s %s\n", maker->name, maker->zone);
	}
}

enum maker_found makers_find(const struct makers *makers,
			     const struct wire *wire, uint16_t id,
			     struct maker *maker)
{
	enum maker_found found = MAKER_UNKNOWN;

	for (size_t i = 0; i < makers->count; i++) {
		if (makers->rows[i].id != id)
			continue;
		found = MAKER_FORGED;
		if (wire_genuine(wire->bytes, wire->length,
				 makers->rows[i].key)) {
			*maker = makers->rows[i];
			return MAKER_FOUND;
		}
	}
	return found;
}
