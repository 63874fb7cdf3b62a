#include <stdlib.h>

#include "kiosk/visit.h"
#include "ticket/symbol.h"

/*
 * The closing line and the number, the same for everyone; where no paper came,
 * what happens next, and the symbol itself if the screen has the room. It
 * clears itself after a while, or at once with any key.
 *
 * The ticket is theirs if it is on paper, or if its symbol was seen and
 * somebody pressed a key when they were done with it. Else it waits for staff,
 * who find it by the number that stands here (issue/waiting.h).
 */
#define HELD_MS 800     /* a key that comes sooner is still held down */
#define SCANNED_MS 5000 /* nobody has scanned what was shown for less */

struct last {
	struct visit *visit;
	int64_t since;
	bool printed;
	uint8_t *modules; /* NULL: not shown */
	int side;
	bool shown; /* the symbol, when this was drawn last */
	bool taken; /* from the screen */
};

static const char *line_key(const struct last *last)
{
	switch (porter_answer(last->visit->porter)) {
	case PRINTER_NO_PAPER:
		return "kiosk.no_paper";
	case PRINTER_ABSENT:
		if (last->shown)
			return "kiosk.last_symbol";
		/* fall through */
	default:
		return last->printed ? "kiosk.last" : "kiosk.printer_trouble";
	}
}

static enum fault make_symbol(struct last *last)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	const char *digits = (const char *)last->visit->issued.digits.data;
	/* A screen has no creases and stains: the smallest symbol will do. */
	enum fault fault = symbol_new(digits, SYMBOL_L, &symbol);

	if (fault)
		return fault;
	last->side = symbol_size(symbol);
	last->modules = symbol_plain(symbol);
	return FAULT_NONE;
}

static void let_go(struct last *last)
{
	free(last->modules);
	free(last);
}

/* However the screen goes, also when the program is told to end. */
static void leave(void *state)
{
	struct last *last = state;
	struct visit *visit = last->visit;

	if (last->printed || last->taken)
		visit->handed =
		    issue_confirm(visit->hall->issuer) == FAULT_NONE;
	let_go(last);
}

static enum fault enter(void *from, void **state)
{
	struct last *last = xcalloc(1, sizeof *last);
	struct visit *visit = from;
	enum fault fault = FAULT_NONE;

	last->visit = visit;
	last->since = visit->now;
	last->printed =
	    porter_answer(visit->porter) == PRINTER_CONFIRMED || visit->in_hand;
	if (!last->printed)
		fault = make_symbol(last);
	if (fault) {
		let_go(last);
		return fault;
	}
	*state = last;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct last *last = state;
	struct told told = visit_told(last->visit);

	last->shown = told_symbol_fits(last->modules ? last->side : 0, canvas);
	told_last(&told,
		  &(struct told_last){ .line = line_key(last),
				       .number = last->visit->issued.number,
				       .modules = last->modules,
				       .side = last->side },
		  canvas);
}

/* The number by its letters and digits, as it stands on the paper. */
static void say(void *state, struct prompts *out)
{
	const struct last *last = state;
	const struct visit *visit = last->visit;
	const struct catalogue_argument number = {
		.name = "number",
		.text = visit->issued.number,
	};
	SCOPED(char_freep)
	char *line =
	    catalogue_say(visit_words(visit), line_key(last), &number, 1);

	visit_prompt(visit, out, PROMPT_LEAD, line_key(last), line);
	visit_prompt(visit, out, PROMPT_LEAD, "kiosk.number", NULL);
	prompts_spell(out, visit->offered->language->tag, visit->issued.number);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct last *last = state;
	const int64_t stood = last->visit->now - last->since;

	(void)event;
	last->taken = last->shown && stood >= SCANNED_MS;
	/* A key still held down from the screen before is not meant here. */
	if (stood > HELD_MS)
		visit_end(last->visit);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t now)
{
	struct last *last = state;
	/* A symbol on the screen has to be read by someone first. */
	int stay = last->visit->hall->last_seconds * (last->printed ? 1 : 4);

	if (now - last->since >= stay * 1000LL)
		visit_end(last->visit);
	return SCREEN_STAY;
}

const struct screen_ops screen_last = {
	.name = "last",
	.enter = enter,
	.draw = draw,
	.say = say,
	.key = key,
	.tick = tick,
	.leave = leave,
};
