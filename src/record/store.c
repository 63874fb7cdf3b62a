#include "record/store.h"

#include "record/store_engine.h"

/* Each call goes to the engine that holds the record. */

void store_close(struct store *store)
{
	if (store)
		store->engine->close(store);
}

bool store_on_server(const struct store *store)
{
	return store->engine->server;
}

bool store_may_write(const struct store *store)
{
	return !store->engine->may_write || store->engine->may_write(store);
}

const char *store_error(const struct store *store)
{
	return store->engine->error(store);
}

enum record_trouble store_trouble(const struct store *store)
{
	return store->engine->trouble(store);
}

enum record_settled store_settled(struct store *store)
{
	return store->engine->settled(store);
}

enum fault store_run(struct store *store, const char *sql)
{
	return store->engine->run(store, sql);
}

bool store_in_transaction(const struct store *store)
{
	return store->engine->in_transaction(store);
}

int64_t store_changed(const struct store *store)
{
	return store->engine->changed(store);
}

int64_t store_changed_in_all(const struct store *store)
{
	return store->engine->changed_in_all(store);
}

enum fault store_others(struct store *store, int64_t *count)
{
	return store->engine->others(store, count);
}

enum fault store_functions(struct store *store, const struct store_named *named,
			   size_t count, void *own)
{
	return store->engine->functions(store, named, count, own);
}

enum fault store_empty_journal(struct store *store, int wait_ms)
{
	return store->engine->empty_journal(store, wait_ms);
}

void store_forget_pages(struct store *store)
{
	store->engine->forget_pages(store);
}

struct store_ask *store_prepare(struct store *store, const char *sql)
{
	return store->engine->prepare(store, sql);
}

void store_end(struct store_ask *ask)
{
	if (ask)
		ask->engine->end(ask);
}

const char *store_sql(const struct store_ask *ask)
{
	return ask->engine->sql(ask);
}

int store_parameters(const struct store_ask *ask)
{
	return ask->engine->parameters(ask);
}

bool store_bind(struct store_ask *ask, int parameter, int64_t number)
{
	return ask && ask->engine->bind(ask, parameter, number);
}

bool store_bind_text(struct store_ask *ask, int parameter, const char *text)
{
	return ask && ask->engine->bind_text(ask, parameter, text);
}

bool store_bind_bytes(struct store_ask *ask, int parameter, const void *bytes,
		      size_t length)
{
	return ask && ask->engine->bind_bytes(ask, parameter, bytes, length);
}

enum store_step store_step(struct store_ask *ask)
{
	return ask ? ask->engine->step(ask) : STORE_FAILED;
}

void store_reset(struct store_ask *ask)
{
	if (ask)
		ask->engine->reset(ask);
}

bool store_is_null(struct store_ask *ask, int column)
{
	return ask->engine->is_null(ask, column);
}

int64_t store_number(struct store_ask *ask, int column)
{
	return ask->engine->number(ask, column);
}

double store_real(struct store_ask *ask, int column)
{
	return ask->engine->real(ask, column);
}

const char *store_text(struct store_ask *ask, int column)
{
	return ask->engine->text(ask, column);
}

const void *store_bytes(struct store_ask *ask, int column)
{
	return ask->engine->bytes(ask, column);
}

size_t store_length(struct store_ask *ask, int column)
{
	return ask->engine->length(ask, column);
}

const char *store_column(struct store_ask *ask, int column)
{
	return ask->engine->column(ask, column);
}
