#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/pick.h"
#include "desk/screens.h"
#include "desk/titled.h"
#include "desk/typing.h"
#include "desk/value.h"
#include "desk/write.h"
#include "issue/lobby.h"
#include "text/language.h"
#include "ui/table.h"

/*
 * Before a paper form is typed in: which form, in which language, its printed
 * number and the day it was filled in, as far as they are known; and the papers
 * that this person has begun.
 */
enum row { FORM, LANGUAGE, NUMBER, DAY, BEGIN, ROWS }; /* behind the drafts */
enum column { WHAT, VALUE, COLUMNS };

struct sheet_about {
	size_t form; /* in forms */
	const struct language *language;
	char code[PAPER_CODE_BYTES];
	char day[DAY_BYTES];
};

struct paper_screen {
	struct desk *desk;
	struct lobby *lobby;
	struct typed_form *forms;
	size_t form_count;
	struct draft *drafts;
	size_t draft_count;
	const struct language *speaks[LANGUAGES + LANGUAGE_LEARNT];
	size_t speak_count;
	struct sheet_about about;
	char *cells[COLUMNS];
	struct table *table;
};

/* --- words ---------------------------------------------------------------- */

/* "Visit · 3"; an older version says so. */
static char *form_words(const struct desk *desk, const struct typed_form *form)
{
	SCOPED(char_freep)
	char *older = form->current ? xstrdup("")
				    : desk_word(desk, "typing.older_version");

	return xasprintf("%s%s%s%s%s", form->title,
			 form->version[0] ? " · " : "", form->version,
			 older[0] ? " · " : "", older);
}

static char *draft_words(const struct paper_screen *screen,
			 const struct draft *draft)
{
	const struct desk *desk = screen->desk;
	SCOPED(char_freep)
	char *language = value_language(desk, draft->language);
	SCOPED(char_freep)
	char *ago = desk_span(desk, desk->clock.now - draft->changed);
	const struct catalogue_argument span = { .name = "span", .text = ago };
	SCOPED(char_freep)
	char *left = desk_words(desk, "typing.left_ago", &span, 1);
	char shown[PAPER_CODE_SHOWN] = "—";
	const char *title = "?";

	for (size_t i = 0; i < screen->form_count; i++) {
		if (!memcmp(screen->forms[i].reference, draft->form,
			    sizeof draft->form))
			title = screen->forms[i].title;
	}
	if (draft->code[0])
		paper_code_show(draft->code, shown);
	return xasprintf("%s · %s · %s · %s", title, language, shown, left);
}

/* "العربية · Arabic", and "English" once. */
static char *speech_words(const struct desk *desk,
			  const struct language *language)
{
	SCOPED(char_freep) char *name = value_language(desk, language->tag);

	if (strcmp(language->own_name, name) == 0)
		return xstrdup(language->own_name);
	return xasprintf("%s · %s", language->own_name, name);
}

static char *value_words(const struct paper_screen *screen, enum row row)
{
	const struct sheet_about *about = &screen->about;
	char shown[PAPER_CODE_SHOWN];

	switch (row) {
	case FORM:
		return screen->form_count
			   ? form_words(screen->desk,
					&screen->forms[about->form])
			   : desk_word(screen->desk, "typing.no_form");
	case LANGUAGE:
		return speech_words(screen->desk, about->language);
	case NUMBER:
		if (!about->code[0])
			return desk_word(screen->desk, "typing.none");
		paper_code_show(about->code, shown);
		return xstrdup(shown);
	case DAY:
		return about->day[0]
			   ? day_shown(screen->desk->staff.words, about->day)
			   : desk_word(screen->desk, "typing.not_told");
	default:
		return xstrdup("");
	}
}

static struct table_cell fill(void *to, size_t row, int column)
{
	static const char *const keys[ROWS] = {
		[FORM] = "typing.form",     [LANGUAGE] = "typing.language",
		[NUMBER] = "typing.number", [DAY] = "typing.day",
		[BEGIN] = "typing.begin",
	};
	struct paper_screen *screen = to;
	const bool draft = row < screen->draft_count;
	const enum row field = (enum row)(row - screen->draft_count);

	free(screen->cells[column]);
	if (column == WHAT)
		screen->cells[column] = desk_word(
		    screen->desk, draft ? "typing.continue" : keys[field]);
	else
		screen->cells[column] =
		    draft ? draft_words(screen, &screen->drafts[row])
			  : value_words(screen, field);
	return (struct table_cell){
		.text = screen->cells[column],
		.colour = column == WHAT ? CANVAS_QUIET : CANVAS_INK,
		.bold = draft || field == BEGIN,
	};
}

/* --- the screen ----------------------------------------------------------- */

static void forget_drafts(struct paper_screen *screen)
{
	while (screen->draft_count)
		draft_done(&screen->drafts[--screen->draft_count]);
	free(screen->drafts);
	screen->drafts = NULL;
}

static void leave(void *state)
{
	struct paper_screen *screen = state;

	forget_drafts(screen);
	typed_forms_free(screen->forms, screen->form_count);
	lobby_free(screen->lobby);
	for (size_t i = 0; i < COLUMNS; i++)
		free(screen->cells[i]);
	table_free(screen->table);
	free(screen);
}

/* Those of Foyer's languages that its screens have the words of. */
static void list_languages(struct paper_screen *screen)
{
	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);

		if (typed_speaks(language->tag))
			screen->speaks[screen->speak_count++] = language;
	}
	screen->about.language = language_find(screen->desk->staff.language);
}

/* The cursor stays on its row, or goes to the paper that was just left. */
static void refresh(void *state)
{
	struct paper_screen *screen = state;
	struct desk *desk = screen->desk;
	const size_t before = screen->draft_count;
	const size_t row = table_selected(screen->table);

	forget_drafts(screen);
	if (draft_read(desk->record, &desk->staff.who, &screen->drafts,
		       &screen->draft_count))
		desk_say_trouble(desk);
	table_set_count(screen->table, screen->draft_count + ROWS);
	if (screen->draft_count > before)
		table_select(screen->table, 0);
	else if (row >= before)
		table_select(screen->table, row - before + screen->draft_count);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[COLUMNS] = {
		[WHAT] = { NULL, 26, 0 },
		[VALUE] = { NULL, 0, 0 },
	};
	struct paper_screen *screen = xcalloc(1, sizeof *screen);
	enum fault fault;

	(void)about;
	screen->desk = desk;
	screen->table =
	    titled_table(desk, columns, COLUMNS, NULL, fill, screen);
	if ((fault = lobby_read(desk->home, &screen->lobby)) ||
	    (fault = typed_forms(desk->filing, &screen->forms,
				 &screen->form_count))) {
		leave(screen);
		return fault;
	}
	list_languages(screen);
	refresh(screen);
	*state = screen;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct paper_screen *screen = state;
	SCOPED(char_freep)
	char *title = desk_word(screen->desk, "typing.title");
	SCOPED(char_freep) char *lead = desk_word(screen->desk, "typing.lead");
	struct canvas_area area = frame_draw(screen->desk, canvas, title);
	int used =
	    canvas_text(canvas, &(struct canvas_text){
				    .y = area.y,
				    .x = 2,
				    .h = 3,
				    .w = area.w - 4,
				    .text = lead,
				    .language = screen->desk->staff.language,
				    .colour = CANVAS_QUIET,
				    .caret = -1,
				});

	area.y += used + 1;
	area.h -= used + 1;
	table_draw(screen->table, canvas, area, true);
}

/* --- what each row asks --------------------------------------------------- */

static void take_form(struct desk *desk, void *to, const size_t *rows,
		      size_t count)
{
	struct paper_screen *screen = to;

	(void)desk;
	if (count)
		screen->about.form = rows[0];
}

static void take_language(struct desk *desk, void *to, const size_t *rows,
			  size_t count)
{
	struct paper_screen *screen = to;

	(void)desk;
	if (count)
		screen->about.language = screen->speaks[rows[0]];
}

/* Takes the rows over. */
static void pick(struct paper_screen *screen, const char *title_key,
		 char **rows, size_t count,
		 void (*done)(struct desk *desk, void *to, const size_t *rows,
			      size_t count))
{
	SCOPED(char_freep) char *title = desk_word(screen->desk, title_key);

	pick_open(screen->desk, &(struct pick){
				    .title = title,
				    .rows = (const char *const *)rows,
				    .count = count,
				    .done = done,
				    .to = screen,
				});
	while (count)
		free(rows[--count]);
	free(rows);
}

static void pick_form(struct paper_screen *screen)
{
	char **rows;

	if (!screen->form_count)
		return;
	rows = xcalloc(screen->form_count, sizeof *rows);
	for (size_t i = 0; i < screen->form_count; i++)
		rows[i] = form_words(screen->desk, &screen->forms[i]);
	pick(screen, "typing.form", rows, screen->form_count, take_form);
}

static void pick_language(struct paper_screen *screen)
{
	char **rows = xcalloc(screen->speak_count + 1, sizeof *rows);

	for (size_t i = 0; i < screen->speak_count; i++)
		rows[i] = speech_words(screen->desk, screen->speaks[i]);
	pick(screen, "typing.language", rows, screen->speak_count,
	     take_language);
}

/* Says who typed a paper with this number in; false: nobody did. */
static bool say_before(struct desk *desk, const char *code)
{
	struct filing_ticket ticket = { .status = FILING_ALREADY_FILED };
	struct visit_paper none = { .code = "" };
	struct ticket_filed filed;
	struct visit visit = { 0 };
	enum visit_found found;
	bool before;

	if (typed_before(desk->filing, code, &before, &filed)) {
		desk_say_trouble(desk);
		return true;
	}
	if (!before)
		return false;
	if (!visit_read(desk->record, filed.visit, &found, &visit) &&
	    found == VISIT_FOUND)
		ticket.number = visit.number;
	ticket.paper = &none;
	ticket.filed_at = filed.at;
	ticket.filed_by = filed.by;
	desk_say(desk, filing_message(&ticket, desk->staff.words), true);
	visit_done(&visit);
	ticket_filed_done(&filed);
	return true;
}

static bool check_number(struct desk *desk, void *to, const char *text)
{
	char code[PAPER_CODE_BYTES];

	(void)to;
	if (!text[strspn(text, " ")])
		return true;
	if (paper_code_read(text, code))
		return !say_before(desk, code);
	desk_say_key(desk, "typing.wrong_number");
	return false;
}

static void take_number(struct desk *desk, void *to, const char *text)
{
	struct paper_screen *screen = to;

	(void)desk;
	screen->about.code[0] = 0;
	(void)paper_code_read(text, screen->about.code);
}

/* False: no day that was. "" is none. */
static bool read_day(const struct paper_screen *screen, const char *text,
		     char day[DAY_BYTES], int64_t *filled)
{
	const struct desk *desk = screen->desk;
	char today[DAY_BYTES];

	*filled = 0;
	day[0] = 0;
	if (!text[strspn(text, " ")])
		return true;
	day_of(desk->clock.now, today);
	return day_read(desk->staff.words, text, today, day) &&
	       typed_noon(day, screen->lobby->zone, desk->clock.now, filled);
}

static bool check_day(struct desk *desk, void *to, const char *text)
{
	char day[DAY_BYTES];
	int64_t filled;

	if (read_day(to, text, day, &filled))
		return true;
	desk_say_key(desk, "typing.wrong_day");
	return false;
}

static void take_day(struct desk *desk, void *to, const char *text)
{
	struct paper_screen *screen = to;
	int64_t filled;

	(void)desk;
	if (!read_day(screen, text, screen->about.day, &filled))
		screen->about.day[0] = 0;
}

static void write_number(struct paper_screen *screen)
{
	SCOPED(char_freep)
	char *title = desk_word(screen->desk, "typing.number");
	SCOPED(char_freep)
	char *hint = desk_word(screen->desk, "typing.number_hint");

	write_open(screen->desk, &(struct write){
				     .title = title,
				     .hint = hint,
				     .text = screen->about.code,
				     .check = check_number,
				     .done = take_number,
				     .to = screen,
				 });
}

static void write_day(struct paper_screen *screen)
{
	SCOPED(char_freep) char *title = desk_word(screen->desk, "typing.day");
	SCOPED(char_freep)
	char *hint = desk_word(screen->desk, "typing.day_hint");

	write_open(screen->desk, &(struct write){
				     .title = title,
				     .hint = hint,
				     .text = screen->about.day,
				     .check = check_day,
				     .done = take_day,
				     .to = screen,
				 });
}

/* --- typing --------------------------------------------------------------- */

/* The question screens take it over, or it is gone. */
static void open_typed(struct desk *desk, enum fault fault, struct typed *typed)
{
	const size_t depth = desk->stack.depth;

	if (fault) {
		desk_say_key(desk, "typing.cannot");
		return;
	}
	if (depth == STACK_SCREENS)
		typed_free(typed);
	desk_open(desk, &desk_typing_screen, &typed);
}

static void begin(struct paper_screen *screen)
{
	struct desk *desk = screen->desk;
	const struct sheet_about *about = &screen->about;
	struct typed *typed = NULL;
	char day[DAY_BYTES];
	int64_t filled;
	enum fault fault;

	if (!screen->form_count)
		return;
	(void)read_day(screen, about->day, day, &filled);
	fault = typed_new(desk->filing,
			  &(struct typed_about){
			      .form = screen->forms[about->form].reference,
			      .language = about->language->tag,
			      .code = about->code,
			      .filled = filled,
			      .zone = screen->lobby->zone,
			  },
			  desk->clock.now, &typed);
	open_typed(desk, fault, typed);
	/* The next paper is another one. */
	screen->about.code[0] = 0;
}

static void go_on(struct paper_screen *screen, const struct draft *draft)
{
	struct typed *typed = NULL;
	enum fault fault = typed_again(screen->desk->filing, draft,
				       screen->lobby->zone, &typed);

	open_typed(screen->desk, fault, typed);
}

static void open_row(struct desk *desk, void *state)
{
	static void (*const opens[ROWS])(struct paper_screen * screen) = {
		[FORM] = pick_form,      [LANGUAGE] = pick_language,
		[NUMBER] = write_number, [DAY] = write_day,
		[BEGIN] = begin,
	};
	struct paper_screen *screen = state;
	const size_t row = table_selected(screen->table);

	(void)desk;
	if (row < screen->draft_count)
		go_on(screen, &screen->drafts[row]);
	else
		opens[row - screen->draft_count](screen);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct paper_screen *screen = state;

	if (!action_key(screen->desk, event) &&
	    table_key(screen->table, event) == TABLE_OPENED)
		open_row(screen->desk, screen);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "typing.open", "typing.open_about", NULL, open_row },
	{ 0 },
};

const struct view desk_paper_screen = {
	.name = "paper",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
