#include "xpath/evaluation.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void evaluation_fail(struct evaluation *evaluation, enum fault fault,
		     const char *format, ...)
{
	va_list arguments;

	if (evaluation_stopped(evaluation))
		return;
	evaluation->fault = fault;
	evaluation->problem->offset = evaluation->offset;
	va_start(arguments, format);
	vsnprintf(evaluation->problem->text, sizeof evaluation->problem->text,
		  format, arguments);
	va_end(arguments);
}

void evaluation_warn(struct evaluation *evaluation, const char *text)
{
	if (evaluation_stopped(evaluation))
		return;
	evaluation->problem->offset = evaluation->offset;
	snprintf(evaluation->problem->text, sizeof evaluation->problem->text,
		 "%s", text);
}

bool evaluation_spend(struct evaluation *evaluation, size_t steps)
{
	if (steps <= evaluation->steps_limit - evaluation->steps) {
		evaluation->steps += steps;
		return true;
	}
	evaluation->steps = evaluation->steps_limit;
	evaluation_fail(evaluation, FAULT_LIMIT,
			"more than %llu steps; it visits too many nodes, or "
			"reads too much text",
			(unsigned long long)evaluation->steps_limit);
	return false;
}

bool evaluation_step(struct evaluation *evaluation)
{
	return evaluation_spend(evaluation, 1);
}

void *evaluation_take(struct evaluation *evaluation, size_t size)
{
	if (evaluation->memory.taken + size <= EVALUATION_MEMORY_LIMIT)
		return scratch_take(&evaluation->memory, size);
	evaluation_fail(evaluation, FAULT_LIMIT, "the result is too large");
	return NULL;
}

void words_add(struct evaluation *evaluation, struct words *words,
	       const char *text, size_t length)
{
	if (!evaluation_spend(evaluation, length / STEP_BYTES))
		return;
	if (words->length + length >= words->room) {
		size_t room = 2 * (words->length + length) + 32;
		char *larger = evaluation_take(evaluation, room);

		if (!larger)
			return;
		if (words->length)
			memcpy(larger, words->text, words->length);
		words->text = larger;
		words->room = room;
	}
	memcpy(words->text + words->length, text, length);
	words->length += length;
	words->text[words->length] = '\0';
}

const char *words_text(const struct words *words)
{
	return words->text ? words->text : "";
}

const char *copy_text(struct evaluation *evaluation, const char *text,
		      size_t length)
{
	struct words words = { 0 };

	words_add(evaluation, &words, text, length);
	return words_text(&words);
}
