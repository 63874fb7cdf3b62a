#include "base/bytes.h"
#include "office/form.h"
#include "xlsform/xlsform.h"

static enum fault read_sheets(const char *path, struct form **out)
{
	SCOPED(char_freep) char *attachments = xlsform_attachments(path);
	struct findings findings = { 0 };
	struct bytes xml = { 0 };
	enum fault fault = xlsform_build(path, &findings, &xml);

	if (fault)
		form_print_findings(stderr, &findings);
	if (!fault)
		fault =
		    form_parse(path, xml.data, xml.length, attachments, out);
	findings_done(&findings);
	bytes_done(&xml);
	return fault;
}

enum fault form_load(const char *path, struct form **out)
{
	if (xlsform_is_sheets(path))
		return read_sheets(path, out);
	return form_read(path, NULL, out);
}
