#pragma once

#include <stdint.h>

#include "record/entity.h"

/* A record of its own for a test, and short ways to fill it. */
struct book {
	char *folder;
	struct record *record;
};

#define BOOK_NOW 1795300000000 /* 2026-11-21 21:46:40 UTC */
#define BOOK_DAY ((int64_t)24 * 60 * 60 * 1000)

extern const struct record_who book_sam, book_ana; /* no roles: all may do */

int book_open(void **state); /* *state becomes a struct book */
int book_close(void **state);
#define WITH_BOOK(test) \
	cmocka_unit_test_setup_teardown(test, book_open, book_close)

/* A new entity of a kind, to be filled; the caller frees it. */
struct entity *book_begin(struct book *book, const char *kind);

/* Saves as book_sam at BOOK_NOW, which has to go well; frees the entity. */
int64_t book_save(struct book *book, struct entity *entity);

/* Makes one from "field", "value" pairs that end with NULL. */
int64_t book_make(struct book *book, const char *kind, ...)
    __attribute__((sentinel));

/* Reads it; NULL where it is not there. The caller frees it. */
struct entity *book_read(struct book *book, const char *kind, int64_t id);

/* A field's value; "" where it is not known. The caller frees it. */
char *book_value(struct book *book, const char *kind, int64_t id,
		 const char *field);

/* Changes one field, which has to go well. */
void book_change(struct book *book, const char *kind, int64_t id,
		 const char *field, const char *value);

enum entity_answer book_move(struct book *book, const char *kind, int64_t id,
			     const char *to);
