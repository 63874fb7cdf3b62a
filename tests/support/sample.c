#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/blank.h"
#include "tests/support/folder.h"
#include "tests/test.h"

const struct record_who sample_sam = { .user = "Sam", .desk = "front" };
const struct record_who sample_ana = { .user = "Ana", .desk = "back" };

static const char wire[] = "sealed, and " SAMPLE_SECRET " inside";

void sample_init(struct sample *sample, uint32_t seq)
{
	*sample = (struct sample){
		.rules = { { "T203", { "No food " SAMPLE_SECRET, "Rien" } },
			   { "T401", { "Needs help with: FOO", NULL } } },
		.facts = { { "latin_name", SAMPLE_SECRET " H" },
			   { "own_script_name", "ሰላም " SAMPLE_SECRET },
			   { "phone", "613-555-0142" } },
		.answers = { { "/data/C1", "OK" },
			     { "/data/D1", SAMPLE_SECRET " H" } },
	};
	memset(sample->kiosk, 7, sizeof sample->kiosk);
	memset(sample->hash, 9, sizeof sample->hash);
	memcpy(sample->hash, &seq, sizeof seq);
	memset(sample->form, 5, sizeof sample->form);
	snprintf(sample->number, sizeof sample->number, "K7-%04u", seq % 10000);
	sample->visit = (struct visit_new){
		.kiosk_key = sample->kiosk,
		.seq = seq,
		.wire_hash = sample->hash,
		.wire = wire,
		.wire_length = sizeof wire,
		.form = sample->form,
		.number = sample->number,
		.issued = SAMPLE_NOON - SAMPLE_MINUTE,
		.arrived = SAMPLE_NOON,
		.zone = "America/Toronto",
		.level = VISIT_U3,
		.keep = VISIT_KEEP_KEPT,
		.tags = "LANG:ti CHILDREN",
		.language = "ti",
		.instance_id = "uuid:0",
		.submission = "<data>" SAMPLE_SECRET "</data>",
		.rules = sample->rules,
		.rule_count = COUNT(sample->rules),
		.facts = sample->facts,
		.fact_count = COUNT(sample->facts),
		.answers = sample->answers,
		.answer_count = COUNT(sample->answers),
	};
}

void sample_on_paper(struct sample *sample, const struct visit_paper *paper,
		     uint8_t digest)
{
	sample_init(sample, 0);
	memset(sample->hash, digest, sizeof sample->hash);
	sample->visit.paper = paper;
	sample->visit.kiosk_key = sample->hash;
	sample->visit.number = NULL;
	sample->visit.wire_length = 0;
	sample->visit.issued = 0;
}

struct record *sample_record(const char *folder)
{
	SCOPED(char_freep) char *path = folder_file(folder, RECORD_FILE);
	struct record *record = NULL;

	if (!file_exists(path) && file_exists(folder))
		blank_record(path);
	assert_int_equal(record_open(path, &record), FAULT_NONE);
	return record;
}

int64_t sample_file(struct record *record, const struct sample *sample)
{
	enum visit_filing answer;
	int64_t id;

	assert_int_equal(visit_file(record, &sample->visit, &sample_sam,
				    sample->visit.arrived, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_FILED);
	return id;
}

enum visit_state sample_state(struct record *record, int64_t id)
{
	struct visit visit;
	enum visit_found found;
	enum visit_state state;

	assert_int_equal(visit_read(record, id, &found, &visit), FAULT_NONE);
	assert_int_equal(found, VISIT_FOUND);
	state = visit.state;
	visit_done(&visit);
	return state;
}
