#include "scan/picture.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"

struct source {
	const uint8_t *data;
	size_t length;
};

static cairo_status_t feed(void *from, unsigned char *data, unsigned int length)
{
	struct source *source = from;

	if (length > source->length)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(data, source->data, length);
	source->data += length;
	source->length -= length;
	return CAIRO_STATUS_SUCCESS;
}

static uint32_t number(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

/* The size stands in the first chunk (PNG §11.2.2): ask before decoding. */
static enum fault check_size(const char *name, const uint8_t *data,
			     size_t length)
{
	static const uint8_t start[] = { 0x89, 'P', 'N', 'G', 13, 10,
					 0x1A, 10,  0,   0,   0,  13,
					 'I',  'H', 'D', 'R' };

	if (length < sizeof start + 8 ||
	    memcmp(data, start, sizeof start) != 0) {
		log_error("%s: not a PNG picture; save it as PNG", name);
		return FAULT_FORMAT;
	}
	if (number(data + 16) > SCAN_PICTURE_SIDE ||
	    number(data + 20) > SCAN_PICTURE_SIDE) {
		log_error("%s: more than %d pixels a side; make it smaller",
			  name, SCAN_PICTURE_SIDE);
		return FAULT_LIMIT;
	}
	return FAULT_NONE;
}

/* Grey on white, whatever the picture's own kind; NULL: no memory for it. */
static uint8_t *take_grey(cairo_surface_t *png, int width, int height)
{
	cairo_surface_t *flat =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cairo = cairo_create(flat);
	const uint8_t *pixels;
	uint8_t *grey;
	int stride;

	if (cairo_surface_status(flat) || cairo_status(cairo)) {
		cairo_destroy(cairo);
		cairo_surface_destroy(flat);
		return NULL;
	}
	grey = xcalloc((size_t)width, (size_t)height);

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_set_source_surface(cairo, png, 0, 0);
	cairo_paint(cairo);
	cairo_surface_flush(flat);
	pixels = cairo_image_surface_get_data(flat);
	stride = cairo_image_surface_get_stride(flat);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			uint32_t dot;

			memcpy(&dot,
			       pixels + (size_t)y * (size_t)stride +
				   4 * (size_t)x,
			       sizeof dot);
			grey[(size_t)y * (size_t)width + (size_t)x] =
			    (uint8_t)(((dot >> 16 & 0xFF) * 2 +
				       (dot >> 8 & 0xFF) * 5 + (dot & 0xFF)) /
				      8);
		}
	}
	cairo_destroy(cairo);
	cairo_surface_destroy(flat);
	return grey;
}

enum fault scan_picture_bytes(const char *name, const uint8_t *data,
			      size_t length, struct scan_symbols *out)
{
	struct source source = { data, length };
	struct scan_symbols found = { 0 };
	cairo_surface_t *png;
	int width, height;
	uint8_t *grey;
	enum fault fault;

	if ((fault = check_size(name, data, length)))
		return fault;
	png = cairo_image_surface_create_from_png_stream(feed, &source);
	if (cairo_surface_status(png)) {
		log_error("%s: a damaged PNG picture; save it again", name);
		cairo_surface_destroy(png);
		return FAULT_FORMAT;
	}
	width = cairo_image_surface_get_width(png);
	height = cairo_image_surface_get_height(png);
	grey = take_grey(png, width, height);
	cairo_surface_destroy(png);
	if (!grey) {
		log_error("%s: too large for this computer's memory; make it "
			  "smaller",
			  name);
		return FAULT_LIMIT;
	}
	symbols_find(grey, width, height, &found);
	free(grey);
	*out = found;
	return FAULT_NONE;
}

enum fault scan_picture(const char *path, struct scan_symbols *out)
{
	struct bytes data = { 0 };
	enum fault fault = file_read(path, SCAN_PICTURE_BYTES, &data);

	if (!fault)
		fault = scan_picture_bytes(path, data.data, data.length, out);
	bytes_done(&data);
	return fault;
}
