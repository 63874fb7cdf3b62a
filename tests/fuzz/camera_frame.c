#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "scan/mjpeg.h"

/* A picture of a camera: within its room, and the same when it comes again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_WIDTH 96
#define MOST_HEIGHT 64

static struct mjpeg read_it(const uint8_t *data, size_t size, bool *read)
{
	struct mjpeg picture = { .dots = malloc(MOST_WIDTH * MOST_HEIGHT),
				 .most_width = MOST_WIDTH,
				 .most_height = MOST_HEIGHT };

	*read = mjpeg_read(data, size, &picture);
	return picture;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool read, again;
	struct mjpeg first = read_it(data, size, &read);
	struct mjpeg second = read_it(data, size, &again);

	assert(read == again);
	if (read) {
		assert(first.width > 0 && first.width <= MOST_WIDTH);
		assert(first.height > 0 && first.height <= MOST_HEIGHT);
		assert(first.width == second.width &&
		       first.height == second.height);
		assert(!memcmp(first.dots, second.dots,
			       (size_t)first.width * (size_t)first.height));
	}
	free(first.dots);
	free(second.dots);
	return 0;
}
