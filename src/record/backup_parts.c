#include "record/backup_parts.h"

#include <string.h>

static enum parts_answer take_length(struct parts *parts, uint8_t byte)
{
	parts->have = 0;
	parts->wide = byte;
	parts->at = byte ? PARTS_TITLE : PARTS_OVER;
	return byte < PARTS_NAME ? PARTS_GOOD : PARTS_BROKEN;
}

static enum parts_answer take_name(struct parts *parts, uint8_t byte)
{
	/* Names are file names of ours; none of them leads elsewhere. */
	if (byte <= ' ' || byte > '~' || byte == '/')
		return PARTS_BROKEN;
	parts->name[parts->have++] = (char)byte;
	parts->name[parts->have] = 0;
	if (parts->have == parts->wide) {
		parts->at = PARTS_SIZE;
		parts->have = 0;
		parts->size = 0;
	}
	return PARTS_GOOD;
}

static enum fault end_part(struct parts *parts)
{
	parts->at = PARTS_LENGTH;
	return parts->taker.end(parts->taker.to);
}

static enum fault take_size(struct parts *parts, uint8_t byte,
			    enum parts_answer *answer)
{
	bool known = false;
	enum fault fault;

	parts->size = parts->size << 8 | byte;
	if (++parts->have < 8)
		return FAULT_NONE;
	parts->at = PARTS_BYTES;
	parts->left = parts->size;
	fault = parts->taker.begin(parts->taker.to, parts->name, parts->size,
				   &known);
	if (!fault && !known)
		*answer = PARTS_UNKNOWN;
	else if (!fault && !parts->left)
		fault = end_part(parts);
	return fault;
}

static enum fault take_bytes(struct parts *parts, const uint8_t *data,
			     size_t length, size_t *took)
{
	enum fault fault;

	*took = length < parts->left ? length : (size_t)parts->left;
	fault = parts->taker.add(parts->taker.to, data, *took);
	parts->left -= *took;
	return fault || parts->left ? fault : end_part(parts);
}

enum fault parts_take(struct parts *parts, const uint8_t *data, size_t length,
		      enum parts_answer *answer)
{
	enum fault fault = FAULT_NONE;
	size_t took;

	*answer = PARTS_GOOD;
	for (; length && !fault && *answer == PARTS_GOOD;
	     data += took, length -= took) {
		took = 1;
		switch (parts->at) {
		case PARTS_LENGTH:
			*answer = take_length(parts, *data);
			break;
		case PARTS_TITLE:
			*answer = take_name(parts, *data);
			break;
		case PARTS_SIZE:
			fault = take_size(parts, *data, answer);
			break;
		case PARTS_BYTES:
			fault = take_bytes(parts, data, length, &took);
			break;
		case PARTS_OVER:
			*answer = PARTS_BROKEN;
			break;
		}
	}
	return fault;
}

bool parts_whole(const struct parts *parts)
{
	return parts->at == PARTS_OVER;
}
