#include "kiosk-image/tests/start.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"

#define LINE_LIMIT 4096 /* bytes of a kernel command line */

/*
 * What a test adds to the image's own kernel command line: the serial line is
 * heard, systemd tells there what it does, and the probe comes before init. A
 * line of virtio costs an emulated computer less than each byte of its UART.
 */
#define HEARS " systemd.show_status=1 systemd.log_color=0 rdinit=/probe"
#define HEARS_VIRT " console=hvc0" HEARS
/*
 * The emulated Pi resets at once when its watchdog is started; and its four
 * cores take each other an emulator's time, so that one alone is four times as
 * fast.
 */
#define HEARS_RASPI \
	" console=ttyS1,115200 systemd.watchdog_sec=0 maxcpus=1" HEARS

void words_free(struct words *words)
{
	if (!words)
		return;
	for (size_t i = 0; i < words->count; i++)
		free(words->word[i]);
	free(words->word);
	free(words);
}

static void add(struct words *words, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* One word, which may hold blanks. */
static void add(struct words *words, const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		abort();
	va_end(arguments);
	words->word =
	    xreallocarray(words->word, words->count + 2, sizeof *words->word);
	words->word[words->count++] = text;
	words->word[words->count] = NULL;
}

/* Several words, parted by blanks. */
static void add_all(struct words *words, const char *text)
{
	SCOPED(char_freep) char *copy = xstrdup(text);
	char *rest = NULL;

	for (char *word = strtok_r(copy, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		add(words, "%s", word);
}

/* A socket that QEMU connects to, by its name. */
static void add_socket(struct words *words, const struct machine_plan *plan,
		       const char *name)
{
	add(words, "-chardev");
	add(words, "socket,id=%s,path=%s/%s", name, plan->folder, name);
}

static void add_kernel(struct words *words, const struct machine_plan *plan)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/cmdline.txt", plan->kernel);
	struct bytes line = { 0 };

	if (file_read(path, LINE_LIMIT, &line))
		exit(1);
	line.data[strcspn((char *)line.data, "\r\n")] = 0;
	add_all(words, "-kernel");
	add(words, "%s/kernel", plan->kernel);
	add_all(words, "-initrd");
	add(words, "%s/initramfs", plan->kernel);
	add_all(words, "-append");
	add(words, "%s%s", (char *)line.data,
	    plan->board == MACHINE_VIRT ? HEARS_VIRT : HEARS_RASPI);
	bytes_done(&line);
}

static void add_virt(struct words *words, const struct machine_plan *plan)
{
	add_all(words,
		"-M virt -cpu cortex-a53 -smp 2 -m 512"
		" -device virtio-blk-pci,drive=card"
		" -device virtio-gpu-pci,xres=1024,yres=600"
		" -device virtio-keyboard-pci -device virtio-rng-pci"
		" -device i6300esb -action watchdog=reset"
		" -device virtio-serial-pci -device "
		"virtconsole,chardev=" START_SERIAL " -device qemu-xhci");
	add(words, "-drive");
	add(words, "if=none,id=card,format=raw,file=%s", plan->card);
	add_socket(words, plan, START_READY);
	add_all(words, "-device virtserialport,nr=1,name=foyer.test,"
		       "chardev=" START_READY);
	add_socket(words, plan, START_PROBE);
	add_all(words, "-device virtserialport,nr=2,name=foyer.probe,"
		       "chardev=" START_PROBE);
	if (!plan->printer)
		return;
	add_socket(words, plan, START_PRINTER);
	add_all(words, "-device usb-serial,always-plugged=on,"
		       "chardev=" START_PRINTER);
}

static void add_raspi(struct words *words, const struct machine_plan *plan)
{
	/* The first line of a Pi is for its radio. */
	add_all(words, "-M raspi3b -serial null -serial chardev:" START_SERIAL);
	add(words, "-dtb");
	add(words, "%s/bcm2837-rpi-3-b.dtb", plan->kernel);
	add(words, "-drive");
	add(words, "if=sd,format=raw,file=%s", plan->card);
}

struct words *start_words(const struct machine_plan *plan)
{
	struct words *words = xcalloc(1, sizeof *words);

	add_all(words, "qemu-system-aarch64 -nodefaults -no-user-config"
		       " -display none -nic none");
	add_socket(words, plan, START_CONTROL);
	add_all(words, "-mon chardev=" START_CONTROL ",mode=control");
	add_socket(words, plan, START_SERIAL);
	if (plan->board == MACHINE_RASPI)
		add_raspi(words, plan);
	else
		add_virt(words, plan);
	add_kernel(words, plan);
	return words;
}
