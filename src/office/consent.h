#pragma once

/* `foyer record retention`, which decides nothing. */
int consent_retention(int argc, char **argv);
