#pragma once

/* What a node is to a person, and what its value is. */
enum node_kind {
	NODE_ROOT,
	NODE_GROUP,
	NODE_INPUT,
	NODE_SELECT, /* one or several: node_multiple() */
	NODE_RANGE,
	NODE_NOTE,    /* an input that is read only and has no answer */
	NODE_TRIGGER, /* "OK" or empty */
	NODE_UPLOAD,
	NODE_MODEL_VALUE, /* no control: calculates, preloads, meta */
	NODE_REPEAT,      /* the range; its children are instances */
	NODE_REPEAT_INSTANCE,
};

enum node_type {
	TYPE_STRING,
	TYPE_INT,
	TYPE_DECIMAL,
	TYPE_BOOLEAN,
	TYPE_DATE,
	TYPE_TIME,
	TYPE_DATETIME,
	TYPE_BINARY,
	TYPE_BARCODE,
	TYPE_GEO,
};
