/*
 * show NAME [THEME [PERCENT]]: one screen made of this room's widgets, until
 * Escape, for looking at in a real terminal.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/language.h"
#include "ui/bar.h"
#include "ui/choice.h"
#include "ui/counter.h"
#include "ui/date.h"
#include "ui/entry.h"
#include "ui/message.h"
#include "ui/progress.h"
#include "ui/table.h"
#include "ui/term.h"

#define MARGIN 2

static int percent = 100;

static struct canvas_area frame(struct canvas *canvas, const char *language,
				const char *heading)
{
	bool rtl = language_find(language)->right_to_left;
	const struct bar_item keys[] = {
		{ .sign = rtl ? "▸" : "◂", .word = rtl ? "رجوع" : "Back" },
		{ .sign = rtl ? "◂" : "▸",
		  .word = rtl ? "تخطَّ" : "Skip",
		  .sign_behind = true },
		{ .sign = "A", .word = rtl ? "أكبر" : "Bigger" },
		{ .sign = "☺",
		  .word = rtl ? "شخص" : "A person",
		  .at_end = true,
		  .keep_word = true },
	};
	const struct bar_look look = { .language = language,
				       .words = canvas_columns(canvas) >= 70,
				       .between = "    " };
	struct bar bar;
	int columns = canvas_columns(canvas) - 2 * MARGIN, used;

	canvas_mirror(canvas, rtl);
	canvas_magnify(canvas, percent);
	canvas_clear(canvas);
	progress_draw(canvas, 0, MARGIN, 4, 11);
	used = canvas_text(canvas, &(struct canvas_text){
				       .y = 2,
				       .x = MARGIN,
				       .h = 2,
				       .w = columns,
				       .text = heading,
				       .language = language,
				       .style = CANVAS_HEADING,
				       .caret = -1,
				   });
	bar_draw(&bar, canvas, canvas_rows(canvas) - 1, MARGIN, columns, &look,
		 keys, COUNT(keys));
	return (struct canvas_area){ 2 + used + 1, MARGIN,
				     canvas_rows(canvas) - used - 5, columns };
}

/* --- lists ---------------------------------------------------------------- */

static const struct choice_row waits[] = {
	{ .label = "Yes, I can wait" },
	{ .label = "I need something today" },
	{ .label = "I want to talk to someone alone" },
	{ .label = "I am not safe" },
};

static const struct choice_row arabic[] = {
	{ .label = "جواز السفر" },
	{ .label = "شهادة الميلاد" },
	{ .label = "تصريح الإقامة رقم 12 (A1)" },
	{ .label = "الضرائب" },
};

static const struct choice_row tigrinya[] = {
	{ .label = "ፓስፖርት" },
	{ .label = "ምስክር ወረቐት ልደት" },
	{ .label = "ፍቓድ መንበሪ" },
	{ .label = "ቤትን ክራይን" },
};

static void draw_list(struct canvas *canvas, const char *language,
		      const char *heading, const struct choice_row *rows,
		      bool several)
{
	struct canvas_area area = frame(canvas, language, heading);
	struct choice *choice = NULL;
	bool rtl = language_find(language)->right_to_left;

	if (choice_new(
		&(struct choice_options){ .language = language,
					  .more = rtl ? "المزيد" : "More",
					  .next = rtl ? "التالي" : "Next",
					  .several = several,
					  .row_height = 2 },
		rows, 4, &choice))
		abort();
	choice_select(choice, 1);
	choice_check(choice, 2, several);
	choice_draw(choice, canvas, area);
	choice_free(choice);
}

static void draw_one(struct canvas *canvas)
{
	draw_list(canvas, "en", "Can you wait for your turn?", waits, false);
}

static void draw_long(struct canvas *canvas)
{
	draw_list(canvas, "en",
		  "Can we use your answers to help you today? You can say no "
		  "and still get help.",
		  waits, false);
}

static void draw_arabic(struct canvas *canvas)
{
	draw_list(canvas, "ar", "كيف يمكننا مساعدتك؟", arabic, false);
}

static void draw_several(struct canvas *canvas)
{
	draw_list(canvas, "ar", "كيف يمكننا مساعدتك؟", arabic, true);
}

static void draw_tigrinya(struct canvas *canvas)
{
	draw_list(canvas, "ti", "ብኸመይ ክንሕግዘኩም ንኽእል፧", tigrinya, false);
}

static void draw_languages(struct canvas *canvas)
{
	struct canvas_area area = frame(canvas, "en", "Choose your language");
	struct choice_row rows[64];
	struct choice *choice = NULL;
	size_t count = 0;

	for (size_t i = 0; i < language_count() && i < COUNT(rows); i++) {
		const struct language *language = language_at(i);

		if (strstr("Hans Hant Kore", language->script))
			continue;
		rows[count++] = (struct choice_row){
			.label = language->own_name,
			.language = language->tag,
		};
	}
	if (choice_new(&(struct choice_options){ .language = "en",
						 .more = "More",
						 .extra = "A person, please",
						 .row_height = 2,
						 .columns = 3 },
		       rows, count, &choice))
		abort();
	choice_select(choice, 4);
	choice_draw(choice, canvas, area);
	choice_free(choice);
}

/* --- fields --------------------------------------------------------------- */

static void draw_names(struct canvas *canvas)
{
	struct canvas_area area = frame(canvas, "ti", "ስምኩም");
	struct entry *latin =
	    entry_new(&(struct entry_options){ .language = "en" });
	struct entry *own =
	    entry_new(&(struct entry_options){ .language = "ti" });

	entry_set_text(latin, "Selam Haile");
	entry_set_text(own, "ሰላም ሃይለ");
	area.h = 2;
	entry_draw(latin, canvas, area, ENTRY_QUIET);
	area.y += 3;
	entry_draw(own, canvas, area, ENTRY_FOCUSED);
	entry_free(latin);
	entry_free(own);
}

static void draw_hindi(struct canvas *canvas)
{
	struct canvas_area area = frame(canvas, "hi", "आपका नाम");
	struct entry *own =
	    entry_new(&(struct entry_options){ .language = "hi" });
	struct ui_event left = { .key = UI_KEY_LEFT };

	entry_set_text(own, "क्षितिज श्रीवास्तव");
	(void)entry_key(own, &left);
	area.h = 2;
	entry_draw(own, canvas, area, ENTRY_FOCUSED);
	entry_free(own);
}

static void draw_date(struct canvas *canvas)
{
	struct canvas_area area = frame(canvas, "am", "የተወለዱበት ቀን");
	struct date *date = date_new(&(struct date_options){
	    .language = "am",
	    .calendar = CALENDAR_ETHIOPIC,
	    .title = "ኢትዮጵያ",
	    .change = "ሌላ የቀን መቁጠሪያ",
	    .names = { "ቀን", "ወር", "ዓመት" },
	    .start_year = 1990,
	    .first_year = 1900,
	    .last_year = 2030,
	});

	date_set(date, CALENDAR_ETHIOPIC,
		 (struct calendar_date){ 1987, 1, 12 });
	area.h = DATE_ROWS;
	date_draw(date, canvas, area, true);
	date_free(date);
}

static void draw_count(struct canvas *canvas)
{
	struct canvas_area area = frame(canvas, "en", "Who lives with you?");
	struct counter counter = { .most = 12, .is_set = true, .value = 3 };

	area.h = 3;
	counter_draw(&counter, canvas, area, "en", true);
}

/* --- the rest ------------------------------------------------------------- */

static void draw_message(struct canvas *canvas)
{
	static const struct message_key keys[] = { { .word = "Keep it" },
						   { .word = "Erase" } };
	struct message *message = message_new(&(struct message_options){
	    .language = "en",
	    .heading = "Start over?",
	    .text = "Everything you have answered is erased from this machine. "
		    "Nobody has seen it.",
	    .keys = keys,
	    .count = 2,
	});

	canvas_clear(canvas);
	message_draw(message, canvas,
		     (struct canvas_area){ 0, 0, canvas_rows(canvas),
					   canvas_columns(canvas) });
	message_free(message);
}

static void draw_last(struct canvas *canvas)
{
	uint8_t modules[33 * 33];
	struct canvas_text number = {
		.y = 7,
		.x = 8,
		.h = 3,
		.w = 24,
		.text = "K7-0412",
		.language = "en",
		.style = CANVAS_NUMBER,
		.colour = CANVAS_ACCENT,
		.caret = -1,
	};

	frame(canvas, "en",
	      "Thank you. Please show this paper at the desk now.");
	for (size_t i = 0; i < sizeof modules; i++)
		modules[i] = i * 2654435761u >> 7 & 1;
	canvas_text(canvas, &number);
	canvas_symbol(canvas, 5, 40, 8, 18, modules, 33);
	canvas_pictogram(canvas, 6, 32, 3, 7, "paper", CANVAS_INK);
}

static void draw_pictograms(struct canvas *canvas)
{
	static const char *const names[] = { "hand",   "key",   "person",
					     "paper",  "check", "arrow",
					     "printer" };

	canvas_clear(canvas);
	for (int i = 0; i < 7; i++)
		canvas_pictogram(canvas, 2 + i / 4 * 6, 3 + i % 4 * 14, 5, 12,
				 names[i], CANVAS_ACCENT);
}

static struct table_cell fill(void *to, size_t row, int column)
{
	static const char *const cells[][4] = {
		{ "U1", "K7-0415", "2 min", "احمد شاه" },
		{ "U2", "K7-0412", "11 min", "ሰላም ሃይለ" },
		{ "U3", "K7-0409", "25 min", "محمد الأحمد" },
		{ "U4", "K7-0411", "14 min", "Ana María Núñez" },
		{ "U5", "K7-0416", "1 min", "श्रीमती क्षितिज" },
	};

	(void)to;
	return (struct table_cell){
		.text = cells[row][column],
		.colour = column == 2 ? CANVAS_QUIET : CANVAS_INK,
	};
}

static void draw_desk(struct canvas *canvas)
{
	static const struct table_column columns[] = {
		{ .width = 2 },
		{ .title = "Number", .width = 7 },
		{ .title = "Waits", .width = 7, .align = CANVAS_END },
		{ .title = "Name" },
	};
	static const struct bar_item keys[] = {
		{ .sign = "enter", .word = "open" },
		{ .sign = "c", .word = "call" },
		{ .sign = "/", .word = "find" },
		{ .sign = "?", .word = "help" },
	};
	struct table *table = table_new(&(struct table_options){
	    .language = "en",
	    .columns = columns,
	    .column_count = 4,
	    .fill = fill,
	});
	struct bar bar;

	canvas_clear(canvas);
	table_set_count(table, 5);
	table_select(table, 1);
	table_draw(table, canvas,
		   (struct canvas_area){ 2, 1, 8, canvas_columns(canvas) - 2 },
		   true);
	canvas_rule(canvas, canvas_rows(canvas) - 2, 0, canvas_columns(canvas));
	bar_draw(&bar, canvas, canvas_rows(canvas) - 1, 1,
		 canvas_columns(canvas) - 2,
		 &(struct bar_look){ .language = "en",
				     .words = true,
				     .between = " · ",
				     .colour = CANVAS_QUIET },
		 keys, COUNT(keys));
	table_free(table);
}

static const struct {
	const char *name;
	void (*draw)(struct canvas *canvas);
} shows[] = {
	{ "one", draw_one },
	{ "long", draw_long },
	{ "arabic", draw_arabic },
	{ "several", draw_several },
	{ "tigrinya", draw_tigrinya },
	{ "languages", draw_languages },
	{ "names", draw_names },
	{ "hindi", draw_hindi },
	{ "date", draw_date },
	{ "count", draw_count },
	{ "message", draw_message },
	{ "last", draw_last },
	{ "pictograms", draw_pictograms },
	{ "desk", draw_desk },
};

static bool is_over(struct term *term)
{
	struct pollfd wait = { term_input(term), POLLIN, 0 };
	struct ui_event event;

	(void)poll(&wait, 1, -1);
	while ((event = term_event(term)).key != UI_KEY_NONE) {
		if (event.key == UI_KEY_ESCAPE)
			return true;
	}
	return false;
}

static int run(size_t index, enum term_theme theme)
{
	struct term *term = NULL;

	if (term_open(theme, &term))
		return 3;
	do {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(
		    term_rows(term), term_columns(term), term_has_plates(term));

		shows[index].draw(canvas);
		term_show(term, canvas);
	} while (!is_over(term));
	term_free(term);
	return 0;
}

int main(int argc, char **argv)
{
	enum term_theme theme = argc < 3                     ? TERM_DARK
				: !strcmp(argv[2], "light")  ? TERM_LIGHT
				: !strcmp(argv[2], "strong") ? TERM_STRONG
							     : TERM_DARK;

	percent = argc > 3 ? atoi(argv[3]) : 100;
	for (size_t i = 0; argc > 1 && i < COUNT(shows); i++) {
		if (strcmp(shows[i].name, argv[1]) == 0)
			return run(i, theme);
	}
	fprintf(stderr, "usage: show NAME [dark|light|strong [PERCENT]]\n");
	return 2;
}
