#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "form/answers.h"
#include "form/form.h"
#include "form/run.h"

/* Answers as JSON, put to the form of the tests as a person would; what comes
 * of them is a submission. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static void random_bytes(void *context, uint8_t *to, size_t count)
{
	(void)context;
	memset(to, 7, count);
}

static const struct run_world world = { .random_bytes = random_bytes };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct form *form;
	struct run *run = NULL;

	log_to(silent, NULL);
	if (!form && form_read("tests/data/filing/visit.xml", NULL, &form))
		abort();
	if (run_new(form, &world, &run))
		abort();
	(void)!answers_apply_text("a.json", (const char *)data, size, run, NULL,
				  NULL);
	run_free(run);
	return 0;
}
