#include "tests/test.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "tests/bench/measure.h"
#include "tests/support/folder.h"
#include "tests/support/forms.h"
#include "tests/support/long_form.h"

/*
 * Forms of 40 to 5,000 questions and a chain of 1,000 links, ours beside the
 * peer engine in Node in the same run: what loading takes, an answer that
 * nothing depends on, one that a whole chain does, one that shows a question, a
 * change of language with the words of the screen that is shown, and the
 * memory. Ours is the median of some runs; the peer has one, and five minutes
 * for it.
 */
#define TIMES 5
#define PEER_SECONDS "300"

/* What is asked of 5,000 questions, and of a chain of 1,000 in whatever form,
 * at most. */
#define LARGEST 5000
#define LOAD_MS 250
#define CHAIN_MS 5
#define SKIP_MS 1
#define MEMORY_MB 40

struct subject {
	const char *name;
	int questions, links; /* one of them */
};

static const struct subject subjects[] = {
	{ "40 questions", 40, 0 },       { "200 questions", 200, 0 },
	{ "1,000 questions", 1000, 0 },  { "5,000 questions", LARGEST, 0 },
	{ "a chain of 1,000", 0, 1000 },
};

/* What is asked, what shows it in the end, what shows a question, and what
 * nothing depends on. */
struct paths {
	const char *asked, *skip, *plain;
	char *last;
};

#define ASKED 7 /* the answer that the chain begins with */

struct took {
	double load, answer, chain, toggle, language, memory;
	char value[32]; /* what the chain came to */
};

/* What it must come to: each link is one more. */
static int sum_of(const struct subject *subject)
{
	return ASKED +
	       (subject->links ? subject->links : subject->questions / 5);
}

static struct paths paths_of(const struct subject *subject)
{
	if (subject->links)
		return (struct paths){
			.asked = "/data/c0",
			.skip = "",
			.plain = "",
			.last = xasprintf("/data/c%d", subject->links),
		};
	return (struct paths){
		.asked = "/data/q3",
		.skip = "/data/q0",
		.plain = "/data/q8",
		.last = xasprintf("/data/q%d", subject->questions - 1),
	};
}

/* Of the processor, not of the wall: the peer takes long, and the machine may
 * have other work. */
static double spent_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double heap(void)
{
	const struct mallinfo2 now = mallinfo2();

	return (double)(now.uordblks + now.hblkhd) / 1e6;
}

/* Without looking the node up, which is no part of an answer. */
static double time_to_set(struct run *run, const char *path, const char *value)
{
	struct node *node = forms_node(run, path);
	enum run_answer answer;
	double start = spent_ms(), took;

	assert_int_equal(run_set(run, node, value, &answer), FAULT_NONE);
	took = spent_ms() - start;
	assert_int_equal(answer, RUN_TAKEN);
	return took;
}

/* As a screen does: the language, then the words of the question on it. */
static double time_to_speak(struct run *run)
{
	double start = spent_ms();

	run_set_language(run, "fr");
	free(node_label(forms_node(run, "/data/q3")));
	return spent_ms() - start;
}

static void take_once(const char *text, const struct paths *paths,
		      struct took *took)
{
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(run_freep) struct run *run = NULL;
	SCOPED(char_freep) char *first = xasprintf("%d", ASKED);
	double before = heap(), start = spent_ms();

	assert_int_equal(form_parse("bench", text, strlen(text), NULL, &form),
			 FAULT_NONE);
	run = forms_run(form);
	took->load = spent_ms() - start;
	took->memory = heap() - before;
	took->chain = time_to_set(run, paths->asked, first);
	snprintf(took->value, sizeof took->value, "%s",
		 forms_value(run, paths->last));
	if (!*paths->skip)
		return;
	took->answer = time_to_set(run, paths->plain, "a word");
	took->toggle = time_to_set(run, paths->skip, "yes");
	took->language = time_to_speak(run);
}

static struct took ours(const char *text, const struct paths *paths)
{
	double load[TIMES], answer[TIMES], chain[TIMES], toggle[TIMES],
	    language[TIMES];
	struct took took = { 0 };

	for (size_t i = 0; i < TIMES; i++) {
		take_once(text, paths, &took);
		load[i] = took.load;
		answer[i] = took.answer;
		chain[i] = took.chain;
		toggle[i] = took.toggle;
		language[i] = took.language;
	}
	took.load = measure_median(load, TIMES);
	took.answer = measure_median(answer, TIMES);
	took.chain = measure_median(chain, TIMES);
	took.toggle = measure_median(toggle, TIMES);
	took.language = measure_median(language, TIMES);
	return took;
}

/* False where Node or the peer is not there, or it was not done in time. */
static bool peers(const char *form, const struct paths *paths,
		  struct took *took)
{
	SCOPED(char_freep)
	char *command = xasprintf(
	    "cd build/conformance 2>/dev/null && TZ=UTC timeout " PEER_SECONDS
	    " node --expose-gc bench.mjs %s %s %d %s %s %s 2>/dev/null",
	    form, paths->asked, ASKED, paths->last, paths->skip, paths->plain);
	FILE *pipe = popen(command, "r");
	int count = 0;

	if (pipe)
		count =
		    fscanf(pipe, "%lf %lf %lf %31s %lf %lf %lf", &took->load,
			   &took->answer, &took->chain, took->value,
			   &took->toggle, &took->language, &took->memory);
	return pipe && pclose(pipe) == 0 && count == 7;
}

/* asked: at most; 0: no limit is set for it. */
static void tell(const char *what, const char *unit, double own, double theirs,
		 bool beside, double asked)
{
	SCOPED(char_freep)
	char *limit = asked ? xasprintf("of %g asked", asked) : xstrdup("");
	SCOPED(char_freep)
	char *peer =
	    beside ? xasprintf("%sthe peer %.3g %s: 1 to %.0f",
			       asked ? ", " : "", theirs, unit, theirs / own)
		   : xstrdup("");

	measure_tell(what, own, unit, "%s%s", limit, peer);
}

static void measure(const char *folder, const struct subject *subject)
{
	SCOPED(char_freep)
	char *text = subject->links ? long_chain(subject->links)
				    : long_form(subject->questions);
	SCOPED(char_freep) char *form = folder_file(folder, "form.xml");
	struct paths paths = paths_of(subject);
	struct took own = ours(text, &paths), theirs = { 0 };
	bool beside, largest = subject->questions == LARGEST;

	assert_int_equal(file_write(form, text, strlen(text), 0600),
			 FAULT_NONE);
	assert_int_equal(atoi(own.value), sum_of(subject));
	beside = peers(form, &paths, &theirs);
	printf("%s (%zu KB)%s\n", subject->name, strlen(text) / 1024,
	       beside ? "" : ", without the peer (none, or too long for it)");
	tell("loading it", "ms", own.load, theirs.load, beside,
	     largest ? LOAD_MS : 0);
	if (*paths.plain)
		tell("an answer", "ms", own.answer, theirs.answer, beside, 0);
	tell("an answer to the chain", "ms", own.chain, theirs.chain, beside,
	     largest || subject->links ? CHAIN_MS : 0);
	printf("  the chain comes to %s%s%s\n", own.value,
	       beside ? ", the peer's to " : "", beside ? theirs.value : "");
	if (*paths.skip) {
		tell("an answer that asks another", "ms", own.toggle,
		     theirs.toggle, beside, largest ? SKIP_MS : 0);
		tell("another language, one screen", "ms", own.language,
		     theirs.language, beside, 0);
	}
	tell("memory", "MB", own.memory, theirs.memory, beside,
	     largest ? MEMORY_MB : 0);
	free(paths.last);
}

int main(void)
{
	SCOPED(folder_freep) char *folder = folder_new();

	for (size_t i = 0; i < COUNT(subjects); i++)
		measure(folder, &subjects[i]);
	measure_tell_load();
	return 0;
}
