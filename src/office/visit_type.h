#pragma once

/* `foyer visit type`: a paper form from a file of its answers; argv[0] is the
 * verb. */
int visit_type(int argc, char **argv);
