#pragma once

/* `foyer visit submit`; see office/noun.h. */
int visit_submit(int argc, char **argv);
