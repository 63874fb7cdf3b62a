#include "print/picture.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

struct picture *picture_new(int width, int height)
{
	struct picture *picture = xcalloc(1, sizeof *picture);

	assert(width > 0 && width <= PICTURE_MAX_WIDTH && width % 8 == 0);
	assert(height > 0 && height <= PICTURE_MAX_HEIGHT);
	picture->width = width;
	picture->height = height;
	picture->bits = xcalloc((size_t)height, (size_t)width / 8);
	return picture;
}

void picture_free(struct picture *picture)
{
	if (!picture)
		return;
	explicit_bzero(picture->bits,
		       (size_t)picture->height * (size_t)picture->width / 8);
	free(picture->bits);
	free(picture);
}

static size_t place(const struct picture *picture, int x, int y)
{
	assert(x >= 0 && x < picture->width && y >= 0 && y < picture->height);
	return (size_t)y * (size_t)picture->width / 8 + (size_t)x / 8;
}

bool picture_dot(const struct picture *picture, int x, int y)
{
	return picture->bits[place(picture, x, y)] & 0x80 >> x % 8;
}

void picture_ink(struct picture *picture, int x, int y)
{
	picture->bits[place(picture, x, y)] |= (uint8_t)(0x80 >> x % 8);
}

struct picture *picture_moved(const struct picture *picture, int dots)
{
	struct picture *moved = picture_new(picture->width, picture->height);

	for (int y = 0; y < picture->height; y++) {
		for (int x = 0; x < picture->width; x++) {
			if (x + dots >= 0 && x + dots < picture->width &&
			    picture_dot(picture, x, y))
				picture_ink(moved, x + dots, y);
		}
	}
	return moved;
}

static cairo_status_t add(void *to, const unsigned char *data,
			  unsigned int length)
{
	bytes_add(to, data, length);
	return CAIRO_STATUS_SUCCESS;
}

/* cairo writes an alpha-only surface as a grey PNG: full is white. */
void picture_png(const struct picture *picture, int margin, struct bytes *out)
{
	cairo_surface_t *surface = cairo_image_surface_create(
	    CAIRO_FORMAT_A8, picture->width + 2 * margin, picture->height);
	uint8_t *pixels = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);

	assert(margin >= 0 && pixels);
	memset(pixels, 0xFF, (size_t)stride * (size_t)picture->height);
	for (int y = 0; y < picture->height; y++) {
		for (int x = 0; x < picture->width; x++) {
			if (picture_dot(picture, x, y))
				pixels[y * stride + margin + x] = 0;
		}
	}
	cairo_surface_mark_dirty(surface);
	(void)cairo_surface_write_to_png_stream(surface, add, out);
	memset(pixels, 0xFF, (size_t)stride * (size_t)picture->height);
	cairo_surface_destroy(surface);
}

#define DOTS_A_MM 8.0 /* 203 dpi */
#define POINTS_A_MM (72 / 25.4)

/* Every dot a square of its own: a reader of PDF smooths no pictures then. */
void picture_pdf(const struct picture *picture, int margin, struct bytes *out)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
	    add, out, (picture->width + 2 * margin) / DOTS_A_MM * POINTS_A_MM,
	    picture->height / DOTS_A_MM * POINTS_A_MM);
	cairo_t *cairo = cairo_create(surface);

	/* What every printer of pages reads. */
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
	cairo_scale(cairo, POINTS_A_MM / DOTS_A_MM, POINTS_A_MM / DOTS_A_MM);
	for (int y = 0; y < picture->height; y++) {
		for (int x = 0, end; x < picture->width; x = end + 1) {
			end = x;
			while (end < picture->width &&
			       picture_dot(picture, end, y))
				end++;
			if (end > x)
				cairo_rectangle(cairo, margin + x, y, end - x,
						1);
		}
	}
	cairo_fill(cairo);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}
