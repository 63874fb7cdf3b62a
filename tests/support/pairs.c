#include "tests/support/pairs.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/test.h"
#include "text/alike.h"

struct pair *pairs;
size_t pair_count;
static size_t cell_count;

static void take_cell(void *text, size_t length, void *to)
{
	(void)to;
	assert_true(cell_count < PAIR_COLUMNS);
	pairs[pair_count].cell[cell_count++] = xstrndup(text, length);
}

static void take_row(int end, void *to)
{
	(void)end;
	(void)to;
	assert_int_equal(cell_count, PAIR_COLUMNS);
	cell_count = 0;
	pair_count++;
	pairs = xreallocarray(pairs, pair_count + 1, sizeof *pairs);
}

/* The headings go. */
static void drop_first(void)
{
	for (size_t k = 0; k < PAIR_COLUMNS; k++)
		free(pairs[0].cell[k]);
	memmove(pairs, pairs + 1, --pair_count * sizeof *pairs);
}

int pairs_read(void **state)
{
	SCOPED(char_freep)
	char *path =
	    xasprintf("%s/tests/data/match/pairs.csv", getenv("FOYER_SOURCE"));
	FILE *file = fopen(path, "r");
	struct csv_parser parser;
	char bytes[4096];
	size_t got;

	(void)state;
	assert_non_null(file);
	pairs = xcalloc(1, sizeof *pairs);
	csv_init(&parser, CSV_STRICT);
	while ((got = fread(bytes, 1, sizeof bytes, file)))
		csv_parse(&parser, bytes, got, take_cell, take_row, NULL);
	csv_fini(&parser, take_cell, take_row, NULL);
	csv_free(&parser);
	fclose(file);
	drop_first();
	return 0;
}

int pairs_forget(void **state)
{
	(void)state;
	for (size_t i = 0; i < pair_count; i++) {
		for (size_t k = 0; k < PAIR_COLUMNS; k++)
			free(pairs[i].cell[k]);
	}
	free(pairs);
	pairs = NULL;
	pair_count = 0;
	return 0;
}

void described_read(struct described *out, char *const cell[5])
{
	SCOPED(char_freep) char *names = xstrdup(cell[0]);
	char *rest = names, *name, *to;

	*out = (struct described){ 0 };
	while ((name = strsep(&rest, "/")) && out->name_count < 4) {
		out->name[out->name_count] = xstrdup(name);
		out->form[out->name_count] = alike_form(name);
		out->forms[out->name_count] = out->form[out->name_count];
		out->name_count++;
	}
	out->birth = xstrdup(cell[1]);
	out->contact = match_contact(cell[2]);
	out->contacts[0] = out->contact;
	out->households[0] = cell[3];
	if ((to = strchr(out->birth, '*'))) {
		*to = '\0';
		out->person.birth_default = true;
	}
	out->person.birth_from = out->person.birth_to = out->birth;
	if ((to = strstr(out->birth, ".."))) {
		*to = '\0';
		out->person.birth_to = to + 2;
	}
	out->person.names = (struct match_texts){ out->forms, out->name_count };
	out->person.contacts = (struct match_texts){ out->contacts, 1 };
	out->person.households = (struct match_texts){ out->households, 1 };
	out->person.gender = cell[4];
}

void described_done(struct described *described)
{
	for (size_t i = 0; i < described->name_count; i++) {
		free(described->form[i]);
		free(described->name[i]);
	}
	free(described->contact);
	free(described->birth);
}
