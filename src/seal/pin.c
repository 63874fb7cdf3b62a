#include "seal/pin.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"

#define WAIT_FIRST 30000LL /* ms, after PIN_FREE wrong ones; doubles */
#define WAIT_MOST (60 * 60 * 1000LL)
#define TRIES_MOST 9999

/* How dear a guess is: passes, and bytes of memory. */
static const struct {
	unsigned long long passes;
	size_t memory;
} costs[] = {
	[PIN_KIOSK] = { crypto_pwhash_OPSLIMIT_INTERACTIVE,
			crypto_pwhash_MEMLIMIT_INTERACTIVE },
	[PIN_DEMO] = { crypto_pwhash_OPSLIMIT_MIN, 8 << 20 },
};

struct pin {
	char *path, *tries_path;
	long tries;
	int64_t since; /* when the last wrong one was, or the start */
	bool told;     /* that the file is none of ours */
};

/* "5 81234\n", or "5\n" without the moment, as older kiosks wrote it. */
static bool read_line(const char *line, long *tries, int64_t *since)
{
	char *end;

	*tries = strtol(line, &end, 10);
	if (end == line)
		return false;
	if (*end == ' ') {
		const char *moment = end + 1;

		*since = strtoll(moment, &end, 10);
		if (end == moment)
			return false;
	}
	return (!*end || strcmp(end, "\n") == 0) && *tries >= 0 &&
	       *tries <= TRIES_MOST && *since >= 0;
}

/* Whoever damages the file gains nothing. A moment still to come is one of the
 * machine's clock before it was switched off. */
static void read_tries(struct pin *pin, int64_t now)
{
	struct bytes text = { 0 };
	int64_t since = now;

	pin->since = now;
	if (!file_exists(pin->tries_path))
		return;
	if (file_read(pin->tries_path, 64, &text) || !text.length ||
	    strlen((const char *)text.data) != text.length ||
	    !read_line((const char *)text.data, &pin->tries, &since))
		pin->tries = TRIES_MOST;
	else if (since < now)
		pin->since = since;
	bytes_done(&text);
}

struct pin *pin_new(const char *folder, int64_t now)
{
	struct pin *pin = xcalloc(1, sizeof *pin);

	pin->path = xasprintf("%s/staff.pin", folder);
	pin->tries_path = xasprintf("%s/staff.tries", folder);
	read_tries(pin, now);
	return pin;
}

void pin_free(struct pin *pin)
{
	if (!pin)
		return;
	free(pin->path);
	free(pin->tries_path);
	free(pin);
}

bool pin_is_set(const struct pin *pin)
{
	return file_exists(pin->path);
}

/* --- choosing ---------------------------------------------------------------
 */

/* 123456, 987654, 246802: each digit as far from the one before. */
static bool is_run(const char *digits, size_t length)
{
	const int step = (digits[1] - digits[0] + 10) % 10;

	for (size_t i = 2; i < length; i++) {
		if ((digits[i] - digits[i - 1] + 10) % 10 != step)
			return false;
	}
	return true;
}

/* 123123, 121212 */
static bool is_repeated(const char *digits, size_t length)
{
	for (size_t part = 1; part <= length / 2; part++) {
		if (length % part == 0 &&
		    memcmp(digits, digits + part, length - part) == 0)
			return true;
	}
	return false;
}

static size_t kinds_of(const char *digits)
{
	size_t kinds = 0;

	for (const char *digit = "0123456789"; *digit; digit++)
		kinds += strchr(digits, *digit) != NULL;
	return kinds;
}

/* 112233, 111222: pairs or threes of a run. */
static bool is_doubled(const char *digits, size_t length)
{
	for (size_t times = 2; times <= 3; times++) {
		char once[PIN_MOST + 1] = "";
		size_t count = length / times;

		if (length % times)
			continue;
		for (size_t i = 0; i < count; i++) {
			once[i] = digits[i * times];
			for (size_t j = 1; j < times; j++) {
				if (digits[i * times + j] != once[i])
					once[i] = 'x';
			}
		}
		if (!strchr(once, 'x') && count > 1 && is_run(once, count))
			return true;
	}
	return false;
}

/* A date of birth is the first thing that anybody tries who knows staff. */
static bool has_year(const char *digits)
{
	for (const char *at = digits; strlen(at) >= 4; at++) {
		int year = (at[0] - '0') * 1000 + (at[1] - '0') * 100 +
			   (at[2] - '0') * 10 + (at[3] - '0');

		if (year >= 1930 && year <= 2039)
			return true;
	}
	return false;
}

enum pin_choice pin_choose(const char *digits)
{
	const size_t length = strlen(digits);

	if (length < PIN_LEAST || length > PIN_MOST ||
	    strspn(digits, "0123456789") != length)
		return PIN_LENGTH;
	return is_run(digits, length) || is_repeated(digits, length) ||
		       is_doubled(digits, length) || kinds_of(digits) < 3 ||
		       has_year(digits)
		   ? PIN_TRIVIAL
		   : PIN_GOOD;
}

/* --- keeping ----------------------------------------------------------------
 */

static enum fault write_tries(const struct pin *pin)
{
	char line[48];
	int length = snprintf(line, sizeof line, "%ld %lld\n", pin->tries,
			      (long long)pin->since);

	return file_write(pin->tries_path, line, (size_t)length, 0600);
}

enum fault pin_set(struct pin *pin, const char *digits, enum pin_cost cost)
{
	char hash[crypto_pwhash_STRBYTES] = "";
	enum fault fault;

	if (sodium_init() < 0 ||
	    crypto_pwhash_str(hash, digits, strlen(digits), costs[cost].passes,
			      costs[cost].memory)) {
		log_error("%s: there are no 64 MiB of memory for the staff "
			  "PIN; start the machine again",
			  pin->path);
		return FAULT_SYSTEM;
	}
	pin->tries = 0;
	if (!(fault = write_tries(pin)))
		fault = file_write(pin->path, hash, strlen(hash), 0600);
	sodium_memzero(hash, sizeof hash);
	return fault;
}

int64_t pin_wait(const struct pin *pin, int64_t now)
{
	int64_t wait = WAIT_FIRST;

	if (pin->tries < PIN_FREE)
		return 0;
	for (long i = PIN_FREE; i < pin->tries && wait < WAIT_MOST; i++)
		wait *= 2;
	if (wait > WAIT_MOST)
		wait = WAIT_MOST;
	wait -= now - pin->since;
	return wait > 0 ? wait : 0;
}

/* A damaged file may ask for any time and any memory. */
static bool is_of_ours(const char *hash)
{
	for (size_t i = 0; i < COUNT(costs); i++) {
		if (!crypto_pwhash_str_needs_rehash(hash, costs[i].passes,
						    costs[i].memory))
			return true;
	}
	return false;
}

/* Every PIN is wrong then, and whoever knows the right one must learn why. */
static void tell_once(struct pin *pin)
{
	if (!pin->told)
		log_error("%s: no staff PIN of this program; remove this file "
			  "and start `foyer-kiosk --card` again, whose first "
			  "screens ask for a new one",
			  pin->path);
	pin->told = true;
}

static bool matches(struct pin *pin, const char *digits)
{
	struct bytes hash = { 0 };
	bool right = false;

	if (sodium_init() < 0 ||
	    file_read(pin->path, crypto_pwhash_STRBYTES, &hash))
		return false;
	if (hash.length && is_of_ours((const char *)hash.data))
		right = crypto_pwhash_str_verify((const char *)hash.data,
						 digits, strlen(digits)) == 0;
	else
		tell_once(pin);
	bytes_wipe(&hash);
	return right;
}

enum fault pin_try(struct pin *pin, const char *digits, int64_t now,
		   enum pin_answer *answer)
{
	enum fault fault;

	*answer = PIN_WAIT;
	if (pin_wait(pin, now))
		return FAULT_NONE;
	if (pin->tries < TRIES_MOST)
		pin->tries++;
	pin->since = now;
	if ((fault = write_tries(pin)))
		return fault;
	*answer = PIN_WRONG;
	if (!matches(pin, digits))
		return FAULT_NONE;
	*answer = PIN_RIGHT;
	pin->tries = 0;
	return write_tries(pin);
}
