#include <stdlib.h>
#include <string.h>

#include "desk/desk.h"
#include "desk/frame.h"
#include "desk/keys.h"
#include "record/enrolled.h"
#include "ticket/wire.h"
#include "ui/entry.h"

/* A kiosk was stolen, cloned or renewed: the last number of it that is still
 * to be trusted. */
struct revoke {
	struct desk *desk;
	struct revoke_about about;
	struct entry *entry;
};

static void leave(void *state)
{
	struct revoke *revoke = state;

	entry_free(revoke->entry);
	free(revoke);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct revoke *revoke = xcalloc(1, sizeof *revoke);

	revoke->desk = desk;
	revoke->about = *(const struct revoke_about *)about;
	revoke->entry = entry_new(
	    &(struct entry_options){ .language = desk->staff.language });
	*state = revoke;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct revoke *revoke = state;
	struct desk *desk = revoke->desk;
	const char *language = desk->staff.language;
	const struct catalogue_argument about[] = {
		{ .name = "name", .text = revoke->about.name },
		{ .name = "last", .number = revoke->about.last_filed },
	};
	SCOPED(char_freep) char *title = desk_word(desk, "kiosks.revoke_title");
	SCOPED(char_freep)
	char *how = desk_words(desk, "kiosks.revoke_how", about, COUNT(about));
	SCOPED(char_freep) char *line = desk_word(desk, "kiosks.last_good");
	struct canvas_area area = frame_draw(desk, canvas, title);
	int y = area.y + 1 +
		canvas_text(canvas, &(struct canvas_text){
					.y = area.y,
					.x = 3,
					.h = area.h - 2,
					.w = area.w - 6,
					.text = how,
					.language = language,
					.caret = -1,
				    });

	frame_line(canvas, y, 3, 24, line, language, CANVAS_PLAIN,
		   CANVAS_QUIET);
	entry_draw(revoke->entry, canvas,
		   (struct canvas_area){ y, 28, 1, area.w - 31 },
		   ENTRY_FOCUSED);
}

/* The whole number: a ticket's paper shows its last four digits alone. */
static bool read_number(const char *typed, uint32_t *number)
{
	char *end;
	unsigned long read;

	if (*typed < '0' || *typed > '9')
		return false;
	read = strtoul(typed, &end, 10);
	*number = (uint32_t)read;
	return !*end && read <= WIRE_SEQUENCE_MAX;
}

static void take(struct revoke *revoke)
{
	struct desk *desk = revoke->desk;
	enum enrolled_answer answer;
	uint32_t last;

	if (!read_number(entry_text(revoke->entry), &last)) {
		desk_say_key(desk, "kiosks.no_number");
		return;
	}
	if (enrolled_revoke(desk->record, revoke->about.key, last,
			    &desk->staff.who, desk->clock.now, &answer)) {
		desk_say_trouble(desk);
		return;
	}
	desk_done(desk);
	desk_changed(desk);
	desk_say(desk,
		 desk_word(desk, answer == ENROLLED_DONE ? "kiosks.done"
							 : "box.failed"),
		 true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct revoke *revoke = state;

	if (event->key == UI_KEY_ESCAPE)
		return SCREEN_BACK;
	if (entry_key(revoke->entry, event) == ENTRY_ENTERED)
		take(revoke);
	return SCREEN_STAY;
}

const struct view desk_revoke_screen = {
	.name = "revoke",
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.leave = leave,
};
