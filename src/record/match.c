#include "record/match.h"

#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "text/alike.h"
#include "text/digits.h"
#include "text/icu.h"

static const char *const words[] = {
	[MATCH_TICKET] = "ticket",
	[MATCH_CONTACT] = "contact",
	[MATCH_NAME] = "name",
	[MATCH_SPELLING] = "spelling",
	[MATCH_SOUND] = "sound",
	[MATCH_ORDER] = "order",
	[MATCH_PART] = "part",
	[MATCH_BIRTH_DAY] = "birth-day",
	[MATCH_BIRTH] = "birth",
	[MATCH_BIRTH_NEAR] = "birth-near",
	[MATCH_HOUSEHOLD] = "household",
	[MATCH_OTHER_NAME] = "other-name",
	[MATCH_RELATIVE] = "relative",
	[MATCH_OTHER_BIRTH] = "other-birth",
	[MATCH_OTHER_GENDER] = "other-gender",
};
static_assert(COUNT(words) == MATCH_REASONS, "a word a reason");

const char *match_reason_word(enum match_reason reason)
{
	return words[reason];
}

#define BIT(reason) (1u << (reason))

/* What one comparison says. */
struct evidence {
	int points;
	unsigned reasons;
};

/* --- names ---------------------------------------------------------------- */

static unsigned name_reasons(const struct alike *alike)
{
	unsigned reasons = alike->same_letters ? BIT(MATCH_NAME)
			   : alike->across     ? BIT(MATCH_SOUND)
					       : BIT(MATCH_SPELLING);

	if (!alike->same_order)
		reasons |= BIT(MATCH_ORDER);
	if (alike->left_a || alike->left_b)
		reasons |= BIT(MATCH_PART);
	return reasons;
}

/* All words of the shorter name are in the longer one. */
static struct evidence whole_name(const struct alike *alike)
{
	int most =
	    alike->words_a > alike->words_b ? alike->words_a : alike->words_b;
	int points = alike->left_a || alike->left_b ? 80 : 100;

	if (alike->matched == 1)
		points = most == 1 ? 60 : 40;
	points = points * (600 + 2 * (alike->nearness - 800)) / 1000;
	return (struct evidence){ points, name_reasons(alike) };
}

/* Each has words that the other lacks. */
static struct evidence torn_name(const struct alike *alike)
{
	if (!alike->matched)
		return (struct evidence){ -80, BIT(MATCH_OTHER_NAME) };
	if (alike->first_matched && alike->same_order)
		return (struct evidence){ -20, name_reasons(alike) |
						   BIT(MATCH_OTHER_NAME) };
	return (struct evidence){ -140, BIT(MATCH_RELATIVE) };
}

static struct evidence names_say(const struct match_person *a,
				 const struct match_person *b)
{
	struct evidence best = { 0, 0 };

	for (size_t i = 0; i < a->names.count; i++) {
		for (size_t j = 0; j < b->names.count; j++) {
			struct alike alike =
			    alike_compare(a->names.text[i], b->names.text[j]);
			struct evidence one;

			if (!alike.words_a || !alike.words_b)
				continue;
			one = alike.left_a && alike.left_b ? torn_name(&alike)
							   : whole_name(&alike);
			if (!best.reasons || one.points > best.points)
				best = one;
		}
	}
	return best;
}

/* --- birth ---------------------------------------------------------------- */

struct span {
	int from, to; /* days, counted somehow */
	int year, month, day;
	bool vague; /* no day that somebody knows */
};

/* Days since the year 0, near enough to tell years from days. */
static int days_of(int year, int month, int day)
{
	static const int before[] = { 0,   31,  59,  90,  120, 151,
				      181, 212, 243, 273, 304, 334 };

	return year * 365 + year / 4 + before[(month + 11) % 12] + day;
}

/* "1985", "1985-03" and "1985-03-04"; the first or the last day of it. */
static bool read_day(const char *text, bool last, struct span *out)
{
	char *end;
	long year = strtol(text, &end, 10), month = last ? 12 : 1, day = 1;

	if (year < 1895 || year > 9999)
		return false; /* of another calendar, or nobody's */
	if (last)
		day = 31;
	if (*end == '-')
		month = strtol(end + 1, &end, 10);
	if (*end == '-')
		day = strtol(end + 1, &end, 10);
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	out->year = (int)year;
	out->month = (int)month;
	out->day = (int)day;
	return true;
}

/* A 1 January, or a day that a document made up, is its whole year. */
static bool span_of(const struct match_person *person, struct span *out)
{
	const char *from = person->birth_from, *to = person->birth_to;
	struct span last = { 0 };

	if (!from || !*from)
		from = to;
	if (!to || !*to)
		to = from;
	if (!from || !*from || !read_day(to, true, &last) ||
	    !read_day(from, false, out))
		return false;
	out->from = days_of(out->year, out->month, out->day);
	out->to = days_of(last.year, last.month, last.day);
	out->vague = out->to > out->from;
	if (out->from == out->to &&
	    (person->birth_default || (out->month == 1 && out->day == 1))) {
		out->vague = true;
		out->from = days_of(out->year, 1, 1);
		out->to = days_of(out->year, 12, 31);
	}
	return true;
}

/* A year with one digit misread or two that changed places. */
static bool year_slipped(int a, int b)
{
	int low = a % 100, other = b % 100;

	if (a / 100 != b / 100)
		return a % 100 == b % 100;
	return low / 10 == other / 10 || low % 10 == other % 10 ||
	       (low / 10 == other % 10 && low % 10 == other / 10);
}

static bool birth_slipped(const struct span *a, const struct span *b)
{
	if (a->vague || b->vague)
		return false;
	if (a->year == b->year)
		return a->month == b->month || a->day == b->day ||
		       (a->month == b->day && a->day == b->month);
	return a->month == b->month && a->day == b->day &&
	       year_slipped(a->year, b->year);
}

#define YEAR_DAYS 366

static struct evidence births_say(const struct match_person *a,
				  const struct match_person *b)
{
	struct span one, other;
	int gap, width;

	if (!span_of(a, &one) || !span_of(b, &other))
		return (struct evidence){ 0, 0 };
	if (!one.vague && !other.vague && one.from == other.from)
		return (struct evidence){ 60, BIT(MATCH_BIRTH_DAY) };
	if (birth_slipped(&one, &other))
		return (struct evidence){ 0, BIT(MATCH_BIRTH_NEAR) };
	gap = one.from > other.to   ? one.from - other.to
	      : other.from > one.to ? other.from - one.to
				    : 0;
	width = one.to - one.from > other.to - other.from
		    ? one.to - one.from
		    : other.to - other.from;
	if (gap == 0)
		return (struct evidence){ width <= YEAR_DAYS ? 20 : 10,
					  BIT(MATCH_BIRTH) };
	if (gap <= YEAR_DAYS && (one.vague || other.vague))
		return (struct evidence){ -20, BIT(MATCH_BIRTH_NEAR) };
	if (gap <= 3 * YEAR_DAYS)
		return (struct evidence){ -60, BIT(MATCH_OTHER_BIRTH) };
	return (struct evidence){ -140, BIT(MATCH_OTHER_BIRTH) };
}

/* --- all of it ------------------------------------------------------------ */

static bool have_common(const struct match_texts *a,
			const struct match_texts *b)
{
	for (size_t i = 0; i < a->count; i++) {
		for (size_t j = 0; j < b->count; j++) {
			if (*a->text[i] && strcmp(a->text[i], b->text[j]) == 0)
				return true;
		}
	}
	return false;
}

static bool is_same(const char *a, const char *b)
{
	return a && b && *a && strcmp(a, b) == 0;
}

static void add(struct evidence *all, struct evidence one)
{
	all->points += one.points;
	all->reasons |= one.reasons;
}

/* The same first word and another name after it is a marriage where the birth
 * is the same to the day, and a relative anywhere else. */
static void judge_other_name(struct evidence *all)
{
	if ((all->reasons & BIT(MATCH_OTHER_NAME)) &&
	    (all->reasons & ~BIT(MATCH_OTHER_NAME) &
	     (BIT(MATCH_NAME) | BIT(MATCH_SPELLING) | BIT(MATCH_SOUND))) &&
	    !(all->reasons & BIT(MATCH_BIRTH_DAY)))
		all->points -= 60;
}

struct match match_people(const struct match_person *a,
			  const struct match_person *b)
{
	struct evidence all = names_say(a, b);
	struct match match;

	add(&all, births_say(a, b));
	judge_other_name(&all);
	if (is_same(a->ticket, b->ticket))
		add(&all, (struct evidence){ 200, BIT(MATCH_TICKET) });
	if (have_common(&a->contacts, &b->contacts))
		add(&all, (struct evidence){ 60, BIT(MATCH_CONTACT) });
	if (have_common(&a->households, &b->households))
		add(&all, (struct evidence){ 30, BIT(MATCH_HOUSEHOLD) });
	if (a->gender && b->gender && *a->gender && *b->gender &&
	    strcmp(a->gender, b->gender) != 0)
		add(&all, (struct evidence){ -50, BIT(MATCH_OTHER_GENDER) });
	match.suggested = all.points >= MATCH_SUGGESTED;
	match.strength = all.points < 0               ? 0
			 : all.points > MATCH_CERTAIN ? MATCH_CERTAIN
						      : all.points;
	match.reasons = all.reasons;
	return match;
}

#define PHONE_DIGITS 9  /* the last ones: countries' codes come and go */
#define FEWEST_DIGITS 6 /* a number of fewer is no phone's */

/* Without blanks, its digits Western, its letters small; *digits of it. */
static char *plain_contact(const char *contact, size_t *digits)
{
	size_t length = strlen(contact), at = 0;
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	*digits = 0;
	while (at < length) {
		size_t from = at;
		UChar32 point = icu_next(contact, length, &at);
		int value = digits_value((uint32_t)point);

		*digits += value >= 0;
		if (value >= 0)
			bytes_add_byte(&out, (uint8_t)('0' + value));
		else if (point < 0x80 && !isspace(point))
			bytes_add_byte(&out, (uint8_t)tolower(point));
		else if (point >= 0x80)
			bytes_add(&out, contact + from, at - from);
	}
	return bytes_take_text(&out);
}

char *match_contact(const char *contact)
{
	size_t digits, kept = 0;
	char *plain = plain_contact(contact, &digits);

	if (digits < FEWEST_DIGITS || strchr(plain, '@'))
		return plain;
	for (size_t i = 0; plain[i]; i++) {
		if (isdigit((unsigned char)plain[i]))
			plain[kept++] = plain[i];
	}
	plain[kept] = '\0';
	if (kept > PHONE_DIGITS)
		memmove(plain, plain + kept - PHONE_DIGITS, PHONE_DIGITS + 1);
	return plain;
}
