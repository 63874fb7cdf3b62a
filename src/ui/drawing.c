#include "ui/drawing.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ui/svg.h"

struct drawing {
	char *name;
	struct svg svg;
	cairo_surface_t *bitmap; /* ink as alpha; NULL: an SVG */
};

/* --- PNG ------------------------------------------------------------------ */

#define PNG_WIDTH 16 /* where a PNG says its width, then its height */
#define PNG_HEAD 24

static const uint8_t png_sign[] = {
	0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'
};

struct source {
	const uint8_t *bytes;
	size_t left;
};

static cairo_status_t feed(void *from, unsigned char *to, unsigned length)
{
	struct source *source = from;

	if (length > source->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, source->bytes, length);
	source->bytes += length;
	source->left -= length;
	return CAIRO_STATUS_SUCCESS;
}

static uint32_t number_at(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

static bool is_png(const uint8_t *bytes, size_t length)
{
	return length >= sizeof png_sign &&
	       memcmp(bytes, png_sign, sizeof png_sign) == 0;
}

static bool is_too_large(const uint8_t *bytes, size_t length)
{
	return length < PNG_HEAD ||
	       number_at(bytes + PNG_WIDTH) > DRAWING_PIXELS ||
	       number_at(bytes + PNG_WIDTH + 4) > DRAWING_PIXELS;
}

/* How dark a pixel is; its colours are multiplied by its alpha already. */
static uint8_t ink_of(uint32_t pixel)
{
	uint32_t alpha = pixel >> 24;
	uint32_t light = ((pixel >> 16 & 255) * 54 + (pixel >> 8 & 255) * 183 +
			  (pixel & 255) * 19) >>
			 8;

	return (uint8_t)(alpha > light ? alpha - light : 0);
}

/* The dark parts of a picture as the alpha of another. */
static cairo_surface_t *take_ink(cairo_surface_t *from)
{
	int width = cairo_image_surface_get_width(from);
	int height = cairo_image_surface_get_height(from);
	cairo_surface_t *flat =
	    cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
	cairo_surface_t *ink =
	    cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
	cairo_t *cairo = cairo_create(flat);

	cairo_set_source_surface(cairo, from, 0, 0);
	cairo_paint(cairo);
	cairo_destroy(cairo);
	cairo_surface_flush(flat);
	cairo_surface_flush(ink);
	for (int y = 0; y < height; y++) {
		const uint32_t *row =
		    (const void *)(cairo_image_surface_get_data(flat) +
				   (ptrdiff_t)y *
				       cairo_image_surface_get_stride(flat));
		uint8_t *to =
		    cairo_image_surface_get_data(ink) +
		    (ptrdiff_t)y * cairo_image_surface_get_stride(ink);

		for (int x = 0; x < width; x++)
			to[x] = ink_of(row[x]);
	}
	cairo_surface_mark_dirty(ink);
	cairo_surface_destroy(flat);
	return ink;
}

static bool read_png(struct drawing *drawing, const uint8_t *bytes,
		     size_t length, char **problem)
{
	struct source source = { bytes, length };
	cairo_surface_t *png;

	if (is_too_large(bytes, length)) {
		*problem = xasprintf("more than %d pixels a side; save it "
				     "smaller",
				     DRAWING_PIXELS);
		return false;
	}
	png = cairo_image_surface_create_from_png_stream(feed, &source);
	if (cairo_surface_status(png))
		*problem = xstrdup("a damaged PNG picture; save it again");
	else
		drawing->bitmap = take_ink(png);
	cairo_surface_destroy(png);
	return drawing->bitmap;
}

/* --- both ----------------------------------------------------------------- */

struct drawing *drawing_read(const char *name, const void *bytes, size_t length,
			     char **problem)
{
	struct drawing *drawing = xcalloc(1, sizeof *drawing);
	bool done;

	*problem = NULL;
	drawing->name = xstrdup(name);
	if (length > DRAWING_BYTES) {
		*problem = xasprintf("more than %d kB; save it smaller",
				     DRAWING_BYTES / 1024);
		done = false;
	} else if (is_png(bytes, length)) {
		done = read_png(drawing, bytes, length, problem);
	} else {
		done = svg_read(bytes, length, &drawing->svg, problem);
	}
	if (done)
		return drawing;
	drawing_free(drawing);
	return NULL;
}

void drawing_free(struct drawing *drawing)
{
	if (!drawing)
		return;
	if (drawing->bitmap)
		cairo_surface_destroy(drawing->bitmap);
	svg_done(&drawing->svg);
	free(drawing->name);
	free(drawing);
}

const char *drawing_name(const struct drawing *drawing)
{
	return drawing->name;
}

/* --- painting ------------------------------------------------------------- */

static void add_step(cairo_t *cairo, const struct svg_step *step)
{
	switch (step->kind) {
	case SVG_MOVE:
		cairo_move_to(cairo, step->x[0], step->y[0]);
		break;
	case SVG_LINE:
		cairo_line_to(cairo, step->x[0], step->y[0]);
		break;
	case SVG_CURVE:
		cairo_curve_to(cairo, step->x[0], step->y[0], step->x[1],
			       step->y[1], step->x[2], step->y[2]);
		break;
	case SVG_CLOSE:
		cairo_close_path(cairo);
		break;
	}
}

static void paint_shape(cairo_t *cairo, const struct svg *svg,
			const struct svg_shape *shape)
{
	cairo_new_path(cairo);
	for (size_t i = 0; i < shape->count; i++)
		add_step(cairo, &svg->steps[shape->first + i]);
	if (shape->filled)
		cairo_fill_preserve(cairo);
	if (shape->stroked) {
		cairo_set_line_width(cairo, shape->width);
		cairo_stroke(cairo);
	}
}

/* Moves and scales so that w x h units fill as much of the area as they can. */
static void fit(cairo_t *cairo, double width, double height, double w, double h)
{
	double scale = width / w < height / h ? width / w : height / h;

	cairo_translate(cairo, (width - w * scale) / 2,
			(height - h * scale) / 2);
	cairo_scale(cairo, scale, scale);
}

void drawing_paint(const struct drawing *drawing, cairo_t *cairo, double width,
		   double height)
{
	const struct svg *svg = &drawing->svg;

	cairo_save(cairo);
	if (drawing->bitmap) {
		fit(cairo, width, height,
		    cairo_image_surface_get_width(drawing->bitmap),
		    cairo_image_surface_get_height(drawing->bitmap));
		cairo_mask_surface(cairo, drawing->bitmap, 0, 0);
	} else {
		fit(cairo, width, height, svg->width, svg->height);
		cairo_translate(cairo, -svg->x, -svg->y);
		cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
		cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
		for (size_t i = 0; i < svg->shape_count; i++)
			paint_shape(cairo, svg, &svg->shapes[i]);
	}
	cairo_restore(cairo);
}
