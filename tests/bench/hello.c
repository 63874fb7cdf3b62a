#include <curses.h>
#include <locale.h>

/* The least that a program on ncurses can be: one line, one key, out. */
int main(void)
{
	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	mvaddstr(1, 2, "Hello, world");
	refresh();
	getch();
	endwin();
	return 0;
}
