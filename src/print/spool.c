#include "print/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "print/page_pdf.h"

#define SENDER "foyer"
#define BEGIN "foyer-"
#define END ".pdf"
#define KEEP_DAYS 7
#define DAY_SECONDS (24L * 60 * 60)

struct spool spool_of(const struct settings *settings, const struct home *home)
{
	return (struct spool){
		.paper = settings_text(settings, "print", "paper", "letter"),
		.folder = settings_text(settings, "print", "folder",
					home_folder(home, HOME_PRINTS)),
		.printer = settings_text(settings, "print", "printer", ""),
		.keep_days =
		    settings_number(settings, "print", "keep_days", KEEP_DAYS),
	};
}

enum fault spool_write(const struct spool *spool, const struct page *page,
		       const char *path)
{
	SCOPED(sheets_freep) struct sheets *sheets = NULL;
	struct bytes pdf = { 0 };
	enum fault fault =
	    sheets_new(page, sheet_paper_named(spool->paper), &sheets);

	if (fault)
		return fault;
	sheets_pdf(sheets, &pdf);
	fault = file_write(path, pdf.data, pdf.length, 0600);
	bytes_wipe(&pdf);
	return fault;
}

/* --- the folder -----------------------------------------------------------
 */

bool spool_is_file(const char *name)
{
	static const char *const endings[] = { END, ".csv", ".json", ".xlsx" };
	const size_t length = strlen(name);

	for (size_t i = 0; i < COUNT(endings); i++) {
		const size_t end = strlen(endings[i]);

		if (length > strlen(BEGIN) + end &&
		    strncmp(name, BEGIN, strlen(BEGIN)) == 0 &&
		    strcmp(name + length - end, endings[i]) == 0)
			return true;
	}
	return false;
}

static int is_ours(const struct dirent *entry)
{
	return spool_is_file(entry->d_name);
}

/* What cannot be erased is told, and hinders nobody from printing. */
static void erase_old(const char *path, time_t before)
{
	struct stat at;

	if (lstat(path, &at) == 0 && S_ISREG(at.st_mode) &&
	    at.st_mtime < before && file_remove(path))
		log_warning("%s: an old print stays; erase it", path);
}

void spool_sweep(const struct spool *spool, int64_t now)
{
	time_t before = (time_t)(now / 1000) - spool->keep_days * DAY_SECONDS;
	struct dirent **entries;
	int count;

	if (!spool->keep_days)
		return;
	count = scandir(spool->folder, &entries, is_ours, alphasort);
	for (int i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *path =
		    xasprintf("%s/%s", spool->folder, entries[i]->d_name);

		erase_old(path, before);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

/* A name that is not taken: "foyer-plan-20261122-104501.pdf", "...-2.pdf". */
char *spool_path(const struct spool *spool, const char *name,
		 const char *ending, int64_t now)
{
	time_t seconds = (time_t)(now / 1000);
	struct tm local;
	char stamp[32];
	char *path;

	localtime_r(&seconds, &local);
	strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
	path = xasprintf("%s/" BEGIN "%s-%s%s", spool->folder, name, stamp,
			 ending);
	for (int i = 2; file_exists(path); i++) {
		free(path);
		path = xasprintf("%s/" BEGIN "%s-%s-%d%s", spool->folder, name,
				 stamp, i, ending);
	}
	return path;
}

enum fault spool_put(const struct spool *spool, const struct page *page,
		     const char *name, int64_t now, char **path)
{
	SCOPED(char_freep) char *free_one = NULL;
	enum fault fault = folder_make(spool->folder);

	if (fault)
		return fault;
	spool_sweep(spool, now);
	free_one = spool_path(spool, name, END, now);
	if ((fault = spool_write(spool, page, free_one)))
		return fault;
	*path = free_one;
	free_one = NULL;
	return FAULT_NONE;
}

/* --- the printer ----------------------------------------------------------
 */

/* The office's program beside this one; elsewhere, wherever the shell has it.
 */
static char *sender(void)
{
	char self[4096];
	const ssize_t length = readlink("/proc/self/exe", self, sizeof self);
	const char *slash =
	    length > 0 ? memrchr(self, '/', (size_t)length) : NULL;
	char *beside =
	    slash ? xasprintf("%.*s/" SENDER, (int)(slash - self), self) : NULL;

	if (beside && file_exists(beside))
		return beside;
	free(beside);
	return xstrdup(SENDER);
}

/* What it complains of has no place on a full screen; its words and its exit
 * status say enough. */
static int start(const struct spool *spool, const char *path, bool follow,
		 int words, pid_t *child)
{
	SCOPED(char_freep) char *program = sender();
	const char *const arguments[] = { program,
					  "printer",
					  "send",
					  follow ? "--follow" : spool->printer,
					  follow ? spool->printer : path,
					  follow ? path : NULL,
					  NULL };
	posix_spawn_file_actions_t actions;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
					 O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, words, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
					 O_WRONLY, 0);
	error = posix_spawnp(child, program, &actions, NULL,
			     (char *const *)arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static void tell_absent(const char *path)
{
	log_error("the program foyer is not there, which prints: install it, "
		  "or take printer out of [print] in foyer.ini. %s can be "
		  "printed by hand",
		  path);
}

enum fault spool_send(const struct spool *spool, const char *path, bool follow,
		      struct spool_job *job)
{
	int ends[2];
	int error;

	*job = (struct spool_job){ .words = -1 };
	if (pipe2(ends, O_CLOEXEC)) {
		log_error("no pipe to who prints: %s", strerror(errno));
		return FAULT_SYSTEM;
	}
	error = start(spool, path, follow, ends[1], &job->sender);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		tell_absent(path);
		return FAULT_SYSTEM;
	}
	(void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
	job->words = ends[0];
	return FAULT_NONE;
}

static void take_letter(struct spool_job *job, char letter)
{
	const size_t length = strlen(job->half);

	if (letter == '\n') {
		memcpy(job->word, job->half, sizeof job->word);
		memset(job->half, 0, sizeof job->half);
	} else if (length + 1 < sizeof job->half) {
		job->half[length] = letter;
	}
}

/* Whether it has said all that it will. */
static bool read_words(struct spool_job *job)
{
	char text[256];
	ssize_t length;

	while ((length = read(job->words, text, sizeof text)) > 0) {
		for (ssize_t i = 0; i < length; i++)
			take_letter(job, text[i]);
	}
	return length == 0 || (errno != EAGAIN && errno != EINTR);
}

/* Where posix_spawn() cannot tell in time that there is no such program, its
 * process ends with this. */
#define NO_PROGRAM 127

static enum spool_answer answer_of(pid_t ended, int status, const char *path)
{
	if (ended > 0 && WIFEXITED(status) &&
	    WEXITSTATUS(status) == NO_PROGRAM) {
		tell_absent(path);
		return SPOOL_REFUSED;
	}
	if (ended < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		log_error("%s is not printed: is the printer of [print] in "
			  "foyer.ini one that `foyer printer list` shows, and "
			  "is it well?",
			  path);
		return SPOOL_REFUSED;
	}
	if (file_remove(path))
		log_warning("%s was printed and stays; erase it", path);
	return SPOOL_SENT;
}

static enum spool_answer ask(struct spool_job *job, const char *path,
			     int options)
{
	pid_t ended;
	int status = 0;

	do {
		ended = waitpid(job->sender, &status, options);
	} while (ended < 0 && errno == EINTR);
	if (ended == 0)
		return SPOOL_SENDING;
	spool_leave(job);
	return answer_of(ended, status, path);
}

enum spool_answer spool_look(struct spool_job *job, const char *path)
{
	return read_words(job) ? ask(job, path, WNOHANG) : SPOOL_SENDING;
}

enum spool_answer spool_wait(struct spool_job *job, const char *path)
{
	struct pollfd wait = { job->words, POLLIN, 0 };

	while (!read_words(job))
		(void)poll(&wait, 1, -1);
	return ask(job, path, 0);
}

void spool_leave(struct spool_job *job)
{
	if (job->words >= 0)
		close(job->words);
	job->words = -1;
}
