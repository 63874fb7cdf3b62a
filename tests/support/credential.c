#include "tests/support/credential.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>

#include "tests/test.h"

#define DAY (24L * 60 * 60) /* s */

static void add_extension(X509 *certificate, int which, const char *value)
{
	X509_EXTENSION *extension =
	    X509V3_EXT_conf_nid(NULL, NULL, which, value);

	assert_non_null(extension);
	assert_true(X509_add_ext(certificate, extension, -1));
	X509_EXTENSION_free(extension);
}

/* One that its authority has yet to sign. */
static X509 *certificate_new(EVP_PKEY *key, const char *called, X509 *issuer,
			     long from, long until)
{
	X509 *certificate = X509_new();
	X509_NAME *name = X509_get_subject_name(certificate);

	X509_set_version(certificate, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), issuer ? 2 : 1);
	X509_gmtime_adj(X509_getm_notBefore(certificate), from);
	X509_gmtime_adj(X509_getm_notAfter(certificate), until);
	X509_set_pubkey(certificate, key);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
				   (const unsigned char *)called, -1, -1, 0);
	X509_set_issuer_name(certificate,
			     issuer ? X509_get_subject_name(issuer) : name);
	return certificate;
}

static void write_down(X509 *certificate, const char *path)
{
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_true(PEM_write_X509(file, certificate));
	assert_int_equal(fclose(file), 0);
}

SSL_CTX *credential_new(const char *path, const char *name, long from,
			long until)
{
	EVP_PKEY *authority_key = EVP_EC_gen("P-256"),
		 *key = EVP_EC_gen("P-256");
	X509 *authority = certificate_new(authority_key, "Made-up authority",
					  NULL, -DAY, DAY);
	X509 *own = certificate_new(key, "server", authority, from, until);
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());

	add_extension(authority, NID_basic_constraints, "critical,CA:TRUE");
	assert_true(X509_sign(authority, authority_key, EVP_sha256()));
	write_down(authority, path);
	add_extension(own, NID_subject_alt_name, name);
	assert_true(X509_sign(own, authority_key, EVP_sha256()));
	assert_true(SSL_CTX_use_certificate(context, own));
	assert_true(SSL_CTX_use_PrivateKey(context, key));
	X509_free(own);
	X509_free(authority);
	EVP_PKEY_free(key);
	EVP_PKEY_free(authority_key);
	return context;
}
