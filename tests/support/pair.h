#pragma once

#include "record/caseload.h"
#include "tests/support/book.h"

#define HOUR ((int64_t)60 * 60 * 1000)

extern const struct record_who mira;

/* An agency with its key, a laptop, and the file that goes between them. */
struct pair {
	struct book home, away;
	struct agency_key *key;
	char *file;
};

int pair_open(void **state);
int pair_close(void **state);
#define WITH_PAIR(test) \
	cmocka_unit_test_setup_teardown(test, pair_open, pair_close)

/* Of a record that lies in the book's folder. */
void open_book(struct book *book);

/* The way: what does not tell asserts that it goes well. */
enum caseload_answer check_out(struct pair *pair,
			       const struct caseload_scope *scope);
struct caseload_file file_for(const struct pair *pair, const char *to);
enum caseload_answer open_file(const struct pair *pair, struct book *laptop,
			       struct caseload_told *told);
void take_out(struct pair *pair, const int64_t *people, size_t count);
void check_in(struct pair *pair, struct book *laptop);
enum caseload_answer merge_file(struct pair *pair, struct caseload_told *told);
struct caseload_told bring_back(struct pair *pair);

/* Small things; 0 where no such entity is first. */
void is_value(struct book *book, const char *kind, int64_t id,
	      const char *field, const char *value);
int64_t first(struct book *book, const char *kind, const char *field,
	      const char *value);
int64_t total(struct book *book, const char *kind);
void save_as(struct book *book, const char *kind, int64_t id, const char *field,
	     const char *value, const struct record_who *who, int64_t now);
