#pragma once

#include <stdint.h>

/* A number of bytes as people say it: "31.9 GB" (thousands, as on cards). */
#define WORDS_SIZE 32
void words_size(uint64_t bytes, char out[WORDS_SIZE]);
