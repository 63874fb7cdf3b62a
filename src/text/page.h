#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "text/language.h"

/*
 * What a printed page says, from top to bottom, and nothing of how it looks:
 * print/page_pdf.h puts it on paper. A page is for a person who reads one
 * language and a worker who reads another: each text may stand in both, the
 * person's first. Where both read the same language it stands once.
 */
struct page;

#define PAGE_COLUMNS 12 /* of a table */

enum page_box {
	PAGE_NO_BOX,
	PAGE_EMPTY_BOX, /* to tick by hand */
	PAGE_TICKED_BOX,
};

/* A text as it is handed in; each may be NULL, and is copied. */
struct page_said {
	const char *own;   /* in the person's language */
	const char *staff; /* the same in the staff's */
	/* As somebody wrote it, in a language that nobody noted: it runs the
	 * way of its first letter that has one. */
	const char *typed;
	enum page_box box; /* before the text */
};

#define PAGE_TYPED(text) ((struct page_said){ .typed = (text) })

struct page_column {
	struct page_said head;
	int share; /* of the width, against the other columns'; 1 or more */
};

enum page_kind {
	PAGE_TITLE,
	PAGE_HEADING,
	PAGE_QUESTION, /* what is asked, and stays with its answer */
	PAGE_PARAGRAPH,
	PAGE_WARNING, /* a paragraph that must not be overlooked */
	PAGE_PAIR,    /* two texts: what it is, and what it says */
	PAGE_CHECK,   /* a box and a text */
	PAGE_SIGN,    /* a line to write on above a text */
	PAGE_LINE,    /* an empty line to write on, across the page */
	PAGE_TABLE,   /* the heads of its columns */
	PAGE_ROW,     /* of the table before it */
	PAGE_MARKED,  /* a row that must not be overlooked */
};

/* One of them; it belongs to the page. */
struct page_block {
	enum page_kind kind;
	struct page_said *texts;
	int *shares; /* of a table's columns */
	size_t count;
};

/* How a text that stands in both languages is put. */
enum page_order {
	PAGE_UNDER,  /* the staff's under the person's */
	PAGE_BESIDE, /* in two columns; what is in cells stays under */
};

/* At the bottom of every page; each may be NULL, and is copied. */
struct page_foot {
	const char *agency, *phone;
	const char *date;         /* "2026-11-22" */
	struct page_said made_up; /* where nobody on the page is real */
};

/* A page without texts. own may be staff. The caller frees it. */
struct page *page_new(const struct language *own, const struct language *staff,
		      enum page_order order);
void page_free(struct page *page); /* NULL is fine; wipes its texts */
DEFINE_SCOPED(struct page, page_free)

/* Each adds one block below the others; one without any text adds nothing. */
void page_title(struct page *page, struct page_said said);
void page_heading(struct page *page, struct page_said said);
void page_question(struct page *page, struct page_said said);
void page_paragraph(struct page *page, struct page_said said);
void page_warning(struct page *page, struct page_said said);
void page_check(struct page *page, struct page_said said, bool ticked);
/* Empty boxes side by side, 1 to PAGE_COLUMNS, each with its text or without; a
 * place whose text is empty stays free. */
void page_checks(struct page *page, const struct page_said *said, size_t count);
void page_sign(struct page *page, struct page_said said);
void page_line(struct page *page);
/* A pair whose value has no text is left out. */
void page_pair(struct page *page, struct page_said key, struct page_said value);

/* A table of 1 to PAGE_COLUMNS columns; rows follow, a text a column. */
void page_table(struct page *page, const struct page_column *columns,
		size_t count);
void page_row(struct page *page, const struct page_said *cells);
void page_marked_row(struct page *page, const struct page_said *cells);

void page_set_foot(struct page *page, const struct page_foot *foot);

/* --- reading it --- */

const struct language *page_own(const struct page *page);
const struct language *page_staff(const struct page *page);
enum page_order page_order(const struct page *page);
const struct page_foot *page_foot(const struct page *page);
/* NULL past the last. */
const struct page_block *page_block(const struct page *page, size_t index);

/* Whether there is anything to read in it: a text, or a box. */
bool page_is_said(const struct page_said *said);
