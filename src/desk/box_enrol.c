#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/frame.h"
#include "record/enrolled.h"
#include "record/kind.h"
#include "seal/card.h"
#include "text/zone.h"
#include "ticket/frame.h"

/*
 * A kiosk showed its card and it was scanned: its name and its fingerprint, to
 * be compared with what stands on the kiosk's screen, before its tickets are
 * taken.
 */
struct enrol {
	struct desk *desk;
	struct card card;
	char fingerprint[KEY_FINGERPRINT_BYTES];
};

static void leave(void *state)
{
	free(state);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct enrol *enrol = xcalloc(1, sizeof *enrol);

	enrol->desk = desk;
	enrol->card = *(const struct card *)about;
	key_fingerprint(enrol->card.key, enrol->fingerprint);
	*state = enrol;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct enrol *enrol = state;
	struct desk *desk = enrol->desk;
	const char *language = desk->staff.language;
	SCOPED(char_freep) char *title = desk_word(desk, "box.enrol");
	SCOPED(char_freep) char *compare = desk_word(desk, "box.compare");
	struct canvas_area area = frame_draw(desk, canvas, title);

	frame_line(canvas, area.y + 1, 3, area.w - 6, enrol->card.name,
		   language, CANVAS_BOLD, CANVAS_INK);
	frame_line(canvas, area.y + 3, 3, area.w - 6, enrol->fingerprint, "en",
		   CANVAS_BOLD, CANVAS_ACCENT);
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y + 5,
				.x = 3,
				.h = 3,
				.w = area.w - 6,
				.text = compare,
				.language = language,
				.caret = -1,
			    });
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	(void)action_key(((struct enrol *)state)->desk, event);
	return SCREEN_STAY;
}

static const char *word_of(enum enrolled_answer answer)
{
	switch (answer) {
	case ENROLLED_DONE:
		return "box.enrolled";
	case ENROLLED_ALREADY:
		return "box.enrolled_already";
	case ENROLLED_NAME_SHARED:
		return "box.enrolled_shared";
	case ENROLLED_BAD_NAME:
	case ENROLLED_UNKNOWN:
	case ENROLLED_FULL:
		break;
	}
	return "box.not_enrolled";
}

static void take_in(struct desk *desk, void *state)
{
	struct enrol *enrol = state;
	const char *zone = settings_text(desk->settings, "kiosk", "zone", "");
	enum enrolled_answer answer;

	if (enrolled_add(desk->record, enrol->card.key, enrol->card.name,
			 zone_known(zone) ? zone : "UTC", &desk->staff.who,
			 desk->clock.now, &answer)) {
		desk_say_trouble(desk);
		return;
	}
	desk_done(desk);
	desk_say_key(desk, word_of(answer));
}

static const struct action actions[] = {
	{ 'y', "box.same", "box.same_about", NULL, take_in },
	{ 0 },
};

static const struct view enrol_screen = {
	.name = "enrol",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};

static bool may_enrol(const struct desk *desk)
{
	return !desk_locked(desk) && staff_administers(&desk->staff);
}

bool box_offer_kiosk(struct desk *desk, const char *digits)
{
	struct frame frame;
	struct card card;

	if (frame_read(digits, strlen(digits), &frame) != FRAME_READ ||
	    frame.magic != FRAME_ENROLMENT)
		return false;
	if (!may_enrol(desk))
		desk_say_key(desk, "desk.not_yours");
	else if (card_read(KEY_KIOSK, frame.payload, frame.length, &card) !=
		 CARD_GOOD)
		desk_say(desk, desk_word(desk, "box.not_genuine"), true);
	else
		desk_open(desk, &enrol_screen, &card);
	return true;
}
