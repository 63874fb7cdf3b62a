#include "vault/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define QUESTION "FOYERVQ1"
#define ANSWER "FOYERVA1"
#define MAGIC 8
#define FIELDS 2
#define SECONDS_BYTES 8

enum field { NO_FIELD, PASSPHRASE, NEW_PASSPHRASE, STICK, SECONDS };

/* What each verb is told. */
static const enum field fields[VAULT_VERBS][FIELDS] = {
	[VAULT_MAKE] = { PASSPHRASE },
	[VAULT_OPEN] = { PASSPHRASE },
	[VAULT_CHANGE] = { PASSPHRASE, NEW_PASSPHRASE },
	[VAULT_MOUNT_STICK] = { STICK },
	[VAULT_LEND_CARD] = { STICK },
	[VAULT_TAKE_CARD] = { STICK },
	[VAULT_SET_TIME] = { SECONDS },
};

/* --- numbers and texts -----------------------------------------------------
 */

static void add_number(uint64_t number, struct bytes *out)
{
	for (int shift = 56; shift >= 0; shift -= 8)
		bytes_add_byte(out, (uint8_t)(number >> shift));
}

static uint64_t number_at(const uint8_t data[SECONDS_BYTES])
{
	uint64_t number = 0;

	for (size_t i = 0; i < SECONDS_BYTES; i++)
		number = number << 8 | data[i];
	return number;
}

static void add_text(const char *text, struct bytes *out)
{
	assert(strlen(text) < 256);
	bytes_add_byte(out, (uint8_t)strlen(text));
	bytes_add_text(out, text);
}

/* What is left to be read of a message. */
struct rest {
	const uint8_t *data;
	size_t length;
};

static bool take(struct rest *rest, size_t count, const uint8_t **out)
{
	if (rest->length < count)
		return false;
	*out = rest->data;
	rest->data += count;
	rest->length -= count;
	return true;
}

static bool take_text(struct rest *rest, char *text, size_t room)
{
	const uint8_t *length, *data;

	if (!take(rest, 1, &length) || *length >= room ||
	    !take(rest, *length, &data) || memchr(data, 0, *length))
		return false;
	memcpy(text, data, *length);
	text[*length] = 0;
	return true;
}

/* --- requests ------------------------------------------------------------- */

static bool is_passphrase(const char *text)
{
	return *text && !strpbrk(text, "\r\n");
}

static bool is_stick(const char *text)
{
	return *text && text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
					  "0123456789")] == 0;
}

static bool take_seconds(struct rest *rest, int64_t *seconds)
{
	const uint8_t *length, *data;

	if (!take(rest, 1, &length) || *length != SECONDS_BYTES ||
	    !take(rest, SECONDS_BYTES, &data))
		return false;
	*seconds = (int64_t)number_at(data);
	return *seconds >= VAULT_EARLIEST && *seconds <= VAULT_LATEST;
}

static bool take_field(struct rest *rest, enum field field,
		       struct vault_request *request)
{
	switch (field) {
	case NO_FIELD:
		return true;
	case PASSPHRASE:
		return take_text(rest, request->passphrase, VAULT_PASSPHRASE) &&
		       is_passphrase(request->passphrase);
	case NEW_PASSPHRASE:
		return take_text(rest, request->new_passphrase,
				 VAULT_PASSPHRASE) &&
		       is_passphrase(request->new_passphrase);
	case STICK:
		return take_text(rest, request->stick, VAULT_STICK_NAME) &&
		       is_stick(request->stick);
	case SECONDS:
		return take_seconds(rest, &request->seconds);
	}
	return false;
}

bool vault_request_read(const void *data, size_t length,
			struct vault_request *request)
{
	struct rest rest = { data, length };
	const uint8_t *magic, *verb;

	*request = (struct vault_request){ 0 };
	if (!take(&rest, MAGIC, &magic) || memcmp(magic, QUESTION, MAGIC) ||
	    !take(&rest, 1, &verb) || *verb >= VAULT_VERBS)
		return false;
	request->verb = *verb;
	for (size_t i = 0; i < FIELDS; i++) {
		if (!take_field(&rest, fields[request->verb][i], request))
			return false;
	}
	return rest.length == 0;
}

static void add_field(const struct vault_request *request, enum field field,
		      struct bytes *out)
{
	switch (field) {
	case NO_FIELD:
		break;
	case PASSPHRASE:
		add_text(request->passphrase, out);
		break;
	case NEW_PASSPHRASE:
		add_text(request->new_passphrase, out);
		break;
	case STICK:
		add_text(request->stick, out);
		break;
	case SECONDS:
		bytes_add_byte(out, SECONDS_BYTES);
		add_number((uint64_t)request->seconds, out);
		break;
	}
}

void vault_request_write(const struct vault_request *request, struct bytes *out)
{
	bytes_add(out, QUESTION, MAGIC);
	bytes_add_byte(out, (uint8_t)request->verb);
	for (size_t i = 0; i < FIELDS; i++)
		add_field(request, fields[request->verb][i], out);
}

/* --- answers -------------------------------------------------------------- */

static void add_sticks(const struct vault_stick *sticks, size_t count,
		       struct bytes *out)
{
	bytes_add_byte(out, (uint8_t)count);
	for (size_t i = 0; i < count; i++) {
		add_text(sticks[i].name, out);
		add_text(sticks[i].label, out);
		add_number(sticks[i].size, out);
	}
}

void vault_answer_write(const struct vault_answer *answer, struct bytes *out)
{
	bytes_add(out, ANSWER, MAGIC);
	bytes_add_byte(out, (uint8_t)answer->result);
	bytes_add_byte(out, (uint8_t)answer->state);
	bytes_add_byte(out, answer->mounted);
	add_sticks(answer->sticks, answer->stick_count, out);
	add_sticks(answer->cards, answer->card_count, out);
}

static bool take_stick(struct rest *rest, struct vault_stick *stick)
{
	const uint8_t *size;

	if (!take_text(rest, stick->name, VAULT_STICK_NAME) ||
	    !is_stick(stick->name) ||
	    !take_text(rest, stick->label, VAULT_STICK_LABEL) ||
	    !take(rest, SECONDS_BYTES, &size))
		return false;
	stick->size = number_at(size);
	return true;
}

static bool take_sticks(struct rest *rest, struct vault_stick *sticks,
			size_t *count)
{
	const uint8_t *said;

	if (!take(rest, 1, &said) || *said > VAULT_STICKS)
		return false;
	for (*count = 0; *count < *said; (*count)++) {
		if (!take_stick(rest, &sticks[*count]))
			return false;
	}
	return true;
}

bool vault_answer_read(const void *data, size_t length,
		       struct vault_answer *answer)
{
	struct rest rest = { data, length };
	const uint8_t *head;

	*answer = (struct vault_answer){ 0 };
	if (!take(&rest, MAGIC + 3, &head) || memcmp(head, ANSWER, MAGIC) ||
	    head[MAGIC] >= VAULT_RESULTS || head[MAGIC + 1] >= VAULT_STATES ||
	    head[MAGIC + 2] > 1)
		return false;
	answer->result = head[MAGIC];
	answer->state = head[MAGIC + 1];
	answer->mounted = head[MAGIC + 2];
	return take_sticks(&rest, answer->sticks, &answer->stick_count) &&
	       take_sticks(&rest, answer->cards, &answer->card_count) &&
	       rest.length == 0;
}
