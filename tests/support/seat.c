#include "tests/support/seat.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/utf8.h>

#include "base/file.h"
#include "desk/actions.h"
#include "desk/loop.h"
#include "desk/screens.h"
#include "filing/inside.h"
#include "record/entity.h"
#include "seal/agency_key.h"
#include "tests/support/folder.h"
#include "tests/support/golden.h"
#include "tests/support/sample.h"
#include "tests/test.h"
#include "text/cells.h"

static void read_settings(struct seat *seat, const struct agency *agency,
			  const char *language)
{
	SCOPED(char_freep) char *path = folder_file(agency->folder, "seat.ini");
	SCOPED(char_freep)
	char *text = xasprintf("[agency]\nname = Riverside\n[desk]\n"
			       "language = %s\n",
			       language);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
	assert_int_equal(settings_read(path, &seat->settings), FAULT_NONE);
}

static void open_record(struct seat *seat, const struct agency *agency)
{
	seat->record = sample_record(agency->folder); /* the agency's */
	assert_int_equal(filing_open(agency->home, seat->record, &seat->filing),
			 FAULT_NONE);
	ring_add(seat->filing->ring,
		 agency_key_of_secret(agency->secret, "Test", 0));
}

void seat_open(struct seat *seat, const struct agency *agency, const char *user,
	       const char *language)
{
	struct desk *desk = &seat->desk;

	setenv("TZ", "America/Toronto", 1);
	tzset();
	*seat = (struct seat){ .rows = 24, .columns = 80 };
	read_settings(seat, agency, language);
	open_record(seat, agency);
	*desk = (struct desk){
		.home = agency->home,
		.mark = "desk.demo_mark",
		.settings = seat->settings,
		.record = seat->record,
		.filing = seat->filing,
		.locked = &desk_unlock_screen,
		.actions = desk_actions,
		.action_count = desk_action_count,
		.line_count = desk_line_count,
		.clock = { .now = SEAT_NOW, .moment = 1 },
	};
	assert_int_equal(
	    staff_open(&desk->staff, seat->settings, user, "front"),
	    FAULT_NONE);
	scanner_open(&desk->scanner, seat->settings);
	desk_open(desk, desk->locked, NULL);
	desk_open(desk, &desk_waiting_screen, NULL);
	seat_look(seat);
}

void seat_close(struct seat *seat)
{
	desk_close(&seat->desk);
	scanner_close(&seat->desk.scanner);
	printing_done(&seat->desk.printing);
	staff_done(&seat->desk.staff);
	filing_free(seat->filing);
	record_close(seat->record);
	settings_free(seat->settings);
}

/* What takes long is done before the next key. */
static void take(struct seat *seat, struct ui_event event)
{
	loop_key(&seat->desk, &event);
	while (seat->desk.stack.depth && stack_busy(&seat->desk.stack)) {
		SCOPED(char_freep) char *picture = seat_picture(seat);

		loop_tick(&seat->desk);
	}
}

void seat_type(struct seat *seat, const char *text)
{
	int32_t length = (int32_t)strlen(text);

	for (int32_t at = 0; at < length;) {
		UChar32 point;

		U8_NEXT_OR_FFFD((const uint8_t *)text, at, length, point);
		take(seat, (struct ui_event){ .key = UI_KEY_TEXT,
					      .character = (uint32_t)point });
	}
}

void seat_press(struct seat *seat, enum ui_key key)
{
	take(seat, (struct ui_event){ .key = key });
}

char *seat_picture(struct seat *seat)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(seat->rows, seat->columns, false);

	stack_draw(&seat->desk.stack, canvas);
	return canvas_picture(canvas);
}

void seat_click(struct seat *seat, const char *text)
{
	SCOPED(char_freep) char *picture = seat_picture(seat);
	char *rest = picture, *line;

	for (int y = 0; (line = strsep(&rest, "\n")); y++) {
		char *found = strstr(line, text);

		if (!found)
			continue;
		*found = 0;
		take(seat, (struct ui_event){ .key = UI_KEY_POINT,
					      .y = y,
					      .x = text_cells(line) });
		return;
	}
	fail_msg("nowhere to click: %s", text);
}

/* White space of any length is one blank. */
static char *squeezed(const char *text)
{
	char *out = xcalloc(strlen(text) + 1, 1), *to = out;

	for (; *text; text++) {
		if (!strchr(" \n", *text))
			*to++ = *text;
		else if (to > out && to[-1] != ' ')
			*to++ = ' ';
	}
	return out;
}

static bool shows(struct seat *seat, const char *text)
{
	SCOPED(char_freep) char *picture = seat_picture(seat);
	SCOPED(char_freep) char *seen = squeezed(picture);
	bool found = strstr(seen, text) != NULL;

	return found;
}

void seat_sees(struct seat *seat, const char *text)
{
	if (!shows(seat, text)) {
		SCOPED(char_freep) char *picture = seat_picture(seat);

		fail_msg("not shown: %s\n%s", text, picture);
	}
}

void seat_misses(struct seat *seat, const char *text)
{
	if (shows(seat, text)) {
		SCOPED(char_freep) char *picture = seat_picture(seat);

		fail_msg("shown: %s\n%s", text, picture);
	}
}

void seat_look(struct seat *seat)
{
	loop_look(&seat->desk);
}

int office_open(void **state)
{
	struct office *office = xcalloc(1, sizeof *office);

	agency_init(&office->agency, 7);
	seat_open(&office->sam, &office->agency, "Sam", "en");
	seat_open(&office->ana, &office->agency, "Ana", "fr");
	*state = office;
	return 0;
}

int office_close(void **state)
{
	struct office *office = *state;

	seat_close(&office->sam);
	seat_close(&office->ana);
	agency_done(&office->agency);
	free(office);
	return 0;
}

int64_t seat_make(struct seat *seat, const char *kind, ...)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	const char *field, *wrong = NULL;
	enum entity_answer answer;
	va_list pairs;

	assert_non_null(kind_find(kind));
	assert_int_equal(entity_new(seat->record, kind_find(kind), &entity),
			 FAULT_NONE);
	va_start(pairs, kind);
	while ((field = va_arg(pairs, const char *)))
		assert_true(
		    entity_set(entity, field, va_arg(pairs, const char *)));
	va_end(pairs);
	assert_int_equal(entity_save(seat->record, entity, SOURCE_TOLD,
				     &seat->desk.staff.who,
				     seat->desk.clock.now, &answer, &wrong),
			 FAULT_NONE);
	if (answer != ENTITY_DONE)
		fail_msg("%s: %s: %s", kind, entity_answer_word(answer),
			 wrong ? wrong : "");
	return entity->id;
}

void seat_down(struct seat *seat, int rows)
{
	while (rows--)
		seat_press(seat, UI_KEY_DOWN);
}

struct act_count {
	const char *act;
	int count;
};

static void count_act(void *to, const struct record_audit *row)
{
	struct act_count *acts = to;

	acts->count += strcmp(row->act, acts->act) == 0;
}

int seat_audited(const struct seat *seat, const char *act)
{
	struct act_count acts = { act, 0 };

	assert_int_equal(record_audit_each(seat->record, 0, count_act, &acts),
			 FAULT_NONE);
	return acts.count;
}

void seat_golden(struct seat *seat, const char *name)
{
	SCOPED(char_freep) char *picture = seat_picture(seat);

	assert_golden(name, picture);
}
