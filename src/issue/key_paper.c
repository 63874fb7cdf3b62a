#include "issue/key_paper.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "issue/agency.h"
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

static enum fault draw(const struct slip_line *lines, size_t count,
		       const struct symbol *symbol, int width,
		       struct picture **out)
{
	return slip_draw(lines, count,
			 &(struct paper_symbol){
			     .modules = symbol_modules(symbol),
			     .side = symbol_size(symbol),
			     .dots = DOTS,
			 },
			 width, out);
}

enum fault key_paper_draw(const struct agency_key *key, int width,
			  struct picture **out)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	char lines[KEY_LINES][3 + KEY_LINE_SPACED], name[KEY_PAPER_NAME];
	const struct slip_line slip[] = {
		{ .text = "The key of / La clé de", .size = 22 },
		{ .text = agency_key_label(key), .size = 30, .bold = true },
		{ .text = name, .size = 26 },
		{ .text = "Whoever has this paper can read every ticket. Keep "
			  "two, in "
			  "two places, locked.",
		  .size = 22 },
		{ .text =
		      "Qui a ce papier peut lire tous les billets. Gardez-en "
		      "deux, à deux endroits, sous clé.",
		  .size = 22 },
		{ .text = lines[0], .size = 28, .bold = true, .columns = true },
		{ .text = lines[1], .size = 28, .bold = true, .columns = true },
		{ .text = lines[2], .size = 28, .bold = true, .columns = true },
		{ .text = lines[3], .size = 28, .bold = true, .columns = true },
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
	fault = draw(slip, COUNT(slip), symbol, width, out);
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

bool key_paper_proves(const struct agency_key *key, int number,
		      const char *typed)
{
	SCOPED(secret_freep) uint8_t *read = secret_new(KEY_BYTES);
	const uint8_t *own = agency_key_secret(key);
	const size_t part = KEY_BYTES / KEY_LINES;
	const size_t at = (size_t)(number - 1) * part;

	if (key_paper_scan(typed, strlen(typed), read))
		return memcmp(read, own, KEY_BYTES) == 0;
	return key_line_read(typed, number, read) &&
	       memcmp(read + at, own + at, part) == 0;
}

enum fault key_card_draw(const struct card *card, int width,
			 struct picture **out)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	char fingerprint[KEY_FINGERPRINT_BYTES];
	const struct slip_line slip[] = {
		{ .text = "To seal tickets for / Pour sceller les billets de",
		  .size = 22 },
		{ .text = card->name, .size = 30, .bold = true },
		{ .text = fingerprint,
		  .size = 28,
		  .bold = true,
		  .columns = true },
		{ .text =
		      "No secret. At the kiosk, compare the digits before you "
		      "take it.",
		  .size = 22 },
		{ .text =
		      "Rien de secret. À la borne, comparez les chiffres avant "
		      "de l’adopter.",
		  .size = 22 },
	};
	struct bytes digits = { 0 };
	enum fault fault;

	key_fingerprint(card->key, fingerprint);
	agency_card_digits(card, &digits);
	fault = symbol_new((const char *)digits.data, SYMBOL_Q, &symbol);
	bytes_done(&digits);
	return fault ? fault : draw(slip, COUNT(slip), symbol, width, out);
}
