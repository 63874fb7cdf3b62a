#include "record/served.h"

#include "record/statement.h"

/* A day that is cut short counts from its first. */
static const char contacts[] =
    "SELECT c.id, c.person, c.day, coalesce((SELECT v.number FROM visit AS v"
    " WHERE v.person = c.person AND local_day(v.arrived, v.zone) ="
    " days_after(c.day, 0) ORDER BY v.arrived DESC, v.id DESC LIMIT 1), '')"
    " FROM service_contact AS c JOIN person AS p ON p.id = c.person WHERE"
    " c.gone = 0 AND p.gone = 0 AND days_after(c.day, 0) BETWEEN ?1 AND ?2"
    " ORDER BY days_after(c.day, 0), c.id";

enum fault served_each(struct record *record, const char *first,
		       const char *last, served_visit *visit, void *to)
{
	struct store_ask *ask;
	enum fault fault;
	bool row;

	if ((fault = statement_take(record, contacts, &ask)))
		return fault;
	(void)store_bind_text(ask, 1, first);
	(void)store_bind_text(ask, 2, last);
	while (!(fault = statement_row(record, ask, &row)) && row)
		visit(to, &(struct served){
			      .contact = store_number(ask, 0),
			      .person = store_number(ask, 1),
			      .day = store_text(ask, 2),
			      .visit = store_text(ask, 3),
			  });
	statement_give_back(record, ask);
	return fault;
}
