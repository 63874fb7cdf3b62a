#include "office/form.h"
#include "office/noun.h"
#include "xlsform/xlsform.h"

int form_check(int argc, char **argv)
{
	struct findings findings = { 0 };

	if (argc != 2 || *argv[1] == '-')
		return noun_usage("form", "check", "give one form");
	enum fault fault = xlsform_check(argv[1], &findings);

	form_print_findings(stdout, &findings);
	findings_done(&findings);
	return fault_exit(fault);
}
