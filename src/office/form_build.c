#include <string.h>

#include "base/file.h"
#include "office/form.h"
#include "office/noun.h"
#include "xlsform/xlsform.h"

void form_print_findings(FILE *to, const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		fprintf(to, "%s%s\n",
			finding->level == FINDING_WARNING ? "warning: " : "",
			finding->line);
	}
}

/* A home fresh from `foyer key new` has no folder forms yet; any other one that
 * is not there was misspelt. */
static enum fault make_folder(const char *path)
{
	SCOPED(char_freep) char *folder = xstrdup(path);
	char *slash = strrchr(folder, '/');

	if (!slash || slash == folder)
		return FAULT_NONE;
	*slash = 0;
	slash = strrchr(folder, '/');
	return strcmp(slash ? slash + 1 : folder, "forms")
		   ? FAULT_NONE
		   : folder_make(folder);
}

/* Writes to path, or to standard output where it is NULL. */
static enum fault write_form(const char *path, const struct bytes *xml)
{
	enum fault fault;

	if (path)
		return (fault = make_folder(path))
			   ? fault
			   : file_write(path, xml->data, xml->length, 0644);
	if (fwrite(xml->data, 1, xml->length, stdout) != xml->length ||
	    fflush(stdout))
		return FAULT_SYSTEM;
	return FAULT_NONE;
}

/* What was built is a form, or it would not have been. */
static void tell_stale(const char *sheets, const struct bytes *xml)
{
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(char_freep) char *attachments = xlsform_attachments(sheets);

	if (!form_parse(sheets, xml->data, xml->length, attachments, &form))
		form_tell_stale(stderr, sheets, form);
}

static int build(const char *sheets, const char *out)
{
	struct findings findings = { 0 };
	struct bytes xml = { 0 };
	enum fault fault = xlsform_build(sheets, &findings, &xml);

	form_print_findings(stderr, &findings);
	if (!fault)
		tell_stale(sheets, &xml);
	if (!fault)
		fault = write_form(out, &xml);
	findings_done(&findings);
	bytes_done(&xml);
	return fault_exit(fault);
}

int form_build(int argc, char **argv)
{
	const char *sheets = NULL, *out = NULL;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-o") && i + 1 < argc)
			out = argv[++i];
		else if (*argv[i] == '-' || sheets)
			return noun_usage(
			    "form", "build",
			    "give one folder of sheets, or one .xlsx");
		else
			sheets = argv[i];
	}
	if (!sheets)
		return noun_usage("form", "build",
				  "give a folder of sheets, or an .xlsx");
	if (!file_exists(sheets)) {
		fprintf(stderr, "%s: no such sheets\n", sheets);
		return EXIT_ENVIRONMENT;
	}
	return build(sheets, out);
}
