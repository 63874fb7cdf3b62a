#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "ui/svg.h"

/* A picture that an agency put into a form: shapes that can be drawn, or words
 * that say why not. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct svg svg;
	char *problem = NULL;

	if (!svg_read((const char *)data, size, &svg, &problem)) {
		assert(problem && *problem);
		free(problem);
		return 0;
	}
	assert(svg.width > 0 && svg.height > 0);
	for (size_t i = 0; i < svg.shape_count; i++)
		assert(svg.shapes[i].first + svg.shapes[i].count <=
		       svg.step_count);
	for (size_t i = 0; i < svg.step_count; i++)
		assert(isfinite(svg.steps[i].x[0]) &&
		       isfinite(svg.steps[i].y[0]));
	svg_done(&svg);
	return 0;
}
