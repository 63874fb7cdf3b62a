#include "desk/box_flash.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

#define LINE 160 /* bytes of one, at most; what is longer is cut */

struct box_flash {
	pid_t child;     /* 0: none */
	int talk;        /* its standard input and output; -1: none */
	char line[LINE]; /* that is not whole yet */
	size_t length;
	struct flash_told told;
};

/* --- starting --------------------------------------------------------------
 */

/* Whatever it complains of is said by its last line. */
static int spawn(struct box_flash *flash, const char *const *words, int talk)
{
	posix_spawn_file_actions_t files;
	/* exec(3) does not change what it is given. */
	char *const *arguments = (char *const *)(uintptr_t)words;
	int error;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, talk, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, talk, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null",
					 O_WRONLY, 0);
	error = posix_spawn(&flash->child, words[0], &files, NULL, arguments,
			    environ);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

static int start(struct box_flash *flash, const char *const *words)
{
	int ends[2], error;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return errno;
	error = spawn(flash, words, ends[1]);
	close(ends[1]);
	flash->talk = ends[0];
	return error;
}

struct box_flash *box_flash_new(const char *program, const char *release,
				const char *card)
{
	struct box_flash *flash = xcalloc(1, sizeof *flash);
	const char *const words[] = { program, "write",   release,
				      card,    "--lines", NULL };
	int error;

	flash->talk = -1;
	error = start(flash, words);
	if (error) {
		log_error("%s: cannot be run: %s", program, strerror(error));
		flash->child = 0;
		flash->told.stage = FLASH_ENDED;
	}
	return flash;
}

void box_flash_free(struct box_flash *flash)
{
	if (!flash)
		return;
	if (flash->talk >= 0)
		close(flash->talk);
	/* Unasked it ends at once; a card that is being written is not
	 * waited for. */
	if (flash->child)
		(void)waitpid(flash->child, NULL,
			      flash->told.stage == FLASH_DOING ? WNOHANG : 0);
	free(flash);
}

/* --- hearing ---------------------------------------------------------------
 */

static void take_line(struct flash_told *told, const char *line)
{
	char kind[FLASH_WORD];

	if (sscanf(line, "card %39s %39s %39s %39s", kind, told->before,
		   told->variant, told->version) == 4) {
		told->used = strcmp(kind, "used") == 0;
		told->stage = FLASH_ASKING;
	} else if (sscanf(line, "doing %d %39[^\n]", &told->percent,
			  told->doing) == 2) {
		told->stage = FLASH_DOING;
	} else {
		(void)sscanf(line, "end %39s", told->end);
	}
}

static void take(struct box_flash *flash, char letter)
{
	if (letter != '\n') {
		if (flash->length < LINE - 1)
			flash->line[flash->length++] = letter;
		return;
	}
	flash->line[flash->length] = 0;
	flash->length = 0;
	take_line(&flash->told, flash->line);
}

const struct flash_told *box_flash_look(struct box_flash *flash)
{
	char piece[512];
	ssize_t got;

	if (flash->told.stage == FLASH_ENDED)
		return &flash->told;
	while ((got = recv(flash->talk, piece, sizeof piece, MSG_DONTWAIT)) >
	       0) {
		for (ssize_t i = 0; i < got; i++)
			take(flash, piece[i]);
	}
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return &flash->told;
	(void)waitpid(flash->child, NULL, 0);
	flash->child = 0;
	flash->told.stage = FLASH_ENDED;
	return &flash->told;
}

void box_flash_answer(struct box_flash *flash, bool yes)
{
	/* One that is gone is heard to have ended. */
	if (!yes)
		(void)shutdown(flash->talk, SHUT_WR);
	else if (send(flash->talk, "yes\n", 4, MSG_NOSIGNAL) == 4)
		flash->told.stage = FLASH_DOING;
}

const struct flash_told *box_flash_told(const struct box_flash *flash)
{
	return &flash->told;
}
