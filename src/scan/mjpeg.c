#include "scan/mjpeg.h"

#include <assert.h>
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

#include "base/memory.h"

static_assert(LIBJPEG_TURBO_VERSION_NUMBER >= 2000000,
	      "an older one has no Huffman tables for who sends none");

struct decoder {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	jmp_buf out;
};

/* libjpeg would write to standard error and exit. */
static void leave(j_common_ptr jpeg)
{
	struct decoder *decoder = jpeg->client_data;

	longjmp(decoder->out, 1);
}

/*
 * After these every dot is still as it was sent: bytes without a meaning before
 * a marker, which cheap cameras are known for, no marker at the end, and a
 * header of a version, or of colours, that nobody knows. Where more than that
 * is missing, another warning follows.
 */
static const int harmless[] = { JWRN_EXTRANEOUS_DATA, JWRN_JPEG_EOF,
				JWRN_JFIF_MAJOR, JWRN_ADOBE_XFORM };

static void hear(j_common_ptr jpeg, int level)
{
	if (level >= 0)
		return; /* no warning */
	for (size_t i = 0; i < COUNT(harmless); i++) {
		if (jpeg->err->msg_code == harmless[i])
			return;
	}
	leave(jpeg);
}

/* Of several scans the whole picture would be kept, and each scan could be as
 * much work as the picture. */
static bool is_wanted(struct jpeg_decompress_struct *jpeg,
		      const struct mjpeg *picture)
{
	return jpeg->image_width <= (JDIMENSION)picture->most_width &&
	       jpeg->image_height <= (JDIMENSION)picture->most_height &&
	       !jpeg->arith_code && !jpeg_has_multiple_scans(jpeg);
}

/* What stands behind the last row is not looked at. */
static bool decode(struct jpeg_decompress_struct *jpeg, const uint8_t *data,
		   size_t length, struct mjpeg *picture)
{
	jpeg_create_decompress(jpeg);
	jpeg_mem_src(jpeg, data, length);
	if (jpeg_read_header(jpeg, TRUE) != JPEG_HEADER_OK ||
	    !is_wanted(jpeg, picture))
		return false;
	jpeg->out_color_space = JCS_GRAYSCALE;
	if (!jpeg_start_decompress(jpeg))
		return false;
	picture->width = (int)jpeg->output_width;
	picture->height = (int)jpeg->output_height;
	while (jpeg->output_scanline < jpeg->output_height) {
		JSAMPROW row = picture->dots + (size_t)jpeg->output_scanline *
						   jpeg->output_width;

		if (jpeg_read_scanlines(jpeg, &row, 1) != 1)
			return false;
	}
	return true;
}

static bool decode_or_leave(struct decoder *decoder, const uint8_t *data,
			    size_t length, struct mjpeg *picture)
{
	if (setjmp(decoder->out))
		return false;
	return decode(&decoder->jpeg, data, length, picture);
}

/* Nothing stays for the next picture: no table of this one, no memory. */
bool mjpeg_read(const uint8_t *data, size_t length, struct mjpeg *picture)
{
	struct decoder decoder = { 0 };
	bool whole;

	decoder.jpeg.client_data = &decoder;
	decoder.jpeg.err = jpeg_std_error(&decoder.errors);
	decoder.errors.error_exit = leave;
	decoder.errors.emit_message = hear;
	whole = decode_or_leave(&decoder, data, length, picture);
	jpeg_destroy_decompress(&decoder.jpeg);
	return whole;
}
