/* The office's printers: queues of CUPS. */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "office/noun.h"
#include "office/printer.h"
#include "print/queue.h"

/* --- which there are
 * ------------------------------------------------------------ */

static void print_queue(void *to, const struct queue_printer *printer)
{
	(void)to;
	printf("cups:%s\t%s%s\t%s\n", printer->name,
	       printer->trouble ? queue_trouble_word(printer->trouble)
	       : printer->busy  ? "printing"
				: "ready",
	       printer->accepting ? "" : ", takes no jobs",
	       printer->info ? printer->info : "");
}

void printer_queues(void)
{
	SCOPED(queue_freep) struct queue *queue = NULL;

	/* A machine without CUPS has none, and that is no fault. */
	if (!queue_open(&queue))
		(void)!queue_each(queue, print_queue, NULL);
}

/* --- a file
 * --------------------------------------------------------------------- */

#define LOOK_MS 1000
#define LOOKS 600 /* ten minutes: then the queue has it, whatever comes */

static int refuse(const char *name, enum queue_answer answer)
{
	static const char *const why[] = {
		[QUEUE_NO_LIBRARY] = "install CUPS (libcups2, cups)",
		[QUEUE_NO_SCHEDULER] = "CUPS does not run here; start it",
		[QUEUE_NO_PRINTER] = "no queue has this name; see `foyer "
				     "printer list`",
		[QUEUE_CLOSED] = "the queue takes no jobs now: `cupsaccept` "
				 "lets it",
		[QUEUE_REFUSED] = "the queue did not take the file",
	};

	fprintf(stderr, "foyer printer send: %s: %s\n", name, why[answer]);
	return answer == QUEUE_NO_PRINTER || answer == QUEUE_CLOSED
		   ? EXIT_INPUT
		   : EXIT_ENVIRONMENT;
}

/* For whoever reads it line by line, as it happens. */
static void tell(const char *word)
{
	puts(word);
	fflush(stdout);
}

static int follow(struct queue *queue, const char *name, int job)
{
	struct queue_view view = { 0 };
	const char *told = "queued";

	for (int i = 0; i < LOOKS; i++) {
		enum queue_answer answer = queue_look(queue, name, job, &view);
		const char *word =
		    view.state == QUEUE_PRINTING ? "printing" : "queued";

		/* The queue took it; one that keeps no history forgets it. */
		if (answer || view.state >= QUEUE_PRINTED)
			break;
		if (view.trouble)
			word = queue_trouble_word(view.trouble);
		if (strcmp(word, told) != 0)
			tell(told = word);
		(void)poll(NULL, 0, LOOK_MS);
	}
	tell(view.state == QUEUE_PRINTED  ? "printed"
	     : view.state > QUEUE_PRINTED ? "given-up"
					  : "left");
	return view.state > QUEUE_PRINTED ? EXIT_INPUT : EXIT_DONE;
}

int printer_send(int argc, char **argv)
{
	SCOPED(queue_freep) struct queue *queue = NULL;
	const bool follows = argc > 1 && !strcmp(argv[1], "--follow");
	char **words = argv + 1 + follows;
	enum queue_answer answer;
	int job = 0;

	if (argc - 1 - follows != 2 || words[0][0] == '-')
		return noun_usage("printer", argv[0],
				  "give a queue's name and a PDF file");
	if ((answer = queue_open(&queue)) ||
	    (answer =
		 queue_send(queue, words[0], QUEUE_PAGE, words[1], NULL, &job)))
		return refuse(words[0], answer);
	tell("queued");
	return follows ? follow(queue, words[0], job) : EXIT_DONE;
}
