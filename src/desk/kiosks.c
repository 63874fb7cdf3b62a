#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/day.h"
#include "desk/desk.h"
#include "desk/frame.h"
#include "desk/keys.h"
#include "desk/titled.h"
#include "record/enrolled.h"
#include "seal/key.h"

/* The kiosks whose tickets are taken, and those whose are not any more. */
enum column { NAME, ID, SINCE, STATE, COLUMNS };

struct row {
	struct revoke_about kiosk;
	char id[5], since[DAY_BYTES], *state;
	bool revoked;
};

struct kiosks {
	struct desk *desk;
	struct row *rows;
	size_t count;
	struct table *table;
};

static void forget(struct kiosks *kiosks)
{
	while (kiosks->count)
		free(kiosks->rows[--kiosks->count].state);
}

static char *state_of(const struct desk *desk, const struct enrolled *kiosk)
{
	const struct catalogue_argument last = { .name = "last",
						 .number =
						     (double)kiosk->last_good };

	if (!kiosk->revoked)
		return desk_word(desk, "kiosks.taken");
	return desk_words(
	    desk, kiosk->last_good ? "kiosks.revoked" : "kiosks.revoked_all",
	    &last, 1);
}

static void add(void *to, const struct enrolled *kiosk)
{
	struct kiosks *kiosks = to;
	struct row *row;

	kiosks->rows = xreallocarray(kiosks->rows, kiosks->count + 1,
				     sizeof *kiosks->rows);
	row = &kiosks->rows[kiosks->count++];
	*row = (struct row){ .revoked = kiosk->revoked,
			     .state = state_of(kiosks->desk, kiosk) };
	memcpy(row->kiosk.key, kiosk->key, sizeof row->kiosk.key);
	row->kiosk.last_filed = kiosk->last_filed;
	strncpy(row->kiosk.name, kiosk->name, sizeof row->kiosk.name - 1);
	snprintf(row->id, sizeof row->id, "%04X",
		 key_id(KEY_KIOSK, kiosk->key));
	day_of(kiosk->enrolled_at, row->since);
}

static enum fault read_kiosks(struct kiosks *kiosks)
{
	enum fault fault;

	forget(kiosks);
	fault = enrolled_each(kiosks->desk->record, add, kiosks);
	table_set_count(kiosks->table, kiosks->count);
	return fault;
}

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct row *kiosk = &((const struct kiosks *)to)->rows[row];
	const char *const texts[COLUMNS] = {
		[NAME] = kiosk->kiosk.name,
		[ID] = kiosk->id,
		[SINCE] = kiosk->since,
		[STATE] = kiosk->state,
	};

	return (struct table_cell){
		.text = texts[column],
		.colour = kiosk->revoked ? CANVAS_QUIET : CANVAS_INK,
		.bold = column == NAME && !kiosk->revoked,
	};
}

static void leave(void *state)
{
	struct kiosks *kiosks = state;

	forget(kiosks);
	free(kiosks->rows);
	table_free(kiosks->table);
	free(kiosks);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[COLUMNS] = {
		[NAME] = { "kiosks.name", 12, 0 },
		[ID] = { "keys.id", 6, 0 },
		[SINCE] = { "kiosks.since", 12, 0 },
		[STATE] = { "kiosks.state", 0, 0 },
	};
	struct kiosks *kiosks = xcalloc(1, sizeof *kiosks);
	enum fault fault;

	(void)about;
	kiosks->desk = desk;
	kiosks->table =
	    titled_table(desk, columns, COLUMNS, "kiosks.none", fill, kiosks);
	if ((fault = read_kiosks(kiosks))) {
		leave(kiosks);
		return fault;
	}
	*state = kiosks;
	return FAULT_NONE;
}

static void refresh(void *state)
{
	struct kiosks *kiosks = state;

	if (read_kiosks(kiosks))
		desk_say_trouble(kiosks->desk);
}

static const struct row *selected(const struct kiosks *kiosks)
{
	return kiosks->count ? &kiosks->rows[table_selected(kiosks->table)]
			     : NULL;
}

static void draw(void *state, struct canvas *canvas)
{
	struct kiosks *kiosks = state;
	const struct row *row = selected(kiosks);
	SCOPED(char_freep) char *title = desk_word(kiosks->desk, "box.kiosks");
	struct canvas_area area = frame_draw(kiosks->desk, canvas, title);
	char fingerprint[KEY_FINGERPRINT_BYTES];

	if (row) {
		key_fingerprint(row->kiosk.key, fingerprint);
		frame_line(canvas, area.y + area.h - 1, 2, area.w - 4,
			   fingerprint, "en", CANVAS_BOLD, CANVAS_ACCENT);
	}
	area.h -= 2;
	table_draw(kiosks->table, canvas, area, true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct kiosks *kiosks = state;

	if (!action_key(kiosks->desk, event))
		(void)table_key(kiosks->table, event);
	return SCREEN_STAY;
}

/* A revoked one may be given a lower last number, or a higher. */
static bool has_row(const struct desk *desk, const void *state)
{
	(void)desk;
	return selected(state);
}

static void revoke(struct desk *desk, void *state)
{
	desk_open(desk, &desk_revoke_screen, &selected(state)->kiosk);
}

static const struct action actions[] = {
	{ 'x', "kiosks.revoke", "kiosks.revoke_about", has_row, revoke },
	{ 0 },
};

const struct view desk_kiosks_screen = {
	.name = "kiosks",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
