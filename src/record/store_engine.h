#pragma once

#include "record/store.h"

/*
 * Between store.h and the engines: each has one table of what it does, and
 * its own struct that begins with one of these two.
 */
struct store_engine {
	bool server;
	void (*close)(struct store *store);
	const char *(*error)(const struct store *store);
	enum record_trouble (*trouble)(const struct store *store);
	enum record_settled (*settled)(struct store *store);
	enum fault (*run)(struct store *store, const char *sql);
	bool (*may_write)(const struct store *store); /* NULL: always */
	bool (*in_transaction)(const struct store *store);
	int64_t (*changed)(const struct store *store);
	int64_t (*changed_in_all)(const struct store *store);
	enum fault (*others)(struct store *store, int64_t *count);
	enum fault (*functions)(struct store *store,
				const struct store_named *named, size_t count,
				void *own);
	enum fault (*empty_journal)(struct store *store, int wait_ms);
	void (*forget_pages)(struct store *store);

	struct store_ask *(*prepare)(struct store *store, const char *sql);
	void (*end)(struct store_ask *ask);
	const char *(*sql)(const struct store_ask *ask);
	int (*parameters)(const struct store_ask *ask);
	bool (*bind)(struct store_ask *ask, int parameter, int64_t number);
	bool (*bind_text)(struct store_ask *ask, int parameter,
			  const char *text);
	bool (*bind_bytes)(struct store_ask *ask, int parameter,
			   const void *bytes, size_t length);
	enum store_step (*step)(struct store_ask *ask);
	void (*reset)(struct store_ask *ask);
	bool (*is_null)(struct store_ask *ask, int column);
	int64_t (*number)(struct store_ask *ask, int column);
	double (*real)(struct store_ask *ask, int column);
	const char *(*text)(struct store_ask *ask, int column);
	const void *(*bytes)(struct store_ask *ask, int column);
	size_t (*length)(struct store_ask *ask, int column);
	const char *(*column)(struct store_ask *ask, int column);
};

struct store {
	const struct store_engine *engine;
};

struct store_ask {
	const struct store_engine *engine;
};
