#include "ui/date.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "text/digits.h"
#include "ui/spin.h"

enum column { DAY, MONTH, YEAR, COLUMNS, TITLE = COLUMNS, PLACES };

#define DAYS_MOST 31    /* of a month; in Bikram Sambat 32 */
#define YEAR_TYPED 9999 /* the most that digits can make */

static_assert((int)DATE_FROM_DAY == DAY && (int)DATE_FROM_MONTH == MONTH &&
		  (int)DATE_FROM_YEAR == YEAR && DATE_COLUMNS == COLUMNS,
	      "the columns from which a date can be given");

static const int widths[COLUMNS] = { 8, 18, 10 };

#define GAP 2
static_assert(DATE_CELLS == 8 + 18 + 10 + 2 * GAP, "columns and gaps");

struct date {
	char *language;
	char *title, *change;
	char *names[COLUMNS];
	struct digits digits;
	enum calendar calendar;
	int start_year, first_year, last_year; /* Gregorian */
	int parts[COLUMNS];                    /* 0: blank */
	enum column first, focus;
	bool typing; /* the next digit goes behind those that are there */
	bool mirrored;
	struct spin spins[COLUMNS];
	struct canvas_area heading; /* on the screen when last drawn */
};

struct date *date_new(const struct date_options *options)
{
	struct date *date = xcalloc(1, sizeof *date);

	date->language = xstrdup(options->language);
	date->title = xstrdup(options->title);
	date->change = options->change ? xstrdup(options->change) : NULL;
	for (int i = 0; i < COLUMNS; i++)
		date->names[i] = xstrdup(options->names[i]);
	date->digits = digits_of(options->language);
	date->calendar = options->calendar;
	date->first = date->focus = (enum column)options->from;
	date->start_year = options->start_year;
	date->first_year = options->first_year;
	date->last_year = options->last_year;
	return date;
}

void date_free(struct date *date)
{
	if (!date)
		return;
	free(date->language);
	free(date->title);
	free(date->change);
	for (int i = 0; i < COLUMNS; i++)
		free(date->names[i]);
	explicit_bzero(date, sizeof *date);
	free(date);
}

struct calendar_date date_parts(const struct date *date)
{
	return (struct calendar_date){
		.year = date->parts[YEAR],
		.month = date->parts[MONTH],
		.day = date->parts[DAY],
	};
}

bool date_focuses(const struct date *date, enum date_from column)
{
	return date->focus == (enum column)column;
}

enum calendar date_calendar(const struct date *date)
{
	return date->calendar;
}

void date_set(struct date *date, enum calendar calendar,
	      struct calendar_date parts)
{
	date->calendar = calendar;
	date->parts[YEAR] = parts.year;
	date->parts[MONTH] = date->first > MONTH ? 0 : parts.month;
	date->parts[DAY] = date->first > DAY ? 0 : parts.day;
	date->typing = false;
}

bool date_iso(const struct date *date, struct calendar_date *out)
{
	struct calendar_date parts = date_parts(date), iso;

	if (date->first > DAY)
		parts.day = 1;
	if (date->first > MONTH)
		parts.month = 1;
	if (!parts.year || !parts.month || !parts.day ||
	    !calendar_to_iso(date->calendar, parts, &iso) ||
	    iso.year < date->first_year || iso.year > date->last_year)
		return false;
	*out = iso;
	return true;
}

/* --- ranges --------------------------------------------------------------- */

/* The year in the calendar shown that a Gregorian one begins in. */
static int year_here(const struct date *date, int gregorian)
{
	struct calendar_years years = calendar_years(date->calendar);
	struct calendar_date here, iso = { gregorian, 1, 1 };

	if (calendar_from_iso(date->calendar, iso, &here))
		return here.year;
	return gregorian < date->start_year ? years.first : years.last;
}

static int longest_month(const struct date *date)
{
	return DAYS_MOST + (date->calendar == CALENDAR_BIKRAM_SAMBAT);
}

/* The most days that the month can have, as far as it is known. */
static int days_most(const struct date *date)
{
	int year = date->parts[YEAR], month = date->parts[MONTH], most = 0;
	int first = year ? year : year_here(date, date->start_year);

	if (!month)
		return longest_month(date);
	/* Without a year, a leap year may be meant. */
	for (int i = 0; i < (year ? 1 : 8); i++) {
		int days = calendar_days(date->calendar, first + i, month);

		most = days > most ? days : most;
	}
	return most ? most : longest_month(date);
}

struct range {
	int first, last, start;
};

static struct range range_of(const struct date *date, enum column column)
{
	int first;

	switch (column) {
	case DAY:
		return (struct range){ 1, days_most(date), 1 };
	case MONTH:
		return (struct range){ 1, calendar_months(date->calendar), 1 };
	default:
		first = year_here(date, date->first_year);
		return (struct range){ first < 1 ? 1 : first,
				       year_here(date, date->last_year + 1),
				       year_here(date, date->start_year) };
	}
}

bool date_has_year(const struct date *date)
{
	struct range range = range_of(date, YEAR);

	return date->parts[YEAR] >= range.first &&
	       date->parts[YEAR] <= range.last;
}

/* --- keys ----------------------------------------------------------------- */

static enum date_event put(struct date *date, enum column column, int value)
{
	date->parts[column] = value;
	return DATE_CHANGED;
}

/* Days and months go round; years end. */
static enum date_event step(struct date *date, enum column column, int by)
{
	struct range range = range_of(date, column);
	int value = date->parts[column] + by;

	date->typing = false;
	if (!date->parts[column])
		return put(date, column, range.start);
	if (value > range.last)
		value = column == YEAR ? range.last : range.first;
	if (value < range.first)
		value = column == YEAR ? range.first : range.last;
	return put(date, column, value);
}

static enum date_event focus_on(struct date *date, enum column column)
{
	date->focus = column;
	date->typing = false;
	return DATE_MOVED;
}

void date_show(struct date *date, enum calendar calendar, const char *title)
{
	struct calendar_date iso, parts = { 0 };

	if (calendar == date->calendar)
		parts = date_parts(date);
	else if (date->first > DAY || !date_iso(date, &iso) ||
		 !calendar_from_iso(calendar, iso, &parts))
		parts = (struct calendar_date){ 0 };
	free(date->title);
	date->title = xstrdup(title);
	date->focus = date->first;
	date_set(date, calendar, parts);
}

static bool can_change(const struct date *date)
{
	return date->change != NULL;
}

/* The title is before the day: it decides what the rest means. */
static enum date_event move(struct date *date, bool back)
{
	if (date->focus == TITLE)
		return back ? DATE_IGNORED : focus_on(date, date->first);
	if (back && date->focus == date->first)
		return can_change(date) ? focus_on(date, TITLE) : DATE_IGNORED;
	if (!back && date->focus == YEAR)
		return DATE_IGNORED;
	return focus_on(date,
			(enum column)((int)date->focus + (back ? -1 : 1)));
}

static enum date_event enter(struct date *date)
{
	if (date->focus == TITLE)
		return DATE_ASKS_CALENDAR;
	return date->focus == YEAR
		   ? DATE_ENTERED
		   : focus_on(date, (enum column)((int)date->focus + 1));
}

static enum date_event up_or_down(struct date *date, int by)
{
	if (date->focus != TITLE)
		return step(date, date->focus, by);
	return by < 0 ? focus_on(date, date->first) : DATE_IGNORED;
}

static enum date_event type(struct date *date, uint32_t character)
{
	const int most[COLUMNS] = { longest_month(date), 13, YEAR_TYPED };
	int digit = digits_value(character), value;

	if (date->focus == TITLE || digit < 0)
		return DATE_IGNORED;
	value = date->typing ? date->parts[date->focus] * 10 + digit : digit;
	if (value > most[date->focus])
		value = digit;
	date->typing = true;
	return put(date, date->focus, value);
}

static enum date_event erase(struct date *date)
{
	if (date->focus == TITLE)
		return DATE_IGNORED;
	date->typing = date->focus != MONTH;
	return put(date, date->focus,
		   date->focus == MONTH ? 0 : date->parts[date->focus] / 10);
}

static enum date_event touch(struct date *date, const struct ui_event *event)
{
	int y = event->y, x = event->x;

	if (can_change(date) && canvas_area_holds(&date->heading, y, x))
		return DATE_ASKS_CALENDAR;
	for (int i = date->first; i < COLUMNS; i++) {
		enum spin_touch touched = spin_touched(&date->spins[i], event);

		if (touched == SPIN_MISSED)
			continue;
		focus_on(date, (enum column)i);
		return touched == SPIN_ITSELF
			   ? DATE_MOVED
			   : step(date, (enum column)i,
				  touched == SPIN_MORE ? 1 : -1);
	}
	return DATE_IGNORED;
}

enum date_event date_key(struct date *date, const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return up_or_down(date, 1);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return up_or_down(date, -1);
	case UI_KEY_LEFT:
	case UI_KEY_RIGHT:
		return move(date,
			    (event->key == UI_KEY_LEFT) != date->mirrored);
	case UI_KEY_TAB:
		return move(date, event->character == 1);
	case UI_KEY_ENTER:
		return enter(date);
	case UI_KEY_TEXT:
		return type(date, event->character);
	case UI_KEY_BACKSPACE:
	case UI_KEY_DELETE:
		return erase(date);
	case UI_KEY_POINT:
		return touch(date, event);
	default:
		return DATE_IGNORED;
	}
}

/* --- drawing -------------------------------------------------------------- */

static void draw_title(struct date *date, struct canvas *canvas,
		       const struct canvas_area *area, bool focused)
{
	bool focus = focused && date->focus == TITLE;
	SCOPED(char_freep)
	char *title = can_change(date)
			  ? xasprintf("%s  ⇄ %s", date->title, date->change)
			  : xstrdup(date->title);

	if (focus)
		canvas_fill(canvas, area->y, area->x, 1, area->w, CANVAS_FOCUS);
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = area->h,
				.w = area->w,
				.text = title,
				.language = date->language,
				.style = focus ? CANVAS_BOLD : CANVAS_PLAIN,
				.colour = focus ? CANVAS_FOCUS : CANVAS_QUIET,
				.caret = -1,
			    });
	date->heading = canvas_on_screen(canvas, *area);
}

static char *shown(const struct date *date, enum column column)
{
	int value = date->parts[column];

	if (!value)
		return xstrdup(date->names[column]);
	return column == MONTH && value <= calendar_months(date->calendar)
		   ? xstrdup(calendar_month_name(date->calendar, date->language,
						 value, CALENDAR_FULL))
		   : digits_number(&date->digits, value);
}

static void draw_column(struct date *date, struct canvas *canvas,
			struct canvas_area area, enum column column,
			bool focused)
{
	SCOPED(char_freep) char *text = shown(date, column);

	spin_draw(&date->spins[column], canvas, area,
		  &(struct spin_look){
		      .text = text,
		      .language = date->language,
		      .focused = focused && date->focus == column,
		      .blank = !date->parts[column],
		  });
}

/* Cells have no middle in two rows: one stays blank. */
int date_above(const struct canvas *canvas, int h)
{
	return (h > 1) + (h == DATE_ROWS && !canvas_has_plates(canvas));
}

void date_draw(struct date *date, struct canvas *canvas,
	       struct canvas_area area, bool focused)
{
	bool title = area.h > 1;
	int above = date_above(canvas, area.h);
	int spare = area.w < DATE_CELLS ? DATE_CELLS - area.w : 0, x = area.x;

	date->mirrored = canvas_mirrored(canvas);
	memset(date->spins, 0, sizeof date->spins);
	if (title)
		draw_title(date, canvas,
			   &(struct canvas_area){ area.y, area.x, 1, area.w },
			   focused);
	for (int i = date->first; i < COLUMNS; i++) {
		int w = widths[i] - (i == MONTH ? spare : 0);

		if (w < 1)
			continue;
		draw_column(date, canvas,
			    (struct canvas_area){ area.y + above, x,
						  area.h - above, w },
			    (enum column)i, focused);
		x += w + GAP;
	}
}
