#include "desk/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "desk/frame.h"
#include "desk/strength.h"
#include "seal/own_passphrase.h"
#include "seal/secret.h"
#include "ui/entry.h"

enum part { KNOWN, CHOSEN, AGAIN, PARTS };

#define LABEL_CELLS 27
#define BELOW_ROWS 3   /* how good it is, and an example */
#define EXAMPLE_ROWS 2 /* none of its words may be cut */

/* What is typed, as it is handed on. */
struct typed {
	char known[PASSPHRASE_LIMIT], chosen[PASSPHRASE_LIMIT];
	char example[PASSPHRASE_BYTES];
};

struct choosing {
	struct desk *desk;
	struct secrets secrets; /* with a title of its own */
	struct entry *entries[PARTS];
	enum part focus;
	struct typed *typed; /* secret */
};

static enum part first_of(const struct choosing *choosing)
{
	return choosing->secrets.known ? KNOWN : CHOSEN;
}

static void leave(void *state)
{
	struct choosing *choosing = state;

	for (enum part part = KNOWN; part < PARTS; part++)
		entry_free(choosing->entries[part]);
	secret_free(choosing->typed);
	free((char *)choosing->secrets.title);
	free(choosing);
}

static bool fits(void *to, const char *text)
{
	(void)to;
	return strlen(text) < PASSPHRASE_LIMIT;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct choosing *choosing = xcalloc(1, sizeof *choosing);

	choosing->desk = desk;
	choosing->secrets = *(const struct secrets *)about;
	choosing->secrets.title = xstrdup(choosing->secrets.title);
	choosing->typed = secret_new(sizeof *choosing->typed);
	passphrase_make(choosing->typed->example);
	for (enum part part = KNOWN; part < PARTS; part++)
		choosing->entries[part] = entry_new(&(struct entry_options){
		    .language = desk->staff.language,
		    .secret = true,
		    .accepts = fits,
		});
	choosing->focus = first_of(choosing);
	*state = choosing;
	return FAULT_NONE;
}

static void draw_part(const struct choosing *choosing, struct canvas *canvas,
		      struct canvas_area line, enum part part)
{
	const char *const keys[PARTS] = {
		[KNOWN] = choosing->secrets.known,
		[CHOSEN] = "users.chosen",
		[AGAIN] = "users.again",
	};
	SCOPED(char_freep) char *label = desk_word(choosing->desk, keys[part]);

	frame_line(canvas, line.y, line.x, LABEL_CELLS, label,
		   choosing->desk->staff.language, CANVAS_PLAIN, CANVAS_QUIET);
	line.x += LABEL_CELLS + 1;
	line.w -= LABEL_CELLS + 1;
	entry_draw(choosing->entries[part], canvas, line,
		   part == choosing->focus ? ENTRY_FOCUSED : ENTRY_QUIET);
}

static void draw(void *state, struct canvas *canvas)
{
	struct choosing *choosing = state;
	struct desk *desk = choosing->desk;
	const enum part first = first_of(choosing);
	struct canvas_area area =
	    frame_panel(desk, canvas, choosing->secrets.title,
			PARTS - (int)first + BELOW_ROWS);
	const struct catalogue_argument words = {
		.name = "words", .text = choosing->typed->example
	};
	const char *chosen = entry_text(choosing->entries[CHOSEN]);
	SCOPED(char_freep)
	char *strength = desk_word(desk, *chosen ? strength_key(chosen)
						 : "users.write_twice");
	SCOPED(char_wipep)
	char *example = desk_words(desk, "box.for_example", &words, 1);

	area.h = 1;
	for (enum part part = first; part < PARTS; part++, area.y++)
		draw_part(choosing, canvas, area, part);
	frame_line(canvas, area.y, area.x, area.w, strength,
		   desk->staff.language, CANVAS_PLAIN, CANVAS_ACCENT);
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y + 1,
				.x = area.x,
				.h = EXAMPLE_ROWS,
				.w = area.w,
				.text = example,
				.language = desk->staff.language,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}

static void tidy(struct entry *from, char to[PASSPHRASE_LIMIT])
{
	strcpy(to, entry_text(from)); /* fits() */
	passphrase_tidy(to);
}

static void finish(struct choosing *choosing)
{
	struct desk *desk = choosing->desk;
	const struct secrets secrets = choosing->secrets;
	struct typed *typed = choosing->typed;

	if (strcmp(entry_text(choosing->entries[CHOSEN]),
		   entry_text(choosing->entries[AGAIN])) != 0) {
		desk_say_key(desk, "box.not_alike");
		return;
	}
	tidy(choosing->entries[KNOWN], typed->known);
	tidy(choosing->entries[CHOSEN], typed->chosen);
	if (!own_strong(typed->chosen)) {
		choosing->focus = CHOSEN;
		desk_say_key(desk, "box.weak");
		return;
	}
	if (!secrets.take(desk, secrets.to, typed->known, typed->chosen))
		return;
	desk_done(desk);
	if (secrets.done)
		secrets.done(desk, secrets.to);
}

static void move(struct choosing *choosing, int by)
{
	const int first = (int)first_of(choosing), count = PARTS - first;

	choosing->focus = (enum part)(
	    first + ((int)choosing->focus - first + by + count) % count);
}

/* A click into a field asks for the focus. */
static void point(struct choosing *choosing, const struct ui_event *event)
{
	for (enum part part = first_of(choosing); part < PARTS; part++) {
		if (entry_key(choosing->entries[part], event) == ENTRY_MOVED)
			choosing->focus = part;
	}
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct choosing *choosing = state;

	switch (event->key) {
	case UI_KEY_ESCAPE:
		return SCREEN_BACK;
	case UI_KEY_TAB:
	case UI_KEY_DOWN:
		move(choosing, 1);
		return SCREEN_STAY;
	case UI_KEY_UP:
		move(choosing, -1);
		return SCREEN_STAY;
	case UI_KEY_POINT:
		point(choosing, event);
		return SCREEN_STAY;
	default:
		break;
	}
	if (entry_key(choosing->entries[choosing->focus], event) !=
	    ENTRY_ENTERED)
		return SCREEN_STAY;
	if (choosing->focus == AGAIN)
		finish(choosing);
	else
		move(choosing, 1);
	return SCREEN_STAY;
}

const struct view desk_secrets_screen = {
	.name = "passphrase",
	.over = true,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.leave = leave,
};

void secrets_open(struct desk *desk, const struct secrets *secrets)
{
	desk_open(desk, &desk_secrets_screen, secrets);
}
