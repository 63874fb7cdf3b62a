#include "issue/key_paper.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "print/slip.h"
#include "seal/secret.h"
#include "ticket/frame.h"
#include "ticket/symbol.h"

#define VERSION 1
#define DOTS 6 /* a module's */

void key_paper_name(const struct agency_key *key, char text[KEY_PAPER_NAME])
{
	const time_t made = (time_t)agency_key_created(key);
	char day[16] = "";
	struct tm utc;

	if (made && gmtime_r(&made, &utc))
		strftime(day, sizeof day, " · %Y-%m-%d", &utc);
	snprintf(text, KEY_PAPER_NAME, "%04X%s", agency_key_id(key), day);
}

static enum fault make_symbol(const struct agency_key *key, struct symbol **out)
{
	uint8_t payload[1 + KEY_BYTES] = { VERSION };
	struct bytes digits = { 0 };
	enum fault fault;

	memcpy(payload + 1, agency_key_secret(key), KEY_BYTES);
	frame_write(FRAME_BACKUP, 0, payload, sizeof payload, &digits);
	fault = symbol_new((const char *)digits.data, SYMBOL_Q, out);
	secret_wipe(payload, sizeof payload);
	bytes_wipe(&digits);
	return fault;
}

enum fault key_paper_draw(const struct agency_key *key, int width,
			  struct picture **out)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	char lines[KEY_LINES][3 + KEY_LINE_SPACED], name[KEY_PAPER_NAME];
	const struct slip_line slip[] = {
		{ "The key of / La clé de", 22, false, false },
		{ agency_key_label(key), 30, true, false },
		{ name, 26, false, false },
		{ "Whoever has this paper can read every ticket. Keep two, in "
		  "two places, locked.",
		  22, false, false },
		{ "Qui a ce papier peut lire tous les billets. Gardez-en "
		  "deux, à deux endroits, sous clé.",
		  22, false, false },
		{ lines[0], 28, true, true },
		{ lines[1], 28, true, true },
		{ lines[2], 28, true, true },
		{ lines[3], 28, true, true },
	};
	enum fault fault = make_symbol(key, &symbol);

	if (fault)
		return fault;
	key_paper_name(key, name);
	for (int i = 0; i < KEY_LINES; i++) {
		lines[i][0] = (char)('1' + i);
		lines[i][1] = ' ';
		key_line_write(agency_key_secret(key), i + 1, lines[i] + 2);
	}
	fault = slip_draw(slip, COUNT(slip),
			  &(struct paper_symbol){
			      .modules = symbol_modules(symbol),
			      .side = symbol_size(symbol),
			      .dots = DOTS,
			  },
			  width, out);
	secret_wipe(lines, sizeof lines);
	return fault;
}

bool key_paper_scan(const char *digits, size_t count, uint8_t secret[KEY_BYTES])
{
	struct frame frame;
	const bool good = frame_read(digits, count, &frame) == FRAME_READ &&
			  frame.magic == FRAME_BACKUP &&
			  frame.length == 1 + KEY_BYTES &&
			  frame.payload[0] == VERSION;

	if (good)
		memcpy(secret, frame.payload + 1, KEY_BYTES);
	secret_wipe(&frame, sizeof frame);
	return good;
}
