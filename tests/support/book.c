#include "tests/support/book.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/memory.h"
#include "tests/support/blank.h"
#include "tests/support/folder.h"
#include "tests/test.h"

const struct record_who book_sam = { .user = "Sam", .desk = "front" };
const struct record_who book_ana = { .user = "Ana", .desk = "back" };

int book_open(void **state)
{
	struct book *book = xcalloc(1, sizeof *book);
	SCOPED(char_freep) char *path = NULL;

	book->folder = folder_new();
	path = folder_file(book->folder, RECORD_FILE);
	blank_record(path);
	assert_int_equal(record_open(path, &book->record), FAULT_NONE);
	*state = book;
	return 0;
}

int book_close(void **state)
{
	struct book *book = *state;

	record_close(book->record);
	folder_freep(&book->folder);
	free(book);
	return 0;
}

struct entity *book_begin(struct book *book, const char *kind)
{
	struct entity *entity = NULL;

	assert_non_null(kind_find(kind));
	assert_int_equal(entity_new(book->record, kind_find(kind), &entity),
			 FAULT_NONE);
	return entity;
}

int64_t book_save(struct book *book, struct entity *entity)
{
	enum entity_answer answer;
	const char *wrong = NULL;
	int64_t id;

	assert_int_equal(entity_save(book->record, entity, SOURCE_TOLD,
				     &book_sam, BOOK_NOW, &answer, &wrong),
			 FAULT_NONE);
	if (wrong)
		print_error("%s: wrong: %s\n", entity->kind->name, wrong);
	assert_int_equal(answer, ENTITY_DONE);
	id = entity->id;
	entity_free(entity);
	return id;
}

int64_t book_make(struct book *book, const char *kind, ...)
{
	struct entity *entity = book_begin(book, kind);
	const char *field;
	va_list values;

	va_start(values, kind);
	while ((field = va_arg(values, const char *)))
		assert_true(
		    entity_set(entity, field, va_arg(values, const char *)));
	va_end(values);
	return book_save(book, entity);
}

struct entity *book_read(struct book *book, const char *kind, int64_t id)
{
	struct entity *entity = NULL;
	enum entity_answer answer;

	assert_int_equal(entity_read(book->record, kind_find(kind), id,
				     &book_sam, BOOK_NOW, &answer, &entity),
			 FAULT_NONE);
	assert_int_equal(answer, entity ? ENTITY_DONE : ENTITY_NOT_THERE);
	return entity;
}

char *book_value(struct book *book, const char *kind, int64_t id,
		 const char *field)
{
	SCOPED(entity_freep) struct entity *entity = book_read(book, kind, id);

	assert_non_null(entity);
	return xstrdup(entity_text(entity, field) ?: "");
}

void book_change(struct book *book, const char *kind, int64_t id,
		 const char *field, const char *value)
{
	struct entity *entity = book_read(book, kind, id);

	assert_non_null(entity);
	assert_true(entity_set(entity, field, value));
	(void)book_save(book, entity);
}

enum entity_answer book_move(struct book *book, const char *kind, int64_t id,
			     const char *to)
{
	enum entity_answer answer;

	assert_int_equal(entity_move(book->record, kind_find(kind), id, to, "",
				     &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	return answer;
}
