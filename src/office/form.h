#pragma once

/* The verbs of `foyer form`, one file each; argv[0] is the verb. */
int form_run(int argc, char **argv);
