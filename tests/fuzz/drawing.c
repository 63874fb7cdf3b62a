#include <stdint.h>
#include <stdlib.h>

#include "ui/drawing.h"

/* Any bytes are a picture that can be painted, or are refused in words. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *problem = NULL;
	SCOPED(drawing_freep)
	struct drawing *drawing = drawing_read("a", data, size, &problem);
	cairo_surface_t *surface;
	cairo_t *cairo;

	if (!drawing != !!problem)
		abort();
	if (!drawing)
		return 0;
	surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 84, 84);
	cairo = cairo_create(surface);
	drawing_paint(drawing, cairo, 84, 84);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return 0;
}
