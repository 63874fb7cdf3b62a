#include "kiosk/browse.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/rack.h"
#include "ui/album.h"

/*
 * The way to a service: a language, a need, and what there is for it. The
 * first screen's back leaves, which wipes all of it.
 */

/* The index-th row that wanted says so of, of count; count: there is none. */
typedef bool is_row(const struct visit *visit, size_t index);

static size_t nth(const struct visit *visit, is_row *is, size_t count,
		  size_t row)
{
	size_t index = 0;

	while (index < count && (!is(visit, index) || row--))
		index++;
	return index;
}

/* And back: which row an index has. */
static size_t row_of(const struct visit *visit, is_row *is, size_t index)
{
	size_t row = 0;

	for (size_t i = 0; i < index; i++)
		row += is(visit, i);
	return row;
}

/* --- in which language ------------------------------------------------------
 */

static bool is_readable(const struct visit *visit, size_t index)
{
	return visit_offers(visit, visit->hall->offered[index].language->tag);
}

/* Told to no form: it is no answer. */
static void tongue_picked(struct visit *visit, size_t row)
{
	const struct hall *hall = visit->hall;

	visit->browse.tongue =
	    nth(visit, is_readable, hall->offered_count, row);
	visit->offered = &hall->offered[visit->browse.tongue];
	visit_go(visit, VISIT_NEEDS);
}

static const char *tongue_key(const struct visit *visit, size_t row)
{
	(void)visit;
	(void)row;
	return PROMPT_LANGUAGE;
}

static enum fault tongues_enter(void *from, void **state)
{
	static const struct rack_ways ways = {
		.picked = tongue_picked,
		.back = visit_end,
		.key = tongue_key,
		.columns = 3,
	};
	struct visit *visit = from;
	const struct hall *hall = visit->hall;
	struct choice_row *rows = xcalloc(hall->offered_count, sizeof *rows);
	struct rack_about about = {
		.ways = &ways,
		.heading = "kiosk.choose_language",
		.rows = rows,
		.selected = row_of(visit, is_readable, visit->browse.tongue),
	};
	enum fault fault;

	for (size_t i = 0; i < hall->offered_count; i++) {
		const struct language *language = hall->offered[i].language;

		if (is_readable(visit, i))
			rows[about.count++] = (struct choice_row){
				.label = language->own_name,
				.language = language->tag,
				.hides = true,
			};
	}
	fault = rack_enter(visit, &about, state);
	free(rows);
	return fault;
}

const struct screen_ops screen_tongues = {
	.name = "tongues",
	.enter = tongues_enter,
	.draw = rack_draw,
	.say = rack_say,
	.key = rack_key,
	.leave = rack_leave,
};

/* --- what for
 * -----------------------------------------------------------------
 */

static bool is_met(const struct visit *visit, size_t index)
{
	return need_services(need_at(index), visit->hall->services) > 0;
}

static void need_picked(struct visit *visit, size_t row)
{
	visit->browse.need = need_at(nth(visit, is_met, needs_count(), row));
	visit->browse.service = NULL;
	visit_go(visit, VISIT_PLACES);
}

static void to_tongues(struct visit *visit)
{
	visit->browse.need = NULL;
	visit_go(visit, VISIT_TONGUES);
}

static const char *need_key(const struct visit *visit, size_t row)
{
	return need_at(nth(visit, is_met, needs_count(), row))->word;
}

static enum fault needs_enter(void *from, void **state)
{
	static const struct rack_ways ways = {
		.picked = need_picked,
		.back = to_tongues,
		.key = need_key,
		.columns = 2,
	};
	struct visit *visit = from;
	const struct need *chosen = visit->browse.need;
	struct choice_row *rows = xcalloc(needs_count(), sizeof *rows);
	struct rack_about about = {
		.ways = &ways,
		.heading = "kiosk.services_which",
		.rows = rows,
		.selected = chosen ? row_of(visit, is_met,
					    (size_t)(chosen - need_at(0)))
				   : 0,
	};
	enum fault fault;

	for (size_t i = 0; i < needs_count(); i++) {
		const struct need *need = need_at(i);

		if (is_met(visit, i))
			rows[about.count++] = (struct choice_row){
				.label = visit_word(visit, need->word),
				.hides = need->hides,
				.picture = album_find(visit->hall->album,
						      need->picture),
			};
	}
	fault = rack_enter(visit, &about, state);
	for (size_t i = 0; i < about.count; i++)
		free((char *)rows[i].label);
	free(rows);
	return fault;
}

const struct screen_ops screen_needs = {
	.name = "needs",
	.enter = needs_enter,
	.draw = rack_draw,
	.say = rack_say,
	.key = rack_key,
	.leave = rack_leave,
};

/* --- what there is
 * ------------------------------------------------------------
 */

static bool is_for_it(const struct visit *visit, size_t index)
{
	return need_meets(visit->browse.need,
			  &visit->hall->services->list[index]);
}

static void place_picked(struct visit *visit, size_t row)
{
	const struct services *services = visit->hall->services;

	visit->browse.service =
	    &services->list[nth(visit, is_for_it, services->count, row)];
	visit_go(visit, VISIT_SERVICE);
}

static void to_needs(struct visit *visit)
{
	visit_go(visit, VISIT_NEEDS);
}

static enum fault places_enter(void *from, void **state)
{
	static const struct rack_ways ways = {
		.picked = place_picked,
		.back = to_needs,
		.columns = 1,
	};
	struct visit *visit = from;
	const struct services *services = visit->hall->services;
	const struct need *need = visit->browse.need;
	const struct service *seen = visit->browse.service;
	struct choice_row *rows = xcalloc(services->count, sizeof *rows);
	struct rack_about about = {
		.ways = &ways,
		.heading = need->word,
		.picture = album_find(visit->hall->album, need->picture),
		.rows = rows,
		.selected = seen ? row_of(visit, is_for_it,
					  (size_t)(seen - services->list))
				 : 0,
	};
	enum fault fault;

	for (size_t i = 0; i < services->count && about.count < CHOICE_MAX;
	     i++) {
		const struct service_text *name =
		    service_say(&services->list[i].parts[SERVICE_NAME],
				visit->offered->language->tag);

		if (is_for_it(visit, i))
			rows[about.count++] = (struct choice_row){
				.label = name->text,
				.language = name->tag,
				.hides = need->hides,
			};
	}
	fault = rack_enter(visit, &about, state);
	free(rows);
	return fault;
}

const struct screen_ops screen_places = {
	.name = "places",
	.enter = places_enter,
	.draw = rack_draw,
	.say = rack_say,
	.key = rack_key,
	.leave = rack_leave,
};
