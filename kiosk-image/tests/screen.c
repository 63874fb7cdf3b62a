#include "kiosk-image/tests/screen.h"

#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#define MOST_SIDE 4096
#define COLOURS_COUNTED 16

struct screen *screen_read(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct screen *screen = NULL;
	int width, height;
	size_t size;

	if (!file)
		return NULL;
	if (fscanf(file, "P6 %d %d 255", &width, &height) == 2 && width > 0 &&
	    height > 0 && width <= MOST_SIDE && height <= MOST_SIDE &&
	    fgetc(file) != EOF) {
		size = (size_t)width * (size_t)height * 3;
		screen = xcalloc(1, sizeof *screen);
		*screen = (struct screen){ width, height, xcalloc(size, 1) };
		if (fread(screen->dots, 1, size, file) != size) {
			screen_free(screen);
			screen = NULL;
		}
	}
	fclose(file);
	return screen;
}

void screen_free(struct screen *screen)
{
	if (screen)
		free(screen->dots);
	free(screen);
}

static size_t row_size(const struct screen *screen)
{
	return (size_t)screen->width * 3;
}

bool screen_same(const struct screen *one, const struct screen *other)
{
	return one->width == other->width && one->height == other->height &&
	       memcmp(one->dots, other->dots,
		      row_size(one) * (size_t)one->height) == 0;
}

bool screen_differs(const struct screen *one, const struct screen *other,
		    int top, int bottom)
{
	size_t row = row_size(one);

	return one->width != other->width || one->height != other->height ||
	       memcmp(one->dots + row * (size_t)top,
		      other->dots + row * (size_t)top,
		      row * (size_t)(bottom - top)) != 0;
}

int screen_colours(const struct screen *screen)
{
	uint8_t seen[COLOURS_COUNTED][3];
	size_t all = (size_t)screen->width * (size_t)screen->height;
	int count = 0;

	for (size_t i = 0; i < all && count < COLOURS_COUNTED; i++) {
		const uint8_t *dot = screen->dots + i * 3;
		int at = 0;

		while (at < count && memcmp(seen[at], dot, 3) != 0)
			at++;
		if (at == count)
			memcpy(seen[count++], dot, 3);
	}
	return count;
}

char *screen_code(const struct screen *screen)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	size_t all = (size_t)screen->width * (size_t)screen->height;
	uint8_t *grey = xcalloc(all, 1);
	char *said = NULL;

	for (size_t i = 0; i < all; i++)
		grey[i] = screen->dots[i * 3 + 1];
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned)screen->width,
			    (unsigned)screen->height);
	zbar_image_set_data(image, grey, all, NULL);
	if (zbar_scan_image(scanner, image) > 0)
		said = xstrdup(
		    zbar_symbol_get_data(zbar_image_first_symbol(image)));
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	free(grey);
	return said;
}

struct screen *screen_load(const char *path)
{
	cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
	int width = cairo_image_surface_get_width(surface);
	int height = cairo_image_surface_get_height(surface);
	int stride = cairo_image_surface_get_stride(surface);
	const uint8_t *from = cairo_image_surface_get_data(surface);
	struct screen *screen = NULL;
	uint8_t *to;

	if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
		screen = xcalloc(1, sizeof *screen);
		*screen =
		    (struct screen){ width, height,
				     xcalloc((size_t)width * (size_t)height,
					     3) };
		to = screen->dots;
		for (int y = 0; y < height; y++, from += stride) {
			const uint32_t *row =
			    (const uint32_t *)(const void *)from;

			for (int x = 0; x < width; x++) {
				*to++ = (uint8_t)(row[x] >> 16);
				*to++ = (uint8_t)(row[x] >> 8);
				*to++ = (uint8_t)row[x];
			}
		}
	}
	cairo_surface_destroy(surface);
	return screen;
}

bool screen_save(const struct screen *screen, const char *path)
{
	cairo_surface_t *surface = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, screen->width, screen->height);
	int stride = cairo_image_surface_get_stride(surface);
	uint8_t *to = cairo_image_surface_get_data(surface);
	const uint8_t *from = screen->dots;
	bool saved;

	for (int y = 0; y < screen->height; y++, to += stride) {
		uint32_t *row = (uint32_t *)(void *)to;

		for (int x = 0; x < screen->width; x++, from += 3)
			row[x] =
			    (uint32_t)(from[0] << 16 | from[1] << 8 | from[2]);
	}
	cairo_surface_mark_dirty(surface);
	saved =
	    cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	return saved;
}
