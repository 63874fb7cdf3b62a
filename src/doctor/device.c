/* What the doctor looks at of the devices: printer, scanner, and the wear of
 * the disk. */
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "doctor/disk.h"
#include "doctor/found.h"
#include "print/address.h"
#include "print/clerk.h"
#include "print/printer.h"
#include "print/profile.h"

#define PRINTER "/dev/foyer/printer" /* where the card's rules put one */
#define ANSWER_MS 3000               /* for CUPS */

/* --- printer ---------------------------------------------------------------
 */

static const char *code_of(const struct printer *printer,
			   enum printer_answer answer)
{
	switch (answer) {
	case PRINTER_NO_PAPER:
		return "doctor.printer_no_paper";
	case PRINTER_COVER_OPEN:
		return "doctor.printer_cover";
	case PRINTER_ABSENT:
		return "doctor.absent";
	case PRINTER_UNKNOWN:
		return "doctor.printer_mute";
	case PRINTER_OFFLINE:
		return "doctor.printer_offline";
	default:
		return printer_paper_low(printer) ? "doctor.printer_low" : NULL;
	}
}

/* It is asked how it is, as before a ticket; nothing is printed. */
static void try_printer(const char *text, const struct profile *profile,
			struct doctor_found *found)
{
	SCOPED(printer_freep) struct printer *printer = NULL;
	const struct catalogue_argument with[] = {
		{ .name = "what", .text = text }, { 0 }
	};
	const char *wrong;

	if (printer_new(text, &printer)) {
		doctor_unseen(found, "doctor.printer_unseen", with);
		return;
	}
	printer_use(printer, profile);
	printer_ask(printer, printer_clock());
	wrong = code_of(printer, printer_await(printer));
	if (printer_is_taken(printer))
		doctor_well(found, "doctor.there_busy", with);
	else if (wrong)
		doctor_wrong(found, wrong, with);
	else
		doctor_well(found, "doctor.there", with);
}

/* CUPS is asked by another process: one that hangs keeps no screen waiting.
 * False: there was none to be had. */
static bool ask_queue(const char *name, enum printer_answer *answer)
{
	const int told = clerk_ask(
	    &(struct clerk_wish){ .queue = name, .patience = ANSWER_MS });
	struct pollfd wait = { .fd = told, .events = POLLIN };

	if (told < 0)
		return false;
	*answer = poll(&wait, 1, ANSWER_MS) == 1 ? clerk_answer(told)
						 : PRINTER_UNKNOWN;
	close(told);
	return true;
}

/* The first call may be the one that CUPS is started by. */
static bool ask_queue_again(const char *name, enum printer_answer *answer)
{
	return ask_queue(name, answer) &&
	       (*answer != PRINTER_UNKNOWN || ask_queue(name, answer));
}

static void try_queue(const char *name, struct doctor_found *found)
{
	const struct catalogue_argument with[] = {
		{ .name = "what", .text = name },
		{ 0 },
	};
	enum printer_answer answer;

	if (!ask_queue_again(name, &answer)) {
		doctor_unseen(found, "doctor.printer_unseen", with);
		return;
	}
	switch (answer) {
	case PRINTER_IDLE:
		doctor_well(found, "doctor.there", with);
		break;
	case PRINTER_ABSENT:
		doctor_wrong(found, "doctor.absent", with);
		break;
	case PRINTER_UNKNOWN:
		doctor_wrong(found, "doctor.printer_silent", with);
		break;
	default:
		doctor_wrong(found, "doctor.printer_stopped", with);
	}
}

void doctor_printer(const struct doctor_place *place,
		    struct doctor_found *found)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	struct address address;
	struct profile profile;
	const char *text;

	if (!doctor_has_kiosk(place)) {
		doctor_well(found, "doctor.printer_no_kiosk", NULL);
		return;
	}
	if (!doctor_settings_of(place, found, &settings))
		return;
	text = settings_text(settings, "printer", "address",
			     file_exists(PRINTER) ? "tty:" PRINTER : "none");
	if (address_read(text, &address)) {
		doctor_wrong(
		    found, "doctor.line",
		    DOCTOR_PUT({ .name = "line", .text = doctor_said(found) }));
		return;
	}
	switch (address.kind) {
	case ADDRESS_NONE:
		doctor_wrong(found, "doctor.printer_none", NULL);
		break;
	case ADDRESS_FILE:
		doctor_wrong(
		    found, "doctor.printer_file",
		    DOCTOR_PUT({ .name = "path", .text = address.path }));
		break;
	case ADDRESS_QUEUE:
		try_queue(address.path, found);
		break;
	default:
		if (profile_find(
			place->home,
			settings_text(settings, "printer", "profile", ""),
			&profile))
			profile = profile_usual;
		try_printer(text, &profile, found);
	}
	address_done(&address);
}

/* --- scanner ---------------------------------------------------------------
 */

/* A kind of scanner, and whether an open device is one. */
struct scanner_kind {
	const char *setting, *code;
	bool (*is)(int file);
};

static bool is_serial(int file)
{
	return isatty(file);
}

/* Its letters are digits: no mouse, and no power key. */
static bool is_keyboard(int file)
{
	uint8_t keys[KEY_MAX / 8 + 1] = { 0 };

	if (ioctl(file, EVIOCGBIT(EV_KEY, sizeof keys), keys) < 0)
		return false;
	for (int key = KEY_1; key <= KEY_0; key++) {
		if (!(keys[key / 8] & 1 << key % 8))
			return false;
	}
	return true;
}

static bool is_camera(int file)
{
	struct v4l2_capability able = { 0 };

	if (ioctl(file, VIDIOC_QUERYCAP, &able) < 0)
		return false;
	return (able.capabilities & V4L2_CAP_DEVICE_CAPS ? able.device_caps
							 : able.capabilities) &
	       V4L2_CAP_VIDEO_CAPTURE;
}

static void try_scanner(const struct scanner_kind *kind, const char *path,
			struct doctor_found *found)
{
	const int file =
	    open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	const struct catalogue_argument with[] = {
		{ .name = "path", .text = path },
		{ .name = "what", .text = path },
		{ .name = "why", .text = file < 0 ? strerror(errno) : "" },
		{ 0 },
	};

	if (file < 0)
		doctor_wrong(found, "doctor.scanner_shut", with);
	else if (!kind->is(file))
		doctor_wrong(found, kind->code, with);
	else
		doctor_well(found, "doctor.there", with);
	if (file >= 0)
		close(file);
}

void doctor_scanner(const struct doctor_place *place,
		    struct doctor_found *found)
{
	static const struct scanner_kind kinds[] = {
		{ "serial", "doctor.scanner_no_line", is_serial },
		{ "keyboard", "doctor.scanner_no_keys", is_keyboard },
		{ "camera", "doctor.scanner_no_camera", is_camera },
	};
	SCOPED(settings_freep) struct settings *settings = NULL;

	if (!doctor_settings_of(place, found, &settings))
		return;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const char *path =
		    settings_text(settings, "scanner", kinds[i].setting, NULL);

		if (path)
			try_scanner(&kinds[i], path, found);
	}
	if (settings_text(settings, "scanner", "camera", NULL) &&
	    !place->jail().calls)
		doctor_wrong(found, "doctor.scanner_camera", NULL);
	if (!doctor_count(found))
		doctor_well(found, "doctor.scanner_keyboard", NULL);
}

/* --- wear ------------------------------------------------------------------
 */

/* The number in a file below sys; -1: there is none. A memory card's is hex,
 * with another behind it. */
static long number_in(const struct doctor_place *place, const char *below)
{
	SCOPED(char_freep) char *line = disk_attribute(place->sys, below);
	char *end = line;
	const long number = strtol(line, &end, 0);

	return end > line ? number : -1;
}

/*
 * What an eMMC says of itself (JESD84-B51 §7.4.82, in steps of a tenth: 1 is
 * up to 10 % used, 11 beyond what it was made for); a plain SD card says
 * nothing. Both kinds of its memory are in one line, the first is the one that
 * bears most.
 */
#define WORN 9

static void tell_life(long life, const char *name, struct doctor_found *found)
{
	const struct catalogue_argument with[] = {
		{ .name = "disk", .text = name },
		{ .name = "percent", .number = (double)life * 10 },
		{ 0 }
	};

	if (life >= WORN)
		doctor_wrong(found, "doctor.wear_used", with);
	else if (life > 0)
		doctor_well(found, "doctor.wear_up_to", with);
}

/* The kernel's count of what the file system found wrong in itself, since it
 * was made (Documentation/ABI/testing/sysfs-fs-ext4). */
static void tell_errors(long errors, const char *name,
			struct doctor_found *found)
{
	const struct catalogue_argument with[] = {
		{ .name = "disk", .text = name },
		{ .name = "errors", .number = (double)errors },
		{ 0 }
	};

	if (errors > 0)
		doctor_wrong(found, "doctor.wear_errors", with);
	else if (!errors)
		doctor_well(found, "doctor.wear_no_error", with);
}

void doctor_wear(const struct doctor_place *place, struct doctor_found *found)
{
	SCOPED(char_freep) char *folder = doctor_record_folder(place);
	SCOPED(char_freep) char *device = NULL;
	SCOPED(char_freep) char *name = NULL;

	(void)disk_of_folder(place->proc, place->sys, folder, &device);
	name = device ? disk_name(place->sys, device) : NULL;
	if (name) {
		SCOPED(char_freep)
		char *errors = xasprintf("fs/ext4/%s/errors_count", name);
		/* A partition's card is the device above it. */
		SCOPED(char_freep)
		char *life =
		    xasprintf("class/block/%s/../device/life_time", name);

		tell_errors(number_in(place, errors), name, found);
		tell_life(number_in(place, life), name, found);
	}
	if (!doctor_count(found))
		doctor_unseen(found, "doctor.wear_unseen",
			      DOCTOR_PUT({ .name = "folder", .text = folder }));
}
