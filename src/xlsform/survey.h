#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "xlsform/sheet.h"
#include "xlsform/table.h"
#include "xlsform/type.h"

/*
 * The survey sheet as a tree: groups and repeats hold what lies between their
 * begin and end rows. Each item that has a node knows its path.
 */
struct item {
	struct item *parent; /* NULL for the root */
	struct item *first, *last, *next;
	const struct sheet_row *row; /* NULL for the root */
	struct type_cell is;
	char *name; /* NULL: a flat group without a name */
	char *path; /* "/data/D7/D7_age"; a flat group has that of its parent */
	bool flat;
	bool triggered; /* the trigger cell says something */
};

struct survey {
	const struct sheet *sheet;
	struct table_rows rows; /* what the items are made of */
	struct item *root;      /* its name is that of the instance's root */
	struct item **all; /* every item in sheet order, without the root */
	size_t count;
};

#define SURVEY_DEPTH_LIMIT 50 /* groups within groups */
#define SURVEY_NAME_LIMIT 200 /* bytes */

/*
 * root_name is the element below the instance ("data"); flat makes every group
 * flat. Release with survey_done() whatever findings says.
 */
void survey_read(const struct sheet *sheet, const char *root_name, bool flat,
		 struct findings *findings, struct survey *survey);
void survey_done(struct survey *survey);

bool item_is_group(const struct item *item);
bool item_is_repeat(const struct item *item);
/* A group or repeat that has a node, or the root. */
bool item_is_section(const struct item *item);

/* The innermost repeat around item, itself not counted; NULL if none. */
const struct item *item_repeat(const struct item *item);
/* The next section up that has a node: what the path goes through. */
const struct item *item_section(const struct item *item);

/* How many questions have this name; *found is the first. */
size_t survey_find(const struct survey *survey, const char *name, size_t length,
		   const struct item **found);
/* The item of a path; NULL if it is none of the sheet's. */
const struct item *survey_at(const struct survey *survey, const char *path);

const char *item_cell(const struct survey *survey, const struct item *item,
		      const char *key);
struct finding_place item_place(const struct survey *survey,
				const struct item *item, const char *key);

/* In a flat field-list group and not the first question there: see xlsform.h.*/
bool item_same_screen(const struct survey *survey, const struct item *item);
