#include "desk/box_menu.h"

#include <stdlib.h>

#include "desk/action.h"
#include "desk/box_papers.h"
#include "desk/box_slip.h"
#include "desk/box_stick.h"
#include "desk/frame.h"
#include "desk/keys.h"
#include "desk/titled.h"
#include "print/slip.h"
#include "record/kind.h"

#define BACKUP_DAYS 7 /* where no setting says another */
#define DAY_MS INT64_C(86400000)

struct box_menu {
	struct desk *desk;
	struct table *table;
	struct box_slip slip;
	char **words, **abouts;
	size_t count;
	size_t *shown; /* rows of the table below */
};

/* --- what can be done
 * --------------------------------------------------------- */

static void save(struct box_menu *menu)
{
	static const struct box_work work = { .deed = BOX_SAVE };

	desk_open(menu->desk, &desk_box_stick_screen, &work);
}

static void move(struct box_menu *menu)
{
	static const struct box_work work = { .deed = BOX_MOVE };

	desk_open(menu->desk, &desk_box_stick_screen, &work);
}

static void prepare(struct box_menu *menu)
{
	static const struct box_work work = { .deed = BOX_CARD };

	desk_open(menu->desk, &desk_box_stick_screen, &work);
}

static void show_keys(struct box_menu *menu)
{
	desk_open(menu->desk, &desk_keys_screen, NULL);
}

static void show_kiosks(struct box_menu *menu)
{
	desk_open(menu->desk, &desk_kiosks_screen, NULL);
}

static void update(struct box_menu *menu)
{
	static const struct box_work work = { .deed = BOX_UPDATE };

	desk_open(menu->desk, &desk_box_stick_screen, &work);
}

static void show_papers(struct box_menu *menu)
{
	desk_open(menu->desk, &desk_box_papers_screen, NULL);
}

static void look_at_risks(struct box_menu *menu)
{
	desk_open(menu->desk, &desk_risks_screen, NULL);
}

static void enrol(struct box_menu *menu)
{
	desk_say_key(menu->desk, "box.scan_kiosk");
}

static void restore(struct box_menu *menu)
{
	menu->desk->after = DESK_RESTORE;
	(void)desk_leave(menu->desk);
}

static void change_passphrase(struct box_menu *menu)
{
	static const enum box_form form = BOX_PASSPHRASE;

	desk_open(menu->desk, &desk_box_form_screen, &form);
}

static void change_own(struct box_menu *menu)
{
	static const enum box_form form = BOX_OWN;

	desk_open(menu->desk, &desk_box_form_screen, &form);
}

static void set_clock(struct box_menu *menu)
{
	static const enum box_form form = BOX_CLOCK;

	desk_open(menu->desk, &desk_box_form_screen, &form);
}

static void change_key(struct box_menu *menu)
{
	static const enum box_form form = BOX_KEY;

	desk_open(menu->desk, &desk_box_form_screen, &form);
}

static void lock(struct box_menu *menu)
{
	desk_lock(menu->desk);
}

static void switch_off(struct box_menu *menu)
{
	menu->desk->after = DESK_OFF;
	(void)desk_leave(menu->desk);
}

static void give_back(struct box_menu *menu)
{
	menu->desk->after = DESK_LOBBY;
	(void)desk_leave(menu->desk);
}

static void try_printer(struct box_menu *menu)
{
	struct desk *desk = menu->desk;
	SCOPED(picture_freep) struct picture *picture = NULL;
	SCOPED(char_freep) char *heading = desk_word(desk, "box.test_page");
	SCOPED(char_freep) char *all = desk_word(desk, "box.test_text");
	const struct slip_line lines[] = {
		{ .text = heading, .size = 34, .bold = true },
		{ .text = settings_text(desk->settings, "agency", "name", ""),
		  .size = 26 },
		{ .text = all, .size = 26 },
		{ .text = "ABCDEFGH 01234567",
		  .size = 28,
		  .bold = true,
		  .columns = true },
	};

	if (slip_draw(lines, COUNT(lines), NULL, box_slip_width(desk),
		      &picture))
		desk_say_key(desk, "desk.print_failed");
	else
		box_slip_print(&menu->slip, desk, picture);
}

static const struct row {
	const char *word, *about; /* catalogue */
	unsigned roles;           /* one of them is needed; 0: none is */
	bool lobby;               /* only where the kiosk is on the box, too */
	void (*run)(struct box_menu *menu);
} rows[] = {
	{ "box.save", "box.save_about", 0, false, save },
	{ "box.papers", "box.papers_about", PAPERS_ROLES | PAPERS_SHARED_ROLES,
	  false, show_papers },
	{ "box.card", "box.card_about", ROLE_ADMINISTRATOR, false, prepare },
	{ "box.enrol", "box.enrol_about", ROLE_ADMINISTRATOR, false, enrol },
	{ "box.update", "box.update_about", ROLE_ADMINISTRATOR, false, update },
	{ "box.test", "box.test_about", 0, false, try_printer },
	{ "box.own", "box.own_about", 0, false, change_own },
	/* Who is let in again after wrong passphrases goes by it, too. */
	{ "box.set_clock", "box.set_clock_about", ROLE_ADMINISTRATOR, false,
	  set_clock },
	{ "box.change", "box.change_about", ROLE_ADMINISTRATOR, false,
	  change_passphrase },
	{ "box.rekey", "box.rekey_about", ROLE_ADMINISTRATOR, false,
	  change_key },
	{ "box.move", "box.move_about", ROLE_ADMINISTRATOR, false, move },
	{ "box.restore", "box.restore_about", ROLE_ADMINISTRATOR, false,
	  restore },
	{ "box.kiosks", "box.kiosks_about", ROLE_ADMINISTRATOR, false,
	  show_kiosks },
	{ "box.keys", "box.keys_about", ROLE_ADMINISTRATOR, false, show_keys },
	{ "box.doctor", "box.doctor_about", ROLE_ADMINISTRATOR, false,
	  look_at_risks },
	{ "box.lock", "box.lock_about", 0, false, lock },
	{ "box.to_lobby", "box.to_lobby_about", 0, true, give_back },
	{ "box.end", "box.end_about", 0, false, switch_off },
};

static bool is_for(const struct desk *desk, const struct row *row)
{
	if (row->lobby && !desk->lobby)
		return false;
	return !row->roles || staff_may(&desk->staff, row->roles);
}

/* --- the reminder
 * --------------------------------------------------------------- */

void box_remind(struct desk *desk)
{
	const long limit =
	    settings_number(desk->settings, "desk", "backup_days", BACKUP_DAYS);
	const int64_t last = stick_last(desk->home);
	const struct catalogue_argument days = {
		.name = "days",
		.number = (double)((desk->clock.now - last) / DAY_MS),
	};

	if (!desk->vault || !limit || desk->clock.now - last < limit * DAY_MS)
		return;
	if (last)
		desk_say(desk, desk_words(desk, "box.remind", &days, 1), true);
	else
		desk_say(desk, desk_word(desk, "box.remind_first"), true);
}

/* --- the screen
 * ------------------------------------------------------------------ */

#define ABOUT_ROWS 3 /* of what the selected row does */

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct box_menu *menu = to;

	(void)column;
	return (struct table_cell){ .text = menu->words[row],
				    .colour = CANVAS_INK,
				    .bold = true };
}

static void leave(void *state)
{
	struct box_menu *menu = state;

	for (size_t i = 0; i < menu->count; i++) {
		free(menu->words[i]);
		free(menu->abouts[i]);
	}
	free(menu->words);
	free(menu->abouts);
	free(menu->shown);
	box_slip_done(&menu->slip);
	table_free(menu->table);
	free(menu);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[] = { { NULL, 0, 0 } };
	struct box_menu *menu = xcalloc(1, sizeof *menu);

	(void)about;
	menu->desk = desk;
	menu->words = xcalloc(COUNT(rows), sizeof *menu->words);
	menu->abouts = xcalloc(COUNT(rows), sizeof *menu->abouts);
	menu->shown = xcalloc(COUNT(rows), sizeof *menu->shown);
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (!is_for(desk, &rows[i]))
			continue;
		menu->words[menu->count] = desk_word(desk, rows[i].word);
		menu->abouts[menu->count] = desk_word(desk, rows[i].about);
		menu->shown[menu->count++] = i;
	}
	menu->table = titled_table(desk, columns, 1, NULL, fill, menu);
	table_set_count(menu->table, menu->count);
	*state = menu;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct box_menu *menu = state;
	SCOPED(char_freep) char *title = desk_word(menu->desk, "box.menu");
	struct canvas_area area = frame_draw(menu->desk, canvas, title);

	canvas_text(canvas,
		    &(struct canvas_text){
			.y = area.y + area.h - ABOUT_ROWS,
			.x = 2,
			.h = ABOUT_ROWS,
			.w = area.w - 4,
			.text = menu->abouts[table_selected(menu->table)],
			.language = menu->desk->staff.language,
			.colour = CANVAS_QUIET,
			.caret = -1,
		    });
	area.h -= ABOUT_ROWS + 1;
	table_draw(menu->table, canvas, area, true);
}

static void run_selected(struct desk *desk, void *state)
{
	struct box_menu *menu = state;

	(void)desk;
	rows[menu->shown[table_selected(menu->table)]].run(menu);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct box_menu *menu = state;

	if (!action_key(menu->desk, event) &&
	    table_key(menu->table, event) == TABLE_OPENED)
		run_selected(menu->desk, menu);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t moment)
{
	struct box_menu *menu = state;

	box_slip_tell(&menu->slip, menu->desk, moment);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "box.do", "box.do_about", NULL, run_selected },
	{ 0 },
};

const struct view desk_box_screen = {
	.name = "box",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.tick = tick,
	.leave = leave,
};
