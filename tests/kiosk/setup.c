#include "tests/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "issue/agency.h"
#include "issue/waiting.h"
#include "scan/wedge.h"
#include "seal/agency_key.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/sheets.h"
#include "tests/support/stand.h"

/*
 * A kiosk on a machine of its own, as staff meet it: the first boot, the menu,
 * and a card that was changed. The agency's home is the stand's; the kiosk's
 * own is beside it.
 */
#define PIN "482915"

struct scene {
	struct stand stand;
	char *card, *own, *paper;
};

/* Writes the agency's card anew. */
static void prepare(const struct scene *scene)
{
	struct output output =
	    program_run("", "foyer card prepare --home %s %s",
			scene->stand.home, scene->card);

	/* 1: something on it is to be mended. */
	if (output.status > 1)
		fail_msg("%s%s", output.out, output.err);
	output_done(&output);
}

/* Says more in a file on the card. */
static void add_to(const struct scene *scene, const char *name,
		   const char *lines)
{
	SCOPED(char_freep) char *path = folder_file(scene->card, name);
	FILE *file = fopen(path, "ae");

	assert_non_null(file);
	fputs(lines, file);
	assert_int_equal(fclose(file), 0);
}

static void add_to_card(const struct scene *scene, const char *lines)
{
	add_to(scene, "foyer.ini", lines);
}

static void scene_init(struct scene *scene, const char *settings)
{
	SCOPED(folder_freep) char *name = folder_new();
	SCOPED(char_freep)
	char *all =
	    xasprintf("[printer]\naddress = file:%s.png\n%s", name, settings);

	stand_home(&scene->stand, all);
	scene->paper = xasprintf("%s.png", name);
	scene->card = folder_file(scene->stand.folder, "card/foyer");
	scene->own = folder_file(scene->stand.folder, "own");
	prepare(scene);
}

static void scene_done(struct scene *scene)
{
	unlink(scene->paper);
	stand_done(&scene->stand);
	free(scene->card);
	free(scene->own);
	free(scene->paper);
}

static void start(struct scene *scene, int rows, int columns)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	const char *argv[] = { program,  "--home",    scene->own,
			       "--card", scene->card, NULL };

	scene->stand.pty = pty_start(argv, NULL, rows, columns);
}

/* As a power cut does. */
static void cut(struct scene *scene)
{
	kill(stand_visitor(&scene->stand), SIGKILL);
	kill(pty_child(scene->stand.pty), SIGKILL);
	pty_wait(scene->stand.pty, 10000);
	pty_stop(scene->stand.pty);
	scene->stand.pty = NULL;
}

static void press(struct scene *scene, const char *text, const char *keys)
{
	stand_press(&scene->stand, text, keys);
}

/* A person's key comes some time after a scan; what is a part of its burst is
 * no key (scan/wedge.h). */
static void scan(struct scene *scene, const char *text, const char *digits)
{
	press(scene, text, digits);
	pty_settle(scene->stand.pty, 2 * WEDGE_SILENCE);
}

/* The file of the kiosk's folder, or not. */
static bool has(const struct scene *scene, const char *name)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/kiosk/%s", scene->own, name);

	return file_exists(path);
}

static const struct {
	const char *text, *keys;
	bool gated; /* coming back here, the PIN is asked for first */
} steps[] = {
	{ "Welcome · Bienvenue", "1", false },
	{ "The kiosk can use the card", "1", false },
	{ "6 to 12 digits that only staff know", PIN "\r", false },
	{ "Write the same PIN once more", PIN "\r", false },
	{ "Whose kiosk is this?", "1", true },
	{ "The desk learns this kiosk", "1", true },
	{ "Print a test ticket", "1", true },
	{ "Yes, it came out well", "1", true },
	{ "Not offered, for nobody reviewed", "1", true },
	{ "Is this the time now?", "1", true },
	{ "Has it read it?", "1", true },
};

static void walk(struct scene *scene)
{
	for (size_t i = 0; i < COUNT(steps); i++)
		press(scene, steps[i].text, steps[i].keys);
	stand_expect(&scene->stand, "Press any key");
}

/* From the first boot to the open lobby; with a note to be seen on the card's
 * page. */
static void scene_set_up(struct scene *scene)
{
	scene_init(scene, "[speech]\nheadphone = yes\n");
	start(scene, 24, 80);
	walk(scene);
}

static void a_first_boot_ends_in_an_open_lobby(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	assert_true(file_exists(scene.paper));
	assert_true(has(&scene, "staff.pin"));
	assert_true(has(&scene, "card.pins"));
	assert_true(has(&scene, "kiosk.key"));
	assert_false(has(&scene, "pending"));
	/* The PIN is nowhere to be read. */
	assert_false(folder_holds(scene.own, PIN));
	pty_stop(scene.stand.pty);
	/* From then on it opens by itself. */
	start(&scene, 14, 60);
	stand_expect(&scene.stand, "Press any key");
	scene_done(&scene);
}

/* The screen on which a step is, when it was cut there: what was printed is
 * printed again, and a PIN that was not written twice is none. */
static size_t back_at(size_t step)
{
	static const struct {
		size_t from, to;
	} back[] = { { 1, 1 }, { 3, 2 }, { 7, 6 } };

	for (size_t i = 0; i < COUNT(back); i++) {
		if (back[i].from == step)
			return back[i].to;
	}
	return step;
}

/* What was behind stays behind, but for the card, which is looked at anew
 * until it was taken. */
static void come_back(struct scene *scene, size_t step)
{
	const size_t from = back_at(step);

	start(scene, 24, 80);
	if (steps[step].gated)
		press(scene, "Write the staff PIN", PIN "\r");
	if (step == 2 || step == 3 || step == 4)
		press(scene, steps[1].text, steps[1].keys);
	for (size_t i = from; i < step; i++)
		press(scene, steps[i].text, steps[i].keys);
	stand_expect(&scene->stand, steps[step].text);
}

static void a_power_cut_at_any_step_loses_nothing_before_it(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene, "[speech]\nheadphone = yes\n");
	start(&scene, 24, 80);
	for (size_t i = 0; i < COUNT(steps); i++) {
		stand_expect(&scene.stand, steps[i].text);
		cut(&scene);
		come_back(&scene, i);
		pty_send(scene.stand.pty, steps[i].keys);
	}
	stand_expect(&scene.stand, "Press any key");
	scene_done(&scene);
}

/* The desk's word: it is a test ticket, and nothing is filed. */
/* The printer was there for the first one. */
static void a_second_test_ticket_that_fails_is_told(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene, "[speech]\nheadphone = yes\n");
	start(&scene, 24, 80);
	for (size_t i = 0; i < COUNT(steps); i++) {
		press(&scene, steps[i].text, steps[i].keys);
		if (strcmp(steps[i].text, "Print a test ticket") == 0)
			break;
	}
	stand_expect(&scene.stand, "Yes, it came out well");
	assert_int_equal(unlink(scene.paper), 0);
	assert_int_equal(mkdir(scene.paper, 0700), 0);
	press(&scene, "Print another one", "2");
	/* What it would have said can be scanned, and it may be tried again. */
	stand_expect(&scene.stand, "scan this from here");
	assert_int_equal(rmdir(scene.paper), 0);
	press(&scene, "Print another one", "1");
	press(&scene, "Yes, it came out well", "1");
	stand_expect(&scene.stand, "Not offered, for nobody reviewed");
	scene_done(&scene);
}

static void the_desk_reads_the_test_ticket_as_one(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_stop(scene.stand.pty);
	scene.stand.pty = NULL;
	struct output output =
	    program_run("", "foyer kiosk show --home %s", scene.own);
	SCOPED(char_freep)
	char *digits = xstrdup(strstr(output.out, "enrolment") + 12);

	digits[strcspn(digits, "\n")] = 0;
	output_done(&output);
	output = program_run("", "foyer kiosk enrol --compared --home %s %s",
			     scene.stand.home, digits);
	assert_int_equal(output.status, 0);
	output_done(&output);
	output = program_run("", "foyer record file --home %s %s",
			     scene.stand.home, scene.paper);
	assert_non_null(strstr(output.out, "\"status\":\"test\""));
	output_done(&output);
	scene_done(&scene);
}

static void the_menu_is_behind_the_pin(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	/* F10, or back five times in a row. */
	pty_send(scene.stand.pty, "\033[21~");
	press(&scene, "Write the staff PIN", "111222\r");
	press(&scene, "That is not the PIN", PIN "\r");
	press(&scene, "Staff menu", "2");
	press(&scene, "Open the lobby again", "1");
	stand_expect(&scene.stand, "We are closed now");
	assert_true(has(&scene, "closed"));
	for (int i = 0; i < 5; i++) {
		pty_send(scene.stand.pty, PTY_ESCAPE);
		pty_settle(scene.stand.pty, 100);
	}
	press(&scene, "Write the staff PIN", PIN "\r");
	press(&scene, "Open the lobby again", "2");
	stand_expect(&scene.stand, "Close the lobby");
	assert_false(has(&scene, "closed"));
	/* Escape goes back to where visitors are. */
	pty_send(scene.stand.pty, PTY_ESCAPE);
	stand_expect(&scene.stand, "Press any key");
	scene_done(&scene);
}

/* What the desk's code says; the caller frees it. */
static char *code_of(uint8_t byte, const char *name)
{
	struct card card = { 0 };
	struct bytes digits = { 0 };
	uint8_t secret[KEY_BYTES];
	SCOPED(agency_key_freep) struct agency_key *key = NULL;

	memset(secret, byte, sizeof secret);
	key = agency_key_of_secret(secret, name, 0);
	memcpy(card.key, agency_key_public(key), KEY_BYTES);
	strcpy(card.name, name);
	agency_card_digits(&card, &digits);
	bytes_add_byte(&digits, '\r');
	return bytes_take_text(&digits);
}

static void seals_to(const struct scene *scene, const char *name)
{
	struct output output =
	    program_run("", "foyer kiosk show --home %s", scene->own);
	SCOPED(char_freep) char *line = xasprintf("seals to    %s (", name);

	if (!strstr(output.out, line))
		fail_msg("not %s: %s", line, output.out);
	output_done(&output);
}

/* The agency changed its key: its code is scanned behind the PIN, and a card
 * that has the old one is told. */
static void another_key_is_taken_by_its_code(void **state)
{
	SCOPED(char_freep) char *code = code_of(0x44, "Riverside anew");
	SCOPED(char_freep) char *cut_short = xasprintf("%.60s\r", code);
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_send(scene.stand.pty, "\033[21~");
	press(&scene, "Write the staff PIN", PIN "\r");
	press(&scene, "Staff menu", "0"); /* the second half */
	press(&scene, "2  Another key of the agency", "2");
	scan(&scene, "show or print the code", cut_short);
	scan(&scene, "That is no key’s code", code);
	stand_expect(&scene.stand, "Riverside anew");
	seals_to(&scene, "Riverside (demo)");
	press(&scene, "The digits are the same", "1");
	stand_expect(&scene.stand, "sealed to the new key");
	seals_to(&scene, "Riverside anew");
	scan(&scene, "show or print the code", code);
	stand_expect(&scene.stand, "seals to this key already");
	pty_stop(scene.stand.pty);
	/* The card would bring the old one back, and that is said. */
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "Changed: agency.pub");
	stand_expect(&scene.stand, "the key that this kiosk had before");
	seals_to(&scene, "Riverside anew");
	scene_done(&scene);
}

static void staff_see_what_puts_people_at_risk(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_send(scene.stand.pty, "\033[21~");
	press(&scene, "Write the staff PIN", PIN "\r");
	press(&scene, "Staff menu", "0");
	press(&scene, "3  What puts people at risk", "3");
	stand_expect(&scene.stand, "The risk here is ");
	press(&scene, "To mend it: ", "1");
	press(&scene, "Staff menu", "0");
	press(&scene, "Français", "5");
	press(&scene, "Menu du personnel", "0");
	press(&scene, "3  Ce qui met des gens en danger", "3");
	stand_expect(&scene.stand, "Le risque ici est");
	scene_done(&scene);
}

/* Writes a folder of that name where a file is to be made, or takes it away. */
static void hinder(const struct scene *scene, const char *name, bool on)
{
	SCOPED(char_freep) char *path = folder_file(scene->own, name);

	assert_int_equal(on ? mkdir(path, 0700) : rmdir(path), 0);
}

/* From the lobby to where the code is asked for. */
static void come_to_key(struct scene *scene)
{
	stand_expect(&scene->stand, "Press any key");
	pty_send(scene->stand.pty, "\033[21~");
	press(scene, "Write the staff PIN", PIN "\r");
	press(scene, "Staff menu", "0");
	press(scene, "2  Another key of the agency", "2");
}

/* Whatever step fails, it is the old key still, or goes on to the new one. */
static void another_key_that_was_half_taken_is_taken(void **state)
{
	SCOPED(char_freep) char *code = code_of(0x44, "Riverside anew");
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	come_to_key(&scene);
	hinder(&scene, "keys/agency.pub.new", true);
	scan(&scene, "show or print the code", code);
	press(&scene, "The digits are the same", "1");
	stand_expect(&scene.stand, "did not work");
	seals_to(&scene, "Riverside (demo)");
	hinder(&scene, "keys/agency.pub.new", false);
	pty_stop(scene.stand.pty);
	hinder(&scene, "kiosk/card.pins.new", true);
	start(&scene, 24, 80);
	come_to_key(&scene);
	scan(&scene, "show or print the code", code);
	press(&scene, "The digits are the same", "1");
	stand_expect(&scene.stand, "did not work");
	pty_stop(scene.stand.pty);
	hinder(&scene, "kiosk/card.pins.new", false);
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "Press any key");
	seals_to(&scene, "Riverside anew");
	pty_stop(scene.stand.pty);
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "Changed: agency.pub");
	scene_done(&scene);
}

/* As programs left it that pinned the new key first, when power went then. */
static void no_kiosk_goes_back_to_the_key_it_had_before(void **state)
{
	SCOPED(char_freep) char *code = code_of(0x44, "Riverside anew");
	static const char *const names[] = { "keys/agency.pub",
					     "kiosk/card.pins" };
	struct bytes former[COUNT(names)] = { 0 };
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *path = folder_file(scene.own, names[i]);

		assert_int_equal(file_read(path, 1 << 20, &former[i]),
				 FAULT_NONE);
	}
	come_to_key(&scene);
	scan(&scene, "show or print the code", code);
	press(&scene, "The digits are the same", "1");
	stand_expect(&scene.stand, "sealed to the new key");
	pty_stop(scene.stand.pty);
	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *path = folder_file(scene.own, names[i]);

		assert_int_equal(
		    file_write(path, former[i].data, former[i].length, 0600),
		    FAULT_NONE);
		bytes_done(&former[i]);
	}
	for (int i = 0; i < 2; i++) {
		start(&scene, 24, 80);
		stand_expect(&scene.stand,
			     i ? "Changed: agency.pub" : "Press any key");
		seals_to(&scene, "Riverside anew");
		if (!i)
			pty_stop(scene.stand.pty);
	}
	scene_done(&scene);
}

/* The pins do not know the key that the kiosk took; the card's is shown. */
static void the_key_of_a_card_is_shown_where_the_kiosk_has_another(void **state)
{
	SCOPED(char_freep) char *code = code_of(0x44, "Riverside anew");
	struct scene scene;
	struct bytes pins = { 0 };

	(void)state;
	scene_set_up(&scene);
	SCOPED(char_freep)
	char *path = folder_file(scene.own, "kiosk/card.pins");
	assert_int_equal(file_read(path, 1 << 20, &pins), FAULT_NONE);
	come_to_key(&scene);
	scan(&scene, "show or print the code", code);
	press(&scene, "The digits are the same", "1");
	stand_expect(&scene.stand, "sealed to the new key");
	pty_stop(scene.stand.pty);
	assert_int_equal(file_write(path, pins.data, pins.length, 0600),
			 FAULT_NONE);
	bytes_done(&pins);
	add_to_card(&scene, "[agency]\ndesk = Another desk\n");
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "Changed: foyer.ini");
	stand_expect(&scene.stand, "the key that this kiosk had before");
	press(&scene, "Changed: foyer.ini", "2");
	/* Its code once more, and the pins know it. */
	come_to_key(&scene);
	scan(&scene, "show or print the code", code);
	stand_expect(&scene.stand, "seals to this key already");
	pty_stop(scene.stand.pty);
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "Changed: agency.pub");
	scene_done(&scene);
}

/* As if power went when the answers were sealed: they do not come on paper. */
static void leave_waiting(const struct scene *scene)
{
	static const struct sheets_text sheets = {
		.survey = "type,name,label::English (en)\n"
			  "text,called,What is your name?\n",
		.settings = "form_title,form_id,version,default_language\n"
			    "Short,short,1,English (en)\n",
	};
	SCOPED(char_freep) char *form = sheets_sound(sheets);
	SCOPED(char_freep)
	char *path = folder_file(scene->own, "forms/short.xml");
	struct output output;

	assert_int_equal(file_write(path, form, strlen(form), 0600),
			 FAULT_NONE);
	output = program_run("{}",
			     "foyer ticket issue --home %s --form short "
			     "--answers /dev/stdin -o %s/none/t.png",
			     scene->own, scene->own);
	if (output.status != 3)
		fail_msg("status %d: %s", output.status, output.err);
	assert_true(has(scene, "pending"));
	output_done(&output);
	unlink(path);
	unlink(scene->paper);
}

static void come_to_menu(struct scene *scene)
{
	start(scene, 24, 80);
	stand_expect(&scene->stand, "Press any key");
	pty_send(scene->stand.pty, "\033[21~");
	press(scene, "Write the staff PIN", PIN "\r");
}

/* How many tickets wait for their paper. */
static int waiting(const struct scene *scene)
{
	SCOPED(home_freep) struct home *home = NULL;
	const struct uptime now = uptime_now();
	struct waiting list[WAITING_MOST];

	assert_int_equal(home_open(scene->own, &home), FAULT_NONE);
	return (int)waiting_list(home, &now, list);
}

static void a_ticket_that_waits_is_printed_behind_the_pin(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	cut(&scene);
	leave_waiting(&scene);
	come_to_menu(&scene);
	press(&scene, "Print a ticket that waits", "3");
	press(&scene, "15 min left", "1");
	press(&scene, "Is this person here?", "1");
	stand_expect(&scene.stand, "Yes, it came out well");
	assert_true(file_exists(scene.paper));
	/* Once more: it waits until it is in a hand. */
	unlink(scene.paper);
	assert_int_equal(waiting(&scene), 1);
	pty_send(scene.stand.pty, PTY_ESCAPE);
	press(&scene, "Staff menu", "3");
	press(&scene, "min left", "1");
	press(&scene, "Is this person here?", "1");
	press(&scene, "Yes, it came out well", "1");
	stand_expect(&scene.stand, "Printer and test ticket");
	assert_true(file_exists(scene.paper));
	assert_int_equal(waiting(&scene), 0);
	cut(&scene);
	/* Or nobody is there for it. */
	leave_waiting(&scene);
	come_to_menu(&scene);
	press(&scene, "Print a ticket that waits", "3");
	press(&scene, "min left", "1");
	press(&scene, "Nobody waits for it", "2");
	stand_expect(&scene.stand, "Printer and test ticket");
	assert_int_equal(waiting(&scene), 0);
	assert_false(file_exists(scene.paper));
	scene_done(&scene);
}

/* Staff find each by its number, however many there are. */
static void of_several_that_wait_each_is_printed_by_its_number(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	cut(&scene);
	for (int i = 0; i < 8; i++)
		leave_waiting(&scene);
	come_to_menu(&scene);
	press(&scene, "Print a ticket that waits", "3");
	/* Each issue took the next batch of 64. */
	stand_expect(&scene.stand, "K7-0129 – 15 min left");
	stand_expect(&scene.stand, "K7-0449 – 15 min left");
	press(&scene, "Other tickets", "7");
	stand_expect(&scene.stand, "K7-0577 – 15 min left");
	press(&scene, "K7-0513 – 15 min left", "2");
	press(&scene, "Ticket K7-0577. Is this person here?", "1");
	press(&scene, "Yes, it came out well", "1");
	stand_expect(&scene.stand, "K7-0513 – 15 min left");
	assert_false(pty_shows(scene.stand.pty, "K7-0577"));
	assert_int_equal(waiting(&scene), 7);
	assert_false(has(&scene, "waiting-577"));
	assert_true(has(&scene, "waiting-513"));
	scene_done(&scene);
}

/* A kiosk of its own has no shell in which a key could be made. */
static void lost_numbers_are_mended_on_the_screen(void **state)
{
	struct scene scene;
	struct bytes before = { 0 }, after = { 0 };

	(void)state;
	scene_set_up(&scene);
	cut(&scene);
	leave_waiting(&scene);
	SCOPED(char_freep)
	char *key = folder_file(scene.own, "kiosk/kiosk.key");
	SCOPED(char_freep)
	char *numbers = folder_file(scene.own, "kiosk/seq.state");

	assert_int_equal(file_read(key, 4096, &before), FAULT_NONE);
	assert_int_equal(file_write(numbers, "damaged", 7, 0600), FAULT_NONE);
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "The kiosk cannot open");
	press(&scene, "A new key for this kiosk", "2");
	press(&scene, "Write the staff PIN", PIN "\r");
	press(&scene, "begins again at 1", "1");
	/* The key of a ticket that waits is kept. */
	press(&scene, "A ticket waits for its paper", "2");
	press(&scene, "Print a ticket that waits", "3");
	press(&scene, "min left", "1");
	press(&scene, "Is this person here?", "1");
	press(&scene, "Yes, it came out well", "1");
	assert_int_equal(file_read(key, 4096, &after), FAULT_NONE);
	assert_memory_equal(after.data, before.data, before.length);
	bytes_done(&after);
	press(&scene, "A new key for this kiosk", "4");
	press(&scene, "begins again at 1", "1");
	press(&scene, "The desk learns this kiosk", "1");
	assert_int_equal(file_read(key, 4096, &after), FAULT_NONE);
	assert_memory_not_equal(after.data, before.data, before.length);
	press(&scene, "Staff menu", "1");
	stand_expect(&scene.stand, "Press any key");
	bytes_done(&before);
	bytes_done(&after);
	scene_done(&scene);
}

static void wrong_pins_are_slowed_over_a_power_cut(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_send(scene.stand.pty, "\033[21~");
	press(&scene, "Write the staff PIN", "111222\r");
	for (int i = 0; i < 2; i++)
		press(&scene, "That is not the PIN", "111222\r");
	pty_settle(scene.stand.pty, 300);
	press(&scene, "That is not the PIN", "111222\r");
	stand_expect(&scene.stand, "Too many wrong PINs");
	cut(&scene);
	start(&scene, 24, 80);
	press(&scene, "Press any key", "\033[21~");
	press(&scene, "Too many wrong PINs", PIN "\r");
	pty_settle(scene.stand.pty, 300);
	assert_true(pty_shows(scene.stand.pty, "Too many wrong PINs"));
	scene_done(&scene);
}

/* Settings and the form alike: what is asked is pinned. */
static void a_card_that_was_changed_waits_for_the_pin(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_stop(scene.stand.pty);
	SCOPED(char_freep) char *own = folder_file(scene.own, "foyer.ini");

	add_to_card(&scene, "[agency]\ndesk = Another desk\n");
	add_to(&scene, "forms/intake.xml", "<!-- Other questions -->\n");
	start(&scene, 24, 80);
	/* Without the PIN it opens as it was. */
	stand_expect(&scene.stand, "Changed: forms/intake.xml");
	press(&scene, "Changed: foyer.ini", "2");
	stand_expect(&scene.stand, "Press any key");
	assert_false(folder_holds(scene.own, "Another desk"));
	assert_false(folder_holds(scene.own, "Other questions"));
	pty_stop(scene.stand.pty);
	start(&scene, 24, 80);
	press(&scene, "Changed: foyer.ini", "1");
	press(&scene, "Write the staff PIN", PIN "\r");
	press(&scene, "Changed: foyer.ini", "1");
	stand_expect(&scene.stand, "The card was taken over");
	assert_true(folder_holds(scene.own, "Another desk"));
	assert_true(folder_holds(scene.own, "Other questions"));
	pty_send(scene.stand.pty, PTY_ESCAPE);
	scene_done(&scene);
}

/* The lobby cannot open; the menu is behind the PIN there too, each time. */
static void trouble_lets_nobody_in_without_the_pin(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_stop(scene.stand.pty);
	SCOPED(char_freep)
	char *key = folder_file(scene.own, "keys/agency.pub");

	assert_int_equal(file_write(key, "<broken", 7, 0600), FAULT_NONE);
	start(&scene, 24, 80);
	press(&scene, "The kiosk cannot open", "3");
	press(&scene, "Switch off before", PTY_ESCAPE);
	press(&scene, "The kiosk cannot open", "2");
	press(&scene, "Write the staff PIN", PIN "\r");
	press(&scene, "Close the lobby", PTY_ESCAPE);
	press(&scene, "The kiosk cannot open", "2");
	stand_expect(&scene.stand, "Write the staff PIN");
	scene_done(&scene);
}

#define MANY 3000 /* each with each is above any budget */

#define ENDLESS "instance('l')/root/item[. = instance('l')/root/item]"

/* Of two questions, with more binds and controls. */
static void write_form_without_end(const struct scene *scene, const char *binds,
				   const char *controls)
{
	SCOPED(char_freep)
	char *path = folder_file(scene->own, "forms/intake.xml");
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	fputs("<h:html xmlns='http://www.w3.org/2002/xforms' "
	      "xmlns:h='http://www.w3.org/1999/xhtml'><h:head><h:title>T"
	      "</h:title><model><instance><data id='intake'><a/><b/></data>"
	      "</instance><instance id='l'><root xmlns=''>",
	      file);
	for (int i = 0; i < MANY; i++)
		fprintf(file, "<item>n%d</item>", i);
	fprintf(file,
		"</root></instance>%s</model></h:head><h:body>"
		"<input ref='/data/a'><label>A</label></input>%s</h:body>"
		"</h:html>",
		binds, controls);
	assert_int_equal(fclose(file), 0);
}

/* Nobody comes to a lobby whose questions cannot be asked. */
static void a_form_that_cannot_be_begun_is_told_to_staff(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_stop(scene.stand.pty);
	write_form_without_end(
	    &scene,
	    "<bind nodeset='/data/b' calculate=\"count(" ENDLESS ")\"/>", "");
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "The kiosk cannot open");
	stand_expect(&scene.stand, "/data/b, calculate: more than 2000000");
	scene_done(&scene);
}

/* It would be passed over for everybody; one that need not be answered keeps
 * no lobby shut. */
static void
a_question_that_must_be_answered_and_cannot_is_told_to_staff(void **state)
{
	static const char choosing[] =
	    "<select1 ref='/data/b'><label>B</label><itemset nodeset=\"" ENDLESS
	    "\"><value ref='.'/><label ref='.'/></itemset></select1>";
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_stop(scene.stand.pty);
	write_form_without_end(
	    &scene, "<bind nodeset='/data/b' required='true()'/>", choosing);
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "The kiosk cannot open");
	stand_expect(&scene.stand, "/data/b, choices: more than");
	pty_stop(scene.stand.pty);
	write_form_without_end(&scene, "", choosing);
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "Press any key");
	scene_done(&scene);
}

/* Between the copy of a card and the pinning of its key. */
static void
a_power_cut_before_a_new_key_is_pinned_ends_in_an_open_lobby(void **state)
{
	struct scene scene;

	(void)state;
	scene_set_up(&scene);
	pty_stop(scene.stand.pty);
	scene.stand.pty = NULL;
	SCOPED(char_freep)
	char *other = folder_file(scene.stand.folder, "other");
	struct output output =
	    program_run("", "foyer key new --home %s", other);

	assert_int_equal(output.status, 0);
	output_done(&output);
	SCOPED(char_freep)
	char *line = xasprintf("cp %s/keys/agency.pub %s/kiosk/agency.pub && "
			       "! cmp -s %s/keys/agency.pub "
			       "%s/kiosk/agency.pub",
			       other, scene.own, scene.own, scene.own);

	assert_int_equal(system(line), 0);
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "Press any key");
	pty_stop(scene.stand.pty);
	/* And without any, staff are told. */
	SCOPED(char_freep)
	char *given = folder_file(scene.own, "keys/agency.pub");
	SCOPED(char_freep)
	char *pinned = folder_file(scene.own, "kiosk/agency.pub");

	assert_int_equal(file_remove(given), FAULT_NONE);
	assert_int_equal(file_remove(pinned), FAULT_NONE);
	start(&scene, 24, 80);
	stand_expect(&scene.stand, "there is no agency key");
	scene_done(&scene);
}

static void switching_off_is_the_service_managers_to_do(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene, "[kiosk]\nzone = Toronto\n");
	start(&scene, 24, 80);
	press(&scene, "Welcome · Bienvenue", "2");
	/* French from here on, and nothing goes on before the mend. */
	stand_expect(&scene.stand, "zone est « Toronto ». Écrivez un nom");
	assert_false(pty_shows(scene.stand.pty, "Continuer"));
	press(&scene, "Éteindre, pour corriger la carte", "2");
	press(&scene, "Éteignez avant de retirer la carte", "1");
	assert_int_equal(pty_wait(scene.stand.pty, 10000), 64);
	scene_done(&scene);
}

/* Data as it is installed: with the form that ships. The caller frees the
 * variable that names it. */
static char *ship_form(const struct scene *scene)
{
	SCOPED(char_freep)
	char *line = xasprintf("mkdir -p %s/data/forms && cd %s/data && "
			       "ln -s %s/translations %s/screens . && "
			       "mv %s/forms/intake.xml forms",
			       scene->stand.folder, scene->stand.folder,
			       getenv("FOYER_SOURCE"), getenv("FOYER_SOURCE"),
			       scene->card);

	assert_int_equal(system(line), 0);
	return xasprintf("FOYER_DATA=%s/data", scene->stand.folder);
}

static void a_bad_form_is_named_and_the_one_that_ships_serves(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene, "");
	SCOPED(char_freep) char *data = ship_form(&scene);
	SCOPED(char_freep)
	char *bad = folder_file(scene.card, "forms/intake.xml");
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	const char *argv[] = { program,  "--home",   scene.own,
			       "--card", scene.card, NULL };
	const char *extra[] = { data, NULL };

	assert_int_equal(file_write(bad, "<broken", 7, 0600), FAULT_NONE);
	scene.stand.pty = pty_start(argv, extra, 24, 80);
	press(&scene, steps[0].text, steps[0].keys);
	stand_expect(&scene.stand, "forms/intake.xml, line 1: This form is not "
				   "taken");
	for (size_t i = 1; i < COUNT(steps); i++)
		press(&scene, steps[i].text, steps[i].keys);
	press(&scene, "Press any key", PTY_ENTER);
	stand_expect(&scene.stand, "Choose your language");
	assert_false(file_exists(scene.own) &&
		     folder_holds(scene.own, "<broken"));
	scene_done(&scene);
}

static void without_a_card_the_kiosk_asks_nothing(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_expect(&stand, "Press any key");
	/* No PIN was chosen: there is no menu. */
	pty_send(stand.pty, "\033[21~");
	stand_expect(&stand, "Choose your language");
	stand_done(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_first_boot_ends_in_an_open_lobby),
		cmocka_unit_test(
		    a_power_cut_at_any_step_loses_nothing_before_it),
		cmocka_unit_test(a_second_test_ticket_that_fails_is_told),
		cmocka_unit_test(the_desk_reads_the_test_ticket_as_one),
		cmocka_unit_test(the_menu_is_behind_the_pin),
		cmocka_unit_test(staff_see_what_puts_people_at_risk),
		cmocka_unit_test(another_key_is_taken_by_its_code),
		cmocka_unit_test(another_key_that_was_half_taken_is_taken),
		cmocka_unit_test(no_kiosk_goes_back_to_the_key_it_had_before),
		cmocka_unit_test(
		    the_key_of_a_card_is_shown_where_the_kiosk_has_another),
		cmocka_unit_test(a_ticket_that_waits_is_printed_behind_the_pin),
		cmocka_unit_test(
		    of_several_that_wait_each_is_printed_by_its_number),
		cmocka_unit_test(lost_numbers_are_mended_on_the_screen),
		cmocka_unit_test(wrong_pins_are_slowed_over_a_power_cut),
		cmocka_unit_test(a_card_that_was_changed_waits_for_the_pin),
		cmocka_unit_test(trouble_lets_nobody_in_without_the_pin),
		cmocka_unit_test(a_form_that_cannot_be_begun_is_told_to_staff),
		cmocka_unit_test(
		    a_question_that_must_be_answered_and_cannot_is_told_to_staff),
		cmocka_unit_test(
		    a_power_cut_before_a_new_key_is_pinned_ends_in_an_open_lobby),
		cmocka_unit_test(switching_off_is_the_service_managers_to_do),
		cmocka_unit_test(
		    a_bad_form_is_named_and_the_one_that_ships_serves),
		cmocka_unit_test(without_a_card_the_kiosk_asks_nothing),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
