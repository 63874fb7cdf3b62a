#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "flash/manifest_inside.h"

/* A text on its way through the reader, line by line. */
struct reader {
	const char *called;
	char *next; /* the line that comes */
	int line;   /* of the one that was taken last */
	char *rest; /* what is left of that one */
};

static enum fault damaged(const struct reader *reader, const char *wanted)
{
	log_error("%s: line %d: %s should stand here: this is no release of "
		  "Foyer, or it was damaged on its way: fetch it again",
		  reader->called, reader->line, wanted);
	return FAULT_FORMAT;
}

static bool next_is(const struct reader *reader, const char *word)
{
	const size_t length = strlen(word);

	return strncmp(reader->next, word, length) == 0 &&
	       reader->next[length] == ' ';
}

/* Takes the next line; false: there is none that is ended. */
static bool take_line(struct reader *reader)
{
	char *end = strchr(reader->next, '\n');

	reader->line++;
	if (!end)
		return false;
	*end = 0;
	reader->rest = reader->next;
	reader->next = end + 1;
	return true;
}

/* The next word of the line; NULL where there is none. */
static const char *take_word(struct reader *reader)
{
	char *word = reader->rest;
	char *blank = word ? strchr(word, ' ') : NULL;

	if (!word || !*word || *word == ' ')
		return NULL;
	reader->rest = blank ? blank + 1 : NULL;
	if (blank)
		*blank = 0;
	return word;
}

/* Takes a line that begins with word; its rest is the caller's. */
static bool take_named(struct reader *reader, const char *word)
{
	if (!next_is(reader, word)) {
		reader->line++;
		return false;
	}
	return take_line(reader) && take_word(reader) && reader->rest;
}

static bool word_into(const char *word, char *out, size_t room)
{
	const char *letters = "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

	if (!word || !*word || strlen(word) >= room ||
	    word[strspn(word, letters)])
		return false;
	strcpy(out, word);
	return true;
}

/* A name people read: any text but control characters. */
static bool name_into(const char *text, char *out, size_t room)
{
	if (!*text || strlen(text) >= room)
		return false;
	for (const char *at = text; *at; at++) {
		if (iscntrl((unsigned char)*at))
			return false;
	}
	strcpy(out, text);
	return true;
}

static bool hex_into(const char *word, uint8_t *out, size_t length)
{
	static const char digits[] = "0123456789abcdef";

	if (!word || strlen(word) != 2 * length || word[strspn(word, digits)])
		return false;
	for (size_t i = 0; i < length; i++)
		out[i] = (uint8_t)((strchr(digits, word[2 * i]) - digits) << 4 |
				   (strchr(digits, word[2 * i + 1]) - digits));
	return true;
}

/* A whole number of at most 18 digits, without zeros before it. */
static bool number_into(const char *word, uint64_t most, uint64_t *out)
{
	if (!word || !*word || strlen(word) > 18 ||
	    word[strspn(word, "0123456789")] || (*word == '0' && word[1]))
		return false;
	*out = strtoull(word, NULL, 10);
	return *out <= most;
}

static bool bytes_into(const char *word, uint64_t *out)
{
	return number_into(word, MANIFEST_SIZE, out) &&
	       *out % MANIFEST_SECTOR == 0;
}

static bool role_into(const char *word, enum manifest_role *role)
{
	for (int i = 0; word && i < MANIFEST_ROLES; i++) {
		if (strcmp(word, manifest_roles[i]) == 0) {
			*role = (enum manifest_role)i;
			return true;
		}
	}
	return false;
}

/* --- the lines ------------------------------------------------------------ */

static enum fault read_head(struct reader *reader, struct manifest *out)
{
	uint8_t disk[4];

	if (!take_line(reader) || strcmp(reader->rest, MANIFEST_MAGIC) != 0)
		return damaged(reader, "\"" MANIFEST_MAGIC "\"");
	if (!take_named(reader, "name") ||
	    !name_into(reader->rest, out->name, sizeof out->name))
		return damaged(reader, "the release's name");
	if (!take_named(reader, "variant") ||
	    !word_into(reader->rest, out->variant, sizeof out->variant))
		return damaged(reader, "its variant");
	if (!take_named(reader, "version") ||
	    !version_read(reader->rest, &out->version))
		return damaged(reader, "its version");
	if (!take_named(reader, "image") || strchr(reader->rest, '/') ||
	    *reader->rest == '.' ||
	    !name_into(reader->rest, out->image, sizeof out->image))
		return damaged(reader, "its image's name");
	if (!take_named(reader, "size") ||
	    !bytes_into(reader->rest, &out->size))
		return damaged(reader, "its image's size");
	if (!take_named(reader, "hash") ||
	    !hex_into(reader->rest, out->hash, sizeof out->hash))
		return damaged(reader, "its image's hash");
	if (!take_named(reader, "disk") ||
	    !hex_into(reader->rest, disk, sizeof disk))
		return damaged(reader, "its table's label-id");
	out->disk = (uint32_t)disk[0] << 24 | (uint32_t)disk[1] << 16 |
		    (uint32_t)disk[2] << 8 | disk[3];
	return FAULT_NONE;
}

static bool take_partition(struct reader *reader,
			   struct manifest_partition *out)
{
	uint64_t number = 0;

	if (!take_named(reader, "partition") ||
	    !number_into(take_word(reader), MANIFEST_PARTITIONS, &number) ||
	    !role_into(take_word(reader), &out->role) ||
	    !hex_into(take_word(reader), &out->type, 1) ||
	    !bytes_into(take_word(reader), &out->start) ||
	    !bytes_into(take_word(reader), &out->size) ||
	    !word_into(take_word(reader), out->holds, sizeof out->holds) ||
	    !hex_into(take_word(reader), out->hash, sizeof out->hash))
		return false;
	out->number = (int)number;
	return number && !reader->rest;
}

/* A card's first sector is its table, and a root's first block is written last
 * (flash/update.h). */
static bool partition_fits(const struct manifest *manifest,
			   const struct manifest_partition *partition)
{
	uint64_t from = MANIFEST_SECTOR;

	for (size_t i = 0; i < manifest->partition_count; i++) {
		const struct manifest_partition *other =
		    &manifest->partitions[i];

		from = other->start + other->size;
		if (other->number == partition->number)
			return false;
	}
	return partition->start >= from && partition->size >= 8192 &&
	       partition->size <= manifest->size &&
	       partition->start <= manifest->size - partition->size;
}

static enum fault read_partitions(struct reader *reader, struct manifest *out)
{
	int roles[MANIFEST_ROLES] = { 0 };
	size_t *count = &out->partition_count;

	while (next_is(reader, "partition")) {
		struct manifest_partition *one = &out->partitions[*count];

		if (*count == MANIFEST_PARTITIONS ||
		    !take_partition(reader, one) || !partition_fits(out, one))
			return damaged(reader, "a partition of a card");
		roles[one->role]++;
		(*count)++;
	}
	if (roles[MANIFEST_BOOT] != 1 || !roles[MANIFEST_DATA] ||
	    roles[MANIFEST_ROOT] != 1 ||
	    out->partitions[*count - 1].role != MANIFEST_ROOT)
		return damaged(reader, "one boot partition, data and, last, "
				       "one root");
	return FAULT_NONE;
}

static bool take_file(struct reader *reader, struct manifest *out)
{
	struct manifest_file *file = &out->files[out->file_count];

	if (!take_named(reader, "file") ||
	    !hex_into(take_word(reader), file->hash, sizeof file->hash) ||
	    !number_into(take_word(reader), MANIFEST_FILE, &file->size) ||
	    !reader->rest || !manifest_path(reader->rest))
		return false;
	strcpy(file->path, reader->rest);
	/* FAT holds one of two names that differ in case. */
	for (size_t i = 0; i < out->file_count; i++) {
		if (strcasecmp(out->files[i].path, file->path) == 0)
			return false;
	}
	out->file_count++;
	return true;
}

static enum fault read_files(struct reader *reader, struct manifest *out)
{
	out->files = xcalloc(MANIFEST_FILES, sizeof *out->files);
	while (next_is(reader, "file")) {
		if (out->file_count == MANIFEST_FILES) {
			log_error("%s: line %d: more than %d files: made for a "
				  "newer foyer-flash: update this one",
				  reader->called, reader->line + 1,
				  MANIFEST_FILES);
			return FAULT_LIMIT;
		}
		if (!take_file(reader, out))
			return damaged(reader, "a file's hash, size and name");
	}
	return FAULT_NONE;
}

static enum fault read_end(struct reader *reader, bool *good,
			   const uint8_t hash[KEY_HASH_BYTES],
			   struct manifest *out)
{
	uint8_t signature[SIGNATURE_BYTES];

	if (!take_named(reader, "key") ||
	    !hex_into(reader->rest, out->key, sizeof out->key))
		return damaged(reader, "the key of who made it");
	if (!take_named(reader, "signature") ||
	    !hex_into(reader->rest, signature, sizeof signature))
		return damaged(reader, "the signature");
	if (*reader->next) {
		reader->line++;
		return damaged(reader, "nothing more");
	}
	*good = key_sound(KEY_KIOSK, out->key) &&
		signature_good(out->key, MANIFEST_PREFIX, hash, KEY_HASH_BYTES,
			       signature);
	return FAULT_NONE;
}

static enum fault read_all(struct reader *reader, bool *good,
			   const uint8_t hash[KEY_HASH_BYTES],
			   struct manifest *out)
{
	enum fault fault = read_head(reader, out);

	if (!fault)
		fault = read_partitions(reader, out);
	if (!fault)
		fault = read_files(reader, out);
	return fault ? fault : read_end(reader, good, hash, out);
}

enum fault manifest_read(const char *called, const void *text, size_t length,
			 bool *good, struct manifest *out)
{
	SCOPED(char_freep) char *copy = NULL;
	struct manifest read = { 0 };
	uint8_t hash[KEY_HASH_BYTES];
	const char *end;
	enum fault fault;

	if (length > MANIFEST_LIMIT) {
		log_error("%s: longer than any release's text: give the "
			  "file that ends in .release",
			  called);
		return FAULT_LIMIT;
	}
	copy = xstrndup(text, length);
	end = strstr(copy, "\nsignature ");
	key_hash(MANIFEST_PREFIX, text, end ? (size_t)(end - copy) + 1 : 0,
		 hash);
	if (strlen(copy) != length)
		*copy = 0; /* a zero byte is in no text */
	fault = read_all(&(struct reader){ .called = called,

					   .next = copy },
			 good, hash, &read);
	if (fault) {
		manifest_done(&read);
		return fault;
	}
	*out = read;
	return FAULT_NONE;
}
