#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "record/record.h"

/*
 * Takes what `foyer agency share` of another site wrote (office/answers.h) into
 * the record: bytes that anybody may have made.
 */
struct answers_taking {
	struct record *record;
	struct record_who who;
	int64_t now;
	bool apply;       /* else it is told alone */
	const char *from; /* the file's name, for complaints */
	FILE *tells, *complains;
};

struct answers_taken {
	size_t added, changed, same, refused;
};

/* *is_one is false, and nothing else was done, where it is no such file. Faults
 * are those of the record. */
MUST_CHECK enum fault answers_take_file(const struct answers_taking *taking,
					const void *bytes, size_t length,
					bool *is_one,
					struct answers_taken *taken);

/* The fields of a shared answer that travel. */
#define SHARED_ANSWER_FIELDS 6
extern const char *const shared_answer_fields[SHARED_ANSWER_FIELDS];
