#include "print/escpos.h"

#include <assert.h>
#include <string.h>

#define ROW(picture) ((size_t)(picture)->width / 8)

static void close_piece(struct escpos_job *job)
{
	assert(job->pieces < ESCPOS_PIECES);
	job->end[job->pieces++] = job->bytes.length;
}

/*
 * A printer that was cut off inside a raster takes what comes next as dots:
 * the zero bytes fill up the largest raster we ever send, header included.
 */
static void add_opening(struct escpos_job *job, int band, size_t row)
{
	/* With the white rows of add_band(). */
	const size_t most =
	    (size_t)(band > ESCPOS_BAND ? ESCPOS_BAND_MOST + 8 : ESCPOS_BAND);

	static const uint8_t initialise[] = { 0x1B, 0x40 };
	static const uint8_t questions[] = { 1, 2, 4 };

	for (size_t i = 0; i < most * row + 8; i++)
		bytes_add_byte(&job->bytes, 0);
	bytes_add(&job->bytes, initialise, sizeof initialise);
	close_piece(job);
	for (size_t i = 0; i < COUNT(questions); i++) {
		bytes_add(&job->bytes, (uint8_t[]){ 0x10, 0x04, questions[i] },
			  3);
		close_piece(job);
	}
}

/* Some printers print rubbish when a raster's rows are a multiple of 48. */
static void add_band(struct escpos_job *job, const uint8_t *bits, size_t row,
		     int rows)
{
	int white = rows % 48 ? 0 : 8;
	uint8_t header[] = {
		0x1D, 0x76, 0x30, 0, (uint8_t)row, 0, (uint8_t)(rows + white), 0
	};

	static_assert(ESCPOS_BAND_MOST + 8 < 256, "a height of one byte");
	bytes_add(&job->bytes, header, sizeof header);
	bytes_add(&job->bytes, bits, (size_t)rows * row);
	for (size_t i = 0; i < (size_t)white * row; i++)
		bytes_add_byte(&job->bytes, 0);
	close_piece(job);
}

/* Feed, cut, and a request for an acknowledgement. */
static void add_closing(struct escpos_job *job, const struct escpos_ways *ways)
{
	static const uint8_t cut[] = { 0x1D, 0x56, 0x42, 0x00 };
	static const uint8_t acknowledge[] = { 0x1D, 0x72, 0x01 };

	bytes_add(&job->bytes, (uint8_t[]){ 0x1B, 0x64, (uint8_t)ways->feed },
		  3);
	if (ways->cuts)
		bytes_add(&job->bytes, cut, sizeof cut);
	if (ways->acknowledges)
		bytes_add(&job->bytes, acknowledge, sizeof acknowledge);
	close_piece(job);
}

void escpos_job(const struct picture *picture, const struct escpos_ways *ways,
		struct escpos_job *out)
{
	SCOPED(picture_freep)
	struct picture *safe = picture_new(picture->width, picture->height);
	size_t row = ROW(picture);

	assert(ways->band >= ESCPOS_BAND_LEAST &&
	       ways->band <= ESCPOS_BAND_MOST && ways->band % 48);
	memcpy(safe->bits, picture->bits, (size_t)picture->height * row);
	(void)escpos_mend(safe);
	*out = (struct escpos_job){ 0 };
	add_opening(out, ways->band, row);
	for (int y = 0; y < safe->height; y += ways->band) {
		int rows = safe->height - y;

		add_band(out, safe->bits + (size_t)y * row, row,
			 rows < ways->band ? rows : ways->band);
	}
	add_closing(out, ways);
}

void escpos_done(struct escpos_job *job)
{
	bytes_wipe(&job->bytes);
	*job = (struct escpos_job){ 0 };
}

int escpos_mend(struct picture *picture)
{
	size_t length = (size_t)picture->height * ROW(picture);
	uint8_t *bits = picture->bits;
	int added = 0;

	for (size_t i = 0; i + 1 < length; i++) {
		if (bits[i] == 0x10 &&
		    (bits[i + 1] == 0x04 || bits[i + 1] == 0x05 ||
		     bits[i + 1] == 0x14)) {
			bits[i] = 0x18;
			added++;
		}
	}
	return added;
}

/*
 * Each sensor has two bits, which are set together, and nothing else is said:
 * so no letter of a printer that answers in words is an acknowledgement. One
 * that sets more leaves a doubt, and the person is asked.
 */
static bool sensors_agree(uint8_t byte)
{
	return byte == 0x00 || byte == 0x03 || byte == 0x0C || byte == 0x0F;
}

/*
 * Fixed bits tell replies apart: an answer to 10 04 has bit 4 and bit 1, the
 * first of the four bytes of automatic status back has bit 4 alone, and the
 * three behind that as well as an acknowledgement have none.
 */
enum escpos_reply escpos_reply(struct escpos_reader *reader, uint8_t byte)
{
	if ((byte & 0x93) == 0x12) {
		reader->skip = 0;
		return ESCPOS_STATUS;
	}
	if ((byte & 0x93) == 0x10) {
		reader->skip = 3;
		return ESCPOS_NOTHING;
	}
	if (byte & 0x90) {
		reader->skip = 0;
		return ESCPOS_NOTHING;
	}
	if (reader->skip) {
		reader->skip--;
		return ESCPOS_NOTHING;
	}
	return sensors_agree(byte) ? ESCPOS_ACKNOWLEDGED : ESCPOS_NOTHING;
}

void escpos_status(enum escpos_piece question, uint8_t reply,
		   struct escpos_status *status)
{
	switch (question) {
	case ESCPOS_ASK_STATE:
		status->offline |= reply & 0x08;
		break;
	case ESCPOS_ASK_CAUSE:
		status->cover_open |= reply & 0x04;
		status->no_paper |= reply & 0x20;
		status->failed |= reply & 0x40;
		break;
	case ESCPOS_ASK_PAPER:
		status->paper_low |= reply & 0x0C;
		status->no_paper |= reply & 0x60;
		break;
	default:
		assert(!"not a question");
	}
}

void escpos_acknowledged(uint8_t reply, struct escpos_status *status)
{
	status->paper_low |= reply & 0x03;
	status->no_paper |= reply & 0x0C;
}
