/* SPDX-License-Identifier: ISC */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

char *
files_state_dir(void)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	/* The XDG specification: a relative path is to be ignored. */
	if (state != NULL && state[0] == '/')
		return xasprintf("%s/asasim", state);
	if (home != NULL && home[0] == '/')
		return xasprintf("%s/.local/state/asasim", home);
	return NULL;
}

static bool
climbs(const char *path)
{
	const char *s = path;

	while ((s = strstr(s, "..")) != NULL) {
		if ((s == path || s[-1] == '/') &&
		    (s[2] == '\0' || s[2] == '/'))
			return true;
		s += 2;
	}
	return false;
}

char *
files_path(const char *state_dir, const char *name)
{
	static const char *const devices[] = { "disk0:", "flash:" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(devices); i++) {
		size_t n = strlen(devices[i]);

		if (strncasecmp(name, devices[i], n) != 0)
			continue;
		for (name += n; *name == '/'; name++)
			;
		if (state_dir == NULL || *name == '\0' || climbs(name))
			return NULL;
		return xasprintf("%s/%s", state_dir, name);
	}
	return xstrdup(name);
}

/* mkdir -p of the directory that path is in, if that is asasim's own folder:
 * a mistyped name elsewhere is a mistake, not a wish for folders. */
static int
make_parents(const char *path)
{
	char *own = files_state_dir(), *copy, *s;
	bool is_own = own != NULL && strncmp(path, own, strlen(own)) == 0 &&
	    path[strlen(own)] == '/';
	int rc = 0;

	free(own);
	if (!is_own)
		return 0;
	copy = xstrdup(path);
	for (s = copy + 1; rc == 0 && *s != '\0'; s++) {
		if (*s != '/')
			continue;
		*s = '\0';
		if (mkdir(copy, 0700) < 0 && errno != EEXIST)
			rc = -errno;
		*s = '/';
	}
	free(copy);
	return rc;
}

static int
write_all(int fd, const char *data, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, data, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data += n;
		length -= (size_t)n;
	}
	return 0;
}

static int
write_special(const char *path, const char *data, size_t length)
{
	int fd, rc;

	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	rc = write_all(fd, data, length);
	if (close(fd) < 0 && rc == 0)
		rc = -errno;
	return rc;
}

static int
sync_directory(const char *path)
{
	char *copy = xstrdup(path);
	int fd, rc = 0;

	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		rc = -errno;
	else {
		/* Some filesystems cannot sync a directory. */
		if (fsync(fd) < 0 && errno != EINVAL && errno != EROFS)
			rc = -errno;
		close(fd);
	}
	free(copy);
	return rc;
}

int
files_replace(const char *path, const char *data, size_t length)
{
	char *target, *tmp = NULL;
	struct stat st;
	bool exists;
	int fd = -1, rc;

	exists = stat(path, &st) == 0;
	if (exists && !S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? -EISDIR
					   : write_special(path, data, length);
	rc = make_parents(path);
	if (rc < 0)
		return rc;
	/* A symbolic link stays one; its target is replaced. */
	target = exists ? realpath(path, NULL) : xstrdup(path);
	if (target == NULL)
		return -errno;
	tmp = xasprintf("%s.XXXXXX", target);
	fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0) {
		rc = -errno;
		goto out;
	}
	if (exists && fchmod(fd, st.st_mode & 07777) < 0)
		rc = -errno;
	if (rc == 0)
		rc = write_all(fd, data, length);
	if (rc == 0 && fsync(fd) < 0)
		rc = -errno;
	if (close(fd) < 0 && rc == 0)
		rc = -errno;
	if (rc == 0 && rename(tmp, target) < 0)
		rc = -errno;
	if (rc < 0)
		unlink(tmp);
	else
		rc = sync_directory(target);
out:
	free(target);
	free(tmp);
	return rc;
}
