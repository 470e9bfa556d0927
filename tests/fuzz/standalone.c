/* SPDX-License-Identifier: ISC
 *
 * A main for fuzz targets without libFuzzer: feeds each file of the folders and
 * files named on the command line to LLVMFuzzerTestOneInput(), and a few inputs
 * that every target has to bear. `make test` replays the kept corpora so.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

static unsigned passed, failed, skipped;

/* A copy of exactly this size, so that a sanitizer sees a read past its end. */
static void
feed(const void *bytes, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (copy == NULL)
		abort();
	if (size > 0)
		memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
	passed++;
}

static void
feed_file(const char *path)
{
	FILE *fp = fopen(path, "rb");
	char *bytes = NULL;
	struct stat st;

	if (fp == NULL || fstat(fileno(fp), &st) != 0 ||
	    (bytes = malloc((size_t)st.st_size + 1)) == NULL ||
	    fread(bytes, 1, (size_t)st.st_size, fp) != (size_t)st.st_size) {
		printf("FAIL %s: %s\n", path, strerror(errno));
		failed++;
	} else {
		/* If it crashes, this line is the last one. */
		printf("%s\n", path);
		fflush(stdout);
		feed(bytes, (size_t)st.st_size);
	}
	free(bytes);
	if (fp != NULL)
		fclose(fp);
}

static int
visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void
feed_path(const char *path)
{
	struct dirent **names;
	char file[4096];
	int n;

	n = scandir(path, &names, visible, alphasort);
	if (n < 0) {
		if (errno == ENOTDIR) {
			feed_file(path);
		} else {
			printf("SKIP %s: %s\n", path, strerror(errno));
			skipped++;
		}
		return;
	}
	for (int i = 0; i < n; i++) {
		snprintf(file, sizeof(file), "%s/%s", path, names[i]->d_name);
		feed_file(file);
		free(names[i]);
	}
	free(names);
}

static void
feed_basics(void)
{
	static const uint8_t pattern[] = { 0x00, 0xff, '\n', 'A', 0x45 };
	uint8_t block[1500];

	feed("", 0);
	for (size_t i = 0; i < sizeof(pattern); i++) {
		memset(block, pattern[i], sizeof(block));
		feed(block, 1);
		feed(block, sizeof(block));
	}
}

int
main(int argc, char **argv)
{
	if (LLVMFuzzerInitialize != NULL)
		LLVMFuzzerInitialize(&argc, &argv);
	feed_basics();
	for (int i = 1; i < argc; i++)
		feed_path(argv[i]);
	printf("%u passed, %u failed, %u skipped\n", passed, failed, skipped);
	return failed != 0;
}
