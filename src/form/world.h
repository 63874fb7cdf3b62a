#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a run asks of the world. Any may be NULL / 0. */
struct run_world {
	void *to;
	int64_t (*now)(void *to); /* ms since 1970 UTC; NULL: 0 */
	const char *zone;         /* IANA; NULL: UTC */
	void (*random_bytes)(void *to, uint8_t *bytes, size_t count);
	/* jr:preload="property": "deviceid", "safety_staffed"; NULL: "". */
	const char *(*property)(void *to, const char *name);
	/*
	 * A translation from outside the form (PO files) for an itext id in
	 * the run's language: NULL where there is none, and the form's own
	 * serves. key is the itext id, "/data/A3:label"; behind it stands the
	 * form of the text where it has one, "/data/A3:hint#guidance",
	 * "/data/A3:label#short". {output1}, {output2} in it are the outputs of
	 * the form's own text, in their order there; see form/strings.h.
	 */
	const char *(*translate)(void *to, const char *language,
				 const char *key);
	/* What a language has no text for is "", as the form has it; else it is
	 * said in the default language, so that nobody meets a blank. */
	bool as_written;
	/* instanceID to use; NULL makes a random one (or none without
	 * chance).*/
	const char *instance_id;
};
