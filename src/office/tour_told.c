#include "office/tour_told.h"

#include "ask/told.h"

#define NUMBER "K7-0001" /* of nobody's ticket */

struct telling {
	const struct tour_plan *plan;
	tour_visit *visit;
	void *to;
};

static struct told told_of(const struct telling *telling)
{
	return (struct told){ .language = telling->plan->language,
			      .words = telling->plan->words,
			      .text_size = 1 };
}

static struct canvas *blank(const struct telling *telling)
{
	return canvas_new(telling->plan->rows, telling->plan->columns, true);
}

static void stop_at(const struct telling *telling, const char *key,
		    const struct canvas *canvas)
{
	const struct catalogue_argument number = { .name = "number",
						   .text = NUMBER };
	SCOPED(char_freep)
	char *english = catalogue_say(telling->plan->english, key, &number, 1);

	telling->visit(telling->to, &(struct tour_stop){ .name = key,
							 .english = english,
							 .canvas = canvas });
}

typedef void told_draw(const struct told *told, struct canvas *canvas);

static void tell(const struct telling *telling, const char *key,
		 told_draw *draw)
{
	SCOPED(canvas_freep) struct canvas *canvas = blank(telling);
	struct told told = told_of(telling);

	draw(&told, canvas);
	stop_at(telling, key, canvas);
}

static void tell_last(const struct telling *telling, const char *key)
{
	SCOPED(canvas_freep) struct canvas *canvas = blank(telling);
	struct told told = told_of(telling);

	told_last(&told, &(struct told_last){ .line = key, .number = NUMBER },
		  canvas);
	stop_at(telling, key, canvas);
}

static void tell_pause(const struct telling *telling,
		       const struct told_pause *pause)
{
	SCOPED(canvas_freep) struct canvas *canvas = blank(telling);
	struct told told = told_of(telling);
	SCOPED(message_freep)
	struct message *message = told_message(&told, pause);

	told_draw_message(&told, message, canvas);
	stop_at(telling, pause->heading, canvas);
}

void tour_begin(const struct tour_plan *plan, tour_visit *visit, void *to)
{
	const struct telling telling = { plan, visit, to };

	tell(&telling, "kiosk.welcome", told_welcome);
}

void tour_end(const struct tour_plan *plan, tour_visit *visit, void *to)
{
	const struct telling telling = { plan, visit, to };

	tell(&telling, "kiosk.printing", told_printing);
	tell_pause(&telling, &told_came_out);
	tell_last(&telling, "kiosk.last");
}

void tour_between(const struct tour_plan *plan, tour_visit *visit, void *to)
{
	const struct telling telling = { plan, visit, to };

	tell_pause(&telling, &told_person);
	tell_pause(&telling, &told_waiting);
	tell_pause(&telling, &told_idle);
	tell_pause(&telling, &told_erase);
	tell_last(&telling, "kiosk.last_symbol");
	tell_last(&telling, "kiosk.no_paper");
	tell_last(&telling, "kiosk.printer_trouble");
	tell(&telling, "kiosk.trouble", told_trouble);
}
