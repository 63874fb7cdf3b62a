#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "record/plan.h"

/* A template's sheet of any bytes, in both languages. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int file = -1;
	SCOPED(char_freep) char *path = NULL;
	struct plan_template template;

	log_to(silent, NULL);
	if (file < 0)
		file = memfd_create("sheet", 0);
	if (ftruncate(file, (off_t)size) ||
	    pwrite(file, data, size, 0) != (ssize_t)size)
		return 0;
	path = xasprintf("/proc/self/fd/%d", file);
	if (!plan_template_read(path, "en", &template))
		plan_template_done(&template);
	if (!plan_template_read(path, "fr", &template))
		plan_template_done(&template);
	return 0;
}
