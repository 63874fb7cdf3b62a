#pragma once

#include <stdint.h>

#include "record/record.h"
#include "record/visit.h"

/* A made-up ticket as filing would hand it to the record. */
struct sample {
	uint8_t kiosk[32], hash[32], form[8];
	struct visit_rule rules[2];
	struct visit_fact facts[3];
	struct visit_answer answers[2];
	char number[16];
	struct visit_new visit;
};

#define SAMPLE_NOON 1782057600000 /* 2026-06-21 16:00 UTC, noon in Toronto */
#define SAMPLE_MINUTE ((int64_t)60 * 1000)
#define SAMPLE_HOUR (60 * SAMPLE_MINUTE)
#define SAMPLE_SECRET "Zanzibar" /* in every text a person gave */

extern const struct record_who sample_sam, sample_ana; /* two desks */

/* Ticket seq of kiosk K7 (whose key is all 7), arrived at SAMPLE_NOON. */
void sample_init(struct sample *sample, uint32_t seq);

/* A paper with the same answers: its number's digest is all of one byte. paper
 * outlives it. */
void sample_on_paper(struct sample *sample, const struct visit_paper *paper,
		     uint8_t digest);

/* Opens a record in folder, and files the sample; asserts that both go well. */
struct record *sample_record(const char *folder);
int64_t sample_file(struct record *record, const struct sample *sample);

/* The visit's state, which has to be there. */
enum visit_state sample_state(struct record *record, int64_t visit);
