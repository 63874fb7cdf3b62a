#include <stdlib.h>

#include "desk/action.h"
#include "desk/box_slip.h"
#include "desk/desk.h"
#include "desk/frame.h"
#include "desk/keys.h"
#include "issue/agency.h"
#include "issue/key_paper.h"
#include "ticket/symbol.h"

/* The agency's public key as a code for a kiosk's scanner, beside its
 * fingerprint, which is compared there. */
struct code {
	struct desk *desk;
	struct card card;
	char fingerprint[KEY_FINGERPRINT_BYTES];
	uint8_t *modules; /* NULL: there is no symbol of it */
	int side;
	struct box_slip slip;
};

static void leave(void *state)
{
	struct code *code = state;

	box_slip_done(&code->slip);
	free(code->modules);
	free(code);
}

static void make_symbol(struct code *code)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	struct bytes digits = { 0 };

	agency_card_digits(&code->card, &digits);
	/* A screen has no creases and stains: the smallest symbol will do. */
	if (!symbol_new((const char *)digits.data, SYMBOL_L, &symbol)) {
		code->modules = symbol_plain(symbol);
		code->side = symbol_size(symbol);
	}
	bytes_done(&digits);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct code *code = xcalloc(1, sizeof *code);

	code->desk = desk;
	code->card = *(const struct card *)about;
	key_fingerprint(code->card.key, code->fingerprint);
	make_symbol(code);
	*state = code;
	return FAULT_NONE;
}

#define TEXT_LEAST 30 /* cells beside a symbol */

static void draw(void *state, struct canvas *canvas)
{
	struct code *code = state;
	struct desk *desk = code->desk;
	const char *language = desk->staff.language;
	SCOPED(char_freep) char *title = desk_word(desk, "keys.code_title");
	SCOPED(char_freep) char *how = desk_word(desk, "keys.code_how");
	SCOPED(char_freep) char *larger = desk_word(desk, "keys.code_larger");
	struct canvas_area area = frame_draw(desk, canvas, title);
	const bool plates = canvas_has_plates(canvas);
	const int h = plates ? area.h : canvas_symbol_rows(code->side);
	const int w = plates ? h * 5 / 2 : canvas_symbol_columns(code->side);
	const bool fits =
	    code->modules && h <= area.h && w + TEXT_LEAST <= area.w;
	const int x = fits ? w + 3 : 3;

	if (fits)
		canvas_symbol(canvas, area.y, 1, h, w, code->modules,
			      code->side);
	frame_line(canvas, area.y, x, area.w - x - 1, code->card.name, language,
		   CANVAS_BOLD, CANVAS_INK);
	frame_line(canvas, area.y + 1, x, area.w - x - 1, code->fingerprint,
		   "en", CANVAS_BOLD, CANVAS_ACCENT);
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y + 3,
				.x = x,
				.h = area.h - 3,
				.w = area.w - x - 1,
				.text = fits ? how : larger,
				.language = language,
				.caret = -1,
			    });
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	(void)action_key(((struct code *)state)->desk, event);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t moment)
{
	struct code *code = state;

	box_slip_tell(&code->slip, code->desk, moment);
	return SCREEN_STAY;
}

static void print(struct desk *desk, void *state)
{
	struct code *code = state;
	SCOPED(picture_freep) struct picture *picture = NULL;

	if (key_card_draw(&code->card, box_slip_width(desk), &picture))
		desk_say_key(desk, "desk.print_failed");
	else
		box_slip_print(&code->slip, desk, picture);
}

static const struct action actions[] = {
	{ 'p', "desk.print", "keys.print_about", NULL, print },
	{ 0 },
};

const struct view desk_key_code_screen = {
	.name = "key-code",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.tick = tick,
	.leave = leave,
};
