#include "text/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/umsg.h>
#include <unicode/ustring.h>

#include "base/bytes.h"
#include "base/log.h"
#include "text/icu.h"

/* Names to slots: those with a number first, as umsg_format() is called. */
struct slots {
	const char *name[2][MESSAGE_USES];
	size_t length[2][MESSAGE_USES];
	size_t count[2];
};

enum { NUMBERS, TEXTS };

static bool takes_number(const struct message_use *use)
{
	return use->kind == MESSAGE_PLURAL || use->kind == MESSAGE_ORDINAL;
}

static size_t slot_of(struct slots *slots, const char *pattern,
		      const struct message_use *use)
{
	const int kind = takes_number(use) ? NUMBERS : TEXTS;
	const char *name = pattern + use->at;
	size_t i;

	for (i = 0; i < slots->count[kind]; i++) {
		if (slots->length[kind][i] == use->length &&
		    memcmp(slots->name[kind][i], name, use->length) == 0)
			return i;
	}
	slots->name[kind][i] = name;
	slots->length[kind][i] = use->length;
	slots->count[kind]++;
	return i;
}

static struct slots slots_of(const char *pattern, const struct message *message)
{
	struct slots slots = { 0 };

	for (size_t i = 0; i < message->count; i++)
		(void)slot_of(&slots, pattern, &message->uses[i]);
	return slots;
}

/* The pattern as ICU's C functions take it: "{0, plural, ...} {1}". */
static char *numbered(const char *pattern, const struct message *message,
		      struct slots *slots)
{
	struct bytes out = { 0 };
	size_t at = 0;

	for (size_t i = 0; i < message->count; i++) {
		const struct message_use *use = &message->uses[i];
		size_t slot = slot_of(slots, pattern, use);

		if (!takes_number(use))
			slot += slots->count[NUMBERS];
		bytes_add(&out, pattern + at, use->at - at);
		bytes_add_format(&out, "%zu", slot);
		at = use->at + use->length;
	}
	bytes_add_text(&out, pattern + at);
	return bytes_take_text(&out);
}

/*
 * The pattern as ICU compiled it, and where its arguments go; NULL, and why,
 * where it is malformed. system is the numbering system of its numbers.
 */
static UMessageFormat *compiled(const char *pattern, const char *language,
				const char *system, struct slots *slots,
				const char **why)
{
	UErrorCode error = U_ZERO_ERROR;
	UMessageFormat *icu;
	struct message message;
	int32_t length;

	if ((*why = message_read(pattern, &message)))
		return NULL;
	*slots = slots_of(pattern, &message);
	if (slots->count[NUMBERS] > MESSAGE_NUMBERS ||
	    slots->count[TEXTS] > CATALOGUE_ARGUMENTS) {
		*why = "too many different arguments; use at most three in "
		       "plurals and eight others";
		return NULL;
	}
	SCOPED(char_freep) char *numbers = numbered(pattern, &message, slots);
	SCOPED(UChar_freep) UChar *wide = icu_wide(numbers, &length);
	SCOPED(char_freep)
	char *locale = xasprintf("%s@numbers=%s", icu_locale(language), system);

	icu = umsg_open(wide, length, locale, NULL, &error);
	if (U_SUCCESS(error))
		return icu;
	*why = error == U_DEFAULT_KEYWORD_MISSING
		   ? "a plural or select lacks its `other {...}`; add it"
		   : "ICU MessageFormat refuses it; write its braces as the "
		     "English text has them";
	umsg_close(icu);
	return NULL;
}

/* Neither arguments nor quotes: the pattern is the message. */
static bool is_plain(const char *pattern)
{
	return !strpbrk(pattern, "{}") && !strstr(pattern, "''");
}

const char *message_refused(const char *pattern, const char *language)
{
	struct slots slots;
	const char *why = NULL;

	if (is_plain(pattern))
		return message_read(pattern, &(struct message){ 0 });
	umsg_close(compiled(pattern, language, "latn", &slots, &why));
	return why;
}

static const struct catalogue_argument *
argument_of(const struct slots *slots, int kind, size_t slot,
	    const struct catalogue_argument *arguments, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(arguments[i].name) == slots->length[kind][slot] &&
		    memcmp(arguments[i].name, slots->name[kind][slot],
			   slots->length[kind][slot]) == 0)
			return &arguments[i];
	}
	log_warning("a message was said without its argument %.*s",
		    (int)slots->length[kind][slot], slots->name[kind][slot]);
	return NULL;
}

static double number_of(const struct catalogue_argument *argument)
{
	if (!argument)
		return 0;
	return argument->text ? strtod(argument->text, NULL) : argument->number;
}

static UChar *text_of(const struct catalogue_argument *argument,
		      const struct slots *slots, size_t slot,
		      const struct digits *digits)
{
	SCOPED(char_freep) char *text = NULL;

	if (argument && argument->text)
		return icu_wide(argument->text, NULL);
	text = argument ? digits_number(digits, argument->number)
			: xasprintf("{%.*s}", (int)slots->length[TEXTS][slot],
				    slots->name[TEXTS][slot]);
	return icu_wide(text, NULL);
}

/*
 * umsg_format() takes its arguments one behind the other, doubles first here;
 * those behind what the pattern asks for are not looked at.
 */
static int32_t format(const UMessageFormat *icu, size_t numbers,
		      const double *n, UChar *const *t, UChar *out,
		      int32_t room, UErrorCode *error)
{
#define FOLLOWING t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7]
	static_assert(CATALOGUE_ARGUMENTS == 8 && MESSAGE_NUMBERS == 3,
		      "one call for each count of numbers");
	switch (numbers) {
	case 0:
		return umsg_format(icu, out, room, error, FOLLOWING);
	case 1:
		return umsg_format(icu, out, room, error, n[0], FOLLOWING);
	case 2:
		return umsg_format(icu, out, room, error, n[0], n[1],
				   FOLLOWING);
	default:
		return umsg_format(icu, out, room, error, n[0], n[1], n[2],
				   FOLLOWING);
	}
#undef FOLLOWING
}

static char *formatted(const UMessageFormat *icu, size_t numbers,
		       const double *n, UChar *const *t)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t length = format(icu, numbers, n, t, NULL, 0, &error);
	SCOPED(UChar_freep) UChar *out = NULL;

	if (error != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(error))
		return NULL;
	out = xcalloc((size_t)length + 1, sizeof *out);
	error = U_ZERO_ERROR;
	length = format(icu, numbers, n, t, out, length + 1, &error);
	return U_FAILURE(error) ? NULL : icu_narrow(out, length);
}

char *message_say(const char *pattern, const char *language,
		  const struct digits *digits,
		  const struct catalogue_argument *arguments, size_t count)
{
	double n[MESSAGE_NUMBERS] = { 0 };
	UChar *t[CATALOGUE_ARGUMENTS] = { 0 };
	UMessageFormat *icu;
	struct slots slots;
	const char *why;
	char *said;

	if (is_plain(pattern) ||
	    !(icu = compiled(pattern, language, digits->system, &slots, &why)))
		return xstrdup(pattern);
	for (size_t i = 0; i < slots.count[NUMBERS]; i++)
		n[i] = number_of(
		    argument_of(&slots, NUMBERS, i, arguments, count));
	for (size_t i = 0; i < slots.count[TEXTS]; i++)
		t[i] = text_of(argument_of(&slots, TEXTS, i, arguments, count),
			       &slots, i, digits);
	said = formatted(icu, slots.count[NUMBERS], n, t);
	umsg_close(icu);
	for (size_t i = 0; i < slots.count[TEXTS]; i++)
		free(t[i]);
	return said ? said : xstrdup(pattern);
}
