#include "filing/makers.h"

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
