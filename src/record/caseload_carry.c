#include <stdlib.h>
#include <string.h>

#include "record/caseload_inside.h"

/* A row that both sides have, whichever engines they are. */

void carried_done(struct carried *row)
{
	for (size_t i = 0; row->values && i < strlen(row->types); i++)
		char_wipe(row->values[i]);
	free(row->values);
	row->values = NULL;
}

enum fault carried_read(struct record *record, const char *sql,
			const char *types, int64_t id, struct carried *row)
{
	const size_t count = strlen(types);
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool found = false;

	*row = (struct carried){ .types = types };
	if (fault)
		return fault;
	store_bind(ask, 1, id);
	if (!(fault = statement_row(record, ask, &found)) && found) {
		row->values = xcalloc(count, sizeof *row->values);
		for (size_t i = 0; i < count; i++) {
			const char *text = store_text(ask, (int)i);

			row->values[i] = text ? xstrdup(text) : NULL;
		}
	}
	statement_give_back(record, ask);
	return fault;
}

bool carried_differs(const struct carried *one, const struct carried *other)
{
	bool differs = !one->values != !other->values;

	for (size_t i = 0; one->values && other->values && one->types[i]; i++)
		differs |= entity_differs(one->values[i], other->values[i]);
	return differs;
}

/* What the statement has no parameter for is none of its. */
static void bind_carried(struct store_ask *ask, int64_t id,
			 const struct carried *row)
{
	const int count = store_parameters(ask);

	store_bind(ask, 1, id);
	for (int i = 0; row->types[i] && i + 2 <= count; i++) {
		const char *value = row->values[i];

		if (row->types[i] == 'i' && value)
			store_bind(ask, i + 2, strtoll(value, NULL, 10));
		else
			store_bind_text(ask, i + 2, value);
	}
}

enum fault carried_write(struct record *record, const char *sql, int64_t id,
			 const struct carried *row, int64_t *made)
{
	struct store_ask *ask;
	enum fault fault = FAULT_NONE;
	bool more = row->values != NULL;

	if (!more || (fault = statement_take(record, sql, &ask)))
		return fault;
	bind_carried(ask, id, row);
	while (!(fault = statement_row(record, ask, &more)) && more) {
		if (made)
			*made = store_number(ask, 0);
	}
	statement_give_back(record, ask);
	return fault;
}
