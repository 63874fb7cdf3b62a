#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/frame.h"
#include "desk/reach.h"
#include "desk/reports.h"
#include "desk/titled.h"
#include "report/site_key.h"

/*
 * The sites whose files count, each with the fingerprint that was compared;
 * above them this site's own, for whoever asks for it by telephone.
 */
enum cell { SITE, FINGERPRINT, COLUMNS };

struct listed {
	struct desk *desk;
	struct sites sites;
	char *own;                               /* this site, in words */
	char fingerprint[KEY_FINGERPRINT_BYTES]; /* of the last fill() */
	struct table *table;
	const struct sites_one *asked; /* x was pressed once */
};

static struct table_cell fill(void *to, size_t row, int column)
{
	struct listed *listed = to;
	const struct sites_one *site = &listed->sites.all[row];

	key_fingerprint(site->key, listed->fingerprint);
	return (struct table_cell){ .text = column == SITE
						? site->name
						: listed->fingerprint,
				    .colour = CANVAS_INK,
				    .bold = column == SITE };
}

static void leave(void *state)
{
	struct listed *listed = state;

	sites_done(&listed->sites);
	free(listed->own);
	table_free(listed->table);
	free(listed);
}

/* A site that has no name yet signs nothing. */
static enum fault read_own(struct listed *listed)
{
	struct desk *desk = listed->desk;
	const char *name = settings_text(desk->settings, "agency", "name", "");
	SCOPED(kiosk_key_freep) struct kiosk_key *key = NULL;
	char fingerprint[KEY_FINGERPRINT_BYTES];
	const struct catalogue_argument parts[] = {
		{ .name = "site", .text = name },
		{ .name = "fingerprint", .text = fingerprint },
	};
	enum fault fault;

	if (!*name) {
		listed->own = desk_word(desk, "reports.no_site");
		return FAULT_NONE;
	}
	if ((fault = site_key(desk->home, &key)))
		return fault;
	key_fingerprint(kiosk_key_public(key), fingerprint);
	listed->own = desk_words(desk, "sites.own", parts, COUNT(parts));
	return FAULT_NONE;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[COLUMNS] = {
		[SITE] = { "sites.site", 34, 0 },
		[FINGERPRINT] = { "sites.fingerprint", 0, 0 },
	};
	struct listed *listed = xcalloc(1, sizeof *listed);
	enum fault fault;

	(void)about;
	listed->desk = desk;
	if ((fault = read_own(listed)) ||
	    !reports_sites(desk, &listed->sites)) {
		leave(listed);
		return fault;
	}
	listed->table =
	    titled_table(desk, columns, COLUMNS, "sites.none", fill, listed);
	table_set_count(listed->table, listed->sites.count);
	*state = listed;
	return FAULT_NONE;
}

#define OWN_ROWS 3

static void draw(void *state, struct canvas *canvas)
{
	const struct listed *listed = state;
	struct desk *desk = listed->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "sites.title");
	struct canvas_area area = frame_draw(desk, canvas, title);

	(void)canvas_text(canvas, &(struct canvas_text){
				      .y = area.y,
				      .x = 2,
				      .h = OWN_ROWS,
				      .w = area.w - 4,
				      .text = listed->own,
				      .language = desk->staff.language,
				      .colour = CANVAS_INK,
				      .caret = -1,
				  });
	area.y += OWN_ROWS;
	area.h -= OWN_ROWS;
	table_draw(listed->table, canvas, area, true);
}

/* --- one that shares no more ------------------------------------------------
 */

static bool may_remove(const struct desk *desk, const void *state)
{
	return staff_may(&desk->staff, REPORTS_SITES_ROLES) &&
	       ((const struct listed *)state)->sites.count;
}

static void remove_now(struct listed *listed, const struct sites_one *site)
{
	struct desk *desk = listed->desk;
	const struct sites_doing doing = { desk->home, desk->record,
					   &desk->staff.who, desk->clock.now };
	SCOPED(char_freep) char *name = xstrdup(site->name);
	const struct catalogue_argument part = { .name = "site", .text = name };
	uint8_t key[KEY_BYTES];
	enum sites_answer answer;

	memcpy(key, site->key, sizeof key);
	sites_done(&listed->sites); /* the list may have changed meanwhile */
	table_set_count(listed->table, 0);
	if (!reports_sites(desk, &listed->sites))
		return;
	if (sites_remove(&doing, &listed->sites, name, &answer) ||
	    gather_forget(desk->home, key))
		desk_say_trouble(desk);
	else
		desk_say(desk, desk_words(desk, "sites.removed", &part, 1),
			 false);
	table_set_count(listed->table, listed->sites.count);
}

/* What is kept of it goes with it, so x is pressed twice. */
static void ask_remove(struct desk *desk, void *state)
{
	struct listed *listed = state;
	const struct sites_one *site =
	    &listed->sites.all[table_selected(listed->table)];
	const struct catalogue_argument name = { .name = "site",
						 .text = site->name };

	if (reach_refuses(desk))
		return;
	if (listed->asked == site) {
		listed->asked = NULL;
		remove_now(listed, site);
		return;
	}
	listed->asked = site;
	desk_say(desk, desk_words(desk, "sites.sure", &name, 1), true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct listed *listed = state;

	if (!action_key(listed->desk, event)) {
		listed->asked = NULL;
		(void)table_key(listed->table, event);
	}
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ 'x', "sites.remove", "sites.remove_about", may_remove, ask_remove },
	{ 0 },
};

const struct view desk_sites_screen = {
	.name = "sites",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
