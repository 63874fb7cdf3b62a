#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Made-up people by the thousand, in eight scripts, written straight into the
 * tables of a record with the keys that saving would have kept. Names are made
 * of syllables, some far more common than others; a quarter has a birthday on 1
 * January. The same number always is the same person.
 */
struct crowd_person {
	char own[200];   /* script */
	char latin[200]; /* "" where nobody wrote it down */
	char birth[11], phone[16];
	int words;
};

#define CROWD_SCRIPTS 8

struct crowd;
/* How many given and family names each script has: few of them, and everybody
 * has their namesakes. */
#define CROWD_GIVEN 400
#define CROWD_FAMILY 3000
struct crowd *crowd_new(int given, int family);
void crowd_free(struct crowd *crowd);

/* The person with an id from 1 on. */
void crowd_person(struct crowd *crowd, int64_t id, struct crowd_person *out);

/* Writes the people from first to last into a record that no program has open;
 * it has none of them yet. */
void crowd_fill(struct crowd *crowd, const char *path, int64_t first,
		int64_t last);
