#pragma once

/* The verbs of the noun `ticket`, a file each. */
int ticket_issue(int argc, char **argv);
int ticket_read(int argc, char **argv);

#define TICKET_ISSUE_USAGE                                            \
	"[--home DIR] --form NAME --answers A.json [-o T.png|T.pdf] " \
	"[--escpos FILE] [--print] [--digits] [--lang TAG] [--test]"
#define TICKET_READ_USAGE \
	"[--home DIR] [--lang en|fr] [--passphrase-fd N] [T.png]"
