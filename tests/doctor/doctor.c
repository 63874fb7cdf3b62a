#include "doctor/page.h"

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ask/offering.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/file.h"
#include "issue/agency.h"
#include "issue/key_change.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/scheduler.h"
#include "tests/test.h"

/* `foyer doctor`, with machines that are made up. */

#define NOW 1795340000 /* 2026-11-22 */
#define EXT4 0xef53
#define NFS 0x6969

static void put(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);
	SCOPED(char_freep) char *above = xstrdup(path);

	*strrchr(above, '/') = 0;
	assert_int_equal(folder_make(above), FAULT_NONE);
	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static long on_ext4(const char *folder)
{
	(void)folder;
	return EXT4;
}

static long on_nfs(const char *folder)
{
	(void)folder;
	return NFS;
}

static int half_free(const char *folder)
{
	(void)folder;
	return 50;
}

static int nothing_free(const char *folder)
{
	(void)folder;
	return 0;
}

static int nine_percent_free(const char *folder)
{
	(void)folder;
	return 9;
}

/* Rows of the kernel's tables of sockets (proc(5)): one that only this computer
 * reaches, one that all reach, and where DHCP's answers come to. */
#define SOCKETS "  sl  local_address rem_address   st tx_queue\n"
#define LOCAL "   0: 0100007F:0277 00000000:0000 0A 00000000:00000000\n"
#define REACHED "   1: 00000000:0016 00000000:0000 0A 00000000:00000000\n"
#define LOCAL6                                         \
	"   0: 00000000000000000000000001000000:0277 " \
	"00000000000000000000000000000000:0000 0A 00000000:00000000\n"
#define MAPPED6                                        \
	"   1: 0000000000000000FFFF00000100007F:0278 " \
	"00000000000000000000000000000000:0000 0A 00000000:00000000\n"
#define DHCP "   2: 00000000:0044 00000000:0000 07 00000000:00000000\n"
#define MDNS "   3: 00000000:14E9 00000000:0000 07 00000000:00000000\n"

static bool no_dumps(void)
{
	return false;
}

static bool dumps(void)
{
	return true;
}

static struct jail_offer both_layers(void)
{
	return (struct jail_offer){ .calls = true, .files = true };
}

static struct jail_offer first_layer(void)
{
	return (struct jail_offer){ .calls = true };
}

static struct jail_offer no_layer(void)
{
	return (struct jail_offer){ 0 };
}

/* A machine where all is well: LUKS below LVM, no swap, no core dumps. */
struct machine {
	char *root, *proc, *sys, *etc;
	struct home *home;
	struct doctor_place place;
};

static int set_up(void **state)
{
	struct machine *machine = xcalloc(1, sizeof *machine);
	SCOPED(char_freep) char *below = NULL;

	machine->root = folder_new();
	machine->proc = folder_file(machine->root, "proc");
	machine->sys = folder_file(machine->root, "sys");
	machine->etc = folder_file(machine->root, "etc");
	below = folder_file(machine->root, "home");
	assert_int_equal(folder_make(below), FAULT_NONE);
	assert_int_equal(home_open(below, &machine->home), FAULT_NONE);
	put(machine->root, "home/foyer.ini", "[agency]\nname = A\n");
	put(machine->root, "proc/self/mounts",
	    "/dev/mapper/vg-root / ext4 rw 0 0\n");
	put(machine->root, "proc/swaps", "Filename Type Size Used Priority\n");
	put(machine->root, "proc/sys/kernel/core_pattern", "core\n");
	put(machine->root, "sys/class/block/dm-1/dm/name", "vg-root\n");
	put(machine->root, "sys/class/block/dm-1/dm/uuid", "LVM-abc\n");
	put(machine->root, "sys/class/block/dm-1/slaves/dm-0", "");
	put(machine->root, "sys/class/block/dm-0/dm/name", "luks\n");
	put(machine->root, "sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-1\n");
	put(machine->root, "sys/class/block/sda2/partition", "2\n");
	put(machine->root, "sys/fs/ext4/dm-1/errors_count", "0\n");
	put(machine->root, "proc/net/tcp", SOCKETS LOCAL);
	put(machine->root, "etc/passwd",
	    "root:x:0:0:root:/root:/bin/bash\n"
	    "daemon:x:1:1::/:/usr/sbin/nologin\n"
	    "foyer:x:990:990::/data:/bin/false\n");
	put(machine->root, "etc/shadow",
	    "root:$y$j9T$x:20000:0:99999:7:::\ndaemon:*:20000::::::\n"
	    "foyer:!:20000::::::\n");
	machine->place = (struct doctor_place){
		.home = machine->home,
		.proc = machine->proc,
		.sys = machine->sys,
		.etc = machine->etc,
		.now = NOW,
		.made = NOW - 1000,
		.pictures = DOCTOR_PICTURES_SHOWN,
		.filesystem = on_ext4,
		.free_percent = half_free,
		.dumps = no_dumps,
		.jail = both_layers,
	};
	*state = machine;
	return 0;
}

static int tear_down(void **state)
{
	struct machine *machine = *state;

	folder_remove(machine->root);
	free(machine->root);
	home_free(machine->home);
	free(machine->proc);
	free(machine->sys);
	free(machine->etc);
	free(machine);
	return 0;
}

/* "MEDIUM swap: ...", a line a finding. */
static void note(struct bytes *notes, const struct doctor_round *round,
		 const struct catalogue *words)
{
	for (size_t i = 0; i < round->count; i++) {
		const struct doctor_finding *finding = &round->list[i];

		assert_non_null(catalogue_pattern(words, finding->check->name));
		assert_non_null(
		    catalogue_pattern(words, finding->check->reason));
		assert_non_null(catalogue_pattern(words, finding->check->mend));
		bytes_add_format(notes, "%s %s: %s\n",
				 doctor_level_name(finding->level),
				 finding->check->id, finding->found);
	}
}

/* With the languages as foyer.ini names them by now. */
static enum doctor_level examine_in(const struct machine *machine,
				    const char *language, struct bytes *notes)
{
	SCOPED(lexicon_freep)
	struct lexicon *lexicon = offering_quietly(machine->home);
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	struct doctor_place place = machine->place;
	struct doctor_round round;
	enum doctor_level level;

	place.lexicon = lexicon;
	assert_int_equal(doctor_words(language, &words), FAULT_NONE);
	doctor_examine(&place, words, &round);
	note(notes, &round, words);
	level = round.level;
	doctor_round_done(&round);
	return level;
}

static enum doctor_level examine(const struct machine *machine,
				 struct bytes *notes)
{
	return examine_in(machine, "en", notes);
}

static void expect(const struct machine *machine, const char *wanted)
{
	struct bytes notes = { 0 };

	(void)examine(machine, &notes);
	if (!strstr((char *)notes.data, wanted))
		fail_msg("not found: %s\n%s", wanted, (char *)notes.data);
	bytes_done(&notes);
}

static void a_sound_machine_is_well(void **state)
{
	struct machine *machine = *state;
	struct bytes notes = { 0 };

	put(machine->root, "home/demo-is-not-here", "");
	assert_int_equal(examine(machine, &notes), DOCTOR_HIGH);
	/* All but the key, which nobody has made. */
	assert_non_null(strstr((char *)notes.data, "HIGH agency-key: "));
	assert_non_null(strstr((char *)notes.data, "MEDIUM key-age: "));
	assert_null(
	    strstr(strstr((char *)notes.data, "MEDIUM ") + 1, "MEDIUM "));
	assert_null(strstr(strstr((char *)notes.data, "HIGH ") + 1, "HIGH "));
	bytes_done(&notes);
}

/* One thing made wrong: what is found. */
static void each_thing_that_is_wrong_is_found(void **state)
{
	static const struct {
		const char *file, *text, *wanted;
	} things[] = {
		{ "home/foyer.ini", "[agency]\nnaem = A\n",
		  "MEDIUM settings: " },
		{ "home/foyer.ini", "no setting\n", "MEDIUM settings: " },
		{ "home/foyer.ini", "[languages]\ndrafts = xx\n",
		  "MEDIUM languages-unknown: foyer.ini names xx" },
		{ "home/foyer.ini", "[languages]\ndrafts = rhg\n",
		  "MEDIUM languages-unknown: foyer.ini names rhg" },
		{ "home/foyer.ini", "[languages]\ndrafts = fr, ar\n",
		  "MEDIUM languages-draft: ar (Arabic)" },
		{ "home/translations/xog-Latn.po",
		  "msgid \"\"\nmsgstr \"\"\n\"Language: xog-Latn\\n\"\n",
		  "OK languages-incomplete: " },
		{ "home/keys/agency.pub", "123\n", "HIGH agency-key: " },
		{ "home/demo", "", "MEDIUM demo: " },
		{ "proc/self/mounts", "/dev/sda2 / ext4 rw 0 0\n",
		  "HIGH record-disk: " },
		{ "proc/self/mounts", "tmpfs / tmpfs rw 0 0\n",
		  "HIGH record-disk: " },
		{ "proc/self/mounts", "overlay / overlay rw 0 0\n",
		  "MEDIUM record-disk: " },
		{ "sys/class/block/dm-0/dm/uuid", "LVM-x\n",
		  "HIGH record-disk: " },
		{ "proc/swaps",
		  "Filename Type Size\n/dev/sda2 partition 1 0 -2\n",
		  "MEDIUM swap: /dev/sda2" },
		{ "proc/swaps",
		  "Filename Type Size\n/dev/dm-0 partition 1 0 -2\n",
		  "OK swap: /dev/dm-0" },
		{ "proc/swaps", "Filename Type Size\n/swapfile file 1 0 -2\n",
		  "OK swap: /swapfile is swapped to, encrypted" },
		{ "proc/swaps", "Filename Type Size\n/dev/sdz partition 1\n",
		  "MEDIUM swap: /dev/sdz" },
		{ "proc/sys/kernel/core_pattern", "|/usr/bin/keep %p\n",
		  "MEDIUM core-dumps: " },
		{ "proc/net/tcp", SOCKETS LOCAL REACHED,
		  "MEDIUM listening: other computers reach tcp 22\n" },
		{ "proc/net/tcp6", SOCKETS LOCAL6 MAPPED6,
		  "OK listening: no other computer" },
		{ "proc/net/udp", SOCKETS DHCP MDNS,
		  "MEDIUM listening: other computers reach udp 5353\n" },
		{ "etc/shadow", "root::20000::::::\n",
		  "HIGH logins: root logs in without a password" },
		{ "etc/shadow", "root:!:20000::::::\n",
		  "OK logins: no password opens" },
		{ "etc/shadow", "ro:x:20000::::::\n",
		  "MEDIUM logins: root has a shell" },
		{ "etc/passwd", "pi::1000:1000:::/bin/sh\n",
		  "HIGH logins: pi logs in without a password" },
		{ "etc/passwd", "pi:*:1000:1000:::/bin/sh\n",
		  "OK logins: no password opens" },
		{ "etc/passwd", "pi:$y$j9T$x:1000:1000:::/bin/sh\n",
		  "OK logins: pi logs in with a password" },
		{ "etc/systemd/system/getty@tty1.service.d/a.conf",
		  "[Service]\nExecStart=-/sbin/agetty --autologin pi %I\n",
		  "HIGH logins: a terminal logs in without asking" },
		{ "etc/passwd", "pi:x:1000:1000:::\n",
		  "MEDIUM logins: pi has a shell" },
		{ "etc/passwd", "foyer:x:990:990::/data:/bin/false\n",
		  "OK logins: no password opens" },
		{ "sys/fs/ext4/dm-1/errors_count", "3\n",
		  "MEDIUM wear: dm-1 had 3 errors" },
		{ "sys/class/block/device/life_time", "0x0b 0x01\n",
		  "MEDIUM wear: dm-1 says that 110 %" },
		{ "sys/class/block/device/life_time", "0x02 0x01\n",
		  "OK wear: dm-1 says that up to 20 %" },
		{ "home/kiosk/kiosk.key", "",
		  "MEDIUM printer: no printer is set up" },
		{ "home/foyer.ini", "[scanner]\nserial = /nowhere/tty\n",
		  "MEDIUM scanner: /nowhere/tty cannot be opened" },
		{ "home/foyer.ini",
		  "[scanner]\nserial = /dev/null\nkeyboard = /nowhere/kbd\n",
		  "MEDIUM scanner: /nowhere/kbd cannot be opened" },
		{ "home/foyer.ini", "[scanner]\nkeyboard = /dev/null\n",
		  "MEDIUM scanner: /dev/null is no keyboard with digits" },
		{ "home/foyer.ini", "[scanner]\nserial = /dev/null\n",
		  "MEDIUM scanner: /dev/null is no serial line" },
		{ "home/foyer.ini", "[scanner]\nserial = /dev/ptmx\n",
		  "OK scanner: /dev/ptmx is there" },
		{ "home/foyer.ini", "[scanner]\ncamera = /dev/null\n",
		  "MEDIUM scanner: /dev/null is no camera" },
		{ "home/foyer.ini", "[scanner]\ncamera = /nowhere/video\n",
		  "MEDIUM scanner: /nowhere/video cannot be opened" },
		{ "home/kiosk/card.pins", "", "HIGH staff-pin: no staff PIN" },
		{ "home/kiosk/card.pins",
		  "00000000000000000000000000000000"
		  "00000000000000000000000000000000  foyer.ini\n",
		  "HIGH form-pinned: foyer.ini is not what staff took" },
		{ "home/kiosk/card.pins",
		  "00000000000000000000000000000000"
		  "00000000000000000000000000000000  forms/a.xml\n",
		  "HIGH form-pinned: forms/a.xml is not there any more" },
		{ "home/kiosk/kiosk.log",
		  "2026-11-21T10:00:00Z note well\n"
		  "2026-11-21T10:00:00Z warning my is not offered here\n",
		  "MEDIUM kiosk-log: 2026-11-21T10:00:00Z warning my is not" },
		{ "home/kiosk/kiosk.log",
		  "2026-11-01T10:00:00Z error long ago\n", "OK kiosk-log: " },
	};
	(void)state;

	for (size_t i = 0; i < COUNT(things); i++) {
		void *fresh;

		set_up(&fresh);
		put(((struct machine *)fresh)->root, things[i].file,
		    things[i].text);
		expect(fresh, things[i].wanted);
		tear_down(&fresh);
	}
}

static void what_is_asked_of_the_system_is_judged(void **state)
{
	struct machine *machine = *state;

	machine->place.filesystem = on_nfs;
	expect(machine, "HIGH record-network: ");
	machine->place.free_percent = nine_percent_free;
	expect(machine, "MEDIUM space: ");
	machine->place.free_percent = nothing_free;
	expect(machine, "HIGH space: ");
	expect(machine, "OK core-dumps: ");
	machine->place.dumps = dumps;
	expect(machine, "MEDIUM core-dumps: ");
	expect(machine, "OK shut-in: no kiosk asks anybody here");
	put(machine->root, "home/kiosk/kiosk.key", "");
	expect(machine, "OK shut-in: a visitor’s process is shut in twice");
	machine->place.jail = first_layer;
	expect(machine, "OK shut-in: a visitor’s process is shut in once");
	machine->place.jail = no_layer;
	expect(machine, "HIGH shut-in: ");
	put(machine->root, "home/foyer.ini", "[scanner]\ncamera = /dev/null\n");
	expect(machine, "MEDIUM scanner: the process that looks through");
	machine->place.now = machine->place.made - 1;
	expect(machine, "HIGH clock: ");
	machine->place.now = machine->place.made + 366LL * 24 * 3600;
	expect(machine, "MEDIUM update-age: Foyer is 366 days old");
	machine->place.proc = "/nowhere";
	expect(machine, "MEDIUM swap: /nowhere/swaps could not be read");
	expect(machine, "MEDIUM record-disk: ");
	expect(machine, "MEDIUM wear: ");
	expect(machine, "MEDIUM listening: /nowhere/net/tcp could not");
	assert_int_equal(chmod(home_folder(machine->home, HOME_SETTINGS), 0750),
			 0);
	put(machine->root, "home/record/record.db", "");
	expect(machine, "OK permissions: ");
	assert_int_equal(chmod(home_folder(machine->home, HOME_RECORD), 0750),
			 0);
	expect(machine, "HIGH permissions: ");
}

static void a_script_that_cells_break_needs_pictures(void **state)
{
	struct machine *machine = *state;

	put(machine->root, "home/foyer.ini", "[languages]\ndrafts = my fr\n");
	expect(machine, "OK languages-pictures: ");
	machine->place.pictures = DOCTOR_PICTURES_NONE;
	expect(machine, "MEDIUM languages-pictures: my (Burmese) cannot be");
	machine->place.pictures = DOCTOR_PICTURES_UNSEEN;
	expect(machine, "MEDIUM languages-pictures: my (Burmese) needs");
}

static void what_staff_took_is_as_they_took_it(void **state)
{
	struct machine *machine = *state;
	const char *form = "<html/>";
	uint8_t digest[DIGEST_BYTES];
	struct bytes pins = { 0 };

	digest_sha256(form, strlen(form), digest);
	for (size_t i = 0; i < sizeof digest; i++)
		bytes_add_format(&pins, "%02x", digest[i]);
	bytes_add_text(&pins, "  forms/intake.xml\n");
	put(machine->root, "home/kiosk/card.pins", (char *)pins.data);
	put(machine->root, "home/kiosk/staff.pin", "hash");
	put(machine->root, "home/forms/intake.xml", form);
	expect(machine, "OK form-pinned: ");
	expect(machine, "OK staff-pin: ");
	put(machine->root, "home/forms/intake.xml", "<html></html>");
	expect(machine, "HIGH form-pinned: forms/intake.xml is not what");
	bytes_done(&pins);
}

/* Until it is killed it answers at port, with these faults. */
static pid_t begin_emulator(struct emulator *emulator, const char *faults)
{
	SCOPED(char_freep) char *words = xstrdup(faults);
	char *next = words, *word;
	pid_t child;

	emulator->faults = EMULATOR_SOUND;
	while ((word = strsep(&next, " "))) {
		if (*word)
			assert_true(emulator_fault(&emulator->faults, word));
	}
	child = fork();
	assert_true(child >= 0);
	for (int64_t now = 0; !child; now += 5) {
		emulator_pump(emulator, now);
		poll(NULL, 0, 5);
	}
	return child;
}

static void expect_of_printer(struct machine *machine, const char *faults,
			      const char *wanted)
{
	SCOPED(emulator_freep) struct emulator *emulator = emulator_new(384);
	SCOPED(char_freep)
	char *ini = xasprintf("[printer]\naddress = tcp:127.0.0.1:%d\n",
			      emulator_open_tcp(emulator));
	const pid_t child = begin_emulator(emulator, faults);

	put(machine->root, "home/foyer.ini", ini);
	expect(machine, wanted);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

/* It is asked how it is, and prints nothing. */
static void a_printer_is_asked_how_it_is(void **state)
{
	static const struct {
		const char *faults, *wanted;
	} cases[] = {
		{ "", "OK printer: tcp:127.0.0.1:" },
		{ "paper-out=0", " has no paper: put in a roll\n" },
		{ "cover", "MEDIUM printer: the cover of tcp:" },
		{ "offline", " is there, and takes nothing: switch it off" },
		{ "near-end", "; its roll is nearly at its end: have a new" },
		{ "mute", " is there, and does not say how it is: `foyer" },
	};
	struct machine *machine = *state;

	put(machine->root, "home/kiosk/kiosk.key", "");
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_of_printer(machine, cases[i].faults, cases[i].wanted);
	put(machine->root, "home/foyer.ini",
	    "[printer]\naddress = tcp:127.0.0.1:1\n");
	expect(machine, "MEDIUM printer: tcp:127.0.0.1:1 is not there");
	put(machine->root, "home/foyer.ini",
	    "[printer]\naddress = file:/tmp/x.png\n");
	expect(machine, "MEDIUM printer: tickets go to the file /tmp/x.png");
}

static void a_queue_is_asked_how_it_is(void **state)
{
	struct machine *machine = *state;
	struct scheduler scheduler;

	put(machine->root, "home/foyer.ini",
	    "[printer]\naddress = cups:Front\n");
	put(machine->root, "home/kiosk/kiosk.key", "");
	scheduler_start(&scheduler);
	expect(machine, "OK printer: Front is there");
	strcpy(scheduler.state->reason, "media-empty-error");
	expect(machine, "MEDIUM printer: Front is there, and takes no paper");
	scheduler_stop(&scheduler);
	setenv("CUPS_SERVER", "127.0.0.1:1", 1);
	expect(machine, "MEDIUM printer: Front is not there");
	unsetenv("CUPS_SERVER");
}

/* It takes the line, and says nothing: whoever looks waits twice three seconds.
 */
static void a_scheduler_that_hangs_holds_nobody_up(void **state)
{
	struct machine *machine = *state;
	struct scheduler scheduler;
	struct timespec begin, end;

	put(machine->root, "home/foyer.ini",
	    "[printer]\naddress = cups:Front\n");
	put(machine->root, "home/kiosk/kiosk.key", "");
	scheduler_start(&scheduler);
	scheduler.state->silent = true;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	expect(machine, "MEDIUM printer: CUPS does not say how Front is");
	clock_gettime(CLOCK_MONOTONIC, &end);
	scheduler_stop(&scheduler);
	assert_in_range(end.tv_sec - begin.tv_sec, 5, 11);
}

/* As CUPS is while it starts. */
static void a_scheduler_that_is_slow_once_is_asked_again(void **state)
{
	struct machine *machine = *state;
	struct scheduler scheduler;

	put(machine->root, "home/foyer.ini",
	    "[printer]\naddress = cups:Front\n");
	put(machine->root, "home/kiosk/kiosk.key", "");
	scheduler_start(&scheduler);
	scheduler.state->ignored = 1;
	expect(machine, "OK printer: Front is there");
	scheduler_stop(&scheduler);
}

static void papers_and_old_keys_are_looked_at(void **state)
{
	struct machine *machine = *state;
	struct card card = { .name = "A" };
	SCOPED(char_freep)
	char *public = folder_file(machine->root, "home/keys/agency.pub");

	card.key[0] = 9;
	expect(machine, "OK key-paper: no agency’s secret key");
	put(machine->root, "home/keys/agency.key", "");
	expect(machine, "MEDIUM key-paper: ");
	assert_int_equal(agency_file_write(public, &card), FAULT_NONE);
	expect(machine, "MEDIUM key-paper: the key’s paper was never");
	assert_int_equal(keys_note_paper(machine->place.home, card.key),
			 FAULT_NONE);
	expect(machine, "OK key-paper: ");
	expect(machine, "OK old-keys: ");
	put(machine->root, "home/keys/old-1A2B-20010101.key", "");
	expect(machine, "MEDIUM old-keys: old-1A2B-20010101.key");
}

static void tickets_that_wait_for_the_record_are_told_since_when(void **state)
{
	static const char name[] = "home/record/kept/0001782057600000-"
				   "00112233445566778899aabbccddeeff-0000002a";
	struct machine *machine = *state;

	expect(machine, "OK kept-tickets: no ticket waits here");
	put(machine->root, "home/record/kept/.calls", "");
	put(machine->root, "home/record/kept/half-written", "");
	expect(machine, "OK kept-tickets: no ticket waits here");
	put(machine->root, name, "5830");
	expect(machine, "MEDIUM kept-tickets: 1 ticket waits on this computer "
			"for the record’s server, since 2026-06-21 ");
}

/* The codes, and what is put in, are the same in both languages. */
static void the_staff_read_it_in_their_language(void **state)
{
	struct machine *machine = *state;
	struct bytes notes = { 0 };

	put(machine->root, "sys/fs/ext4/dm-1/errors_count", "1\n");
	put(machine->root, "etc/passwd", "pi:x:1000:1000:::\n");
	(void)examine_in(machine, "fr", &notes);
	assert_non_null(strstr((char *)notes.data,
			       "MEDIUM wear: dm-1 a eu 1 erreur de son"));
	assert_non_null(
	    strstr((char *)notes.data, "MEDIUM logins: pi a un interpréteur"));
	assert_non_null(
	    strstr((char *)notes.data, "OK swap: rien n’est mis en échange"));
	assert_null(strchr((char *)notes.data, '<'));
	bytes_done(&notes);
}

/* What a page says, one text behind the other. */
static char *read_page(const struct page *page)
{
	const struct page_block *block;
	struct bytes all = { 0 };

	for (size_t i = 0; (block = page_block(page, i)); i++) {
		for (size_t j = 0; j < block->count; j++)
			bytes_add_format(
			    &all, "%s|",
			    block->texts[j].staff ? block->texts[j].staff : "");
	}
	return bytes_take_text(&all);
}

static void a_page_has_what_is_worst_first(void **state)
{
	struct machine *machine = *state;
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	SCOPED(page_freep) struct page *page = NULL;
	SCOPED(char_freep) char *said = NULL;
	struct doctor_round round;
	const char *high, *medium, *low;

	assert_int_equal(doctor_words("fr", &words), FAULT_NONE);
	doctor_examine(&machine->place, words, &round);
	page = doctor_page(&round, words);
	said = read_page(page);
	doctor_round_done(&round);
	assert_non_null(strstr(said, "Ce qui met des personnes en danger ici|"
				     "Le risque ici est : ÉLEVÉ.|"
				     "Risque|Examiné|Constaté|"));
	high = strstr(said, "|ÉLEVÉ|clé de l’organisme|");
	medium = strstr(said, "|MOYEN|âge de la clé|");
	low = strstr(said, "|BIEN|réglages|");
	assert_true(high && high < medium && medium < low);
	assert_non_null(strstr(said, "Pourquoi : sans la clé publique"));
	assert_non_null(strstr(said, "Pour corriger : `foyer key new`"));
	assert_string_equal(page_staff(page)->tag, "fr");
}

/* By the day it was first seen: a copy of its file is not a new key. */
static void the_key_is_looked_at_once_a_year(void **state)
{
	struct machine *machine = *state;
	struct card card = { .name = "A" };
	SCOPED(char_freep)
	char *key = folder_file(machine->root, "home/keys/agency.pub");
	const struct timespec long_ago[] = { { .tv_sec = NOW - 86400LL * 401 },
					     { .tv_sec =
						   NOW - 86400LL * 401 } };
	const struct timespec today[] = { { .tv_sec = NOW },
					  { .tv_sec = NOW } };

	card.key[0] = 9;
	put(machine->root, "home/keys/paper", "");
	assert_int_equal(agency_file_write(key, &card), FAULT_NONE);
	assert_int_equal(utimensat(AT_FDCWD, key, long_ago, 0), 0);
	expect(machine, "MEDIUM key-age: ");
	assert_int_equal(utimensat(AT_FDCWD, key, today, 0), 0);
	expect(machine, "MEDIUM key-age: ");
	card.key[0] = 8;
	assert_int_equal(agency_file_write(key, &card), FAULT_NONE);
	assert_int_equal(utimensat(AT_FDCWD, key, today, 0), 0);
	expect(machine, "OK key-age: ");
}

static void expect_mode(struct machine *machine, const char *name, mode_t mode,
			mode_t well)
{
	SCOPED(char_freep) char *path = folder_file(machine->root, name);
	SCOPED(char_freep)
	char *wanted = xasprintf(
	    "HIGH permissions: %s is open to others (mode %04o)", path, mode);

	assert_int_equal(chmod(path, mode), 0);
	expect(machine, wanted);
	assert_int_equal(chmod(path, well), 0);
	expect(machine, "OK permissions: ");
}

/* The home itself is open, so that each of them stands alone. */
static void what_is_open_to_other_accounts_is_named(void **state)
{
	struct machine *machine = *state;
	SCOPED(char_freep) char *papers = folder_file(machine->root, "papers");
	SCOPED(char_freep)
	char *ini = xasprintf("[print]\nfolder = %s\n", papers);

	put(machine->root, "home/foyer.ini", ini);
	put(machine->root, "home/keys/agency.key", "");
	put(machine->root, "home/kiosk/kiosk.key", "");
	put(machine->root, "home/kiosk/staff.pin", "");
	put(machine->root, "papers/foyer-1.pdf", "");
	assert_int_equal(chmod(home_folder(machine->home, HOME_SETTINGS), 0755),
			 0);
	expect(machine, "OK permissions: ");
	expect_mode(machine, "home/keys/agency.key", 0644, 0600);
	expect_mode(machine, "home/kiosk/kiosk.key", 0640, 0600);
	expect_mode(machine, "home/kiosk/staff.pin", 0604, 0600);
	expect_mode(machine, "home/kiosk", 0750, 0700);
	expect_mode(machine, "papers", 0755, 0700);
	expect_mode(machine, "home", 0775, 0755);
}

/* A line of authorized_keys opens an account as a password does. */
static void a_key_that_opens_an_account_is_named(void **state)
{
	struct machine *machine = *state;
	SCOPED(char_freep)
	char *passwd =
	    xasprintf("pi:!:1000:1000::%s/pi:/bin/sh\n", machine->root);

	put(machine->root, "etc/passwd", passwd);
	expect(machine, "OK logins: no password opens");
	put(machine->root, "pi/.ssh/authorized_keys", "ssh-ed25519 AAAA a\n");
	expect(machine, "MEDIUM logins: pi logs in with a key");
}

static void a_page_is_printed(void **state)
{
	struct machine *machine = *state;
	SCOPED(char_freep) char *home = folder_file(machine->root, "home");
	SCOPED(char_freep) char *pdf = folder_file(machine->root, "page.pdf");
	struct output output =
	    program_run("", "foyer doctor --home %s --print -o %s", home, pdf);
	struct bytes page = { 0 };

	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, pdf));
	output_done(&output);
	assert_int_equal(file_read(pdf, 1 << 20, &page), FAULT_NONE);
	assert_memory_equal(page.data, "%PDF", 4);
	bytes_done(&page);
	output = program_run("", "foyer doctor --json -o x.pdf");
	assert_int_equal(output.status, 2);
	assert_non_null(strstr(output.err, "either --json or --print"));
	output_done(&output);
}

/* A system whose only font is not Burmese. */
static void a_language_without_its_font_is_told(void **state)
{
	struct machine *machine = *state;
	SCOPED(char_freep)
	char *fonts = folder_file(machine->root, "fonts.conf");
	SCOPED(char_freep) char *home = folder_file(machine->root, "home");
	struct output output;

	put(machine->root, "home/foyer.ini", "[languages]\ndrafts = my\n");
	put(machine->root, "fonts.conf",
	    "<?xml version=\"1.0\"?><fontconfig>"
	    "<dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>");
	setenv("FONTCONFIG_FILE", fonts, 1);
	output = program_run("", "foyer doctor --home %s", home);
	unsetenv("FONTCONFIG_FILE");
	assert_int_equal(output.status, 0);
	if (!strstr(output.out, "HIGH    fonts: my (Burmese) needs the font "
				"Noto Sans Myanmar"))
		fail_msg("%s%s", output.out, output.err);
	output_done(&output);
}

static void scripts_read_a_line_each_and_the_result_last(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct output output =
	    program_run("", "foyer doctor --json --home %s", folder);
	char *rest = output.out, *line;
	const char *last = NULL;
	json_t *each = NULL;

	(void)state;
	assert_int_equal(output.status, 0);
	while ((line = strsep(&rest, "\n")) && *line) {
		json_decref(each);
		each = json_loads(line, 0, NULL);
		assert_non_null(each);
		last = json_string_value(json_object_get(each, "result"));
		assert_true(last ||
			    (json_object_get(each, "mend") &&
			     json_string_value(json_object_get(each, "code"))));
	}
	assert_non_null(last);
	json_decref(each);
	output_done(&output);
}

/* Where a screen begins, and where it ends, is the result. */
static void people_read_what_is_worst_first(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct output output =
	    program_run("", "foyer doctor --home %s", folder);
	const char *high = strstr(output.out, "\nHIGH "),
		   *medium = strstr(output.out, "\nMEDIUM "),
		   *well = strstr(output.out, "\nOK ");

	(void)state;
	assert_int_equal(strncmp(output.out, "The risk here is HIGH.\n", 23),
			 0);
	assert_true(high && high < medium && medium < well);
	assert_null(strstr(well, "\nHIGH "));
	assert_null(strstr(well, "\nMEDIUM "));
	assert_null(strstr(output.out, "\nLOW "));
	assert_non_null(strstr(output.out, "the agency has no name"));
	assert_non_null(strstr(well, "\n\nThe risk here is HIGH.\n"));
	output_done(&output);
}

static void what_cannot_run_says_so(void **state)
{
	struct output output =
	    program_run("", "foyer doctor --home /nowhere/at/all");

	(void)state;
	assert_int_equal(output.status, 1);
	output_done(&output);
	output = program_run("", "foyer doctor --lang de");
	assert_int_equal(output.status, 2);
	assert_non_null(strstr(output.err, "--lang takes en or fr"));
	output_done(&output);
	output = program_run("", "foyer doctor --who");
	assert_int_equal(output.status, 2);
	assert_non_null(strstr(output.err, "usage: foyer doctor [--home"));
	output_done(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_sound_machine_is_well, set_up,
						tear_down),
		cmocka_unit_test(each_thing_that_is_wrong_is_found),
		cmocka_unit_test_setup_teardown(
		    what_is_asked_of_the_system_is_judged, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_script_that_cells_break_needs_pictures, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    what_staff_took_is_as_they_took_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_printer_is_asked_how_it_is,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_queue_is_asked_how_it_is,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_scheduler_that_hangs_holds_nobody_up, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_scheduler_that_is_slow_once_is_asked_again, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    the_key_is_looked_at_once_a_year, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    tickets_that_wait_for_the_record_are_told_since_when,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    what_is_open_to_other_accounts_is_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_key_that_opens_an_account_is_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    papers_and_old_keys_are_looked_at, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_staff_read_it_in_their_language, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_page_has_what_is_worst_first,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_page_is_printed, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(
		    a_language_without_its_font_is_told, set_up, tear_down),
		cmocka_unit_test(scripts_read_a_line_each_and_the_result_last),
		cmocka_unit_test(people_read_what_is_worst_first),
		cmocka_unit_test(what_cannot_run_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
