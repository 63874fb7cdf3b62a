#include "tests/support/still.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "base/memory.h"

/* Any colours do, but not one for all: they must not be seen in the grey. */
static void compress_rows(struct jpeg_compress_struct *jpeg,
			  const uint8_t *dots, int count)
{
	uint8_t *row = xcalloc((size_t)count, jpeg->image_width);

	for (unsigned y = 0; y < jpeg->image_height; y++) {
		uint8_t *to = row;

		for (unsigned x = 0; x < jpeg->image_width; x++) {
			*to++ = dots[(size_t)y * jpeg->image_width + x];
			for (int i = 1; i < count; i++)
				*to++ = (uint8_t)(i & 1 ? x : y);
		}
		(void)jpeg_write_scanlines(jpeg, &row, 1);
	}
	free(row);
}

static void leave_tables_out(struct jpeg_compress_struct *jpeg)
{
	for (int i = 0; i < NUM_HUFF_TBLS; i++) {
		if (jpeg->dc_huff_tbl_ptrs[i])
			jpeg->dc_huff_tbl_ptrs[i]->sent_table = TRUE;
		if (jpeg->ac_huff_tbl_ptrs[i])
			jpeg->ac_huff_tbl_ptrs[i]->sent_table = TRUE;
	}
}

static void set_up(struct jpeg_compress_struct *jpeg, const struct still *still,
		   int count)
{
	static const J_COLOR_SPACE spaces[] = {
		[1] = JCS_GRAYSCALE, [3] = JCS_YCbCr, [4] = JCS_CMYK
	};
	static const jpeg_scan_info apart[] = { { 1, { 0 }, 0, 63, 0, 0 },
						{ 1, { 1 }, 0, 63, 0, 0 },
						{ 1, { 2 }, 0, 63, 0, 0 } };

	jpeg->input_components = count;
	jpeg->in_color_space = spaces[count];
	jpeg_set_defaults(jpeg);
	jpeg_set_quality(jpeg, 90, TRUE);
	jpeg->comp_info[0].v_samp_factor = 1;
	jpeg->restart_interval = (unsigned)still->restart;
	jpeg->optimize_coding = still->fitted;
	jpeg->arith_code = still->arithmetic;
	if (still->progressive)
		jpeg_simple_progression(jpeg);
	if (still->apart) {
		jpeg->scan_info = apart;
		jpeg->num_scans = COUNT(apart);
	}
	if (still->bare)
		leave_tables_out(jpeg);
}

void still_add(const struct still *still, const uint8_t *dots, int width,
	       int height, struct bytes *to)
{
	const int count = still->components ? still->components : 3;
	struct jpeg_compress_struct jpeg = { 0 };
	struct jpeg_error_mgr errors;
	unsigned long length = 0;
	uint8_t *data = NULL;

	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &data, &length);
	jpeg.image_width = (unsigned)width;
	jpeg.image_height = (unsigned)height;
	set_up(&jpeg, still, count);
	jpeg_start_compress(&jpeg, FALSE);
	compress_rows(&jpeg, dots, count);
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	bytes_add(to, data, length);
	free(data);
}

static size_t next_segment(const struct bytes *jpeg, size_t at)
{
	return at + 2 + ((size_t)jpeg->data[at + 2] << 8) + jpeg->data[at + 3];
}

/* In a segment there may be the same two bytes, so they are walked over. */
size_t still_marker(const struct bytes *jpeg, uint8_t marker)
{
	size_t at = 2;

	while (jpeg->data[at + 1] != marker && jpeg->data[at + 1] != STILL_SCAN)
		at = next_segment(jpeg, at);
	return at;
}

void still_without(struct bytes *jpeg, uint8_t marker)
{
	size_t at;

	while (jpeg->data[(at = still_marker(jpeg, marker)) + 1] == marker) {
		const size_t end = next_segment(jpeg, at);

		memmove(jpeg->data + at, jpeg->data + end, jpeg->length - end);
		jpeg->length -= end - at;
	}
}
