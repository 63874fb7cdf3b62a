#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/desk.h"
#include "text/cells.h"
#include "ui/bar.h"

/*
 * What stands on every screen of the desk: who and where on top, what can be
 * done at the bottom, and the last thing that was said above it.
 */

void desk_line(struct canvas *canvas, int y, int x, int w, const char *text,
	       const char *language, enum canvas_style style,
	       enum canvas_colour colour)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = x,
				.h = 1,
				.w = w,
				.text = text,
				.language = language,
				.style = style,
				.colour = colour,
				.caret = -1,
			    });
}

static char *scanner_words(const struct desk *desk)
{
	const struct catalogue_argument percent = {
		.name = "percent",
		.number = desk->reading,
	};

	if (desk->reading >= 0)
		return desk_words(desk, "desk.reading", &percent, 1);
	if (desk->serial && !serial_present(desk->serial))
		return desk_word(desk, "desk.no_scanner");
	return desk_word(desk, "desk.scanner_ready");
}

/* The quiet flag: one mark, no colour, no sound. */
static const char *quiet_mark(const struct desk *desk)
{
	return desk->alert_count ? " ☎" : "";
}

static void draw_top(struct desk *desk, struct canvas *canvas)
{
	int columns = canvas_columns(canvas);
	const struct catalogue_argument waiting = {
		.name = "count",
		.number = (double)desk->queue.waiting,
	};
	SCOPED(char_freep) char *scanner = scanner_words(desk);
	SCOPED(char_freep)
	char *count = desk_words(desk, "desk.count_waiting", &waiting, 1);
	SCOPED(char_freep)
	char *left = xasprintf(
	    " Foyer · %s", settings_text(desk->settings, "agency", "name", ""));
	SCOPED(char_freep)
	char *middle = xasprintf("%s · %s%s", scanner, count, quiet_mark(desk));
	SCOPED(char_freep) char *right = NULL;
	time_t now = (time_t)(desk->now / 1000);
	struct tm local;
	int middle_x;

	localtime_r(&now, &local);
	right = xasprintf("%s  %02d:%02d ", desk->user, local.tm_hour,
			  local.tm_min);
	canvas_fill(canvas, 0, 0, 1, columns, CANVAS_INK);
	/* The agency's name gives way to what changes. */
	middle_x = columns - text_cells(right) - text_cells(middle) - 3;
	if (middle_x > (columns - text_cells(middle)) / 2)
		middle_x = (columns - text_cells(middle)) / 2;
	desk_line(canvas, 0, 0, middle_x > 2 ? middle_x - 2 : 1, left,
		  desk->language, CANVAS_BOLD, CANVAS_INK);
	desk_line(canvas, 0, middle_x, text_cells(middle), middle,
		  desk->language, CANVAS_PLAIN, CANVAS_QUIET);
	desk_line(canvas, 0, columns - text_cells(right), text_cells(right),
		  right, desk->language, CANVAS_PLAIN, CANVAS_INK);
}

static void draw_title(struct canvas *canvas, const char *title,
		       const char *language)
{
	int w = text_cells(title);

	canvas_rule(canvas, 1, 0, canvas_columns(canvas));
	canvas_fill(canvas, 1, 2, 1, w + 2, CANVAS_INK);
	desk_line(canvas, 1, 3, w, title, language, CANVAS_BOLD, CANVAS_ACCENT);
}

static const char *sign_of(const struct action *action, char letter[2])
{
	letter[0] = action->key;
	letter[1] = 0;
	return action->key == '\r' ? "enter" : letter;
}

static void draw_keys(struct desk *desk, struct canvas *canvas)
{
	const struct bar_look look = {
		.language = desk->language,
		.words = true,
		.between = " · ",
		.colour = CANVAS_QUIET,
	};
	struct bar_item items[BAR_MAX];
	char letters[BAR_MAX][2];
	char *words[BAR_MAX];
	size_t count = 0;
	struct bar bar;

	for (size_t i = 0; i < action_count && count < BAR_MAX; i++) {
		if (!actions[i].offered(desk))
			continue;
		words[count] = desk_word(desk, actions[i].word);
		items[count] = (struct bar_item){
			.sign = sign_of(&actions[i], letters[count]),
			.word = words[count],
			.keep_word = true,
			.id = (int)i + 1,
		};
		count++;
	}
	bar_draw(&bar, canvas, canvas_rows(canvas) - 1, 1,
		 canvas_columns(canvas) - 2, &look, items, count);
	while (count)
		free(words[--count]);
}

struct canvas_area desk_frame(struct desk *desk, struct canvas *canvas,
			      const char *title)
{
	int rows = canvas_rows(canvas), columns = canvas_columns(canvas);

	canvas_clear(canvas);
	draw_top(desk, canvas);
	draw_title(canvas, title, desk->language);
	if (!filing_locked(desk->filing))
		draw_keys(desk, canvas);
	canvas_rule(canvas, rows - 3, 0, columns);
	if (desk->message)
		desk_line(canvas, rows - 2, 1, columns - 2, desk->message,
			  desk->language, CANVAS_BOLD,
			  desk->alarming ? CANVAS_ALARM : CANVAS_INK);
	return (struct canvas_area){ 2, 0, rows > 6 ? rows - 5 : 1, columns };
}
