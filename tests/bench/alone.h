#pragma once

#include <stddef.h>

#include "print/paper.h"

/*
 * What a ticket's libraries take for it by themselves: their calls one after
 * another, with nothing of ours around them. Each does it once.
 */

/* libsodium: the key pair and the secret shared, the derivation's hashes, and
 * the encryption of length bytes. */
#define ALONE_PLAIN_MAX 480
void alone_seal(size_t length);

/* libsodium: a signature of length bytes under a key that is there. */
#define ALONE_SIGNED_MAX 560
void alone_sign(size_t length);

/* libqrencode: a symbol of the digits in level M. */
void alone_symbol(const char *digits);

/* Pango and cairo: the texts of a paper laid out one below the other and drawn
 * in black, without its symbol. */
void alone_paper(const struct paper *paper, int width);
