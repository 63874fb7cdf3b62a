#pragma once

#define SERVICE_FILE_USAGE                                                     \
	"[--home DIR] [--month MONTH] [--profile NAME | FILE.ini]"             \
	" [--format csv|json|xlsx|pdf] [--user NAME] [--passphrase-fd N] [-o " \
	"FILE]"

/* foyer report service-file: the services of a month as a funder wants them; a
 * struct verb's run. */
int run_service_file(int argc, char **argv);
