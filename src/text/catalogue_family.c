#include "text/catalogue.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

/* Whether name is DOMAIN.TAG.po, or DOMAIN.PART.TAG.po of any parts. */
static bool is_of(const char *name, const char *domain, const char *tag)
{
	SCOPED(char_freep) char *head = xasprintf("%s.", domain);
	SCOPED(char_freep) char *tail = xasprintf(".%s.po", tag);
	size_t length = strlen(name), end = strlen(tail);

	/* They share the dot where there is no part. */
	return strncmp(name, head, strlen(head)) == 0 &&
	       length + 1 >= strlen(head) + end &&
	       strcmp(name + length - end, tail) == 0;
}

enum fault catalogue_add_family(struct catalogue *catalogue, const char *folder,
				const char *domain)
{
	const char *tag = catalogue_language(catalogue);
	struct dirent **entries;
	enum fault fault = FAULT_NONE;
	int count = scandir(folder, &entries, NULL, alphasort), added = 0;

	if (count < 0) {
		log_error("%s: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, name);

		if (!fault && is_of(name, domain, tag)) {
			fault = catalogue_add(catalogue, path);
			added++;
		}
		free(entries[i]);
	}
	free(entries);
	if (!fault && !added) {
		log_error("%s: %s.%s.po is missing: install Foyer's "
			  "translations there",
			  folder, domain, tag);
		return FAULT_SYSTEM;
	}
	return fault;
}
