#include "card/services.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "text/language.h"
#include "text/weekdays.h"

#define SHAPE "foyer services 1"
#define DAY_LENGTH 10  /* "2026-11-22" */
#define TIME_LENGTH 5  /* "09:00" */
#define TAG_LENGTH 35  /* bytes of a tag */
#define CODE_LENGTH 16 /* bytes of a need */
#define TEXTS_MOST 60  /* languages of one text */

/* What is wrong is told once, with the service that it is in. */
struct reading {
	size_t service; /* from 1; 0: before any */
	char *why;
	enum fault fault;
};

static void refuse(struct reading *reading, enum fault fault, const char *what)
{
	if (reading->fault)
		return;
	reading->fault = fault;
	reading->why = reading->service ? xasprintf("service %zu: %s",
						    reading->service, what)
					: xstrdup(what);
}

/* --- texts -----------------------------------------------------------------
 */

/* Control signs would reach the screen; line ends may stay. */
static char *calmed(const char *text)
{
	char *out = xstrdup(text);

	for (char *at = out; *at; at++) {
		if ((unsigned char)*at < ' ' && *at != '\n')
			*at = ' ';
		else if (*at == 0x7f)
			*at = ' ';
	}
	return out;
}

/* U+0080 to U+009F are control signs, too, in two bytes of UTF-8. */
static bool is_calm(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)text[0] == 0xc2 &&
		    (unsigned char)text[1] < 0xa0)
			return false;
	}
	return true;
}

static char *take_text(struct reading *reading, const json_t *value,
		       size_t most)
{
	const char *text = json_string_value(value);

	if (!text)
		refuse(reading, FAULT_FORMAT, "a text is no text");
	else if (strlen(text) > most)
		refuse(reading, FAULT_LIMIT, "a text is too long");
	else if (!is_calm(text))
		refuse(reading, FAULT_FORMAT, "a text has control signs");
	else
		return calmed(text);
	return NULL;
}

static bool is_made_of(const char *text, const char *letters, size_t most)
{
	const size_t length = strspn(text, letters);

	return length && length <= most && !text[length];
}

#define DIGITS "0123456789"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SMALL "abcdefghijklmnopqrstuvwxyz"

/* A tag as Foyer writes it, where it knows the language. */
static char *take_tag(struct reading *reading, const char *tag)
{
	const struct language *language = tag ? language_find(tag) : NULL;

	if (language)
		return xstrdup(language->tag);
	if (tag && is_made_of(tag, DIGITS CAPITALS SMALL "-", TAG_LENGTH))
		return xstrdup(tag);
	refuse(reading, FAULT_FORMAT, "no language has such a tag");
	return NULL;
}

static void take_words(struct reading *reading, json_t *value,
		       struct service_words *out)
{
	const char *tag;
	json_t *text;

	if (!value)
		return;
	if (!json_is_object(value) || json_object_size(value) > TEXTS_MOST) {
		refuse(reading, FAULT_FORMAT, "a text has no languages");
		return;
	}
	out->list = xcalloc(json_object_size(value) + 1, sizeof *out->list);
	json_object_foreach(value, tag, text)
	{
		out->list[out->count].tag = take_tag(reading, tag);
		out->list[out->count++].text =
		    take_text(reading, text, SERVICE_TEXT_LIMIT);
	}
}

static void words_done(struct service_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		free(words->list[i].tag);
		free(words->list[i].text);
	}
	free(words->list);
}

/* --- lists -----------------------------------------------------------------
 */

/* The size of a list that may be missing. */
static size_t length_of(struct reading *reading, const json_t *list)
{
	if (list && !json_is_array(list))
		refuse(reading, FAULT_FORMAT, "a list is none");
	else if (json_array_size(list) > SERVICE_LIST_MOST)
		refuse(reading, FAULT_LIMIT, "a list is too long");
	else
		return json_array_size(list);
	return 0;
}

static char *take_need(struct reading *reading, const char *code)
{
	if (code && is_made_of(code, DIGITS CAPITALS, CODE_LENGTH))
		return xstrdup(code);
	refuse(reading, FAULT_FORMAT, "a need is no code such as HOU");
	return NULL;
}

static char **take_list(struct reading *reading, const json_t *list,
			char *take(struct reading *, const char *),
			size_t *count)
{
	const size_t length = length_of(reading, list);
	char **out = xcalloc(length + 1, sizeof *out);

	for (size_t i = 0; i < length; i++)
		out[i] =
		    take(reading, json_string_value(json_array_get(list, i)));
	*count = length;
	return out;
}

static void list_done(char **list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(list[i]);
	free(list);
}

/* --- hours -----------------------------------------------------------------
 */

static char *take_time(struct reading *reading, const json_t *value)
{
	const char *text = json_string_value(value);

	if (text && strlen(text) == TIME_LENGTH && text[2] == ':' &&
	    strspn(text, DIGITS) == 2 && strspn(text + 3, DIGITS) == 2)
		return xstrdup(text);
	refuse(reading, FAULT_FORMAT, "a time is none such as 09:00");
	return NULL;
}

static void take_hours(struct reading *reading, const json_t *value,
		       struct service_hours *out)
{
	const char *days = json_string_value(json_object_get(value, "days"));
	const json_t *closes = json_object_get(value, "closes");

	take_words(reading, json_object_get(value, "text"), &out->text);
	if (out->text.count)
		return;
	if (!days || strlen(days) > SERVICE_TEXT_LIMIT || !weekdays_are(days)) {
		refuse(reading, FAULT_FORMAT, "hours have no days");
		return;
	}
	out->days = xstrdup(days);
	out->opens = take_time(reading, json_object_get(value, "opens"));
	if (closes)
		out->closes = take_time(reading, closes);
}

static void take_all_hours(struct reading *reading, const json_t *list,
			   struct service *out)
{
	out->hours_count = length_of(reading, list);
	out->hours = xcalloc(out->hours_count + 1, sizeof *out->hours);
	for (size_t i = 0; i < out->hours_count; i++)
		take_hours(reading, json_array_get(list, i), &out->hours[i]);
}

/* --- a service -------------------------------------------------------------
 */

static const char *const part_names[SERVICE_PARTS] = {
	[SERVICE_NAME] = "name",
	[SERVICE_ORGANIZATION] = "organization",
	[SERVICE_WHAT_FOR] = "description",
	[SERVICE_WHO] = "who",
	[SERVICE_INTERPRETING] = "interpreting",
	[SERVICE_BRING] = "bring",
	[SERVICE_COST] = "cost",
	[SERVICE_APPLY] = "apply",
	[SERVICE_WAIT] = "wait",
	[SERVICE_ACCESS] = "access",
	[SERVICE_ADDRESS] = "address",
	[SERVICE_PHONE] = "phone",
	[SERVICE_WEB] = "web",
};

/* "" and nothing at all are never. */
static char *take_day(struct reading *reading, const json_t *value)
{
	const char *day = json_string_value(value);

	if (!day || !*day)
		return xstrdup("");
	if (strlen(day) == DAY_LENGTH && day[4] == '-' && day[7] == '-' &&
	    strspn(day, DIGITS "-") == DAY_LENGTH)
		return xstrdup(day);
	refuse(reading, FAULT_FORMAT, "until is no day such as 2026-11-22");
	return NULL;
}

static void take_service(struct reading *reading, const json_t *value,
			 struct service *out)
{
	for (int i = 0; i < SERVICE_PARTS; i++)
		take_words(reading, json_object_get(value, part_names[i]),
			   &out->parts[i]);
	if (!out->parts[SERVICE_NAME].count)
		refuse(reading, FAULT_FORMAT, "it has no name");
	out->needs = take_list(reading, json_object_get(value, "needs"),
			       take_need, &out->need_count);
	out->languages = take_list(reading, json_object_get(value, "languages"),
				   take_tag, &out->language_count);
	take_all_hours(reading, json_object_get(value, "hours"), out);
	out->walk_in = json_is_true(json_object_get(value, "walk_in"));
	out->women_only = json_is_true(json_object_get(value, "women_only"));
	out->free = json_is_true(json_object_get(value, "free"));
	out->until = take_day(reading, json_object_get(value, "until"));
}

static void service_done(struct service *service)
{
	for (int i = 0; i < SERVICE_PARTS; i++)
		words_done(&service->parts[i]);
	list_done(service->needs, service->need_count);
	list_done(service->languages, service->language_count);
	for (size_t i = 0; i < service->hours_count; i++) {
		free(service->hours[i].days);
		free(service->hours[i].opens);
		free(service->hours[i].closes);
		words_done(&service->hours[i].text);
	}
	free(service->hours);
	free(service->until);
}

void services_free(struct services *services)
{
	if (!services)
		return;
	for (size_t i = 0; i < services->count; i++)
		service_done(&services->list[i]);
	free(services->list);
	free(services);
}

/* --- all of them -----------------------------------------------------------
 */

static void take_all(struct reading *reading, const json_t *whole,
		     struct services *out)
{
	const char *shape = json_string_value(json_object_get(whole, "shape"));
	const json_t *list = json_object_get(whole, "services");
	size_t count = json_array_size(list);

	if (!shape || strcmp(shape, SHAPE) != 0 || !json_is_array(list)) {
		refuse(reading, FAULT_FORMAT,
		       "no list of services of this version of Foyer");
		return;
	}
	if (count > SERVICES_MOST) {
		refuse(reading, FAULT_LIMIT, "too many services");
		return;
	}
	out->list = xcalloc(count + 1, sizeof *out->list);
	for (; out->count < count && !reading->fault; out->count++) {
		reading->service = out->count + 1;
		take_service(reading, json_array_get(list, out->count),
			     &out->list[out->count]);
	}
}

enum fault services_parse(const void *bytes, size_t length, char **why,
			  struct services **out)
{
	SCOPED(services_freep) struct services *services = NULL;
	struct reading reading = { 0 };
	json_error_t error;
	json_t *whole;

	*why = NULL;
	if (length > SERVICES_LIMIT) {
		*why = xstrdup("the file is too large");
		return FAULT_LIMIT;
	}
	whole = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
	if (!whole) {
		*why = xasprintf("line %d: %s", error.line, error.text);
		return FAULT_FORMAT;
	}
	services = xcalloc(1, sizeof *services);
	take_all(&reading, whole, services);
	json_decref(whole);
	*why = reading.why;
	if (reading.fault)
		return reading.fault;
	*out = services;
	services = NULL;
	return FAULT_NONE;
}

/* --- asking ----------------------------------------------------------------
 */

static const struct service_text *text_in(const struct service_words *words,
					  const char *tag)
{
	for (size_t i = 0; i < words->count; i++) {
		if (strcmp(words->list[i].tag, tag) == 0)
			return &words->list[i];
	}
	return NULL;
}

const struct service_text *service_say(const struct service_words *words,
				       const char *tag)
{
	const struct service_text *text = text_in(words, tag);

	if (!text)
		text = text_in(words, "en");
	return text || !words->count ? text : &words->list[0];
}

bool service_serves(const struct service *service, const char *need)
{
	for (size_t i = 0; i < service->need_count; i++) {
		if (strcmp(service->needs[i], need) == 0)
			return true;
	}
	return false;
}
