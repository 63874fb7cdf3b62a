#include "text/pattern.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uregex.h>

#include "text/icu.h"

/*
 * ICU counts its time limit in steps of its matcher, of about a millisecond
 * on a slow machine; 50 stopped (a+)+$ after 34 ms on a fast one.
 */
#define STEPS_MOST 50
#define STACK_MOST (1024 * 1024) /* bytes of backtracking */

/* Compiled expressions; the one asked for longest ago makes room. */
static struct compiled {
	char *expression;
	URegularExpression *regex; /* NULL: malformed */
	unsigned long asked;
} cache[16];

static struct compiled *find(const char *expression)
{
	struct compiled *oldest = cache;

	for (size_t i = 0; i < COUNT(cache); i++) {
		if (cache[i].expression &&
		    strcmp(cache[i].expression, expression) == 0)
			return &cache[i];
		if (cache[i].asked < oldest->asked)
			oldest = &cache[i];
	}
	uregex_close(oldest->regex);
	free(oldest->expression);
	*oldest = (struct compiled){ 0 };
	return oldest;
}

static void compile(struct compiled *entry, const char *expression)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t length;
	SCOPED(UChar_freep) UChar *wide = icu_wide(expression, &length);

	entry->expression = xstrdup(expression);
	if (!length) /* ICU has no empty expression */
		entry->regex = uregex_openC("(?:)", 0, NULL, &error);
	else
		entry->regex = uregex_open(wide, length, 0, NULL, &error);
	if (U_SUCCESS(error)) {
		uregex_setTimeLimit(entry->regex, STEPS_MOST, &error);
		uregex_setStackLimit(entry->regex, STACK_MOST, &error);
	}
	if (U_FAILURE(error)) {
		uregex_close(entry->regex);
		entry->regex = NULL;
	}
}

static URegularExpression *compiled(const char *expression)
{
	static unsigned long turn;
	struct compiled *entry;

	if (strlen(expression) > PATTERN_LIMIT)
		return NULL;
	entry = find(expression);
	if (!entry->expression)
		compile(entry, expression);
	entry->asked = ++turn;
	return entry->regex;
}

enum pattern_answer pattern_check(const char *expression)
{
	return compiled(expression) ? PATTERN_YES : PATTERN_WRONG;
}

enum pattern_answer pattern_matches(const char *expression, const char *text)
{
	URegularExpression *regex = compiled(expression);
	UErrorCode error = U_ZERO_ERROR;
	int32_t length;
	UBool matches;
	UChar *wide;

	if (!regex)
		return PATTERN_WRONG;
	wide = icu_wide(text, &length);
	uregex_setText(regex, wide, length, &error);
	matches = uregex_matches(regex, -1, &error);
	uregex_setText(regex, u"", 0, &(UErrorCode){ U_ZERO_ERROR });
	explicit_bzero(wide, (size_t)length * sizeof *wide);
	free(wide);
	if (U_FAILURE(error))
		return PATTERN_TOO_LONG;
	return matches ? PATTERN_YES : PATTERN_NO;
}
