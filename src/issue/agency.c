#include "issue/agency.h"

#include "base/file.h"
#include "base/log.h"
#include "ticket/agency_text.h"
#include "ticket/frame.h"

enum fault agency_file_read(const char *path, bool *found, struct card *card)
{
	struct bytes text = { 0 };
	enum fault fault;

	*found = file_exists(path);
	if (!*found)
		return FAULT_NONE;
	if (!(fault = file_read(path, FRAME_DIGITS_MAX + 8, &text)) &&
	    !(text.length &&
	      agency_text_read((const char *)text.data, text.length, card))) {
		log_error("%s: not an agency's public key: copy it again from "
			  "where `foyer key new` was run",
			  path);
		fault = FAULT_FORMAT;
	}
	bytes_done(&text);
	return fault;
}

void agency_card_digits(const struct card *card, struct bytes *digits)
{
	struct bytes payload = { 0 };

	card_write_agency(card, &payload);
	frame_write(FRAME_AGENCY, 0, payload.data, payload.length, digits);
	bytes_done(&payload);
}

enum fault agency_file_write(const char *path, const struct card *card)
{
	struct bytes text = { 0 };
	enum fault fault;

	agency_card_digits(card, &text);
	bytes_add_byte(&text, '\n');
	fault = file_write(path, text.data, text.length, 0644);
	bytes_done(&text);
	return fault;
}
