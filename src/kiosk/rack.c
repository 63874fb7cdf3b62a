#include "kiosk/rack.h"

#include <stdlib.h>

#include "ask/surround.h"

struct rack {
	struct visit *visit;
	struct rack_about about; /* without its rows */
	struct choice *choice;
	struct surround surround;
};

enum fault rack_enter(struct visit *visit, const struct rack_about *about,
		      void **state)
{
	SCOPED(char_freep) char *more = visit_word(visit, "kiosk.more");
	struct rack *rack = xcalloc(1, sizeof *rack);
	enum fault fault = choice_new(
	    &(struct choice_options){
		.language = visit->offered->language->tag,
		.more = more,
		.row_height = ask_rows(visit->text_size),
		.page_rows = CHOICE_MAX,
	    },
	    about->rows, about->count, &rack->choice);

	if (fault) {
		free(rack);
		return fault;
	}
	rack->visit = visit;
	rack->about = *about;
	rack->about.rows = NULL;
	choice_select(rack->choice, about->selected);
	*state = rack;
	return FAULT_NONE;
}

static int columns_of(const struct rack *rack, const struct canvas *canvas,
		      int w)
{
	const int most = rack->about.ways->columns;
	const int fit = choice_columns_fitting(rack->choice, canvas, w);

	return fit < most ? fit : most;
}

void rack_draw(void *state, struct canvas *canvas)
{
	struct rack *rack = state;
	const struct visit *visit = rack->visit;
	SCOPED(char_freep)
	char *heading = visit_word(visit, rack->about.heading);
	struct canvas_area area;

	rack->surround = visit_surround(visit);
	rack->surround.heading = heading;
	rack->surround.picture = rack->about.picture;
	rack->surround.no_onward = true;
	canvas_magnify(canvas, ask_percent(visit->text_size));
	area = surround_draw(&rack->surround, canvas);
	rack->surround.heading = NULL;
	choice_set_row_height(rack->choice, ask_rows(visit->text_size));
	choice_set_columns(rack->choice, columns_of(rack, canvas, area.w));
	choice_draw(rack->choice, canvas, area);
}

void rack_say(void *state, struct prompts *out)
{
	const struct rack *rack = state;
	struct visit *visit = rack->visit;
	const struct choice_view view = choice_view(rack->choice);

	visit_prompt(visit, out, PROMPT_LEAD, rack->about.heading, NULL);
	for (size_t i = view.first; i < view.first + view.count; i++) {
		const struct choice_row row = choice_row(rack->choice, i);
		const char *key = rack->about.ways->key
				      ? rack->about.ways->key(visit, i)
				      : NULL;

		prompts_add(out,
			    &(struct prompt){
				.part = PROMPT_ROW,
				.language = row.language
						? row.language
						: visit->offered->language->tag,
				.key = key,
				.text = row.label,
				.number = (int)(i - view.first) + 1,
				.private = row.hides,
				.focused = i == view.focus,
			    });
	}
	if (view.more)
		visit_row(visit, out, "kiosk.more", 0, view.on_more);
}

enum screen_next rack_key(void *state, const struct ui_event *event)
{
	struct rack *rack = state;
	struct visit *visit = rack->visit;
	const enum choice_event chosen = choice_key(rack->choice, event);
	enum surround_action action;

	if (chosen == CHOICE_PICKED)
		rack->about.ways->picked(visit, choice_selected(rack->choice));
	if (chosen != CHOICE_IGNORED)
		return SCREEN_STAY;
	action = surround_action(&rack->surround, event, false);
	if (action == SURROUND_BACK)
		rack->about.ways->back(visit);
	else
		(void)visit_surround_key(visit, action);
	return SCREEN_STAY;
}

void rack_leave(void *state)
{
	struct rack *rack = state;

	choice_free(rack->choice);
	free(rack);
}
