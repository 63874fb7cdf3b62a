#include "ui/choice_inside.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_ROWS 6 /* more is no longer taken in at a glance */

/* --- making --------------------------------------------------------------- */

static char *copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

enum fault choice_new(const struct choice_options *options,
		      const struct choice_row *rows, size_t count,
		      struct choice **out)
{
	struct choice *choice;

	assert(count > 0);
	if (count > CHOICE_MAX)
		return FAULT_LIMIT;
	choice = xcalloc(1, sizeof *choice);
	*choice = (struct choice){
		.language = xstrdup(options->language),
		.words = { [CONTROL_MORE] = copied(options->more),
			   [CONTROL_NEXT] = copied(options->next),
			   [CONTROL_EXTRA] = copied(options->extra) },
		.several = options->several,
		.row_height = choice_most(options->row_height, 1),
		.columns = choice_most(options->columns, 1),
		.page_rows =
		    options->page_rows > 0 ? options->page_rows : PAGE_ROWS,
		.rows = xcalloc(count, sizeof *choice->rows),
		.count = count,
		.starts = xcalloc(count + 1, sizeof *choice->starts),
		.lines = xcalloc(count, sizeof *choice->lines),
		.pages = 1,
		.spots = xcalloc(count + CONTROLS, sizeof *choice->spots),
	};
	choice->starts[1] = count;
	for (size_t i = 0; i < count; i++)
		choice->rows[i] = (struct choice_line){
			.label = xstrdup(rows[i].label),
			.language = copied(rows[i].language),
			.hides = rows[i].hides,
			.picture = rows[i].picture,
		};
	*out = choice;
	return FAULT_NONE;
}

void choice_free(struct choice *choice)
{
	if (!choice)
		return;
	for (size_t i = 0; i < choice->count; i++) {
		char_wipe(choice->rows[i].label);
		free(choice->rows[i].language);
	}
	for (int i = 0; i < CONTROLS; i++)
		free(choice->words[i]);
	explicit_bzero(choice->rows, choice->count * sizeof *choice->rows);
	free(choice->rows);
	free(choice->language);
	free(choice->lines);
	free(choice->starts);
	free(choice->spots);
	explicit_bzero(choice, sizeof *choice);
	free(choice);
}

size_t choice_selected(const struct choice *choice)
{
	return choice->selected;
}

void choice_select(struct choice *choice, size_t row)
{
	assert(row < choice->count);
	choice->selected = row;
	choice->on_control = false;
	choice->confirmed = false;
}

bool choice_checked(const struct choice *choice, size_t row)
{
	return choice->rows[row].checked;
}

void choice_check(struct choice *choice, size_t row, bool checked)
{
	assert(row < choice->count);
	choice->rows[row].checked = checked;
}

void choice_set_row_height(struct choice *choice, int row_height)
{
	choice->row_height = choice_most(row_height, 1);
}

void choice_set_columns(struct choice *choice, int columns)
{
	choice->columns = choice_most(columns, 1);
}

void choice_confirm(struct choice *choice, bool shown)
{
	choice->confirmed = shown && !choice->rows[choice->selected].hides;
}

struct choice_view choice_view(const struct choice *choice)
{
	return (struct choice_view){
		.first = choice_first_of_page(choice),
		.count = choice_page_count(choice),
		.focus = choice->on_control ? CHOICE_MAX : choice->selected,
		.more = choice_has_control(choice, CONTROL_MORE),
		.on_more =
		    choice->on_control && choice->control == CONTROL_MORE,
	};
}

struct choice_row choice_row(const struct choice *choice, size_t row)
{
	assert(row < choice->count);
	return (struct choice_row){
		.label = choice->rows[row].label,
		.language = choice->rows[row].language,
		.hides = choice->rows[row].hides,
	};
}

/* --- keys ----------------------------------------------------------------- */

static enum choice_event go_to_row(struct choice *choice, size_t row)
{
	choice_select(choice, row);
	return CHOICE_MOVED;
}

/* The next control in a direction from a place; CONTROLS when there is none.*/
static int control_from(const struct choice *choice, int from, int step)
{
	for (int i = from; i >= 0 && i < CONTROLS; i += step) {
		if (choice_has_control(choice, (enum choice_control)i))
			return i;
	}
	return CONTROLS;
}

static enum choice_event go_to_control(struct choice *choice, int control)
{
	if (control < CONTROLS) {
		choice->on_control = true;
		choice->control = (enum choice_control)control;
	}
	return CHOICE_MOVED;
}

static size_t last_of_page(const struct choice *choice)
{
	return choice_first_of_page(choice) + choice_page_count(choice) - 1;
}

/* The column that the selected row is in. */
static size_t column_now(const struct choice *choice)
{
	return (choice->selected - choice_first_of_page(choice)) %
	       (size_t)choice->columns;
}

/* The last row of a column of the page. */
static size_t column_end(const struct choice *choice, size_t column)
{
	size_t at = choice_first_of_page(choice) + column;

	while (at + (size_t)choice->columns <= last_of_page(choice))
		at += (size_t)choice->columns;
	return at;
}

/* Among the controls first, then to the rows, a column after another: up and
 * down alone lead everywhere. */
static enum choice_event move_up(struct choice *choice, size_t by)
{
	size_t first = choice_first_of_page(choice);

	if (choice->on_control) {
		int before = control_from(choice, (int)choice->control - 1, -1);

		return before < CONTROLS
			   ? go_to_control(choice, before)
			   : go_to_row(choice, last_of_page(choice));
	}
	if (choice->selected >= first + by)
		return go_to_row(choice, choice->selected - by);
	if (by > 1 && column_now(choice))
		return go_to_row(choice,
				 column_end(choice, column_now(choice) - 1));
	return first ? go_to_row(choice, first - 1) : CHOICE_MOVED;
}

static enum choice_event move_down(struct choice *choice, size_t by)
{
	size_t next;

	if (choice->on_control)
		return go_to_control(
		    choice, control_from(choice, (int)choice->control + 1, 1));
	if (choice->selected + by <= last_of_page(choice))
		return go_to_row(choice, choice->selected + by);
	next = choice_first_of_page(choice) + column_now(choice) + 1;
	if (column_now(choice) + 1 < by && next <= last_of_page(choice))
		return go_to_row(choice, next);
	return go_to_control(choice, control_from(choice, 0, 1));
}

/* From the last page on to the first again. */
static enum choice_event turn_page(struct choice *choice, bool back)
{
	size_t page = choice_page_of(choice, choice->selected);

	page = back ? (page ? page - 1 : choice->pages - 1)
		    : (page + 1) % choice->pages;
	return go_to_row(choice, choice->starts[page]);
}

static enum choice_event move_aside(struct choice *choice, bool back)
{
	if (choice->columns == 1 && !choice->on_control)
		return CHOICE_IGNORED;
	if (choice->on_control)
		return back ? move_up(choice, 1) : move_down(choice, 1);
	if (back)
		return choice->selected
			   ? go_to_row(choice, choice->selected - 1)
			   : CHOICE_MOVED;
	return choice->selected + 1 < choice->count
		   ? go_to_row(choice, choice->selected + 1)
		   : CHOICE_MOVED;
}

static enum choice_event press_row(struct choice *choice, size_t row)
{
	choice_select(choice, row);
	if (!choice->several)
		return CHOICE_PICKED;
	choice->rows[row].checked = !choice->rows[row].checked;
	return CHOICE_CHECKED;
}

static enum choice_event press_control(struct choice *choice,
				       enum choice_control control)
{
	switch (control) {
	case CONTROL_MORE:
		return turn_page(choice, false);
	case CONTROL_NEXT:
		return CHOICE_NEXT;
	default:
		return CHOICE_EXTRA;
	}
}

static enum choice_event press(struct choice *choice)
{
	return choice->on_control ? press_control(choice, choice->control)
				  : press_row(choice, choice->selected);
}

static enum choice_event type(struct choice *choice, uint32_t character)
{
	size_t number = character - '0';

	if (character == ' ')
		return press(choice);
	if (character == '0' && choice->pages > 1)
		return turn_page(choice, false);
	if (character < '1' || character > '9' ||
	    number > choice_page_count(choice))
		return CHOICE_IGNORED;
	return press_row(choice, choice_first_of_page(choice) + number - 1);
}

static enum choice_event touch(struct choice *choice,
			       const struct ui_event *event)
{
	for (size_t i = 0; i < choice->spot_count; i++) {
		const struct choice_spot *spot = &choice->spots[i];

		if (!canvas_area_holds(&spot->on_screen, event->y, event->x))
			continue;
		return spot->row < choice->count
			   ? press_row(choice, spot->row)
			   : press_control(choice, spot->control);
	}
	return CHOICE_IGNORED;
}

enum choice_event choice_key(struct choice *choice,
			     const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return move_up(choice, (size_t)choice->columns);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return move_down(choice, (size_t)choice->columns);
	case UI_KEY_LEFT:
	case UI_KEY_RIGHT:
		return move_aside(choice, (event->key == UI_KEY_LEFT) !=
					      choice->mirrored);
	case UI_KEY_PAGE_UP:
	case UI_KEY_PAGE_DOWN:
		return choice->pages > 1
			   ? turn_page(choice, event->key == UI_KEY_PAGE_UP)
			   : CHOICE_IGNORED;
	case UI_KEY_HOME:
		return go_to_row(choice, 0);
	case UI_KEY_END:
		return go_to_row(choice, choice->count - 1);
	case UI_KEY_ENTER:
		return press(choice);
	case UI_KEY_TEXT:
		return type(choice, event->character);
	case UI_KEY_POINT:
		return touch(choice, event);
	default:
		return CHOICE_IGNORED;
	}
}
