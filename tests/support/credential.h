#pragma once

#include <openssl/types.h>

/*
 * What a TLS server on this machine shows: a certificate for a name, as OpenSSL
 * writes it ("IP:127.0.0.1", "DNS:h.example"), good from and until so many
 * seconds from now, of an authority made for it whose own certificate is
 * written to path as PEM. The caller frees it with SSL_CTX_free().
 */
SSL_CTX *credential_new(const char *path, const char *name, long from,
			long until);
