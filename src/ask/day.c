#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/calendars.h"
#include "ask/field.h"
#include "ask/spoken.h"
#include "ui/choice.h"
#include "ui/date.h"
#include "ui/daytime.h"

/*
 * A date in three columns, or a year alone; beside it the time of day, where
 * the form wants both. Where people who read this
 * language have a calendar of their own, they first pick which one it is;
 * none is presumed, and nothing is preset. The run gets an ISO date once all
 * three parts are there, the year as it was given, and the calendar beside it
 * where the form asks for it.
 */
#define START_YEAR 2000
#define FIRST_YEAR 1895
#define LAST_YEAR 2100

struct day {
	struct date *date;
	struct choice *list; /* of calendars */
	struct calendars calendars;
	struct daytime daytime;
	bool choosing; /* the list is shown, not the columns */
	bool known;    /* a calendar was picked, or needs no picking */
	bool timing;   /* the time of day has the focus */
};

static bool is_year(const struct field *field)
{
	return node_type(field->node) == TYPE_INT;
}

static bool has_time(const struct field *field)
{
	return node_type(field->node) == TYPE_DATETIME;
}

static const char *title_of(const struct day *day, enum calendar calendar)
{
	for (size_t i = 0; i < day->calendars.count; i++) {
		if (day->calendars.list[i] == calendar)
			return day->calendars.title[i];
	}
	return day->calendars.title[0];
}

static enum fault make_list(struct field *field, struct day *day)
{
	SCOPED(char_freep)
	char *more = catalogue_word(field->look->words, "kiosk.more");
	struct choice_row rows[CALENDAR_COUNT] = { 0 };

	for (size_t i = 0; i < day->calendars.count; i++)
		rows[i].label = day->calendars.title[i];
	return choice_new(
	    &(struct choice_options){
		.language = field->look->language->tag,
		.more = more,
		.row_height = ask_rows(field->look->text_size),
	    },
	    rows, day->calendars.count, &day->list);
}

/* What the columns are called. */
static const char *const names[DATE_COLUMNS] = {
	[DATE_FROM_DAY] = "kiosk.day",
	[DATE_FROM_MONTH] = "kiosk.month",
	[DATE_FROM_YEAR] = "kiosk.year",
};

static char *word_of(const struct field *field, enum date_from column)
{
	return catalogue_word(field->look->words, names[column]);
}

static void make_date(struct field *field, struct day *day,
		      enum calendar calendar)
{
	SCOPED(char_freep)
	char *change =
	    catalogue_word(field->look->words, "kiosk.change_calendar");

	SCOPED(char_freep) char *in_month = word_of(field, DATE_FROM_DAY);
	SCOPED(char_freep) char *month = word_of(field, DATE_FROM_MONTH);
	SCOPED(char_freep) char *year = word_of(field, DATE_FROM_YEAR);

	day->date = date_new(&(struct date_options){
	    .language = field->look->language->tag,
	    .calendar = calendar,
	    .title = title_of(day, calendar),
	    .change = day->calendars.count > 1 ? change : NULL,
	    .names = { in_month, month, year },
	    .from = calendars_from(field->node),
	    .start_year = START_YEAR,
	    .first_year = FIRST_YEAR,
	    .last_year = LAST_YEAR,
	});
}

/* The answer that the run has, in the calendar in which it was given. */
static void show_answer(struct field *field, struct day *day,
			enum calendar calendar)
{
	const char *value = node_value(field->node);
	const char *time = strchr(value, 'T');
	struct calendar_date iso, parts = { 0 };

	if (field_comes_back_blank(field) || !value[0])
		return;
	if (time)
		(void)daytime_read(&day->daytime, time + 1);
	if (is_year(field))
		parts.year = atoi(value);
	else if (sscanf(value, "%d-%d-%d", &iso.year, &iso.month, &iso.day) !=
		     3 ||
		 !calendar_from_iso(calendar, iso, &parts))
		return;
	date_set(day->date, calendar, parts);
	day->known = true;
}

static enum fault enter(struct field *field)
{
	struct day *day = xcalloc(1, sizeof *day);
	enum calendar calendar = CALENDAR_GREGORIAN;

	field->state = day;
	daytime_init(&day->daytime);
	calendars_offered(field->node, field->look->language, &day->calendars);
	day->known = calendars_given(field->node, &calendar) ||
		     !calendars_has_own(&day->calendars, field->look->language);
	if (day->calendars.count == 1)
		calendar = day->calendars.list[0];
	make_date(field, day, calendar);
	show_answer(field, day, calendar);
	day->choosing = !day->known && day->calendars.count > 1;
	return make_list(field, day);
}

/* Staff and papers have the Gregorian one: small, where another is given. */
static void draw_gregorian(const struct field *field, struct canvas *canvas,
			   const struct canvas_area *area)
{
	const struct day *day = field->state;
	struct calendar_date iso;
	struct canvas_text shown;
	char text[32];

	if (is_year(field) || !date_iso(day->date, &iso))
		return;
	snprintf(text, sizeof text, "= %04d-%02d-%02d", iso.year % 10000,
		 iso.month % 100, iso.day % 100);
	shown = canvas_text_in(area, text, "en");
	shown.colour = CANVAS_QUIET;
	canvas_text(canvas, &shown);
}

#define APART 4 /* cells between date and time, where there is room */

/* The time of day stands behind the date's columns; what is left of box is the
 * date's. */
static void draw_time(struct field *field, struct canvas *canvas,
		      struct canvas_area *box, bool focused)
{
	struct day *day = field->state;
	int above = date_above(canvas, box->h), room = box->w - DAYTIME_CELLS;
	struct canvas_area time = { box->y + above, box->x, box->h - above,
				    DAYTIME_CELLS };

	box->w = room - APART < DATE_CELLS ? room - 1 : DATE_CELLS;
	time.x += room - APART < DATE_CELLS ? room : DATE_CELLS + APART;
	daytime_draw(&day->daytime, canvas, time, field->look->language->tag,
		     focused && day->timing);
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	int wanted = canvas_has_plates(canvas) ? DATE_PLATE_ROWS : DATE_ROWS;
	struct day *day = field->state;
	struct canvas_area box = *area, small = *area;

	if (day->choosing) {
		choice_set_row_height(day->list,
				      ask_rows(field->look->text_size));
		choice_draw(day->list, canvas, *area);
		return;
	}
	small.h = date_calendar(day->date) != CALENDAR_GREGORIAN &&
		  area->h > DATE_LEAST;
	box.h = area->h - small.h;
	box.h = box.h < wanted ? box.h : wanted;
	if (has_time(field))
		draw_time(field, canvas, &box, focused);
	date_draw(day->date, canvas, box, focused && !day->timing);
	small.y += box.h;
	if (small.h)
		draw_gregorian(field, canvas, &small);
}

/* --- telling the run ------------------------------------------------------
 */

static bool is_blank(const struct day *day)
{
	struct calendar_date parts = date_parts(day->date);

	return !parts.day && !parts.month && !parts.year &&
	       daytime_is_blank(&day->daytime);
}

/* The calendar, where the form asks for it beside the date. */
static void tell_calendar(struct field *field)
{
	struct day *day = field->state;
	const char *name = calendar_name(date_calendar(day->date));
	struct node *node = calendars_beside(field->node);

	/* One that the form does not know stays unanswered. */
	if (node)
		(void)field_tell_run(field->run, node, name);
}

#define PUT 64 /* bytes of a value */

/* "" while it is not whole. */
static void put_value(const struct field *field, char text[static PUT])
{
	const struct day *day = field->state;
	bool timed = has_time(field);
	struct calendar_date iso;

	text[0] = 0;
	if (is_year(field) && date_has_year(day->date))
		snprintf(text, PUT, "%d", date_parts(day->date).year);
	if (is_year(field) || !date_iso(day->date, &iso) ||
	    (timed && !daytime_is_whole(&day->daytime)))
		return;

	SCOPED(char_wipep) char *time = daytime_text(&day->daytime);

	snprintf(text, PUT, "%04d-%02d-%02d%s%s", iso.year, iso.month, iso.day,
		 timed ? "T" : "", timed ? time : "");
}

/* While parts are missing the run has no answer. */
static enum fault tell(struct field *field, enum field_event *what)
{
	char text[PUT];

	*what = FIELD_CHANGED;
	put_value(field, text);
	if (!text[0] && field_comes_back_blank(field))
		return FAULT_NONE;
	/* The same day may be given in another calendar than before. */
	if (text[0])
		tell_calendar(field);
	if (strcmp(text, node_value(field->node)) == 0)
		return FAULT_NONE;
	return field_answer(field, text, what);
}

/* What is wrong with parts that make no answer. */
static const char *problem_of(const struct field *field)
{
	const struct day *day = field->state;
	struct calendar_date iso;

	if (is_year(field))
		return "kiosk.not_allowed";
	return date_iso(day->date, &iso) ? "kiosk.not_number"
					 : "kiosk.not_date";
}

/* A day that is begun and not whole, or that no calendar has, is not left
 * behind in silence. */
static enum fault commit(struct field *field, enum field_event *what)
{
	struct day *day = field->state;
	char text[PUT];

	*what = FIELD_CHANGED;
	if (!field->touched)
		return FAULT_NONE;
	put_value(field, text);
	if (text[0] || is_blank(day))
		return tell(field, what);
	field->problem = problem_of(field);
	*what = FIELD_WRONG;
	return FAULT_NONE;
}

static bool written(const struct field *field)
{
	return !is_blank(field->state);
}

/* --- keys -----------------------------------------------------------------
 */

static enum fault pick_calendar(struct field *field, enum field_event *what)
{
	struct day *day = field->state;
	size_t row = choice_selected(day->list);

	date_show(day->date, day->calendars.list[row],
		  day->calendars.title[row]);
	day->choosing = false;
	day->known = true;
	return tell(field, what);
}

static enum fault key_list(struct field *field, const struct ui_event *event,
			   enum field_event *what)
{
	struct day *day = field->state;

	*what = FIELD_IGNORED;
	switch (choice_key(day->list, event)) {
	case CHOICE_MOVED:
		*what = FIELD_CHANGED;
		return FAULT_NONE;
	case CHOICE_PICKED:
		return pick_calendar(field, what);
	default:
		return FAULT_NONE;
	}
}

static enum fault finish(struct field *field, enum field_event *what)
{
	enum fault fault = commit(field, what);

	if (!fault && *what == FIELD_CHANGED)
		*what = FIELD_PICKED;
	return fault;
}

static enum fault key_columns(struct field *field, const struct ui_event *event,
			      enum field_event *what)
{
	struct day *day = field->state;

	*what = FIELD_CHANGED;
	switch (date_key(day->date, event)) {
	case DATE_IGNORED:
		*what = FIELD_IGNORED;
		break;
	case DATE_MOVED:
		break;
	case DATE_CHANGED:
		return tell(field, what);
	case DATE_ENTERED:
		if (!has_time(field))
			return finish(field, what);
		day->timing = true;
		break;
	case DATE_ASKS_CALENDAR:
		day->choosing = true;
		break;
	}
	return FAULT_NONE;
}

/* A touch may be meant for the date. */
static enum fault key_time(struct field *field, const struct ui_event *event,
			   enum field_event *what)
{
	struct day *day = field->state;

	*what = FIELD_CHANGED;
	switch (daytime_key(&day->daytime, event)) {
	case DAYTIME_IGNORED:
		day->timing = event->key != UI_KEY_POINT;
		*what = FIELD_IGNORED;
		return day->timing ? FAULT_NONE
				   : key_columns(field, event, what);
	case DAYTIME_MOVED:
		break;
	case DAYTIME_CHANGED:
		return tell(field, what);
	case DAYTIME_ENTERED:
		return finish(field, what);
	}
	return FAULT_NONE;
}

/* Back goes a step back here too: to the part before, to the calendar, and
 * then out of the question. */
static enum field_event step_back(struct day *day)
{
	const struct ui_event back = { .key = UI_KEY_TAB, .character = 1 };

	if (day->choosing) {
		day->choosing = !day->known;
		return day->known ? FIELD_CHANGED : FIELD_IGNORED;
	}
	if (day->timing) {
		day->timing = daytime_back(&day->daytime);
		return FIELD_CHANGED;
	}
	return date_key(day->date, &back) == DATE_IGNORED ? FIELD_IGNORED
							  : FIELD_CHANGED;
}

/* Whether a touch falls on the time of day. */
static bool is_for_time(const struct field *field, const struct ui_event *event)
{
	const struct day *day = field->state;

	return has_time(field) && event->key == UI_KEY_POINT &&
	       daytime_is_touched(&day->daytime, event);
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct day *day = field->state;

	*what = FIELD_IGNORED;
	if (event->key == UI_KEY_LEFT || event->key == UI_KEY_RIGHT) {
		if (field_leads_back(field, event))
			*what = step_back(day);
		return FAULT_NONE;
	}
	if (event->key == UI_KEY_TAB)
		return FAULT_NONE;
	if (day->choosing)
		return key_list(field, event, what);
	day->timing |= is_for_time(field, event);
	return day->timing ? key_time(field, event, what)
			   : key_columns(field, event, what);
}

static void leave(struct field *field)
{
	struct day *day = field->state;

	if (!day)
		return;
	date_free(day->date);
	choice_free(day->list);
	calendars_done(&day->calendars);
	free(day);
	field->state = NULL;
}

/* --- aloud ------------------------------------------------------------------
 */

static char *said_part(const struct day *day, const char *language,
		       enum date_from column)
{
	struct calendar_date parts = date_parts(day->date);
	int number = column == DATE_FROM_DAY ? parts.day : parts.year;

	if (column == DATE_FROM_MONTH)
		return xstrdup(
		    parts.month ? calendar_month_name(date_calendar(day->date),
						      language, parts.month,
						      CALENDAR_FULL)
				: "");
	return number ? xasprintf("%d", number) : xstrdup("");
}

/* What belongs there, and what is: the one when the keys come to it, the other
 * when it changes. */
static void say_column(const struct field *field, enum date_from column,
		       struct prompts *out)
{
	const struct day *day = field->state;
	const char *language = field->look->language->tag;
	bool focused = !day->timing && date_focuses(day->date, column);
	SCOPED(char_freep) char *word = word_of(field, column);
	SCOPED(char_wipep) char *text = said_part(day, language, column);

	prompts_add(out, &(struct prompt){
			     .part = PROMPT_ROW,
			     .language = language,
			     .key = names[column],
			     .text = word,
			     .private = field_comes_back_blank(field),
			     .focused = focused,
			 });
	prompts_add(out, &(struct prompt){
			     .part = PROMPT_STATE,
			     .language = language,
			     .text = text,
			     .private = field_comes_back_blank(field),
			     .focused = focused,
			     .usual = !*text,
			 });
}

static void say_columns(const struct field *field, struct prompts *out)
{
	const struct day *day = field->state;
	const char *language = field->look->language->tag;
	enum calendar calendar = date_calendar(day->date);
	SCOPED(char_wipep) char *time = daytime_wall(&day->daytime);

	prompts_add(out, &(struct prompt){
			     .part = PROMPT_LEAD,
			     .language = language,
			     .text = title_of(day, calendar),
			     .private = field_comes_back_blank(field),
			 });
	for (enum date_from i = calendars_from(field->node); i < DATE_COLUMNS;
	     i++)
		say_column(field, i, out);
	field_say(field, time, out);
}

static void say(struct field *field, struct prompts *out)
{
	const struct day *day = field->state;

	if (!day->choosing)
		say_columns(field, out);
	else
		spoken_rows(out, field->look,
			    &(struct spoken_list){
				.choice = day->list,
				.first_private = field_comes_back_blank(field)
						     ? 0
						     : CHOICE_MAX,
			    });
}

const struct field_ops field_day = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.commit = commit,
	.written = written,
	.say = say,
	.leave = leave,
};
