#include <stdint.h>
#include <stdlib.h>

#include "report/handover.h"

/* A mapping that somebody wrote in a spreadsheet, against an empty record. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record *record;
	struct handover_map *map = NULL;
	struct findings findings = { 0 };

	if (!record && record_open("/tmp/foyer-fuzz-handover.db", &record))
		abort();
	if (!handover_map_read(record, "map.csv", data, size, &findings, &map))
		handover_map_free(map);
	findings_done(&findings);
	return 0;
}
