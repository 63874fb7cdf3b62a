#pragma once

/* The largest form that is run. */
#define FORM_BYTES_LIMIT (8 * 1024 * 1024)
#define FORM_NODES_LIMIT 20000
#define FORM_BINDS_LIMIT 5000
#define FORM_REPEAT_LIMIT 100 /* instances of one repeat */
#define FORM_DEPTH_LIMIT 3    /* repeats within repeats */
#define FORM_ITEMS_LIMIT 50000
#define RUN_NODES_LIMIT 200000 /* nodes of one run, repeats and all */
