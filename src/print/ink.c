#include "print/ink.h"

/* Draws in grey with nothing between none and full, then takes bits. */
void ink_drawing(struct picture *picture, ink_draw *draw, const void *from)
{
	cairo_surface_t *surface = cairo_image_surface_create(
	    CAIRO_FORMAT_A8, picture->width, picture->height);
	cairo_t *cairo = cairo_create(surface);
	const uint8_t *pixels = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);

	cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
	draw(from, cairo);
	cairo_surface_flush(surface);
	for (int y = 0; y < picture->height; y++) {
		for (int x = 0; x < picture->width; x++) {
			if (pixels[y * stride + x] & 0x80)
				picture_ink(picture, x, y);
		}
	}
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}

void ink_symbol(struct picture *picture, const struct paper_symbol *symbol,
		int top)
{
	int size = symbol->side * symbol->dots;
	int left = (picture->width - size) / 2;

	for (int y = 0; y < size; y++) {
		const uint8_t *row =
		    symbol->modules + y / symbol->dots * symbol->side;

		for (int x = 0; x < size; x++) {
			if (row[x / symbol->dots] & 1)
				picture_ink(picture, left + x, top + y);
		}
	}
}
