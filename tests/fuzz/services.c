#include <stdlib.h>
#include <string.h>

#include "card/services.h"
#include "text/weekdays.h"

/* What a kiosk takes for a list of services: any bytes. What is sound is asked
 * for everything that its screens ask. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t seen_of(const struct service *service)
{
	struct bytes hours = { 0 };
	size_t seen = strlen(service->until) + service_serves(service, "HOU");

	for (int i = 0; i < SERVICE_PARTS; i++) {
		const struct service_text *text =
		    service_say(&service->parts[i], "ar");

		seen += text ? strlen(text->text) + strlen(text->tag) : 0;
	}
	for (size_t i = 0; i < service->hours_count; i++) {
		if (service->hours[i].days)
			weekdays_say(service->hours[i].days, "fr", &hours);
	}
	seen += hours.length;
	bytes_done(&hours);
	return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct services *services = NULL;
	size_t seen = 0;
	char *why;

	if (!services_parse(data, size, &why, &services)) {
		for (size_t i = 0; i < services->count; i++)
			seen += seen_of(&services->list[i]);
	}
	services_free(services);
	free(why);
	return seen == SIZE_MAX;
}
