#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "doctor/found.h"

static const struct doctor_check checks[] = {
	{ "settings", DOCTOR_MEDIUM,
	  "what foyer.ini says and Foyer does not know has no effect, and "
	  "whoever wrote it believes that it has",
	  "mend the line", doctor_settings },
	{ "agency-key", DOCTOR_HIGH,
	  "a kiosk can seal no ticket without the agency's public key",
	  "`foyer key new`, or copy keys/agency.pub from where the key is",
	  doctor_agency_key },
	{ "key-age", DOCTOR_MEDIUM,
	  "whoever gets hold of a key one day opens every ticket it was ever "
	  "used for",
	  "make a new agency key once a year, and destroy the old one and its "
	  "copies 60 days later",
	  doctor_key_age },
	{ "key-paper", DOCTOR_MEDIUM,
	  "a key whose paper was miscopied is lost with its file, and every "
	  "ticket and backup with it",
	  "`foyer key rehearse` with what stands on the paper; `foyer key "
	  "backup` writes one",
	  doctor_key_paper },
	{ "old-keys", DOCTOR_MEDIUM,
	  "an old key opens whatever old ticket or backup somebody finds",
	  "`foyer key destroy`, then its paper and the backups from before",
	  doctor_old_keys },
	{ "key-beside-kiosk", DOCTOR_MEDIUM,
	  "who steals this machine has the lobby's tickets, the record and the "
	  "locked key together, and a passphrase can be guessed",
	  "keep kiosk and desk on two machines; move keys/agency.key to the "
	  "desk's",
	  doctor_key_beside_kiosk },
	{ "demo", DOCTOR_MEDIUM,
	  "a demo's passphrase lies in a file beside its key: whatever is "
	  "entered here is open to anybody",
	  "make a real home with `foyer key new` before real people come",
	  doctor_demo },
	{ "permissions", DOCTOR_HIGH,
	  "other accounts of this machine can read keys or people's data",
	  "chmod -R go-rwx the folder", doctor_permissions },
	{ "staff-pin", DOCTOR_HIGH,
	  "without a PIN anybody in the lobby can take another card or close "
	  "the kiosk",
	  "go through the kiosk's first screens again, which ask for one",
	  doctor_staff_pin },
	{ "form-pinned", DOCTOR_HIGH,
	  "somebody changed what the kiosk asks, or whom it seals for, "
	  "without the staff's PIN",
	  "find out who; then take the card again in the kiosk's staff menu",
	  doctor_form_pinned },
	{ "record-network", DOCTOR_HIGH,
	  "SQLite damages a file that two computers change, and a file server "
	  "shows people's data to whoever runs it",
	  "move the home to a disk of this computer", doctor_record_network },
	{ "record-disk", DOCTOR_HIGH,
	  "who takes the disk reads everybody's data",
	  "encrypt the disk (LUKS, `cryptsetup`), or move the home to one that "
	  "is",
	  doctor_record_disk },
	{ "space", DOCTOR_MEDIUM,
	  "a full disk files no ticket and makes no backup",
	  "free some room, or move the home to a larger disk", doctor_space },
	{ "swap", DOCTOR_MEDIUM,
	  "memory that is swapped out leaves answers and keys on a disk",
	  "swapoff -a, and take swap out of /etc/fstab; or encrypt it",
	  doctor_swap },
	{ "core-dumps", DOCTOR_MEDIUM,
	  "Foyer's programs refuse to be dumped, but the terminal that shows "
	  "their screens does not",
	  "`ulimit -c 0` before the terminal starts, and "
	  "kernel.core_pattern=|/bin/false in /etc/sysctl.d",
	  doctor_core_dumps },
	{ "shut-in", DOCTOR_HIGH,
	  "a fault in what draws or checks an answer could carry answers out "
	  "of the kiosk's process; without this nobody is asked anything",
	  "run it on a kernel with seccomp filters, as Debian's are, and "
	  "not in a container that takes them away",
	  doctor_shut_in },
	{ "clock", DOCTOR_HIGH,
	  "dates on tickets, deadlines and erasure on time go by this clock",
	  "set it: `timedatectl set-time`, or give the board a clock that "
	  "runs on a battery",
	  doctor_clock },
	{ "printer", DOCTOR_MEDIUM,
	  "who gets no ticket must be asked everything again",
	  "switch it on and put its cable in; [printer] in foyer.ini says "
	  "where it is",
	  doctor_printer },
	{ "scanner", DOCTOR_MEDIUM,
	  "a desk without its scanner types 60 digits a ticket, or asks again",
	  "put its cable in; [scanner] in foyer.ini says where it is",
	  doctor_scanner },
	{ "wear", DOCTOR_MEDIUM,
	  "a worn card or disk loses what was written to it last",
	  "take a backup today, and put in a new card or disk", doctor_wear },
	{ "listening", DOCTOR_MEDIUM,
	  "what other computers reach is a door, and neither kiosk nor desk "
	  "needs one",
	  "`ss -ltnup` says which programs they are; switch those off that "
	  "nobody needs, or close them with a firewall",
	  doctor_listening },
	{ "logins", DOCTOR_HIGH,
	  "whoever sits down here reads what is not locked",
	  "give the account a password (`passwd`), or lock it "
	  "(`usermod -L`)",
	  doctor_logins },
	{ "update-age", DOCTOR_MEDIUM,
	  "what was found wrong and mended since is not mended here",
	  "write a newer release to the card, or install the newer packages",
	  doctor_update_age },
	{ "languages-unknown", DOCTOR_MEDIUM,
	  "a language that the agency counts on is not offered",
	  "write its tag as `foyer language list` has it, or bring its words "
	  "as translations/TAG.po",
	  doctor_languages_unknown },
	{ "languages-incomplete", DOCTOR_MEDIUM,
	  "a language is complete or it is not offered",
	  "`foyer language check TAG` says what is missing",
	  doctor_languages_incomplete },
	{ "languages-draft", DOCTOR_MEDIUM,
	  "nobody who speaks the language has reviewed these words yet",
	  "`foyer language review TAG` makes a pack for a native reader",
	  doctor_languages_draft },
	{ "languages-pictures", DOCTOR_MEDIUM,
	  "a terminal without pictures breaks the script, so the language is "
	  "not offered there",
	  "run the kiosk in foot, or another terminal that shows sixel "
	  "pictures",
	  doctor_languages_pictures },
	{ "fonts", DOCTOR_HIGH,
	  "letters come out as boxes, or joined wrong, for people who can read "
	  "nothing else",
	  "apt install fonts-noto-core fonts-noto-cjk", doctor_fonts },
	{ "kiosk-log", DOCTOR_MEDIUM,
	  "the kiosk said that somebody should look at it",
	  "mend what the line names; then move kiosk.log away",
	  doctor_kiosk_log },
};

struct doctor_found {
	const struct doctor_check *check;
	doctor_hear *hear;
	void *to;
	size_t count;
	enum doctor_level worst;
	char *said;
	bool tells_log;
};

static void add(struct doctor_found *found, enum doctor_level level,
		const char *format, va_list arguments)
{
	char *text;

	if (vasprintf(&text, format, arguments) < 0)
		abort();
	found->count++;
	if (level > found->worst)
		found->worst = level;
	found->hear(found->to,
		    &(struct doctor_finding){ found->check, level, text });
	free(text);
}

void doctor_well(struct doctor_found *found, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(found, DOCTOR_LOW, format, arguments);
	va_end(arguments);
}

void doctor_wrong(struct doctor_found *found, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(found, found->check->level, format, arguments);
	va_end(arguments);
}

void doctor_unseen(struct doctor_found *found, const char *format, ...)
{
	enum doctor_level level = found->check->level;
	va_list arguments;

	va_start(arguments, format);
	add(found, level < DOCTOR_MEDIUM ? level : DOCTOR_MEDIUM, format,
	    arguments);
	va_end(arguments);
}

size_t doctor_count(const struct doctor_found *found)
{
	return found->count;
}

const char *doctor_said(const struct doctor_found *found)
{
	return found->said ? found->said : "";
}

void doctor_tell_log(struct doctor_found *found)
{
	found->tells_log = true;
}

static void keep_line(void *to, enum log_level level, const char *line)
{
	struct doctor_found *found = to;

	if (level == LOG_NOTE)
		return;
	free(found->said);
	found->said = xstrdup(line);
	if (found->tells_log)
		doctor_wrong(found, "%s", line);
}

enum doctor_level doctor_examine(const struct doctor_place *place,
				 doctor_hear *hear, void *to)
{
	struct doctor_found found = { .hear = hear, .to = to };
	void *log_before_to;
	log_sink *log_before = log_sink_now(&log_before_to);

	log_to(keep_line, &found);
	for (size_t i = 0; i < COUNT(checks); i++) {
		found.check = &checks[i];
		found.count = 0;
		found.tells_log = false;
		free(found.said);
		found.said = NULL;
		checks[i].look(place, &found);
	}
	log_to(log_before, log_before_to);
	free(found.said);
	return found.worst;
}

const char *doctor_level_name(enum doctor_level level)
{
	static const char *const names[] = {
		[DOCTOR_LOW] = "LOW",
		[DOCTOR_MEDIUM] = "MEDIUM",
		[DOCTOR_HIGH] = "HIGH",
	};

	return names[level];
}
