#include "ask/check.h"

#include <stdlib.h>
#include <string.h>

#include "ask/heading.h"
#include "ask/plain.h"
#include "ask/spoken.h"

#define ROW_MOST 400 /* bytes of a row's words */
#define PAGE_ROWS 8
#define NOTICE_ROWS 2

void check_done(struct check *check)
{
	choice_free(check->list);
	review_done(&check->review);
	char_wipe(check->heading); /* a form may put answers in */
	char_wipe(check->notice);
	*check = (struct check){ 0 };
}

/* Asked until it was answered, or where there is nothing to choose from; then
 * going on means the paper. A filter that failed was said, for staff. */
static void ask_here(struct run *run, struct check *check)
{
	struct node *asks = review_asks(run);
	size_t count;

	check->ways = 1;
	if (!asks || node_value(asks)[0] ||
	    node_choices(asks, &check->items, &count) || !count)
		return;
	check->asks = asks;
	check->ways = count;
}

static char *row_words(const struct review_row *row)
{
	return xasprintf("%.*s  %.*s", ROW_MOST, row->question, ROW_MOST,
			 row->answer);
}

static char *words_of(const struct check *check, size_t row)
{
	if (row >= check->ways)
		return row_words(&check->review.rows[row - check->ways]);
	if (check->asks)
		return styled_choice(&check->items[row]);
	return check->look->paper
		   ? xstrdup(check->look->paper->file)
		   : catalogue_word(check->look->words, "kiosk.finish");
}

static enum fault make_list(struct check *check)
{
	SCOPED(char_freep)
	char *more = catalogue_word(check->look->words, "kiosk.more");
	size_t count = check->ways + check->review.count;
	struct choice_row *rows = xcalloc(count, sizeof *rows);
	char **words = xcalloc(count, sizeof *words);
	enum fault fault;

	for (size_t i = 0; i < count; i++)
		rows[i].label = words[i] = words_of(check, i);
	fault = choice_new(
	    &(struct choice_options){
		.language = check->look->language->tag,
		.more = more,
		.row_height = ask_rows(check->look->text_size),
		.page_rows = PAGE_ROWS,
	    },
	    rows, count, &check->list);
	for (size_t i = 0; i < count; i++) {
		explicit_bzero(words[i], strlen(words[i]));
		free(words[i]);
	}
	free(words);
	free(rows);
	return fault;
}

static char *heading_of(struct run *run, const struct ask_look *look)
{
	struct node *node = review_node(run);
	char *label = node ? styled_label(node) : NULL;

	return label ? label : catalogue_word(look->words, "kiosk.review");
}

/* What else is said: the question asked here, or that the paper is full. */
static char *notice_of(const struct check *check, bool too_long)
{
	if (too_long)
		return catalogue_word(check->look->words, "kiosk.no_room");
	if (check->asks)
		return styled_label(check->asks);
	return check->review.count ? NULL
				   : catalogue_word(check->look->words,
						    "kiosk.nothing_answered");
}

enum fault check_make(struct run *run, const struct ask_look *look,
		      bool too_long, struct check *check)
{
	enum fault fault;

	*check = (struct check){
		.look = look,
		.screen = review_node(run),
		.too_long = too_long,
	};
	review_make(run, look, &check->review);
	ask_here(run, check);
	if ((fault = make_list(check)))
		return fault;
	check->heading = heading_of(run, look);
	check->notice = notice_of(check, too_long);
	return FAULT_NONE;
}

/* --- drawing ---------------------------------------------------------------
 */

static int draw_notice(const struct check *check, struct canvas *canvas,
		       const struct canvas_area *area)
{
	if (!check->notice)
		return 0;
	return heading_draw(canvas,
			    &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = NOTICE_ROWS,
				.w = area->w,
				.text = check->notice,
				.language = check->look->language->tag,
				.colour = CANVAS_ACCENT,
				.caret = -1,
			    },
			    NOTICE_ROWS);
}

void check_draw(struct check *check, struct canvas *canvas)
{
	struct canvas_area area;
	int used;

	check->surround = (struct surround){
		.title = check->look->paper ? check->look->paper->title : NULL,
		.title_language =
		    check->look->paper ? check->look->paper->language : NULL,
		.language = check->look->language,
		.words = check->look->words,
		.heading = check->heading,
		.before = 1,
		.total = 1,
		.no_onward = true,
		.reads = check->look->aloud != ASK_SILENT,
		.reading = check->look->aloud == ASK_READS,
		.left_handed = check->look->left_handed,
	};
	canvas_magnify(canvas, ask_percent(check->look->text_size));
	choice_set_row_height(check->list, ask_rows(check->look->text_size));
	area = surround_draw(&check->surround, canvas);
	used = draw_notice(check, canvas, &area);
	area.y += used;
	area.h = area.h > used + 1 ? area.h - used : 1;
	choice_draw(check->list, canvas, area);
}

/* --- aloud ------------------------------------------------------------------
 */

/* The ways to go on have recordings; answers are read, into headphones. */
static char *key_of_way(void *to, size_t row)
{
	const struct check *check = to;

	return check->asks && row < check->ways
		   ? node_choice_key(check->asks, check->items[row].value)
		   : NULL;
}

static void say_notice(const struct check *check, struct prompts *out)
{
	if (check->too_long)
		spoken_word(out, check->look, PROMPT_LEAD, "kiosk.no_room");
	else if (check->asks)
		spoken_label(out, check->look, check->asks, false);
	else if (!check->review.count)
		spoken_word(out, check->look, PROMPT_LEAD,
			    "kiosk.nothing_answered");
}

void check_say(struct check *check, struct prompts *out)
{
	const struct node *node = check->screen;

	if (node)
		spoken_label(out, check->look, node, false);
	else
		spoken_word(out, check->look, PROMPT_LEAD, "kiosk.review");
	say_notice(check, out);
	spoken_rows(out, check->look,
		    &(struct spoken_list){
			.choice = check->list,
			.key = key_of_way,
			.to = check,
			.first_private = check->ways,
		    });
}
