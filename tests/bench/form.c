#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "form/xml.h"
#include "tests/bench/measure.h"
#include "tests/support/forms.h"

/*
 * A form of 5,000 questions: what loading it costs beside reading its XML
 * alone, and whether an answer costs what depends on it.
 */
#define QUESTIONS 5000
#define TIMES 9

static double time_of_xml(const char *text)
{
	double took[TIMES];

	for (size_t i = 0; i < TIMES; i++) {
		double start = measure_ms();
		xmlDoc *doc = NULL;

		assert_int_equal(xml_read("bench", text, strlen(text), &doc),
				 FAULT_NONE);
		took[i] = measure_ms() - start;
		xmlFreeDoc(doc);
	}
	return measure_median(took, TIMES);
}

static struct form *parsed(const char *text)
{
	struct form *form = NULL;

	assert_int_equal(form_parse("bench", text, strlen(text), NULL, &form),
			 FAULT_NONE);
	return form;
}

static void time_of_form(const char *text, double *parsing, double *beginning)
{
	double parse[TIMES], begin[TIMES];

	for (size_t i = 0; i < TIMES; i++) {
		double start = measure_ms(), half;
		struct form *form = parsed(text);

		half = measure_ms();
		run_free(forms_run(form));
		begin[i] = measure_ms() - half;
		parse[i] = half - start;
		form_free(form);
	}
	*parsing = measure_median(parse, TIMES);
	*beginning = measure_median(begin, TIMES);
}

/* How many expressions of the document read the question: its dependents. */
static size_t readers_of(const char *text, int question)
{
	SCOPED(char_freep) char *wanted = xasprintf("/data/q%d ", question);
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, wanted)); at++)
		count++;
	return count;
}

/* The last ten first, so that the sum at the end is relevant to all others. */
static int in_turn(int n)
{
	return QUESTIONS - 10 - n / 10 * 10 + n % 10;
}

static void answer_all(const char *text)
{
	SCOPED(form_freep) struct form *form = parsed(text);
	SCOPED(run_freep) struct run *run = forms_run(form);
	uint64_t at_load = run_evaluations(run), evaluated;
	size_t dependents = 0;
	double start, took = 0;

	for (int n = 0; n < QUESTIONS; n++) {
		int i = in_turn(n);
		SCOPED(char_freep)
		char *reference = xasprintf("/data/q%d", i);

		if (i == QUESTIONS - 1)
			continue;
		dependents += readers_of(text, i);
		/* What makes the sum relevant is read by it, in effect. */
		dependents += i == QUESTIONS - 10;
		start = measure_ms();
		assert_int_equal(forms_set(run, reference, "1"), RUN_TAKEN);
		took += measure_ms() - start;
	}
	evaluated = run_evaluations(run) - at_load;
	measure_tell("expressions evaluated at load", (double)at_load, "", "%s",
		     "");
	measure_tell("answers given", QUESTIONS - 1, "",
		     "%.3f ms each, looked up by path", took / (QUESTIONS - 1));
	measure_tell("evaluated for them", (double)evaluated, "",
		     "%zu depend on an answer; all anew: %.0f", dependents,
		     (double)at_load * (QUESTIONS - 1));
}

int main(void)
{
	SCOPED(char_freep) char *text = forms_many(QUESTIONS);
	double xml = time_of_xml(text), parsing, beginning;

	time_of_form(text, &parsing, &beginning);
	printf("a form of %d questions (%zu KB)\n", QUESTIONS,
	       strlen(text) / 1024);
	measure_tell("reading its XML alone", xml, "ms", "%s", "");
	measure_tell("loading the form", parsing, "ms", "%.1f x the XML",
		     parsing / xml);
	measure_tell("beginning a run", beginning, "ms", "%.1f x the XML",
		     beginning / xml);
	answer_all(text);
	measure_tell_load();
	return 0;
}
