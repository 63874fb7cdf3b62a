#include <stdint.h>

#include "base/log.h"
#include "form/csv.h"

/* A list beside a form, which an agency keeps in a spreadsheet. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { 0 };
	xmlDoc *doc = NULL;

	log_to(silent, NULL);
	bytes_add(&bytes, data, size);
	if (!csv_instance("list.csv", &bytes, &doc))
		xmlFreeDoc(doc);
	bytes_done(&bytes);
	return 0;
}
