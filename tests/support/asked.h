#pragma once

/* A number that whoever runs the test asks for in the environment
 * ("FOYER_RUNS"); otherwise, where they do not. */
long asked_number(const char *name, long otherwise);
