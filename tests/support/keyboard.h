#pragma once

#include <errno.h>
#include <linux/input.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * A scanner that the kernel takes for a keyboard. There is none here, nor
 * uinput to make one up: libevdev reads a pipe in its place, and what it asks
 * of the kernel is answered below, as far as it asks. One file of a program
 * includes this, and has its ioctl() and read().
 */
static struct {
	bool there; /* the pipe is a keyboard */
	bool has_keys;
	int grabbed;  /* whose it is; 1: this program's alone */
	bool refuses; /* another program has it */
	bool unplugged;
} keyboard;

static int keyboard_answer(unsigned long request, void *argument)
{
	const size_t size = _IOC_SIZE(request);

	if (request == EVIOCGRAB) {
		if (keyboard.refuses) {
			errno = EBUSY;
			return -1;
		}
		keyboard.grabbed = argument != NULL;
		return 0;
	}
	if (request == EVIOCSCLOCKID)
		return 0;
	memset(argument, 0, size);
	if (request == EVIOCGVERSION)
		*(int *)argument = EV_VERSION;
	else if (_IOC_NR(request) == _IOC_NR(EVIOCGBIT(0, 0)) &&
		 keyboard.has_keys)
		*(uint8_t *)argument = 1 << EV_SYN | 1 << EV_KEY;
	else if (_IOC_NR(request) == _IOC_NR(EVIOCGBIT(EV_KEY, 0)))
		memset(argument, 0xff, size);
	return (int)size;
}

int ioctl(int file, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (keyboard.there && _IOC_TYPE(request) == 'E')
		return keyboard_answer(request, argument);
	return (int)syscall(SYS_ioctl, file, request, argument);
}

/* Of a device that is gone. */
ssize_t read(int file, void *to, size_t length)
{
	if (keyboard.unplugged) {
		errno = ENODEV;
		return -1;
	}
	return syscall(SYS_read, file, to, length);
}
