#include "tests/support/program.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/test.h"

#define OUTPUT_LIMIT (16 << 20)

static char *text_of(const char *path)
{
	struct bytes bytes = { 0 };

	bytes_add_text(&bytes, "");
	assert_int_equal(file_read(path, OUTPUT_LIMIT, &bytes), FAULT_NONE);
	return bytes_take_text(&bytes);
}

/* Everything goes through files, so that no pipe can fill up. */
struct output program_run(const char *input, const char *format, ...)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *in = folder_file(folder, "in");
	SCOPED(char_freep) char *out = folder_file(folder, "out");
	SCOPED(char_freep) char *err = folder_file(folder, "err");
	SCOPED(char_freep) char *line = NULL;
	struct bytes words = { 0 };
	struct output output;
	char buffer[4096];
	va_list arguments;
	int status;

	va_start(arguments, format);
	vsnprintf(buffer, sizeof buffer, format, arguments);
	va_end(arguments);
	assert_int_equal(file_write(in, input, strlen(input), 0600),
			 FAULT_NONE);
	bytes_add_format(&words, "%s/%s <%s >%s 2>%s", getenv("FOYER_BUILD"),
			 buffer, in, out, err);
	line = bytes_take_text(&words);
	status = system(line);
	output = (struct output){
		.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
		.out = text_of(out),
		.err = text_of(err),
	};
	return output;
}

void output_done(struct output *output)
{
	free(output->out);
	free(output->err);
	*output = (struct output){ 0 };
}
