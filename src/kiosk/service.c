#include <stdlib.h>
#include <string.h>

#include "ask/heading.h"
#include "ask/reading.h"
#include "ask/surround.h"
#include "kiosk/leaflet.h"
#include "kiosk/visit.h"
#include "ui/choice.h"

/*
 * One service, page by page: what it is, where and when, and below it the key
 * that prints it. It stays up whatever the printer does.
 */
#define BELOW 2 /* rows between the text and the key at most */

struct page {
	struct visit *visit;
	struct leaflet leaflet;
	struct leaflet_reader reader;
	struct choice *print; /* NULL: it cannot be printed */
	struct surround surround;
	size_t page, pages;
	const char *notice; /* key of what is said of it; NULL: nothing */
};

/* --- coming and going -------------------------------------------------------
 */

static enum fault make_print(struct page *page)
{
	const struct visit *visit = page->visit;
	SCOPED(char_freep)
	char *word = visit_word(visit, "kiosk.service_print");
	const struct choice_row row = { .label = word };

	choice_free(page->print);
	page->print = NULL;
	if (page->reader.stale || visit->browse.slips >= BROWSE_SLIPS)
		return FAULT_NONE;
	return choice_new(
	    &(struct choice_options){
		.language = visit->offered->language->tag,
		.more = word,
		.row_height = ask_rows(visit->text_size),
	    },
	    &row, 1, &page->print);
}

static void leave(void *state)
{
	struct page *page = state;

	choice_free(page->print);
	leaflet_done(&page->leaflet);
	free(page);
}

static enum fault enter(void *from, void **state)
{
	struct visit *visit = from;
	const struct service *service = visit->browse.service;
	struct page *page = xcalloc(1, sizeof *page);
	enum fault fault;

	page->visit = visit;
	page->reader = (struct leaflet_reader){
		.language = visit->offered->language,
		.words = visit_words(visit),
		.stale = hall_is_past(visit->hall, service->until),
	};
	/* It may be of the page before. */
	page->notice = visit->browse.sent ? "kiosk.printing" : NULL;
	leaflet_make(service, &page->reader, &page->leaflet);
	if ((fault = make_print(page))) {
		leave(page);
		return fault;
	}
	*state = page;
	return FAULT_NONE;
}

/* --- drawing -----------------------------------------------------------------
 */

/* Text is laid from top to bottom, page by page, and drawn on the one that is
 * shown. */
struct laying {
	struct page *page;
	struct canvas *canvas;
	struct canvas_area area;
	int y;     /* the next row, from the area's top */
	size_t at; /* the page that it is on */
};

static struct canvas_area rest_of(const struct laying *laying)
{
	struct canvas_area rest = laying->area;

	rest.y += laying->y;
	rest.h -= laying->y;
	return rest;
}

static void turn(struct laying *laying)
{
	laying->y = 0;
	laying->at++;
}

static struct canvas_text text_of(const struct leaflet_part *part,
				  const struct canvas_area *area,
				  const char *text)
{
	static const enum canvas_colour colours[] = {
		[LEAFLET_NOTE] = CANVAS_ACCENT,
		[LEAFLET_LABEL] = CANVAS_QUIET,
		[LEAFLET_TEXT] = CANVAS_INK,
	};

	return (struct canvas_text){ .y = area->y,
				     .x = area->x,
				     .h = area->h,
				     .w = area->w,
				     .text = text,
				     .language = part->language,
				     .colour = colours[part->kind],
				     .caret = -1 };
}

/* Draws what is on the page that is shown; both ways the room is taken. */
static void lay_piece(struct laying *laying, const struct leaflet_part *part,
		      size_t start, size_t end)
{
	const struct canvas_area rest = rest_of(laying);
	SCOPED(char_wipep)
	char *piece = xstrndup(part->text + start, end - start);
	const struct canvas_text text = text_of(part, &rest, piece);

	laying->y += laying->at == laying->page->page
			 ? canvas_text(laying->canvas, &text)
			 : canvas_text_rows(laying->canvas, &text);
}

static void lay_text(struct laying *laying, const struct leaflet_part *part)
{
	const size_t length = strlen(part->text);
	size_t start = 0, end;

	while (start < length) {
		const struct canvas_area rest = rest_of(laying);

		end = rest.h < 1 ? start
				 : reading_end(part->language, laying->canvas,
					       &rest, part->text, start);
		if (end == start && laying->y) {
			turn(laying);
			continue;
		}
		end = end > start ? end : length; /* more than a whole page */
		lay_piece(laying, part, start, end);
		start = end;
		if (start < length)
			turn(laying);
	}
}

/* A label is never the last of its page. */
static void lay(struct laying *laying, const struct leaflet_part *part)
{
	const int line = canvas_line_rows(laying->canvas);

	if (part->kind == LEAFLET_LABEL && laying->y &&
	    laying->y + 2 * line > laying->area.h)
		turn(laying);
	lay_text(laying, part);
}

static void lay_all(struct page *page, struct canvas *canvas,
		    struct canvas_area area)
{
	struct laying laying = { page, canvas, area, 0, 0 };

	for (size_t i = 0; i < page->leaflet.count; i++)
		lay(&laying, &page->leaflet.parts[i]);
	page->pages = laying.at + 1;
}

/* As many rows as the key and what is said of the printer want. */
static int draw_below(struct page *page, struct canvas *canvas,
		      struct canvas_area area)
{
	const int most = area.h / 2;
	int rows = ask_rows(page->visit->text_size);
	struct canvas_text text = { .x = area.x,
				    .w = area.w,
				    .language =
					page->visit->offered->language->tag,
				    .style = CANVAS_BOLD,
				    .colour = CANVAS_ACCENT,
				    .caret = -1 };
	SCOPED(char_freep) char *notice = NULL;

	if (page->notice) {
		notice = visit_word(page->visit, page->notice);
		text.text = notice;
		text.h = most;
		text.h = canvas_text_rows(canvas, &text);
		text.y = area.y + area.h - text.h;
		return canvas_text(canvas, &text);
	}
	if (!page->print)
		return 0;
	rows = rows < most ? rows : most;
	area.y += area.h - rows;
	area.h = rows;
	choice_set_row_height(page->print, rows);
	choice_draw(page->print, canvas, area);
	return rows;
}

static void draw(void *state, struct canvas *canvas)
{
	struct page *page = state;
	const struct visit *visit = page->visit;
	struct canvas_area area;
	int below;

	page->surround = visit_surround(visit);
	page->surround.heading = page->leaflet.name;
	page->surround.answered = true; /* onward says "Next" */
	page->surround.no_onward = page->page + 1 >= page->pages;
	canvas_magnify(canvas, ask_percent(visit->text_size));
	area = surround_draw(&page->surround, canvas);
	below = draw_below(page, canvas, area);
	area.h -= below + (below && area.h > below + BELOW);
	lay_all(page, canvas, area);
	/* Only now is it known how many there are. */
	if (page->page >= page->pages) {
		page->page = page->pages - 1;
		draw(page, canvas);
	} else if (page->surround.no_onward != (page->page + 1 >= page->pages))
		draw(page, canvas);
}

static void say(void *state, struct prompts *out)
{
	const struct page *page = state;
	const struct visit *visit = page->visit;
	const bool private = visit->browse.need->hides;

	prompts_add(out, &(struct prompt){
			     .part = PROMPT_LEAD,
			     .language = page->leaflet.name_language,
			     .text = page->leaflet.name,
			     .private = private,
			 });
	for (size_t i = 0; i < page->leaflet.count; i++) {
		const struct leaflet_part *part = &page->leaflet.parts[i];

		prompts_add(out, &(struct prompt){
				     .part = PROMPT_LEAD,
				     .language = part->language,
				     .key = part->key,
				     .text = part->text,
				     .private = private,
				 });
	}
	if (page->notice)
		visit_prompt(visit, out, PROMPT_NOTICE, page->notice, NULL);
	else if (page->print)
		visit_row(visit, out, "kiosk.service_print", 1, true);
}

/* --- printing ----------------------------------------------------------------
 */

static void say_unprinted(struct page *page)
{
	page->notice = "kiosk.service_unprinted";
	page->visit->browse.sent = false;
	page->visit->dirty = true;
}

static void print(struct page *page)
{
	struct visit *visit = page->visit;
	SCOPED(picture_freep) struct picture *picture = NULL;

	if (leaflet_slip(&page->leaflet, &page->reader,
			 visit->hall->lobby->agency, visit->hall->paper_width,
			 &picture)) {
		say_unprinted(page);
		return;
	}
	porter_print_slip(visit->porter, picture, visit->now);
	visit->browse.slips++;
	visit->hurry = true;
	visit->browse.sent = true;
	page->notice = "kiosk.printing";
}

/* It is in nobody's hand, or in theirs: the page is there either way. */
static enum screen_next tick(void *state, int64_t now)
{
	struct page *page = state;

	(void)now;
	if (!page->visit->browse.sent)
		return SCREEN_STAY;
	switch (porter_answer(page->visit->porter)) {
	case PRINTER_IDLE:
	case PRINTER_WORKING:
		return SCREEN_STAY;
	case PRINTER_CONFIRMED:
	case PRINTER_UNKNOWN:
		page->visit->browse.sent = false;
		page->notice = NULL;
		break;
	default:
		say_unprinted(page);
	}
	page->visit->hurry = false;
	page->visit->dirty = true;
	if (make_print(page))
		visit_trouble(page->visit);
	return SCREEN_STAY;
}

/* --- keys --------------------------------------------------------------------
 */

/* What was said of the printer goes with the next key. */
static void forget_notice(struct page *page)
{
	if (!page->visit->browse.sent)
		page->notice = NULL;
}

static void go_back(struct page *page)
{
	if (page->page)
		page->page--;
	else
		visit_go(page->visit, VISIT_PLACES);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct page *page = state;
	struct visit *visit = page->visit;
	const enum surround_action action =
	    surround_action(&page->surround, event, false);
	const bool shown = page->print && !page->notice;

	forget_notice(page);
	if (action == SURROUND_BACK)
		go_back(page);
	else if (action == SURROUND_ONWARD)
		page->page++;
	else if (!visit_surround_key(visit, action) && shown &&
		 choice_key(page->print, event) == CHOICE_PICKED)
		print(page);
	return SCREEN_STAY;
}

const struct screen_ops screen_service = {
	.name = "service",
	.enter = enter,
	.draw = draw,
	.say = say,
	.key = key,
	.tick = tick,
	.leave = leave,
};
