#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ask/field.h"
#include "base/memory.h"

/*
 * A list of choices as a lobby shows it: whole rows with a number, four to six
 * on a page, a plain "more" row when there are further ones, three signs at
 * once on the row that has the focus. One is picked, or several are ticked.
 */
struct choices;

#define CHOICES_MAX 512
#define CHOICES_PAGE 9 /* numbered rows on a page, at most */

struct choices_look {
	const struct language *language;
	const char *more;    /* "More" */
	int row_height;	     /* 1 to 3 cells */
	bool several;	     /* ticked, not picked */
	int columns;	     /* side by side; 1 for sentences */
};

/* count labels (borrowed until the next choices_set()); none is ticked. The
 * caller frees it. */
struct choices *choices_new(const struct choices_look *look);
void choices_free(struct choices *choices); /* NULL is fine; wipes */
DEFINE_SCOPED(struct choices, choices_free)

/* Puts rows in. languages[i] is a row's own language, where they differ. */
void choices_set(struct choices *choices, const char *const *labels,
		 const char *const *languages, size_t count);
void choices_tick(struct choices *choices, size_t row, bool ticked);
bool choices_ticked(const struct choices *choices, size_t row);
void choices_select(struct choices *choices, size_t row);
size_t choices_selected(const struct choices *choices);

void choices_set_row_height(struct choices *choices, int row_height);

/* Rows of cells that all of it would take. */
int choices_height(const struct choices *choices);
void choices_draw(struct choices *choices, struct canvas *canvas,
		  const struct field_area *area);

enum choices_event {
	CHOICES_IGNORED,
	CHOICES_MOVED,	 /* another row has the focus, or another page is up */
	CHOICES_TICKED,	 /* the selected row's tick changed */
	CHOICES_PICKED,	 /* the selected row was picked */
};

/* Keys: up, down, home, end, Enter, the digits, a touch, the wheel. */
enum choices_event choices_key(struct choices *choices,
			       const struct ui_event *event);
