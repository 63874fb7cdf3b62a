#include "ui/input.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "ui/grid.h"

#define ESCAPE 0x1b
#define STRING_MOST 1024 /* bytes of a device string before it is given up */

size_t input_room(const struct input *input)
{
	return INPUT_ROOM - input->length;
}

void input_add(struct input *input, const void *bytes, size_t count,
	       int64_t now)
{
	assert(count <= input_room(input));
	memcpy(input->bytes + input->length, bytes, count);
	input->length += count;
	input->at = now;
}

static void drop(struct input *input, size_t count)
{
	size_t left = input->length - count;

	memmove(input->bytes, input->bytes + count, left);
	explicit_bzero(input->bytes + left, count);
	input->length = left;
}

/* --- one sequence --------------------------------------------------------- */

/* What the bytes at the front are; used 0: more must come. */
struct found {
	size_t used;
	struct input_token token;
};

static struct found nothing(size_t used)
{
	return (struct found){ .used = used };
}

static struct found key(size_t used, enum ui_key key)
{
	return (struct found){
		.used = used,
		.token = { .what = INPUT_EVENT, .event = { .key = key } },
	};
}

static struct found character(size_t used, uint32_t point)
{
	struct found found = key(used, UI_KEY_TEXT);

	found.token.event.character = point;
	return found;
}

static struct found function_key(size_t used, int number)
{
	struct found found = key(used, UI_KEY_FUNCTION);

	found.token.event.character = (uint32_t)number;
	return found;
}

static const struct {
	char final;
	enum ui_key key;
} letters[] = {
	{ 'A', UI_KEY_UP },   { 'B', UI_KEY_DOWN }, { 'C', UI_KEY_RIGHT },
	{ 'D', UI_KEY_LEFT }, { 'H', UI_KEY_HOME }, { 'F', UI_KEY_END },
	{ 'Z', UI_KEY_TAB },
};

static const struct {
	int number;
	enum ui_key key;
} tildes[] = {
	{ 1, UI_KEY_HOME },      { 7, UI_KEY_HOME },   { 4, UI_KEY_END },
	{ 8, UI_KEY_END },       { 3, UI_KEY_DELETE }, { 5, UI_KEY_PAGE_UP },
	{ 6, UI_KEY_PAGE_DOWN },
};

/* F1 to F12 in "CSI number ~". */
static const int functions[] = {
	11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24
};

static struct found tilde(size_t used, int number)
{
	for (size_t i = 0; i < COUNT(tildes); i++) {
		if (tildes[i].number == number)
			return key(used, tildes[i].key);
	}
	for (size_t i = 0; i < COUNT(functions); i++) {
		if (functions[i] == number)
			return function_key(used, (int)i + 1);
	}
	return nothing(used);
}

static struct found letter(size_t used, char final)
{
	for (size_t i = 0; i < COUNT(letters); i++) {
		if (letters[i].final == final) {
			struct found found = key(used, letters[i].key);

			found.token.event.character = final == 'Z';
			return found;
		}
	}
	if (final >= 'P' && final <= 'S')
		return function_key(used, final - 'P' + 1);
	return nothing(used);
}

#define MOUSE_MODIFIERS (4 | 8 | 16)
#define MOUSE_MOTION 32
#define MOUSE_WHEEL 64

static struct found mouse(size_t used, int button, int x, int y)
{
	struct found found;

	switch (button & ~MOUSE_MODIFIERS) {
	case 0:
		found = key(used, UI_KEY_POINT);
		break;
	case MOUSE_WHEEL:
		found = key(used, UI_KEY_WHEEL_UP);
		break;
	case MOUSE_WHEEL + 1:
		found = key(used, UI_KEY_WHEEL_DOWN);
		break;
	default:
		return nothing(used);
	}
	found.token.event.y = y > 0 ? y - 1 : 0;
	found.token.event.x = x > 0 ? x - 1 : 0;
	return found;
}

static struct found reply(size_t used, const struct input_reply *from)
{
	static const char *const known[] = { "?c", "?S", "t", "n" };

	for (size_t i = 0; i < COUNT(known); i++) {
		char prefix = known[i][1] ? known[i][0] : 0;
		char final = known[i][1] ? known[i][1] : known[i][0];

		if (from->prefix == prefix && from->final == final)
			return (struct found){
				.used = used,
				.token = { .what = INPUT_REPLY,
					   .reply = *from },
			};
	}
	return nothing(used);
}

static struct found meaning(size_t used, const struct input_reply *from)
{
	struct found found = reply(used, from);

	if (found.token.what != INPUT_NOTHING)
		return found;
	if (from->prefix == '<' && from->final == 'M' && from->count == 3)
		return mouse(used, from->numbers[0], from->numbers[1],
			     from->numbers[2]);
	if (from->prefix)
		return nothing(used);
	if (from->final == '~')
		return tilde(used, from->numbers[0]);
	return letter(used, from->final);
}

static void add_digit(struct input_reply *to, uint8_t digit)
{
	int *number;

	if (!to->count)
		to->count = 1;
	if (to->count > INPUT_NUMBERS)
		return;
	number = &to->numbers[to->count - 1];
	*number = *number > 99999 ? *number : *number * 10 + (digit - '0');
}

/* From "CSI" on. A byte that has no place in a sequence ends it. */
static struct found control_sequence(const uint8_t *bytes, size_t length)
{
	struct input_reply sequence = { 0 };
	size_t at = 2;

	if (length > 2 && bytes[2] == '[') { /* the Linux console's F1 to F5 */
		if (length < 4)
			return nothing(0);
		return bytes[3] >= 'A' && bytes[3] <= 'E'
			   ? function_key(4, bytes[3] - 'A' + 1)
			   : nothing(4);
	}
	if (length > 2 && bytes[2] >= '<' && bytes[2] <= '?')
		sequence.prefix = (char)bytes[at++];
	for (; at < length; at++) {
		uint8_t byte = bytes[at];

		if (byte >= '0' && byte <= '9') {
			add_digit(&sequence, byte);
		} else if (byte == ';' || byte == ':') {
			sequence.count += sequence.count ? 1 : 2;
		} else if (byte >= 0x40 && byte < 0x7f) {
			sequence.final = (char)byte;
			if (sequence.count > INPUT_NUMBERS)
				sequence.count = INPUT_NUMBERS;
			return meaning(at + 1, &sequence);
		} else if (byte < 0x20 || byte > 0x3f) {
			return nothing(at);
		}
	}
	return nothing(0);
}

/* The keypad and F1 to F4 as terminals in application mode send them. */
static struct found single_shift(const uint8_t *bytes, size_t length)
{
	static const char keypad[] = "jklmnopqrstuvwxy";
	static const char signs[] = "*+,-./0123456789";
	const char *at;

	if (length < 3)
		return nothing(0);
	if (bytes[2] == 'M')
		return key(3, UI_KEY_ENTER);
	at = bytes[2] ? strchr(keypad, bytes[2]) : NULL;
	return at ? character(3, (uint8_t)signs[at - keypad])
		  : letter(3, (char)bytes[2]);
}

/* A device string that nobody asked for: to ESC \ or BEL. */
static struct found device_string(const uint8_t *bytes, size_t length)
{
	for (size_t at = 2; at < length && at < STRING_MOST; at++) {
		if (bytes[at] == 0x07)
			return nothing(at + 1);
		if (bytes[at] == ESCAPE && at + 1 < length)
			return nothing(at + (bytes[at + 1] == '\\' ? 2 : 0));
	}
	return nothing(length < STRING_MOST ? 0 : STRING_MOST);
}

static struct found escaped(const uint8_t *bytes, size_t length)
{
	if (length < 2)
		return nothing(0);
	switch (bytes[1]) {
	case '[':
		return control_sequence(bytes, length);
	case 'O':
		return single_shift(bytes, length);
	case 'P':
	case ']':
	case '^':
	case '_':
		return device_string(bytes, length);
	default:
		return key(1, UI_KEY_ESCAPE);
	}
}

static struct found control(uint8_t byte)
{
	switch (byte) {
	case '\r':
	case '\n':
		return key(1, UI_KEY_ENTER);
	case '\t':
		return key(1, UI_KEY_TAB);
	case 0x08:
	case 0x7f:
		return key(1, UI_KEY_BACKSPACE);
	case 0x03: /* ^C must not end a kiosk; where it is pressed, Escape is
		    * meant */
		return key(1, UI_KEY_ESCAPE);
	case 0x0c:
		return (struct found){ .used = 1,
				       .token = { .what = INPUT_REDRAW } };
	default:
		return nothing(1);
	}
}

/* How many bytes the UTF-8 character that starts so takes. */
static size_t character_bytes(uint8_t first)
{
	return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static struct found text(const uint8_t *bytes, size_t length)
{
	size_t wanted = character_bytes(bytes[0]), used = 0;
	char one[5] = "";
	uint32_t point;

	for (size_t i = 1; i < wanted; i++) {
		if (i == length)
			return nothing(0);
		if ((bytes[i] & 0xc0) != 0x80)
			return nothing(1);
	}
	memcpy(one, bytes, wanted);
	point = grid_next(one, &used);
	return point == 0xfffd && used == 1 ? nothing(1)
					    : character(used, point);
}

static struct found front(const uint8_t *bytes, size_t length)
{
	if (bytes[0] == ESCAPE)
		return escaped(bytes, length);
	if (bytes[0] < ' ' || bytes[0] == 0x7f)
		return control(bytes[0]);
	return text(bytes, length);
}

/* --- the whole ------------------------------------------------------------ */

int64_t input_deadline(const struct input *input)
{
	bool lone = input->length == 1 && input->bytes[0] == ESCAPE;

	if (!input->length)
		return -1;
	return input->at + (lone ? INPUT_ESCAPE_MS : INPUT_REST_MS);
}

/* What waited in vain: ESC was the key, anything else was noise. */
static struct found settled(const struct input *input)
{
	return input->length == 1 && input->bytes[0] == ESCAPE
		   ? key(1, UI_KEY_ESCAPE)
		   : nothing(input->length);
}

/* A scanner may end its line with both; one Enter is meant. */
static bool is_second_half(struct input *input)
{
	bool second = input->after_return && input->bytes[0] == '\n';

	input->after_return = input->bytes[0] == '\r';
	return second;
}

struct input_token input_next(struct input *input, int64_t now)
{
	while (input->length) {
		struct found found = front(input->bytes, input->length);

		if (!found.used && now < input_deadline(input))
			break;
		if (!found.used)
			found = settled(input);
		if (is_second_half(input))
			found.token.what = INPUT_NOTHING;
		drop(input, found.used);
		if (found.token.what != INPUT_NOTHING) {
			found.token.event.at = input->at;
			return found.token;
		}
	}
	return (struct input_token){ .what = INPUT_NOTHING };
}
