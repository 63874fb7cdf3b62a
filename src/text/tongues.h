#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/memory.h"
#include "text/catalogue.h"
#include "text/completeness.h"
#include "text/language.h"
#include "text/page.h"

/*
 * The words of printed pages in two languages at once: the person's, and the
 * staff's (English or French). They are the domain "page" of the translations
 * (page.TAG.po), and what an agency dropped as TAG.po. A language that lacks
 * some of them, or is a draft that the agency did not name, is not printed: the
 * page then has English and French beside each other.
 */
struct tongues;

struct tongues_options {
	const char *shipped; /* folder of the files page.TAG.po */
	const char *dropped; /* folder of the files TAG.po; NULL: none */
	const char *drafts;  /* tags, parted by blanks or commas */
	const char *own;     /* the person's, BCP 47; NULL: the staff's */
	const char *staff;   /* "en" or "fr" */
};

/*
 * The caller frees *out. FAULT_SYSTEM and FAULT_FORMAT, as catalogue_add():
 * the English or French words cannot be read.
 */
MUST_CHECK enum fault tongues_open(const struct tongues_options *options,
				   struct tongues **out);
void tongues_free(struct tongues *tongues); /* NULL is fine */
DEFINE_SCOPED(struct tongues, tongues_free)

const struct language *tongues_own(const struct tongues *tongues);
const struct language *tongues_staff(const struct tongues *tongues);

/*
 * What the words of a language lack or have wrong, of options only the folders;
 * each finding is told to report, which may be NULL. A language that has none
 * of them lacks them all. FAULT_FORMAT, FAULT_SYSTEM: a file cannot be read,
 * *findings is untouched.
 */
MUST_CHECK enum fault tongues_check(const struct tongues_options *options,
				    const struct language *language,
				    catalogue_report *report, void *to,
				    size_t *findings);

/* Whether a key is one of the words of printed pages. */
bool tongues_is_key(const char *key);

/* Whether own is not the language that was asked for. */
bool tongues_fell_back(const struct tongues *tongues);

/* The word "page.KEY" in both; its texts belong to tongues. */
struct page_said tongues_say(const struct tongues *tongues, const char *key);

/* An empty page in both languages. */
struct page *tongues_page(const struct tongues *tongues, enum page_order order);

/*
 * A day as each language writes it, with its weekday, and the staff's as ISO
 * 8601; day is such a one, and what is no day is given back as it was typed.
 * The texts are tongues' until the next day is asked for.
 */
struct page_said tongues_day(struct tongues *tongues, const char *day);
